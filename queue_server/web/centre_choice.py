"""Which centre a page is about.

The one in ``?centre=``; else the one that the person or device belongs to; else, for somebody of
many centres, the one looked at last; else the first of the server.
"""

import re
from typing import Final, cast
from urllib.parse import parse_qs

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from queue_server.api.state import principal_of
from queue_server.core.errors import UnknownName
from queue_server.core.identifiers import CentreId
from queue_server.hub.replica import Replica
from queue_server.hub.replicas import Replicas

COOKIE: Final = "queue_centre"
_CENTRE: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")


async def centre_of_page(request: Request) -> Replica:
    """The replica of the page's centre.

    Raises:
        UnknownName: No such centre, or the server has none yet.
    """
    replicas = cast("Replicas", request.state.replicas)
    chosen = request.query_params.get("centre")
    if chosen is None:
        known = await replicas.journal.centres()
        if not known:
            message = "expected a centre on this server, there is none yet"
            raise UnknownName(message, kind="centre")
        own = (await principal_of(request)).centre
        last = CentreId(request.cookies.get(COOKIE, ""))
        chosen = own or (last if last in known else known[0])
    return await replicas.get(CentreId(chosen))


class CentreMemory:
    """ASGI middleware that remembers, in this browser, which centre a page was asked for."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; a page with ``?centre=`` leaves its name in a cookie."""
        query = scope.get("query_string", b"")
        if scope["type"] != "http" or scope["method"] != "GET" or b"centre=" not in query:
            await self.app(scope, receive, send)
            return
        centre = parse_qs(query.decode("latin-1")).get("centre", [""])[0]

        async def send_with_cookie(message: Message) -> None:
            if message["type"] == "http.response.start" and _CENTRE.fullmatch(centre):
                headers = MutableHeaders(scope=message)
                if headers.get("content-type", "").startswith("text/html"):
                    cookie = f"{COOKIE}={centre}; Path=/; HttpOnly; SameSite=Lax"
                    headers.append("set-cookie", cookie)
            await send(message)

        await self.app(scope, receive, send_with_cookie)
