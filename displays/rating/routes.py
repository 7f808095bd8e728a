"""The rating tablet's page: ``/rate?counter=``."""

from http import HTTPStatus
from typing import cast

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from displays.rating.view import may_watch
from queue_server.api.state import principal_of
from queue_server.core.identifiers import CounterId
from queue_server.web.centre_choice import centre_of_page
from queue_server.web.i18n import translations
from queue_server.web.pages import Pages
from queue_server.web.routes import language_of


async def rating_page(request: Request) -> Response:
    """The page of one counter, for its tablet; a manager sees it without rating anything."""
    replica = await centre_of_page(request)
    principal = await principal_of(request)
    pages, language = cast("Pages", request.state.pages), language_of(request)
    subject = request.query_params.get("counter", principal.counter or "")
    if principal.kind == "nobody":
        return _not_paired(pages, language)
    facts = replica.centre.facts
    counter = replica.centre.counter(CounterId(subject or next(iter(facts.counters))))
    if not may_watch(principal, replica.centre, counter.id):
        return RedirectResponse("/sign-in?next=/rate", HTTPStatus.SEE_OTHER)
    boot = {
        "centre": replica.centre.id,
        "counter": counter.id,
        "timezone": facts.timezone,
        "is_preview": principal.kind != "device",
    }
    return pages.response("displays/rating/rating.html", language=language, boot=boot)


def _not_paired(pages: Pages, language: str) -> Response:
    _ = translations(language).gettext
    return pages.response(
        "error.html",
        language=language,
        status=HTTPStatus.UNAUTHORIZED,
        heading=_("This tablet is not paired yet"),
        text=_(
            "An administrator adds it under Devices as a rating tablet, with its counter, and "
            "opens the link it gives on this tablet."
        ),
        home_url="/sign-in?next=/rate",
    )


ROUTES: list[BaseRoute] = [Route("/rate", rating_page)]
