"""What the reception's page is given, as values. Instants, never ages: the page has the clock."""

from datetime import datetime

from msgspec import Struct

from queue_server.core.configuration import Texts
from queue_server.core.identifiers import (
    CentreId,
    FieldId,
    Language,
    PriorityClassId,
    ProcedureCode,
    TicketId,
    TicketNumber,
)
from queue_server.core.printing import PaperKind, PrinterNotice
from queue_server.core.ticket import Action, Channel, Forecast, Outcome, TicketState


class HallField(Struct, frozen=True, kw_only=True):
    """A field as somebody who asks for a number needs it."""

    id: FieldId
    letter: str
    name: Texts
    waiting: int
    forecast: Forecast | None
    issued: int
    capacity: int | None


class AbsentTicket(Struct, frozen=True, kw_only=True):
    """A no-show that may come back."""

    id: TicketId
    number: TicketNumber
    procedure: ProcedureCode
    no_show_at: datetime
    until: datetime


class BookedTicket(Struct, frozen=True, kw_only=True):
    """An appointment of today that has not checked in."""

    id: TicketId
    number: TicketNumber
    procedure: ProcedureCode
    appointment_at: datetime


class ParkedTicket(Struct, frozen=True, kw_only=True):
    """Set aside for a counter."""

    id: TicketId
    number: TicketNumber
    counter_number: str
    until: datetime | None
    reason: str


class PaperTrouble(Struct, frozen=True, kw_only=True):
    """Paper somebody lacks."""

    job: str
    kind: PaperKind
    ticket: TicketId
    number: TicketNumber
    printer: Texts
    result: str
    detail: str
    at: datetime
    since: datetime
    """From when on it is missing: a paper that waits is given some time."""


class IssuedTicket(Struct, frozen=True, kw_only=True):
    """One of the last numbers given."""

    id: TicketId
    number: TicketNumber
    procedure: ProcedureCode
    state: TicketState
    issued_at: datetime


class HallCounter(Struct, frozen=True):
    """A counter to choose for a visit that was served by hand."""

    id: str
    number: str


class Hall(Struct, frozen=True, kw_only=True):
    """The lobby as the reception sees it."""

    centre: CentreId
    is_configured: bool
    is_open: bool = False
    """Whether the day is open; opening hours are told by the refusal of a number."""
    waiting: int = 0
    fields: tuple[HallField, ...] = ()
    absent: tuple[AbsentTicket, ...] = ()
    booked: tuple[BookedTicket, ...] = ()
    parked: tuple[ParkedTicket, ...] = ()
    paper: tuple[PaperTrouble, ...] = ()
    printers: tuple[PrinterNotice, ...] = ()
    """Printers to see to."""
    recent: tuple[IssuedTicket, ...] = ()
    """Newest first."""
    counters: tuple[HallCounter, ...] = ()


class PrintedCopy(Struct, frozen=True):
    """One copy of the slip."""

    copy: int
    result: str
    at: datetime


class FoundTicket(Struct, frozen=True, kw_only=True):
    """Everything the reception may say about a number."""

    id: TicketId
    number: TicketNumber
    state: TicketState
    field: FieldId
    procedure: ProcedureCode
    language: Language
    channel: Channel
    priority_class: PriorityClassId | None
    dossiers: int
    issued_at: datetime
    waiting_since: datetime
    ahead: int
    """Waiting numbers of the same field that came before; it is no promise of an order."""
    counter_number: str | None
    """Where it is called, served or parked, or the only one that may call it."""
    called_at: datetime | None
    no_show_at: datetime | None
    return_until: datetime | None
    appointment_at: datetime | None
    ended_at: datetime | None
    outcome: Outcome | None
    copies: tuple[PrintedCopy, ...]
    actions: tuple[Action, ...]
    """What the table allows the reception to do with it."""


class Found(Struct, frozen=True, kw_only=True):
    """The answer to what was typed or scanned; no ticket when nothing fits."""

    asked: str
    ticket: FoundTicket | None
