"""Addresses of modules, style sheets, fonts and sounds: ``/s/<version>/<package>/<path>``.

The version is part of the address and relative imports stay inside it, so a browser may keep a
file for ever; another version is 404, never another file under an old address.
"""

import gzip
from collections.abc import Sequence
from functools import lru_cache
from http import HTTPStatus
from pathlib import Path
from typing import Final

from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from queue_server.web.packages import Package, find_file

IMMUTABLE: Final = "public, max-age=31536000, immutable"

MEDIA_TYPES: Final = {
    ".css": "text/css",
    ".js": "text/javascript",
    ".json": "application/json",
    ".mp3": "audio/mpeg",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".webmanifest": "application/manifest+json",
    ".woff2": "font/woff2",
}
"""Written out: what `mimetypes` answers depends on the machine."""

COMPRESSED: Final = frozenset({".css", ".js", ".json", ".svg", ".webmanifest"})
"""The others are compressed already."""


def static_routes(version: str, packages: Sequence[Package]) -> list[BaseRoute]:
    """The route that serves the files of `packages` under `version`."""

    async def serve(request: Request) -> Response:
        """A style sheet, module, font or picture; kept for ever under the version."""
        path = find_file(packages, request.path_params["path"])
        if path is None or request.path_params["version"] != version:
            return PlainTextResponse("no such file", HTTPStatus.NOT_FOUND)
        return _file(path, version, accepted=request.headers.get("accept-encoding", ""))

    return [Route("/s/{version}/{path:path}", serve, name="static")]


def _file(path: Path, version: str, *, accepted: str) -> Response:
    headers = {"Cache-Control": IMMUTABLE}
    media_type = MEDIA_TYPES[path.suffix]
    if path.suffix not in COMPRESSED:
        return FileResponse(path, media_type=media_type, headers=headers)
    headers["Vary"] = "Accept-Encoding"
    if "gzip" not in accepted:
        return FileResponse(path, media_type=media_type, headers=headers)
    headers["Content-Encoding"] = "gzip"
    return Response(_compressed(path, version), media_type=media_type, headers=headers)


@lru_cache(maxsize=512)
def _compressed(path: Path, _version: str) -> bytes:
    """The file's bytes, small: a phone on a bad line loads its page in a fifth of the time."""
    return gzip.compress(path.read_bytes(), mtime=0)
