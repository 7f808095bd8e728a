"""Routes of the accounts' pages; what they show comes from the interface over HTTP."""

from http import HTTPStatus
from typing import cast
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from queue_server.accounts.answers import accounts_of
from queue_server.accounts.people import Staff
from queue_server.accounts.principal import NotSignedIn
from queue_server.web.i18n import languages as known_languages
from queue_server.web.i18n import translations
from queue_server.web.pages import Pages
from queue_server.web.routes import language_of


async def welcome(request: Request) -> Response:
    """Choose a password with a one-time link."""
    token = request.query_params.get("token", "")
    try:
        person = await accounts_of(request).by_one_time_token(token)
    except NotSignedIn:
        _ = translations(language_of(request)).gettext
        text = _(
            "It was used already, or it is too old. Please ask an administrator for a new one."
        )
        return _refusal(request, _("This link no longer works"), text, HTTPStatus.GONE)
    return _page(
        request, "accounts/pages/choose_password.html", boot={"token": token}, person=person
    )


async def device(request: Request) -> Response:
    """Pair the device that shows this page; only its module spends the link."""
    token = request.query_params.get("token", "")
    return _page(request, "accounts/pages/device.html", boot={"token": token})


def _page(
    request: Request, name: str, *, boot: dict[str, object], person: Staff | None = None
) -> Response:
    pages = cast("Pages", request.state.pages)  # the lifespan's state has no types
    query = dict(request.query_params)
    languages = {tag: f"?{urlencode({**query, 'language': tag})}" for tag in known_languages()}
    return pages.response(
        name, language=language_of(request), boot=boot, languages=languages, person=person
    )


def _refusal(request: Request, heading: str, text: str, status: HTTPStatus) -> Response:
    pages = cast("Pages", request.state.pages)
    return pages.response(
        "error.html", language=language_of(request), status=status, heading=heading, text=text
    )


PAGES: list[BaseRoute] = [
    Route("/welcome", welcome),
    Route("/device", device),
]
