"""The first page: every page of the centre as a card; the demo's cards sign in by one click."""

from typing import Final, cast
from urllib.parse import urlencode

from msgspec import Struct
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from queue_server.accounts.accounts import Accounts
from queue_server.accounts.answers import set_device, set_session
from queue_server.accounts.principal import NotAllowed
from queue_server.core.configuration import CentreConfiguration
from queue_server.core.identifiers import StaffId
from queue_server.places import Places
from queue_server.web.centre_choice import centre_of_page
from queue_server.web.i18n import translations
from queue_server.web.pages import DEFAULT_LANGUAGE, Pages
from queue_server.web.routes import language_of

PAGE_ADDRESSES: Final = (
    ("all pages", "/"),
    ("kiosk", "/kiosk"),
    ("board", "/board"),
    ("door", "/door"),
    ("rating tablet", "/rate"),
    ("waits", "/waits"),
    ("console", "/console"),
    ("reception", "/reception"),
    ("register", "/register"),
    ("manager", "/manager"),
    ("order of calls", "/order"),
    ("day report", "/report"),
    ("all centres", "/centres"),
    ("printers", "/printers"),
    ("administrator", "/admin"),
    ("paper", "/paper"),
    ("voice", "/voice"),
    ("API", "/api"),
)


class Card(Struct, frozen=True):
    """One page."""

    href: str
    title: str
    text: str
    icon: str


class Group(Struct, frozen=True):
    """Pages for one kind of people."""

    title: str
    text: str
    cards: list[Card]


async def home(request: Request) -> Response:
    """All pages of the centre."""
    replica = await centre_of_page(request)
    language = language_of(request)
    is_demo = bool(request.state.is_demo)
    facts = replica.centre.configuration
    _ = translations(language).gettext

    def address(who: str, page: str) -> str:
        return _as(who, _in(language, page), is_demo=is_demo)

    name = "" if facts is None else facts.name.get(language, facts.name.get("vi", ""))
    boards = [] if facts is None else _boards(facts, language, is_demo=is_demo)
    groups = [
        Group(
            _("For citizens"),
            "",
            [
                Card(
                    address("kiosk", "/kiosk"),
                    _("Kiosk"),
                    _("Find the procedure, see its papers, take a number"),
                    "kiosk",
                ),
                Card(
                    _as("kiosk", "/board?sound=off", is_demo=is_demo),
                    _("Lobby board: whole centre"),
                    _("Without sound"),
                    "screen",
                ),
                *boards,
                *(() if facts is None else _sign(facts, language, is_demo=is_demo)),
                Card(
                    _as("kiosk", "/door", is_demo=is_demo),
                    _("Code at the door"),
                    _("A number on the phone, without paper"),
                    "qr",
                ),
                Card(
                    _in(language, "/waits"),
                    _("Waits now"),
                    _("Before one leaves home: how long it would take"),
                    "clock",
                ),
            ],
        ),
        Group(
            _("For staff"),
            _("In the demo, one click signs you in as somebody of the centre.") if is_demo else "",
            [
                Card(
                    address("demo-clerk", "/console"),
                    _("Counter console"),
                    _("Call, serve, finish, hand over"),
                    "counter",
                ),
                Card(
                    address("demo-reception", "/reception"),
                    _("Reception"),
                    _("Issue for others, find, put right"),
                    "person",
                ),
                Card(
                    address("demo-clerk", "/register"),
                    _("Dossier register"),
                    _("Dossiers of a day, hand-over, receipts"),
                    "documents",
                ),
                Card(
                    address("demo-manager", "/manager"),
                    _("Running the centre"),
                    _("Queues, counters, work profiles"),
                    "gear",
                ),
                Card(
                    address("demo-manager", "/order"),
                    _("Order of calls"),
                    _("Who is called next, tried before it is saved"),
                    "scales",
                ),
                Card(
                    address("demo-manager", "/report"),
                    _("Day report"),
                    _("Figures of a day, as tables and CSV"),
                    "chart",
                ),
                Card(
                    address("demo-manager", "/rate"),
                    _("Rating tablet"),
                    _("How citizens are asked after the service"),
                    "star",
                ),
                Card(
                    address("demo-administrator", "/centres"),
                    _("All centres"),
                    _("Where somebody is needed, over all centres"),
                    "building",
                ),
                Card(
                    address("demo-administrator", "/printers"),
                    _("Printers"),
                    _("How each is, test prints, finding new ones"),
                    "printer",
                ),
                Card(
                    address("demo-administrator", "/admin"),
                    _("Administrator"),
                    _("Set up the centre, its staff and devices"),
                    "lock",
                ),
                Card(
                    address("demo-administrator", "/paper"),
                    _("What is on paper"),
                    _("Slips and forms: logo, words, order, size"),
                    "printer",
                ),
                Card(
                    address("demo-administrator", "/voice"),
                    _("Record a voice"),
                    _("Calls in a colleague's own voice"),
                    "microphone",
                ),
            ],
        ),
        Group(
            _("For developers"),
            "",
            [
                Card("/api", _("Programming interface"), _("Every command and query"), "document"),
                Card("/style", _("Style guide"), _("The parts all pages are made of"), "star"),
            ],
        ),
    ]
    pages = cast("Pages", request.state.pages)
    return pages.response(
        "home.html", language=language, groups=groups, centre_name=name, heading=name or None
    )


