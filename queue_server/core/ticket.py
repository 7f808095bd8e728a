"""The life of a ticket: states, actions, and the one table that joins them.

`NEXT_STATE` is the whole truth about moves; nothing else tests a state to decide one.
`docs/architecture.md` shows the diagram made from it by `mermaid`.
"""

from collections.abc import Mapping
from datetime import datetime
from enum import IntEnum, StrEnum
from typing import Final

from msgspec import Struct

from queue_server.core.errors import IllegalAction
from queue_server.core.identifiers import (
    CounterId,
    FieldId,
    Language,
    PersonKey,
    PersonRef,
    PriorityClassId,
    ProcedureCode,
    TicketId,
    TicketNumber,
)


class TicketState(StrEnum):
    """Where a ticket is in its life."""

    BOOKED = "booked"
    WAITING = "waiting"
    CALLED = "called"
    SERVING = "serving"
    PARKED = "parked"
    NO_SHOW = "no_show"
    COMPLETED = "completed"
    CANCELLED = "cancelled"
    EXPIRED = "expired"


class Action(StrEnum):
    """What can be done to a ticket. Undoing names the action that is undone."""

    CHECK_IN = "check_in"
    CALL = "call"
    RECALL = "recall"
    REQUEUE = "requeue"
    GIVE_BACK = "give_back"
    """The counter went away: the ticket waits again, its waiting time kept."""
    START_SERVING = "start_serving"
    MARK_NO_SHOW = "mark_no_show"
    REINSTATE = "reinstate"
    PARK = "park"
    RESUME = "resume"
    TRANSFER = "transfer"
    COMPLETE = "complete"
    DELAY = "delay"
    CANCEL = "cancel"
    EXPIRE = "expire"
    RECORD_OUTAGE_VISIT = "record_outage_visit"
    """Enter a visit that was served by hand while the system was down."""
    UNDO_CALL = "undo_call"
    UNDO_START_SERVING = "undo_start_serving"
    UNDO_NO_SHOW = "undo_no_show"
    UNDO_REQUEUE = "undo_requeue"
    UNDO_PARK = "undo_park"
    UNDO_RESUME = "undo_resume"
    UNDO_TRANSFER = "undo_transfer"
    UNDO_TRANSFER_OF_CALLED = "undo_transfer_of_called"
    UNDO_COMPLETE = "undo_complete"


_S, _A = TicketState, Action

NEXT_STATE: Final[Mapping[TicketState, Mapping[Action, TicketState]]] = {
    _S.BOOKED: {
        _A.CHECK_IN: _S.WAITING,
        _A.CANCEL: _S.CANCELLED,
        _A.EXPIRE: _S.EXPIRED,
    },
    _S.WAITING: {
        _A.CALL: _S.CALLED,
        _A.DELAY: _S.WAITING,
        _A.TRANSFER: _S.WAITING,
        _A.CANCEL: _S.CANCELLED,
        _A.EXPIRE: _S.EXPIRED,
        _A.RECORD_OUTAGE_VISIT: _S.COMPLETED,
        _A.UNDO_REQUEUE: _S.CALLED,
        _A.UNDO_TRANSFER: _S.SERVING,
        _A.UNDO_TRANSFER_OF_CALLED: _S.CALLED,
    },
    _S.CALLED: {
        _A.RECALL: _S.CALLED,
        _A.REQUEUE: _S.WAITING,
        _A.GIVE_BACK: _S.WAITING,
        _A.START_SERVING: _S.SERVING,
        _A.TRANSFER: _S.WAITING,
        _A.MARK_NO_SHOW: _S.NO_SHOW,
        _A.CANCEL: _S.CANCELLED,
        _A.EXPIRE: _S.EXPIRED,
        _A.UNDO_CALL: _S.WAITING,
        _A.UNDO_RESUME: _S.PARKED,
    },
    _S.SERVING: {
        _A.PARK: _S.PARKED,
        _A.TRANSFER: _S.WAITING,
        _A.COMPLETE: _S.COMPLETED,
        _A.EXPIRE: _S.EXPIRED,
        _A.UNDO_START_SERVING: _S.CALLED,
    },
    _S.PARKED: {
        _A.RESUME: _S.CALLED,
        _A.GIVE_BACK: _S.WAITING,
        _A.TRANSFER: _S.WAITING,
        _A.CANCEL: _S.CANCELLED,
        _A.EXPIRE: _S.EXPIRED,
        _A.UNDO_PARK: _S.SERVING,
    },
    _S.NO_SHOW: {
        _A.REINSTATE: _S.WAITING,
        _A.EXPIRE: _S.EXPIRED,
        _A.UNDO_NO_SHOW: _S.CALLED,
    },
    _S.COMPLETED: {_A.UNDO_COMPLETE: _S.SERVING},
    _S.CANCELLED: {},
    _S.EXPIRED: {},
}

