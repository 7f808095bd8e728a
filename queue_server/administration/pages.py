"""The administrator's pages: one template and one module, a section for each address."""

from http import HTTPStatus
from typing import Final, cast
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from printers.printer_model import MODELS
from queue_server.accounts.answers import who
from queue_server.accounts.principal import Principal, Role
from queue_server.administration.answers import now_of
from queue_server.administration.form import form
from queue_server.api.state import principal_of
from queue_server.core.errors import UnknownName
from queue_server.core.identifiers import CentreId
from queue_server.hub.replica import Replica
from queue_server.hub.replicas import Replicas
from queue_server.web.centre_choice import centre_of_page
from queue_server.web.i18n import language_names, translations
from queue_server.web.pages import Pages
from queue_server.web.routes import icon_names, language_of

SECTIONS: Final = (
    "overview",
    "centre",
    "procedures",
    "counters",
    "screens",
    "paper",
    "rules",
    "staff",
    "devices",
    "changes",
    "history",
)
"""The first is at `/admin` itself."""


async def page(request: Request) -> Response:
    """A section of the administrator's pages; others are asked to sign in."""
    principal = await principal_of(request)
    if principal.kind != "staff":
        here = request.url.path + (f"?{request.url.query}" if request.url.query else "")
        return RedirectResponse(f"/sign-in?{urlencode({'next': here})}", HTTPStatus.SEE_OTHER)
    if not principal.has_role(Role.ADMINISTRATOR):
        return _refusal(request)
    section = request.path_params.get("section", SECTIONS[0])
    if section not in SECTIONS:
        message = f"expected one of {', '.join(SECTIONS)}, got {section!r}"
        raise UnknownName(message, kind="page", name=section)
    replica = await _centre_of(request, principal)
    facts = replica.centre.configuration
    language = language_of(request)
    name = facts.name if facts else {}
    return _pages(request).response(
        "administration/admin.html",
        language=language,
        boot={
            "me": who(principal),
            "centre": replica.centre.id,
            "now": now_of(request),
            "timezone": facts.timezone if facts else "Asia/Ho_Chi_Minh",
            "form": form(language),
            "languages": language_names(),
            "icons": icon_names(),
            "models": list(MODELS),
        },
        centre_name=name.get(language) or name.get("vi", replica.centre.id),
        languages=_in_other_languages(request),
    )


def _in_other_languages(request: Request) -> dict[str, tuple[str, str]]:
    """Address of this page and the language's own name, by language."""
    query = dict(request.query_params)
    return {
        tag: (f"?{urlencode({**query, 'language': tag})}", name)
        for tag, name in language_names().items()
    }


async def _centre_of(request: Request, principal: Principal) -> Replica:
    """The centre asked for, or the administrator's own, or the first."""
    if principal.centre is not None:
        replicas = cast("Replicas", request.state.replicas)
        return await replicas.get(CentreId(principal.centre))
    return await centre_of_page(request)


def _refusal(request: Request) -> Response:
    language = language_of(request)
    _ = translations(language).gettext
    return _pages(request).response(
        "error.html",
        language=language,
        status=HTTPStatus.FORBIDDEN,
        heading=_("This page is for administrators"),
        text=_("Please ask an administrator, or sign in as one."),
    )


def _pages(request: Request) -> Pages:
    return cast("Pages", request.state.pages)  # the lifespan's state has no types


ROUTES: list[BaseRoute] = [
    Route("/admin", page, methods=["GET"]),
    Route("/admin/{section}", page, methods=["GET"]),
]
