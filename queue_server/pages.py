"""Every page and every view of the system, in two plain lists.

A page package holds its view function, its routes, its template and its module side by side. To
add a page, write the package and add its lines here.
"""

from pathlib import Path

from msgspec import Struct
from starlette.routing import BaseRoute

import counters
import displays
import printers
import queue_server.accounts
import queue_server.administration
import queue_server.paper
import queue_server.secure
from counters.centres.routes import ROUTES as CENTRES_ROUTES
from counters.console.routes import ROUTES as CONSOLE_ROUTES
from counters.console.seats import KIND as SEATS
from counters.console.view import KIND as CONSOLE
from counters.explanation.routes import ROUTES as EXPLANATION_ROUTES
from counters.hall.found import KIND as FOUND_TICKET
from counters.hall.routes import ROUTES as HALL_ROUTES
from counters.hall.view import KIND as HALL
from counters.load.routes import ROUTES as LOAD_ROUTES
from counters.load.view import KIND as LOAD
from counters.order.routes import ROUTES as ORDER_ROUTES
from counters.order.view import KIND as ORDER
from counters.register.routes import ROUTES as REGISTER_ROUTES
from counters.register.view import KIND as REGISTER
from counters.report.routes import ROUTES as REPORT_ROUTES
from counters.today.routes import ROUTES as TODAY_ROUTES
from displays.board.routes import ROUTES as BOARD_ROUTES
from displays.board.view import KIND as BOARD
from displays.checklist.routes import ROUTES as CHECKLIST_ROUTES
from displays.counter_sign.routes import ROUTES as SIGN_ROUTES
from displays.counter_sign.view import KIND as SIGN
from displays.door.routes import ROUTES as DOOR_ROUTES
from displays.kiosk.routes import ROUTES as KIOSK_ROUTES
from displays.kiosk.view import KIND as KIOSK
from displays.phone.routes import ROUTES as PHONE_ROUTES
from displays.phone.view import KIND as TICKET
from displays.rating.routes import ROUTES as RATING_ROUTES
from displays.rating.view import KIND as RATING
from displays.speech.announcer.routes import ROUTES as ANNOUNCER_ROUTES
from displays.voice.routes import ROUTES as VOICE_ROUTES
from displays.waits.routes import ROUTES as WAITS_ROUTES
from printers.agent_routes import ROUTES as AGENT_ROUTES
from printers.pages.routes import ROUTES as PRINTERS_ROUTES
from printers.pages.view import KIND as PRINTERS
from queue_server import home
from queue_server.accounts import routes as accounts_routes
from queue_server.accounts.pages.page_routes import PAGES as ACCOUNT_PAGES
from queue_server.administration.draft_routes import ROUTES as DRAFT_ROUTES
from queue_server.administration.overview import ROUTES as OVERVIEW_ROUTES
from queue_server.administration.pages import ROUTES as ADMINISTRATION_PAGES
from queue_server.administration.table_routes import ROUTES as TABLE_ROUTES
from queue_server.app import VERSION
from queue_server.hub.views import ViewKind
from queue_server.paper.routes import ROUTES as PAPER_ROUTES
from queue_server.push.routes import ROUTES as PUSH_ROUTES
from queue_server.secure.routes import ROUTES as SECURE_ROUTES
from queue_server.web.packages import WEB, Package, beside, content_version
from queue_server.web.pages import Pages
from queue_server.web.routes import page_routes
from queue_server.web.static_files import static_routes


def _folder(module: object) -> Path:
    return Path(str(getattr(module, "__file__", ""))).parent


PACKAGES: tuple[Package, ...] = (
    WEB,
    beside("displays", _folder(displays)),
    beside("counters", _folder(counters)),
    beside("printers", _folder(printers)),
    beside("accounts", _folder(queue_server.accounts)),
    beside("administration", _folder(queue_server.administration)),
    beside("secure", _folder(queue_server.secure)),
    beside("paper", _folder(queue_server.paper)),
)

VIEWS: list[ViewKind] = [
    BOARD,
    SIGN,
    KIOSK,
    TICKET,
    RATING,
    CONSOLE,
    SEATS,
    LOAD,
    HALL,
    FOUND_TICKET,
    REGISTER,
    ORDER,
    PRINTERS,
]

ROUTES: list[BaseRoute] = [
    *home.ROUTES,
    *accounts_routes.ROUTES,
    *BOARD_ROUTES,
    *SIGN_ROUTES,
    *ANNOUNCER_ROUTES,
    *VOICE_ROUTES,
    *ACCOUNT_PAGES,
    *KIOSK_ROUTES,
    *CHECKLIST_ROUTES,
    *PHONE_ROUTES,
    *RATING_ROUTES,
    *DOOR_ROUTES,
    *WAITS_ROUTES,
    *CONSOLE_ROUTES,
    *EXPLANATION_ROUTES,
    *CENTRES_ROUTES,
    *LOAD_ROUTES,
    *TODAY_ROUTES,
    *HALL_ROUTES,
    *REPORT_ROUTES,
    *REGISTER_ROUTES,
    *ORDER_ROUTES,
    *DRAFT_ROUTES,
    *TABLE_ROUTES,
    *OVERVIEW_ROUTES,
    *ADMINISTRATION_PAGES,
    *SECURE_ROUTES,
    *PAPER_ROUTES,
    *AGENT_ROUTES,
    *PRINTERS_ROUTES,
    *PUSH_ROUTES,
]


class PageParts(Struct, kw_only=True):
    """The pages of a server."""

    pages: Pages
    routes: list[BaseRoute]
    version: str


def page_parts() -> PageParts:
    """Templates, routes and static files, under addresses that carry their content's hash."""
    version = content_version(VERSION, PACKAGES)
    pages = Pages(PACKAGES, version)
    routes = [*ROUTES, *page_routes(pages), *static_routes(version, PACKAGES)]
    return PageParts(pages=pages, routes=routes, version=version)
