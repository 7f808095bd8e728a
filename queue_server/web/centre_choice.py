"""Which centre a page is about: the one in ``?centre=``, else the first of the server."""

from typing import cast

from starlette.requests import Request

from queue_server.core.errors import UnknownName
from queue_server.core.identifiers import CentreId
from queue_server.hub.replica import Replica
from queue_server.hub.replicas import Replicas


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
        chosen = known[0]
    return await replicas.get(CentreId(chosen))