def _boards(facts: CentreConfiguration, language: str, *, is_demo: bool) -> list[Card]:
    """The configured boards; without any, one for each zone."""
    places = [("board", board.id, board.name) for board in facts.boards.values()]
    zones = [("zone", zone.id, zone.name) for zone in facts.zones.values()]
    _ = translations(language).gettext
    return [
        Card(
            _as("kiosk", f"/board?{urlencode({kind: id_})}", is_demo=is_demo),
            _("Lobby board"),
            name.get(language, name.get("vi", id_)),
            "screen",
        )
        for kind, id_, name in places or zones
    ]


def _sign(facts: CentreConfiguration, language: str, *, is_demo: bool) -> list[Card]:
    """The sign of one counter, as an example."""
    _ = translations(language).gettext
    counter = next(iter(facts.counters.values()), None)
    if counter is None:
        return []
    page = f"/sign?{urlencode({'counter': counter.id})}"
    text = _("Counter %(number)s") % {"number": counter.number}
    return [Card(_as("kiosk", page, is_demo=is_demo), _("Counter sign"), text, "counter")]


def _in(language: str, page: str) -> str:
    """The page's address in the reader's language."""
    if language == DEFAULT_LANGUAGE:
        return page
    return f"{page}{'&' if '?' in page else '?'}{urlencode({'language': language})}"


def _as(who: str, page: str, *, is_demo: bool) -> str:
    """The page's address; in the demo, by way of becoming somebody who may see it."""
    return f"/demo/enter?{urlencode({'who': who, 'next': page})}" if is_demo else page


async def enter(request: Request) -> Response:
    """Become somebody of the demo, or its kiosk, and go to a page of this server.

    Raises:
        NotAllowed: This is no demo.
    """
    if not request.state.is_demo:
        message = "expected a demo: here people sign in with a password"
        raise NotAllowed(message)
    who = request.query_params.get("who", "")
    page = request.query_params.get("next", "/")
    is_own = page.startswith("/") and not page.startswith(("//", "/\\"))
    answer = RedirectResponse(page if is_own else "/", status_code=303)
    if who == "kiosk":
        places = cast("Places", request.state.places)
        return set_device(request, answer, places.demo_kiosk.read_text(encoding="utf-8"))
    accounts = cast("Accounts", request.state.accounts)
    return set_session(request, answer, await accounts.demo_sign_in(StaffId(who)))


ROUTES: list[BaseRoute] = [Route("/", home), Route("/demo/enter", enter)]
