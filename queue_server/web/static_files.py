"""Addresses of modules, style sheets, fonts and sounds: ``/s/<version>/<package>/<path>``.

The version is part of the address and relative imports stay inside it, so a browser may keep a
file for ever; another version is 404, never another file under an old address.
"""

from collections.abc import Sequence
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


def static_routes(version: str, packages: Sequence[Package]) -> list[BaseRoute]:
    """The route that serves the files of `packages` under `version`."""

    async def serve(request: Request) -> Response:
        """A style sheet, module, font or picture; kept for ever under the version."""
        path = find_file(packages, request.path_params["path"])
        if path is None or request.path_params["version"] != version:
            return PlainTextResponse("no such file", HTTPStatus.NOT_FOUND)
        return _file(path)

    return [Route("/s/{version}/{path:path}", serve, name="static")]


def _file(path: Path) -> Response:
    return FileResponse(
        path, media_type=MEDIA_TYPES[path.suffix], headers={"Cache-Control": IMMUTABLE}
    )
