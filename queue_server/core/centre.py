"""The state of a centre: the fold of its events, and nothing else is the truth.

`queue_server.core.apply` changes it; everybody else only reads. Tickets and counters are frozen
values that are replaced, so a view may keep what it was given.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Literal

from msgspec import Struct

from queue_server.core.configuration import (
    CentreConfiguration,
    Counter,
    Field,
    Level,
    Procedure,
    Texts,
    Zone,
)
from queue_server.core.counter import CounterState
from queue_server.core.errors import QueueError, UnknownName
from queue_server.core.events import Audience, FormWritten
from queue_server.core.identifiers import (
    CentreId,
    CounterId,
    DossierCode,
    FieldId,
    FormId,
    Language,
    PersonKey,
    PersonRef,
    PrinterId,
    ProcedureCode,
    StaffId,
    TicketId,
    TicketNumber,
    ZoneId,
)
from queue_server.core.learned import LearnedParameters
from queue_server.core.paper import Templates
from queue_server.core.printing import PrinterState, PrintJob
from queue_server.core.proposals import ProposalState
from queue_server.core.ticket import Ticket


class Day(Struct, frozen=True, kw_only=True):
    """The centre's present or last day."""

    date: date
    timezone: str
    opened_at: datetime
    offset: int = 0
    """Of the commit that opened it; 0 for a day that an earlier release opened."""
    is_open: bool = True
    draw_key_hash: str = ""
    draw_key: str = ""
    """In hexadecimal, once the day is closed; secret before."""


class Call(Struct, frozen=True, kw_only=True):
    """One call or recall, as boards show and speak it once. `id` is unique per centre and epoch."""

    id: int
    ticket: TicketId
    number: TicketNumber
    counter: CounterId
    counter_number: str
    zone: ZoneId
    field: FieldId
    language: Language
    at: datetime
    is_recall: bool = False


class Reading(Struct, frozen=True):
    """Who has read a message to the counters, where and when."""

    staff: StaffId
    counter: CounterId
    at: datetime


class Message(Struct, frozen=True, kw_only=True):
    """A notice on the boards, or for the staff at counters."""

    texts: Texts
    zones: tuple[ZoneId, ...]
    until: datetime | None
    at: datetime
    audience: Audience = "boards"
    counters: tuple[CounterId, ...] = ()
    readings: tuple[Reading, ...] = ()

    def is_for(self, counter: Counter) -> bool:
        """Whether it concerns the counter: its boards, or whoever works there."""
        if self.counters:
            return counter.id in self.counters
        return not self.zones or counter.zone in self.zones


class Form(Struct, frozen=True, kw_only=True):
    """A form 02 or 03 of the day, and the number of its ticket."""

    written: FormWritten
    number: TicketNumber
    is_void: bool = False


class Dossier(Struct, frozen=True, kw_only=True):
    """A dossier opened here, as far as the queue needs it."""

    code: DossierCode
    ticket: TicketId
    number: TicketNumber = TicketNumber("")
    """Of the ticket, which is forgotten the next day."""
    counter: CounterId
    procedure: ProcedureCode
    opened_at: datetime
    due_at: datetime | None
    offset: int = 0
    """Where in the journal it was opened; the event there has its components."""
    released_at: datetime | None = None
    person: PersonRef | None = None
    hand_over: Literal["held", "pending", "delivered", "failed", "voided"] = "held"
    system: str = ""
    detail: str = ""


class Served(Struct, frozen=True):
    """Completed transactions of a procedure today: how many, and their seconds per dossier."""

    count: int
    transaction_time_s: float


class Work(Struct, frozen=True):
    """What a member of staff has completed today, and how long such visits usually take."""

    completed: int = 0
    measured: int = 0
    """Those that were never parked: only their times tell something."""
    transaction_time_s: float = 0.0
    """Sum over the measured ones, in seconds."""
    usual_time_s: float = 0.0
    """The same with each procedure's mean time."""


class Tally(Struct, kw_only=True):
    """Counts of the day that managers see live. Changed in place by `apply` only."""

    issued: int = 0
    completed: int = 0
    no_shows: int = 0
    cancelled: int = 0
    expired: int = 0
    transferred: int = 0
    waiting_time_s: float = 0.0
    """Sum over started waits that ended in a call."""
    waits: int = 0
    waits_within_target: int = 0


RECENT_CALLS = 24
"""Calls kept for the boards; two screens of the largest layout."""


