"""A visit and its transactions, as the archive keeps them: values, replaced when something happens.

A transaction is one leg of a visit: queued → called → served or ended otherwise. A requeue, a
transfer and a return after a no-show each begin a new one.
"""

from datetime import date, datetime
from enum import StrEnum

from msgspec import Struct
from msgspec.structs import replace

from queue_server.core.identifiers import (
    CounterId,
    FieldId,
    Language,
    PriorityClassId,
    ProcedureCode,
    StaffId,
    TicketId,
    TicketNumber,
)
from queue_server.core.measures import approach_time, serving_time, waiting_time
from queue_server.core.ticket import Channel, Forecast, Outcome, Rating, TicketState


class Ending(StrEnum):
    """How a transaction ended."""

    SERVED = "served"
    NO_SHOW = "no_show"
    CANCELLED = "cancelled"
    TRANSFERRED = "transferred"
    REQUEUED = "requeued"
    """Put back by the clerk, or given back because the counter went away."""
    EXPIRED = "expired"


class Transaction(Struct, frozen=True, kw_only=True):
    """One leg of a visit."""

    procedure: ProcedureCode
    field: FieldId
    queued_at: datetime
    target_waiting_time_s: int | None = None
    counter: CounterId | None = None
    staff: StaffId | None = None
    first_called_at: datetime | None = None
    called_at: datetime | None = None
    """Last call or recall before serving first began."""
    serving_at: datetime | None = None
    """When serving first began."""
    resumed_at: datetime | None = None
    """Begin of the stretch of serving that lasts; None while nobody is served."""
    served_before_s: float = 0.0
    """Serving time of the stretches before this one, in seconds."""
    ended_at: datetime | None = None
    ending: Ending | None = None
    outcome: Outcome | None = None
    calls: int = 0

    @property
    def waiting_time_s(self) -> int | None:
        """Seconds from queueing to the last call; None where the wait did not end there.

        A call that was put back ended no wait: the wait goes on in the next transaction.
        """
        is_put_back = self.ending is Ending.REQUEUED and self.serving_at is None
        if self.called_at is None or is_put_back:
            return None
        return round(waiting_time(self.queued_at, self.called_at).total_seconds())

    @property
    def approach_time_s(self) -> int | None:
        """Seconds from the last call to the first serving."""
        if self.called_at is None or self.serving_at is None:
            return None
        return round(approach_time(self.called_at, self.serving_at).total_seconds())

    @property
    def serving_time_s(self) -> int | None:
        """Seconds of serving in all stretches; None before the end and without serving."""
        if self.ended_at is None or self.serving_at is None:
            return None
        return round(self.served_s(self.ended_at))

    def served_s(self, until: datetime) -> float:
        """Seconds of serving up to `until`."""
        if self.resumed_at is None:
            return self.served_before_s
        return self.served_before_s + serving_time(self.resumed_at, until).total_seconds()


class Visit(Struct, frozen=True, kw_only=True):
    """One citizen's stay. `field` and `procedure` are those the number was taken for."""

    ticket: TicketId
    day: date
    number: TicketNumber
    sequence: int
    field: FieldId
    procedure: ProcedureCode
    channel: Channel
    language: Language
    priority_class: PriorityClassId | None
    dossiers: int
    issued_at: datetime
    appointment_at: datetime | None
    first_queued_at: datetime
    forecast: Forecast | None
    state: TicketState
    transactions: tuple[Transaction, ...]
    ended_at: datetime | None = None
    outcome: Outcome | None = None
    rating: Rating | None = None

    @property
    def current(self) -> Transaction:
        """The last transaction."""
        return self.transactions[-1]

    def moved(self, state: TicketState, **changes: object) -> "Visit":
        """The visit in `state`, its last transaction changed."""
        current = replace(self.current, **changes)
        return replace(self, state=state, transactions=(*self.transactions[:-1], current))

    def ended(self, state: TicketState, ending: Ending, at: datetime, **changes: object) -> "Visit":
        """The visit in `state`, its last transaction ended; one that ended before stays so."""
        if self.current.ended_at is not None:
            return replace(self, state=state)
        return self.moved(state, ended_at=at, ending=ending, **changes)

    def finished(self, at: datetime, outcome: Outcome | None = None) -> "Visit":
        """The visit, over."""
        return replace(self, ended_at=at, outcome=outcome)

    def with_next(self, transaction: Transaction) -> "Visit":
        """The visit, waiting in another transaction."""
        transactions = (*self.transactions, transaction)
        return replace(self, state=TicketState.WAITING, transactions=transactions)
