"""What the page of the order shows, as values."""

from collections.abc import Mapping
from datetime import date, datetime

from msgspec import Struct

from queue_server.core.configuration import Level, Texts
from queue_server.core.identifiers import CentreId, CounterId, PriorityClassId, TicketNumber
from queue_server.core.routing_rules import RoutingMode, RoutingRules


class ModeNumbers(Struct, frozen=True, kw_only=True):
    """The numbers a mode sets where the centre chose none of its own. Times in seconds."""

    length_exponent: float
    long_wait_gain_s: float
    overtakes_allowed: int
    least_priority_head_start_s: float


class Claimant(Struct, frozen=True, kw_only=True):
    """Somebody the counter could call now, with every term of the claim."""

    number: TicketNumber
    procedure: Texts
    waited_s: int
    """Negative before an appointment's hour."""
    clock_s: int
    line: str
    """``priority``, ``appointment``, ``transferred`` or nothing."""
    priority_class: Texts
    level: Level
    weight: float
    length: float
    urgency: float
    long_wait_s: float
    """What the long wait adds."""
    claim_s: float
    is_first: bool
    """Called next, were it now; with draws, one of the equals."""


class Example(Struct, frozen=True, kw_only=True):
    """The present candidates of one counter, largest claim first."""

    counter: CounterId | None
    at: datetime
    equals: int
    claimants: tuple[Claimant, ...]


class CounterChoice(Struct, frozen=True):
    """A counter that the example may be of."""

    id: CounterId
    number: str
    candidates: int
    """Whom it could call now, at least one of each series."""


class PriorityClock(Struct, frozen=True, kw_only=True):
    """How a priority class's waiting counts."""

    id: PriorityClassId
    name: Texts
    rate: float
    head_start_s: float


class DrawOfDay(Struct, frozen=True, kw_only=True):
    """What is published of the day's draws."""

    day: date
    is_open: bool
    draw_key_hash: str
    draw_key: str


class OrderView(Struct, frozen=True, kw_only=True):
    """The whole page."""

    centre: CentreId
    is_configured: bool
    routing: RoutingRules = RoutingRules()
    modes: Mapping[RoutingMode, ModeNumbers] = {}
    strategies: tuple[str, ...] = ()
    ranges: Mapping[str, tuple[float, float]] = {}
    """Least and greatest value of each number."""
    priority_classes: tuple[PriorityClock, ...] = ()
    counters: tuple[CounterChoice, ...] = ()
    example: Example | None = None
    draw: DrawOfDay | None = None
