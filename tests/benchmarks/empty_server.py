"""What the framework costs by itself: one empty route behind the server's own configuration."""

import argparse

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from queue_server.app import uvicorn_config


async def empty(request: Request) -> Response:
    """Read the body, answer nothing."""
    await request.body()
    return Response(b"{}", status_code=201, media_type="application/json")


def main() -> None:
    """Serve until told to stop."""
    parser = argparse.ArgumentParser()
    parser.add_argument("port", type=int)
    app = Starlette(routes=[Route("/empty", empty, methods=["POST"])])
    uvicorn.Server(uvicorn_config(app, "127.0.0.1", parser.parse_args().port)).run()


if __name__ == "__main__":
    main()
