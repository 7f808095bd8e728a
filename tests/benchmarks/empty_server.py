"""What the framework costs by itself: an empty route and an echo, configured as the server is."""

import argparse

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route, WebSocketRoute
from starlette.websockets import WebSocket

from queue_server.app import uvicorn_config


async def empty(request: Request) -> Response:
    """Read the body, answer nothing."""
    await request.body()
    return Response(b"{}", status_code=201, media_type="application/json")


async def echo(socket: WebSocket) -> None:
    """Send back what comes."""
    await socket.accept()
    async for text in socket.iter_text():
        await socket.send_text(text)


def main() -> None:
    """Serve until told to stop."""
    parser = argparse.ArgumentParser()
    parser.add_argument("port", type=int)
    app = Starlette(
        routes=[Route("/empty", empty, methods=["POST"]), WebSocketRoute("/echo", echo)]
    )
    uvicorn.Server(uvicorn_config(app, "127.0.0.1", parser.parse_args().port)).run()


if __name__ == "__main__":
    main()
