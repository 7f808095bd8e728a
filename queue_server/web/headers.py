"""What every answer tells the browser not to do."""

from collections.abc import Mapping
from typing import Final

from starlette.types import ASGIApp, Message, Receive, Scope, Send

CONTENT_SECURITY_POLICY: Final = "; ".join(
    (
        "default-src 'self'",
        "img-src 'self' data: blob:",
        "media-src 'self' blob:",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'self'",
    )
)
"""No other origin and nothing inline: a text that slips into a page cannot run."""

SECURITY_HEADERS: Final = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(self), geolocation=(), microphone=(), payment=()",
    # A ticket's address is its credential: it must not reach another site. Same-origin requests
    # keep it, since sign-in checks where a form comes from.
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}


OTHER_HEADERS: Final = {"X-Content-Type-Options": "nosniff"}
"""Files and answers of the API are no documents: a page's rules would only weigh."""
NO_PAGES: Final = ("/s/", "/api/")


def _raw(headers: Mapping[str, str]) -> tuple[tuple[bytes, bytes], ...]:
    return tuple(
        (name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers.items()
    )


_OF_PAGES: Final = _raw(SECURITY_HEADERS)
_OF_OTHERS: Final = _raw(OTHER_HEADERS)


class SecurityHeaders:
    """ASGI middleware that adds `SECURITY_HEADERS` where the answer does not set them itself."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; add the headers to the start of an HTTP answer."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        wanted = _OF_OTHERS if scope["path"].startswith(NO_PAGES) else _OF_PAGES

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                own = {name for name, _ in message["headers"]}
                more = (header for header in wanted if header[0] not in own)
                message["headers"] = [*message["headers"], *more]
            await send(message)

        await self.app(scope, receive, send_with_headers)
