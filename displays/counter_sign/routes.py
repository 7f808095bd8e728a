"""The sign's page."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from displays.board.screen_page import screen_page
from queue_server.api.state import principal_of
from queue_server.web.centre_choice import centre_of_page


async def sign(request: Request) -> Response:
    """The page of one counter (``?counter=``); a paired device shows its own without a name."""
    replica = await centre_of_page(request)
    principal = await principal_of(request)
    counter = request.query_params.get("counter", principal.counter or "")
    is_let_in = principal.is_of(replica.centre.id)
    boot = {"subject": counter}
    return screen_page(request, replica.centre, "counter_sign", boot=boot, is_kept=is_let_in)


ROUTES: list[BaseRoute] = [Route("/sign", sign)]
