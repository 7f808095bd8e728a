"""What the manager's page is given, as values. Instants, never ages: the page has the clock."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Literal

from msgspec import Struct

from queue_server.core.configuration import Level, Texts, WorkProfile
from queue_server.core.counter import Activity, Availability
from queue_server.core.events import Audience
from queue_server.core.identifiers import (
    CentreId,
    CounterId,
    FieldId,
    PriorityClassId,
    ProcedureCode,
    TicketId,
    TicketNumber,
    ZoneId,
)
from queue_server.core.proposals import Proposal
from queue_server.core.ticket import Forecast


class DayOfLoad(Struct, frozen=True, kw_only=True):
    """The centre's present or last day."""

    date: date
    is_open: bool
    opened_at: datetime


class Totals(Struct, frozen=True, kw_only=True):
    """The day in figures, over all fields."""

    waiting: int = 0
    at_counters: int = 0
    """Called or being served now."""
    parked: int = 0
    booked: int = 0
    """Appointments of today that have not checked in."""
    issued: int = 0
    served: int = 0
    no_shows: int = 0
    cancelled: int = 0
    transferred: int = 0
    out_of_order: int = 0
    """Calls out of order, each with its reason in the archive."""
    waits: int = 0
    """Waits that ended in a call today."""
    waits_within_target: int = 0
    mean_wait_s: float | None = None
    """Mean of those waits in seconds; None before the first call."""


class FieldServer(Struct, frozen=True, kw_only=True):
    """An open counter that serves a field, or single procedures of it."""

    counter: CounterId
    number: str
    level: Level
    is_whole_field: bool


class FieldLoad(Struct, frozen=True, kw_only=True):
    """One field now and today."""

    id: FieldId
    letter: str
    name: Texts
    zone: ZoneId
    target_s: int
    waiting: int
    oldest_since: datetime | None
    """Start of the longest present wait."""
    late_from: datetime | None
    """When the first of those who wait now passes the promised maximum, or passed it."""
    forecast: Forecast | None
    issued: int
    capacity: int | None
    served: int
    no_shows: int
    waits: int
    waits_within_target: int
    mean_wait_s: float | None
    servers: tuple[FieldServer, ...]
    is_retired: bool = False
    """Configured no more, and still waited for."""


class CounterLoad(Struct, frozen=True, kw_only=True):
    """One counter now and today."""

    id: CounterId
    number: str
    name: Texts
    zone: ZoneId
    staff_name: str | None
    """None while nobody sits there."""
    availability: Availability
    pause_reason: str
    """Key of the configured reasons."""
    paused_until: datetime | None
    """When its clerk means to be back."""
    available_since: datetime | None
    activity: Activity
    ticket: TicketNumber | None
    ticket_field: FieldId | None
    occupied_since: datetime | None
    expected_s: float | None
    """Mean transaction time of what is served there now, in seconds."""
    idle_since: datetime | None
    may_call: int
    """How many who wait now the counter may call."""
    completed: int
    out_of_order: int
    """Calls out of order today."""
    given_back: tuple[TicketNumber, ...]
    """Numbers that wait again because the counter went away."""
    busy_time_s: float
    """Seconds busy today, without what goes on now."""
    profile: WorkProfile
    is_profile_changed: bool
    returns_at: datetime | None
    """When a change for a while ends by itself."""
    is_retired: bool


class WaitingTicket(Struct, frozen=True, kw_only=True):
    """One who waits."""

    id: TicketId
    number: TicketNumber
    field: FieldId
    procedure: ProcedureCode
    priority_class: PriorityClassId | None
    reserved_for: CounterId | None
    since: datetime
    late_from: datetime
    """When the wait passes, or passed, the promised maximum."""


class MessageInForce(Struct, frozen=True, kw_only=True):
    """A notice on the boards, or word to the staff at counters."""

    id: str
    texts: Texts
    zones: tuple[ZoneId, ...]
    until: datetime | None
    at: datetime
    audience: Audience
    counters: tuple[CounterId, ...]
    """Only these, of a message to counters; empty for all of the zones."""
    read_at: tuple[CounterId, ...]
    """Where it was read, in the order of reading."""


AlarmKind = Literal[
    "field_late",
    "field_at_risk",
    "field_unserved",
    "counter_silent",
    "silent_serving",
    "printer_trouble",
    "hand_over_failed",
]


class Alarm(Struct, frozen=True, kw_only=True):
    """Something a manager should act on, from the instant `since`, which may be ahead."""

    kind: AlarmKind
    subject: str
    """A field, printer or counter by its id, or a dossier code."""
    since: datetime
    count: int = 1
    detail: str = ""
    until: datetime | None = None
    """When another alarm takes its place."""


class ProposalShown(Struct, frozen=True, kw_only=True):
    """A proposal with what became of it."""

    proposal: Proposal
    number: str
    """Of the counter."""
    made_at: datetime
    valid_until: datetime
    answer: Literal["open", "accepted", "declined"]
    answered_at: datetime | None
    is_automatic: bool
    is_in_force: bool
    """Its change of the work profile holds now, until the proposal's instant."""
    is_wanted: bool
    """Accepted, and the counter is still to be opened or closed by whoever sits there."""


class RebalancingLoad(Struct, frozen=True, kw_only=True):
    """Proposals and the rules they are made by."""

    is_on: bool = True
    is_automatic: bool = False
    automatic_changes_per_hour: int = 0
    is_fully_graded: bool = False
    """Every open counter serves all it is trained for: rebalancing has little left to gain."""
    open: tuple[ProposalShown, ...] = ()
    answered: tuple[ProposalShown, ...] = ()


class ZoneOfLoad(Struct, frozen=True, kw_only=True):
    """A zone of the lobby, for the choice of boards."""

    id: ZoneId
    name: Texts


class Load(Struct, frozen=True, kw_only=True):
    """The whole page."""

    centre: CentreId
    is_configured: bool
    name: Texts = {}
    day: DayOfLoad | None = None
    totals: Totals = Totals()
    fields: tuple[FieldLoad, ...] = ()
    counters: tuple[CounterLoad, ...] = ()
    waiting: tuple[WaitingTicket, ...] = ()
    alarms: tuple[Alarm, ...] = ()
    rebalancing: RebalancingLoad = RebalancingLoad()
    messages: tuple[MessageInForce, ...] = ()
    zones: tuple[ZoneOfLoad, ...] = ()
    pause_reasons: Mapping[str, Texts] = {}
    printers: Mapping[str, Texts] = {}
    priority_classes: Mapping[PriorityClassId, Texts] = {}
