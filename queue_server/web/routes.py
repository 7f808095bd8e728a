"""Pages of the design system itself: sign-in, style guide, programming interface, errors.

The composition root adds these routes to its own; `home.html` and `error.html` are rendered by
those who know what stands on them.
"""

import re

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from queue_server.api.problems import TYPE_PREFIX
from queue_server.api.refusal_list import OF_THE_INTERFACE, answered_refusals
from queue_server.web.packages import WEB
from queue_server.web.pages import DEFAULT_LANGUAGE, Pages


def page_routes(pages: Pages) -> list[BaseRoute]:
    """Routes whose pages need nothing but the templates."""

    async def sign_in(request: Request) -> Response:
        """Sign in with login and password; `next` is where to go then."""
        boot = {"next": request.query_params.get("next")}
        return pages.response("sign_in.html", language=language_of(request), boot=boot)

    async def style_guide(request: Request) -> Response:
        """Every component of the design system."""
        language = language_of(request)
        return pages.response("style_guide.html", language=language, icon_names=icon_names())

    async def api_reference(request: Request) -> Response:
        """The programming interface with every field, its type and its limits."""
        return pages.response("api_reference.html", language=language_of(request))

    async def errors(_: Request) -> Response:
        """What each code of a refusal means; the `type` of a problem document leads here."""
        refusals = [*answered_refusals(), *OF_THE_INTERFACE]
        return pages.response("errors.html", language="en", refusals=refusals)

    return [
        Route(TYPE_PREFIX.removesuffix("#"), errors),
        Route("/sign-in", sign_in),
        Route("/style", style_guide),
        Route("/api", api_reference),
    ]


def language_of(request: Request) -> str:
    """Language asked for by ``?language=``, else Vietnamese."""
    return request.query_params.get("language", DEFAULT_LANGUAGE)


def icon_names() -> list[str]:
    """Names of the drawings in `icons.svg`."""
    sprite = (WEB.static / "icons.svg").read_text(encoding="utf-8")
    return re.findall(r'<symbol id="([^"]+)"', sprite)
