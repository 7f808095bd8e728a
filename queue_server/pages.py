"""Every page and every view of the system, in two plain lists.

A page package holds its view function, its routes, its template and its module side by side. To
add a page, write the package and add its lines here.
"""

from pathlib import Path

from msgspec import Struct
from starlette.routing import BaseRoute

import counters
import displays
import queue_server.accounts
from counters.hall import found as hall_found
from counters.hall import routes as hall_routes
from counters.hall import view as hall_view
from counters.load import routes as load_routes
from counters.load import view as load_view
from queue_server.app import VERSION
from queue_server.hub.views import ViewKind
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
    beside("accounts", _folder(queue_server.accounts)),
)

VIEWS: list[ViewKind] = [
    load_view.KIND,
    hall_view.KIND,
    hall_found.KIND,
]

ROUTES: list[BaseRoute] = [
    *load_routes.ROUTES,
    *hall_routes.ROUTES,
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
