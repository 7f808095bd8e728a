"""Pages of staff: who is not signed in is sent to sign in, who may not is told so in words."""

from http import HTTPStatus
from typing import cast
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from queue_server.api.access import Access
from queue_server.api.state import principal_of
from queue_server.core.identifiers import CentreId
from queue_server.web.i18n import translations
from queue_server.web.pages import Pages
from queue_server.web.routes import language_of


async def turned_away(request: Request, access: Access, centre: CentreId) -> Response | None:
    """The answer to somebody who may not see the page; None for who may."""
    principal = await principal_of(request)
    if access(principal, centre):
        return None
    if principal.kind == "nobody":
        here = request.url.path + (f"?{request.url.query}" if request.url.query else "")
        return RedirectResponse(f"/sign-in?next={quote(here)}", HTTPStatus.SEE_OTHER)
    _ = translations(language_of(request)).gettext
    return pages_of(request).response(
        "error.html",
        language=language_of(request),
        status=HTTPStatus.FORBIDDEN,
        heading=_("This page is not for your account"),
        text=_("Please ask the manager or the administrator of the centre."),
    )


def pages_of(request: Request) -> Pages:
    """The templates of the server."""
    return cast("Pages", request.state.pages)
