"""Pages travel small: on a bad line a citizen's page is there in half the time.

Files of `static_files` come compressed already; answers of the API are small, and commands must
not wait for a compressor.
"""

import gzip
from typing import Final

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from queue_server.web.headers import NO_PAGES

LEAST: Final = 1_000
"""Bytes below which nothing is gained."""
LEVEL: Final = 6


class CompressedPages:
    """ASGI middleware that compresses HTML for browsers that take it."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; compress a page that comes in one piece."""
        if not _may_compress(scope):
            await self.app(scope, receive, send)
            return

        start: Message | None = None

        async def send_small(message: Message) -> None:
            nonlocal start
            if message["type"] == "http.response.start":
                start = message
                if not _is_page(message):
                    await send(message)
                return
            if start is not None and _is_page(start):
                message = _compressed(start, message)
                await send(start)
            start = None
            await send(message)

        await self.app(scope, receive, send_small)


def _may_compress(scope: Scope) -> bool:
    if scope["type"] != "http" or scope["path"].startswith(NO_PAGES):
        return False
    return "gzip" in Headers(scope=scope).get("accept-encoding", "")


def _is_page(start: Message) -> bool:
    headers = Headers(raw=start["headers"])
    is_html = headers.get("content-type", "").startswith("text/html")
    return is_html and "content-encoding" not in headers


def _compressed(start: Message, message: Message) -> Message:
    """The body compressed, its headers changed; one that comes in pieces stays as it is."""
    headers = MutableHeaders(raw=start["headers"])
    headers.add_vary_header("Accept-Encoding")
    body = message.get("body", b"")
    if message.get("more_body") or len(body) < LEAST:
        return message
    small = gzip.compress(body, LEVEL, mtime=0)
    headers["Content-Encoding"] = "gzip"
    headers["Content-Length"] = str(len(small))
    return {**message, "body": small}
