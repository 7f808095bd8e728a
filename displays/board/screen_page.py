"""Pages of screens that nobody looks after: in all languages at once, and kept by the browser.

A screen is switched on in the morning before its server, and a plain address on the local network
has no service worker. So the browser may keep the page: it begins from its memory, shows what it
knew, and loads anew by itself once the server has another version (`live_version.js`).
"""

from collections.abc import Mapping
from typing import Final, cast

from starlette.requests import Request
from starlette.responses import Response

from queue_server.core.centre import Centre
from queue_server.core.configuration import CentreConfiguration
from queue_server.core.identifiers import Language
from queue_server.web.pages import Pages

KEPT: Final = "private, max-age=2592000"
"""Thirty days: longer than any holiday."""
_USUAL_LANGUAGES: Final = (Language("vi"), Language("en"))


def screen_page(
    request: Request, centre: Centre, name: str, *, boot: Mapping[str, object], is_kept: bool
) -> Response:
    """The page `displays/<name>/<name>.html` with its words in every language of the centre.

    Args:
        request: What is answered.
        centre: Whose screen it is.
        name: Of the package.
        boot: What its module starts from beside that.
        is_kept: Whether the browser may keep it: only for a device that was let in.
    """
    pages = cast("Pages", request.state.pages)
    facts: CentreConfiguration | None = centre.configuration
    languages = facts.languages if facts else _USUAL_LANGUAGES
    path = f"displays/{name}/{name}"
    answer = pages.response(
        f"{path}.html",
        language=languages[0],
        boot={
            "centre": centre.id,
            "timezone": facts.timezone if facts else "Asia/Ho_Chi_Minh",
            "words": {each: pages.messages(f"{path}.js", each) for each in languages},
            **boot,
        },
    )
    if is_kept:
        answer.headers["Cache-Control"] = KEPT
    return answer