class Centre(Struct, kw_only=True):
    """One centre, folded up to `offset`."""

    id: CentreId
    configuration: CentreConfiguration | None = None
    offset: int = 0
    changed_at: datetime | None = None
    day: Day | None = None
    tickets: dict[TicketId, Ticket] = {}
    """Tickets of the open day, finished ones included, in order of issue."""
    numbers: dict[TicketNumber, TicketId] = {}
    waiting: dict[TicketId, FieldId] = {}
    """Index of the waiting tickets, in the order in which they began to wait."""
    parked: dict[TicketId, CounterId] = {}
    absent: dict[TicketId, CounterId] = {}
    """Index of the no-shows that may still be reinstated."""
    counters: dict[CounterId, CounterState] = {}
    next_number: dict[FieldId, int] = {}
    issued: dict[FieldId, int] = {}
    issued_by_person: dict[PersonKey, int] = {}
    sequence: int = 0
    calls: list[Call] = []
    """Recent calls, newest first, at most `RECENT_CALLS`."""
    messages: dict[str, Message] = {}
    prints: dict[str, PrintJob] = {}
    """Print jobs of the day."""
    printers: dict[PrinterId, PrinterState] = {}
    """How each printer was heard to be last."""
    dossiers: dict[DossierCode, Dossier] = {}
    """Dossiers of the day, and earlier ones whose hand-over is not done: their ticket is gone."""
    dossiers_opened: int = 0
    """Running number of the day's last dossier; voided codes are never used again."""
    forms_written: int = 0
    """Running number of the day's last form 02 or 03."""
    forms: dict[FormId, Form] = {}
    """Forms 02 and 03 of the day, void ones included."""
    served: dict[ProcedureCode, Served] = {}
    tallies: dict[FieldId, Tally] = {}
    work: dict[StaffId, Work] = {}
    """What each member of staff has completed today."""
    learned: LearnedParameters | None = None
    """What past days taught; None where nothing was learned yet."""
    proposals: dict[str, ProposalState] = {}
    """Proposals of the day: the newest ones, and all that were answered."""
    retired_fields: dict[FieldId, Field] = {}
    retired_procedures: dict[ProcedureCode, Procedure] = {}
    retired_counters: dict[CounterId, Counter] = {}
    retired_templates: dict[str, Templates] = {}
    """Earlier templates by their version, which print jobs of the day were asked for with."""

    @property
    def facts(self) -> CentreConfiguration:
        """The applied configuration.

        Raises:
            QueueError: None was applied yet.
        """
        if self.configuration is None:
            message = (
                f"centre {self.id} has no configuration yet: expected ApplyConfiguration first"
            )
            raise QueueError(message)
        return self.configuration

    def ticket(self, ticket: TicketId) -> Ticket:
        """The ticket of that id.

        Raises:
            UnknownName: There is none today.
        """
        found = self.tickets.get(ticket)
        if found is None:
            message = f"expected a ticket of today, got {ticket!r}"
            raise UnknownName(message, kind="ticket", name=ticket)
        return found

    def counter(self, counter: CounterId) -> CounterState:
        """The counter of that id.

        Raises:
            UnknownName: There is none.
        """
        found = self.counters.get(counter)
        if found is None:
            raise unknown("counter", counter, self.counters)
        return found

    def counter_facts(self, counter: CounterId) -> Counter:
        """What the counter is, retired ones included."""
        found = self.facts.counters.get(counter) or self.retired_counters.get(counter)
        if found is None:
            raise unknown("counter", counter, self.facts.counters)
        return found

    def field(self, field_id: FieldId) -> Field:
        """The field of that id, retired ones included."""
        found = self.facts.fields.get(field_id) or self.retired_fields.get(field_id)
        if found is None:
            raise unknown("field", field_id, self.facts.fields)
        return found

    def procedure(self, code: ProcedureCode) -> Procedure:
        """The procedure of that code, retired ones included."""
        found = self.facts.procedures.get(code) or self.retired_procedures.get(code)
        if found is None:
            raise unknown("procedure", code, self.facts.procedures)
        return found

    @property
    def typical_transaction_time_s(self) -> float:
        """What "long" and "short" compare with: the mean over what people come for, in seconds."""
        learned = self.learned.typical_transaction_time_s if self.learned else None
        return learned or self.facts.typical_transaction_time_s

    def mean_transaction_time_s(self, code: ProcedureCode) -> float:
        """Mean time of the procedure's transactions in seconds, as the order uses it."""
        learned = self.learned.mean_transaction_time_s.get(code) if self.learned else None
        return learned or self.procedure(code).mean_transaction_time_s

    def trained_fields(self, counter: CounterState) -> Mapping[FieldId, Level]:
        """What the counter's staff are trained for, now that it serves what it serves."""
        facts = self.facts.counters.get(counter.id)
        if facts is None:
            return counter.profile.fields
        return {**facts.trained_fields, **counter.profile.fields}

    def zone(self, zone: ZoneId) -> Zone:
        """The zone of that id."""
        found = self.facts.zones.get(zone)
        if found is None:
            raise unknown("zone", zone, self.facts.zones)
        return found

    def waiting_tickets(self) -> Iterator[Ticket]:
        """Tickets that wait, in the order in which they began to."""
        return (self.tickets[ticket] for ticket in self.waiting)

    def ticket_at(self, counter: CounterState) -> Ticket | None:
        """The ticket called to or served at the counter."""
        return None if counter.ticket is None else self.tickets[counter.ticket]


def unknown(kind: str, name: str, known: Iterable[str]) -> UnknownName:
    """The refusal for a name that does not exist, telling some that do."""
    some = ", ".join(list(known)[:12]) or "none"
    message = f"expected a {kind} of this centre ({some}), got {name!r}"
    return UnknownName(message, kind=kind, name=name)
