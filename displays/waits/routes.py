"""The public page of a centre's waits. It asks `/api/v1/centres/{centre}/waits` by itself."""

from typing import cast

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from queue_server.web.centre_choice import centre_of_page
from queue_server.web.pages import Pages
from queue_server.web.routes import language_of


async def waits_page(request: Request) -> Response:
    """Waits of the centre in ``?centre=``, else of the server's first."""
    replica = await centre_of_page(request)
    facts, language = replica.centre.facts, language_of(request)
    pages = cast("Pages", request.state.pages)
    boot = {"centre": replica.centre.id, "timezone": facts.timezone}
    return pages.response(
        "displays/waits/waits.html",
        language=language,
        boot=boot,
        centre=replica.centre.id,
        centre_name=facts.name.get(language, facts.name["vi"]),
    )


ROUTES: list[BaseRoute] = [Route("/waits", waits_page)]
