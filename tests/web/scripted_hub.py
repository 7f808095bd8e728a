"""A hub that says what a test tells it to, at `/live`, and writes down what it hears."""

import asyncio
import contextlib
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route, WebSocketRoute
from starlette.types import Receive, Scope, Send
from starlette.websockets import WebSocket, WebSocketDisconnect

from queue_server.web.headers import SecurityHeaders
from queue_server.web.packages import WEB, Package, beside
from queue_server.web.pages import Pages
from queue_server.web.routes import page_routes
from queue_server.web.static_files import static_routes

VERSION = "0.1.0+test"
PROBE = beside("probe", Path(__file__).parent / "probe")
PACKAGES = [WEB, PROBE]
NOON = datetime(2026, 11, 23, 5, 0, tzinfo=UTC)
"""Twelve o'clock in Vietnam; pages must show it whatever their device's clock says."""


class LostAnswer(Response):
    """An answer whose line breaks in the middle, as when a cable is pulled."""

    async def __call__(self, _scope: Scope, _receive: Receive, send: Send) -> None:
        headers = [(b"content-length", b"1000")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": b"{", "more_body": True})
        raise ConnectionResetError("the test drops this answer")


class ScriptedHub:
    """Answers each watch with the `bodies` it has, and beats when told."""

    def __init__(self) -> None:
        self.epoch = "e1"
        self.offset = 1
        self.version = VERSION
        self.clock_speed = 1.0
        self.is_silent = False
        self.heard: list[dict[str, object]] = []
        self.bodies: dict[str, object] = {"board": {"number": "A 001"}}
        self.sockets: list[WebSocket] = []
        self.connections = 0
        self.answers: list[Response | None] = []
        self.keys: list[str] = []
        self._changed = asyncio.Condition()

    async def live(self, socket: WebSocket) -> None:
        """The socket's life."""
        await socket.accept()
        self.sockets.append(socket)
        self.connections += 1
        await self._note()
        try:
            while True:
                message = await socket.receive_json()
                self.heard.append(message)
                if message["type"] == "watch":
                    await self._show(socket, message)
                await self._note()
        except WebSocketDisconnect:
            self.sockets.remove(socket)
            await self._note()

    async def show(self, body: object, *, offset: int | None = None) -> None:
        """Push a new body of the board to all."""
        self.offset = self.offset + 1 if offset is None else offset
        self.bodies["board"] = body
        for socket in list(self.sockets):
            await self._show(socket, {"view": "board", "centre": "an-binh", "subject": "zone-1"})

    async def beat(self, *, at: datetime = NOON) -> None:
        """Send a heartbeat to all."""
        message = {
            "type": "heartbeat",
            "offset": self.offset,
            "at": at.isoformat(),
            "clock_speed": self.clock_speed,
            "version": self.version,
        }
        for socket in list(self.sockets):
            await socket.send_json(message)

    async def refuse(self, view: str, code: str) -> None:
        """Refuse a watch."""
        for socket in list(self.sockets):
            await socket.send_json(
                {"type": "refused", "view": view, "code": code, "detail": "not for you"}
            )

    async def hang_up(self, code: int) -> None:
        """Close all sockets with `code`."""
        for socket in list(self.sockets):
            with contextlib.suppress(RuntimeError):
                await socket.close(code)

    async def until(self, holds: Callable[[], bool]) -> None:
        """Wait for something that the page does."""
        async with asyncio.timeout(10), self._changed:
            await self._changed.wait_for(holds)

    async def command(self, request: Request) -> Response:
        """Answer with the next of `answers`; None drops the line without a word."""
        self.keys.append(request.headers["idempotency-key"])
        answer = self.answers.pop(0)
        return LostAnswer() if answer is None else answer

    async def _note(self) -> None:
        async with self._changed:
            self._changed.notify_all()

    async def _show(self, socket: WebSocket, watch: dict[str, object]) -> None:
        if self.is_silent:
            return
        named = {name: watch[name] for name in ("view", "centre", "subject")}
        body = self.bodies[str(watch["view"])]
        position = {"epoch": self.epoch, "offset": self.offset}
        await socket.send_json({"type": "view", **named, **position, "body": body})


def scripted_app(hub: ScriptedHub, *, packages: list[Package] = PACKAGES) -> Starlette:
    """Pages, files and the scripted hub, as the composition root would put them together."""
    pages = Pages(packages, VERSION)

    async def probe(request: Request) -> Response:
        boot = {"version": hub.version, **request.query_params}
        language = request.query_params.get("language", "vi")
        return pages.response("probe/probe.html", language=language, boot=boot)

    async def openapi(_request: Request) -> Response:
        return JSONResponse(OPENAPI)

    return Starlette(
        routes=[
            *page_routes(pages),
            *static_routes(VERSION, packages),
            Route("/probe", probe),
            Route("/command", hub.command, methods=["POST"]),
            Route("/api/v1/openapi.json", openapi),
            WebSocketRoute("/live", hub.live),
        ],
        middleware=[Middleware(SecurityHeaders)],
    )


OPENAPI = {
    "openapi": "3.1.0",
    "info": {"title": "Queue server", "version": "1", "description": "Commands and questions."},
    "paths": {
        "/api/v1/centres/{centre}/tickets": {
            "post": {
                "tags": ["tickets"],
                "summary": "Issue a ticket",
                "parameters": [{"name": "centre", "in": "path", "description": "its id"}],
                "requestBody": {
                    "content": {
                        "application/json": {"schema": {"$ref": "#/components/schemas/Issue"}}
                    }
                },
                "responses": {"201": {"description": "issued"}},
            }
        }
    },
    "components": {"schemas": {"Issue": {"type": "object"}}},
}


def later(seconds: float) -> datetime:
    """An instant after noon."""
    return NOON + timedelta(seconds=seconds)