UNDO_OF: Final[Mapping[Action, Action]] = {
    _A.CALL: _A.UNDO_CALL,
    _A.START_SERVING: _A.UNDO_START_SERVING,
    _A.MARK_NO_SHOW: _A.UNDO_NO_SHOW,
    _A.REQUEUE: _A.UNDO_REQUEUE,
    _A.PARK: _A.UNDO_PARK,
    _A.RESUME: _A.UNDO_RESUME,
    _A.COMPLETE: _A.UNDO_COMPLETE,
}
"""The undoing action of each counter action but transfer, which depends on the state before."""

AT_COUNTER: Final = frozenset({_S.CALLED, _S.SERVING})
"""States in which a ticket occupies a counter."""
FINISHED: Final = frozenset({_S.COMPLETED, _S.CANCELLED, _S.EXPIRED})
"""States that end a visit. A completed ticket can only be brought back by undo."""


def next_state(state: TicketState, action: Action) -> TicketState:
    """State a ticket reaches when `action` is done to it in `state`.

    Raises:
        IllegalAction: The table has no such move.
    """
    try:
        return NEXT_STATE[state][action]
    except KeyError:
        message = f"cannot {action.replace('_', ' ')} a ticket that is {state.replace('_', ' ')}"
        raise IllegalAction(message, state=state.value, action=action.value) from None


def mermaid() -> str:
    """The table as a Mermaid state diagram, one line per move, in the order of the table."""
    lines = ["stateDiagram-v2", "    [*] --> booked", "    [*] --> waiting"]
    for state, moves in NEXT_STATE.items():
        lines += [f"    {state} --> {target}: {action}" for action, target in moves.items()]
        if state in FINISHED:
            lines.append(f"    {state} --> [*]")
    return "\n".join(lines)


class Channel(StrEnum):
    """Where a ticket came from."""

    KIOSK = "kiosk"
    RECEPTION = "reception"
    PHONE = "phone"
    APPOINTMENT = "appointment"
    OUTAGE = "outage"
    """Written by hand while the system was down and entered later."""


class Outcome(StrEnum):
    """What came of a served visit."""

    DOSSIER_ACCEPTED = "dossier_accepted"
    SUPPLEMENT_NEEDED = "supplement_needed"
    REFUSED = "refused"
    ADVICE_ONLY = "advice_only"
    RESULT_RETURNED = "result_returned"
    FILED_ONLINE_WITH_HELP = "filed_online_with_help"


class Score(IntEnum):
    """How satisfied a citizen was: the four answers of the official survey."""

    NOT_SATISFIED = 1
    NEUTRAL = 2
    SATISFIED = 3
    VERY_SATISFIED = 4


class Criterion(StrEnum):
    """What is rated beside the whole: criteria of the survey that can be judged at the counter.

    The others (time against the law, agencies contacted, online progress) are known only when
    the dossier is done.
    """

    CONVENIENCE = "convenience"
    PUNCTUALITY = "punctuality"
    ATTITUDE = "attitude"
    PUBLICITY = "publicity"
    """Papers, fees and dates were made clear."""
    ORGANISATION = "organisation"
    """Waiting place, signs, order."""


