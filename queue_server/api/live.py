"""The socket endpoint ``/live``."""

from typing import cast

from starlette.routing import WebSocketRoute
from starlette.websockets import WebSocket

from queue_server.api.health import Metrics
from queue_server.api.state import Identify, principal_of
from queue_server.hub.connection import Connection, Surroundings


async def live(socket: WebSocket) -> None:
    """Serve one socket until it ends."""
    state = socket.state
    await socket.accept()
    identify = cast("Identify", state.identify)
    metrics = cast("Metrics", state.metrics)
    around = Surroundings(
        identify=identify.by_token,
        replicas=state.replicas,
        views=state.views,
        clock=state.clock,
        version=state.version,
    )
    connection = Connection(socket, await principal_of(socket), around)
    with metrics.sockets.track_inprogress():
        await connection.run()


ROUTES = [WebSocketRoute("/live", live)]
