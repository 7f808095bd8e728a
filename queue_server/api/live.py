"""The socket endpoint ``/live``."""

from functools import partial
from typing import cast

from starlette.routing import WebSocketRoute
from starlette.websockets import WebSocket

from queue_server.api.health import Metrics
from queue_server.api.state import Identify, principal_of
from queue_server.hub.connection import (
    Closing,
    Connection,
    Surroundings,
    close,
    first_principal,
)


async def live(socket: WebSocket) -> None:
    """Serve one socket until it ends; who cannot be identified is told so by its close code."""
    state = socket.state
    await socket.accept()
    ask = partial(principal_of, socket)
    try:
        principal = await first_principal(ask)
    except Closing as closing:
        await close(socket, closing)
        return
    identify = cast("Identify", state.identify)
    metrics = cast("Metrics", state.metrics)
    around = Surroundings(
        identify=identify.by_token,
        replicas=state.replicas,
        views=state.views,
        clock=state.clock,
        version=state.version,
        heard_page=state.presence.heard_page,
        sound=state.sound,
    )
    connection = Connection(socket, principal, ask, around)
    with metrics.sockets.track_inprogress():
        await connection.run()


ROUTES = [WebSocketRoute("/live", live)]
