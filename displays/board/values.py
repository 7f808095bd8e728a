"""What a board is given, as values. Instants, never ages: the page has the server's clock."""

from datetime import datetime

from msgspec import Struct

from displays.speech.announcement import Spoken
from queue_server.core.board_configuration import BoardLayout
from queue_server.core.configuration import Texts
from queue_server.core.counter import Activity, Availability
from queue_server.core.identifiers import Language, TicketNumber, ZoneId
from queue_server.core.ticket import Forecast


class ShownCall(Struct, frozen=True, kw_only=True):
    """One call or recall."""

    id: str
    number: TicketNumber
    counter: str
    field: Texts
    zone: Texts
    """Where the counter stands; the way there is told where the board shows several zones."""
    zone_id: ZoneId
    language: Language
    """Of the citizen: said in it too."""
    at: datetime
    is_recall: bool
    spoken: tuple[Spoken, ...]


class ShownField(Struct, frozen=True, kw_only=True):
    """One queue."""

    letter: str
    name: Texts
    waiting: int
    forecast: Forecast | None


class ShownCounter(Struct, frozen=True, kw_only=True):
    """One counter with the number that is there."""

    number: str
    name: Texts
    availability: Availability
    activity: Activity
    ticket: TicketNumber | None


class Notice(Struct, frozen=True, kw_only=True):
    """A sentence at the foot."""

    texts: Texts
    until: datetime | None = None
    is_message: bool = False
    """Announced by the manager today; the others are those of the configuration."""


class Stretch(Struct, frozen=True):
    """One session of the open day."""

    opens_at: datetime
    closes_at: datetime


class Screen(Struct, frozen=True, kw_only=True):
    """How the board is to look."""

    board: str = ""
    """Its id; empty for one without a table in the configuration."""
    is_known: bool = True
    """False where the board or zone it was set up for is not configured: it shows all."""
    layout: BoardLayout = BoardLayout.CALLS
    diagonal_inch: float
    farthest_seat_m: float
    has_sound: bool = True
    has_notices: bool = True
    letters: str = ""
    """Of all numbers that can be called here; with `digits` the widest number is known."""
    digits: int = 3
    counter: str = ""
    """The longest number of a counter."""


class Board(Struct, frozen=True, kw_only=True):
    """The whole board; a nearly empty one while the centre has no configuration."""

    is_configured: bool
    screen: Screen
    centre: Texts = {}
    zones: tuple[Texts, ...] = ()
    """Names of the zones it shows; none for the whole centre."""
    sound_zones: tuple[ZoneId, ...] = ()
    """Zones whose calls it may speak; none for a silent board."""
    languages: tuple[Language, ...] = ()
    is_day_open: bool = False
    opens_at: datetime | None = None
    """When numbers are given next, while the day is not open."""
    sessions: tuple[Stretch, ...] = ()
    calls: tuple[ShownCall, ...] = ()
    called: tuple[TicketNumber, ...] = ()
    """Numbers whose citizens are called and have not arrived; no other is spoken any more."""
    fields: tuple[ShownField, ...] = ()
    counters: tuple[ShownCounter, ...] = ()
    """Of a board of counters."""
    notices: tuple[Notice, ...] = ()