class Rating(Struct, frozen=True, kw_only=True):
    """What the citizen said of the visit; nothing about a person."""

    score: Score
    criteria: Mapping[Criterion, Score] = {}
    at: datetime
    """When it was given first: from then it may be changed for a while."""
    has_comment: bool = False
    """A sentence is kept outside the journal, where it can be erased."""


class ForecastKind(StrEnum):
    """Whether a wait can be told."""

    RANGE = "range"
    NO_COUNTER_OPEN = "no_counter_open"
    MAY_NOT_BE_SERVED_TODAY = "may_not_be_served_today"


class Forecast(Struct, frozen=True, kw_only=True):
    """What is told to a citizen about the wait: "about … at most …", or why nothing is told."""

    kind: ForecastKind
    about_s: int | None = None
    """Median expected wait in seconds; None unless `kind` is `range`."""
    at_most_s: int | None = None
    """Wait in seconds that nine of ten citizens do not exceed."""
    computed_s: int | None = None
    """What rolling the queue forward gave before it was compared with how such waits ended;
    None where it was not possible. What the next table of them is learned from."""


class Step(Struct, frozen=True, kw_only=True):
    """Something that went another way than straight on, kept for whoever serves the visit next."""

    at: datetime
    action: Action
    counter: CounterId | None = None
    procedure: ProcedureCode
    """What the ticket was for until then."""
    reason: str = ""


class Ticket(Struct, frozen=True, kw_only=True):
    """The numbered token of one visit. Replaced as a whole when something changes."""

    id: TicketId
    number: TicketNumber
    sequence: int
    """Order of issue in the centre's day, from 1; breaks every tie."""
    field: FieldId
    procedure: ProcedureCode
    state: TicketState
    language: Language
    channel: Channel
    issued_at: datetime
    first_queued_at: datetime
    """Start of the first wait; kept through transfers."""
    queued_at: datetime
    """Start of the wait for this transaction: the clock that orders the queue."""
    wait_began_at: datetime
    """Start of the present wait as it is measured: issue, check-in, transfer or return."""
    priority_class: PriorityClassId | None = None
    dossiers: int = 1
    forecast: Forecast | None = None
    """What was told at issue, so that its error can be measured."""
    appointment_at: datetime | None = None
    person: PersonRef | None = None
    person_key: PersonKey | None = None
    counter: CounterId | None = None
    """Where it is called, served or parked."""
    reserved_for: CounterId | None = None
    """Only this counter may call it (a transfer to a counter), also after a requeue or no-show."""
    called_at: datetime | None = None
    """Last call or recall."""
    first_called_at: datetime | None = None
    serving_at: datetime | None = None
    ended_at: datetime | None = None
    calls: int = 0
    """Calls and recalls in this transaction."""
    transactions: int = 1
    delays: int = 0
    was_transferred: bool = False
    skipped: int = 0
    """Later numbers of its series that were called before it in this transaction."""
    no_show_at: datetime | None = None
    parked_until: datetime | None = None
    park_reason: str = ""
    outcome: Outcome | None = None
    steps: tuple[Step, ...] = ()
    """Transfers, no-shows, parkings and the like, oldest first."""
    served_by: CounterId | None = None
    """Counter that completed it; None before, and for what was served by hand."""
    rating: Rating | None = None
    last_offset: int = 0
    """Offset of the commit that changed it last."""

    @property
    def is_walk_in(self) -> bool:
        """Whether nothing gives it a clock of its own: its number is called in order."""
        is_plain = self.priority_class is None and self.appointment_at is None
        return is_plain and not self.was_transferred and self.reserved_for is None

    @property
    def place(self) -> tuple[datetime, int]:
        """Order within its series: start of the wait, then order of issue."""
        return (self.queued_at, self.sequence)
