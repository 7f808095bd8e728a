"""What happened: the only truth about a centre. Never edited; a changed meaning is a new event.

Each event is tagged with its name in the journal. A new field needs a default, so that journals
of earlier releases still fold.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Annotated, Literal

from msgspec import Meta, Struct

from queue_server.core.configuration import CentreConfiguration, Level, Term, Texts, WorkProfile
from queue_server.core.identifiers import (
    CounterId,
    DossierCode,
    FieldId,
    FormId,
    Language,
    PersonKey,
    PersonRef,
    PrinterId,
    PriorityClassId,
    ProcedureCode,
    StaffId,
    TicketId,
    TicketNumber,
    ZoneId,
)
from queue_server.core.learned import LearnedParameters
from queue_server.core.printing import Condition, PaperKind
from queue_server.core.proposals import Proposal
from queue_server.core.routing_rules import RoutingRules
from queue_server.core.ticket import Action, Channel, Criterion, Forecast, Outcome, Score, Ticket

PaperName = Annotated[str, Meta(min_length=1, max_length=300)]
PaperNote = Annotated[str, Meta(max_length=300)]


class Base(Struct, frozen=True, kw_only=True, tag_field="event", tag=True):
    """Common base: the tag is the class name."""


# -- the centre and its day ------------------------------------------------------------------


class ConfigurationApplied(Base, frozen=True, kw_only=True):
    """What the centre is from now on."""

    configuration: CentreConfiguration


class RoutingChanged(Base, frozen=True, kw_only=True):
    """In which order waiting tickets are called from the next call on."""

    routing: RoutingRules


class DayOpened(Base, frozen=True, kw_only=True):
    """Numbers restart; `date` is the local date in `timezone`."""

    date: date
    timezone: str
    draw_key_hash: str = ""
    """SHA-256 of the day's draw key, in hexadecimal; empty where nothing can be drawn."""


class DayClosed(Base, frozen=True, kw_only=True):
    """No more tickets today. Tickets left over expired in the same commit."""

    date: date
    draw_key: str = ""
    """The day's draw key, in hexadecimal: from now on everybody can repeat the draws."""


class ParametersLearned(Base, frozen=True, kw_only=True):
    """What past days taught; it holds until the next time."""

    parameters: LearnedParameters


class NumbersSkipped(Base, frozen=True, kw_only=True):
    """Every series went ahead, because numbers may have been printed that the journal lost."""

    count: int
    reason: str


Audience = Literal["boards", "counters"]
"""Whom a message is for: citizens in front of boards, or the staff at counters."""


class MessageAnnounced(Base, frozen=True, kw_only=True):
    """A notice for the boards, or for the counters; no zones means all."""

    message: str
    texts: Texts
    zones: tuple[ZoneId, ...] = ()
    until: datetime | None = None
    audience: Audience = "boards"
    counters: tuple[CounterId, ...] = ()
    """Only for these, of a message to the counters; empty for all of the zones."""


class MessageRead(Base, frozen=True, kw_only=True):
    """The staff at the counter has read a message to the counters."""

    message: str
    counter: CounterId
    staff: StaffId


class MessageWithdrawn(Base, frozen=True, kw_only=True):
    """The notice is taken off the boards."""

    message: str


# -- tickets ---------------------------------------------------------------------------------


class TicketIssued(Base, frozen=True, kw_only=True):
    """A ticket exists. With `appointment_at` it is booked and does not wait yet."""

    ticket: TicketId
    number: TicketNumber
    sequence: int
    field: FieldId
    procedure: ProcedureCode
    language: Language
    channel: Channel
    issued_at: datetime
    priority_class: PriorityClassId | None = None
    dossiers: int = 1
    forecast: Forecast | None = None
    appointment_at: datetime | None = None
    person: PersonRef | None = None
    person_key: PersonKey | None = None


class TicketCheckedIn(Base, frozen=True, kw_only=True):
    """A booked citizen has arrived and waits."""

    ticket: TicketId
    queued_at: datetime


class TicketDelayed(Base, frozen=True, kw_only=True):
    """The citizen let others go first; `queued_at` is the new place."""

    ticket: TicketId
    queued_at: datetime
    let_pass: int


class TicketCancelled(Base, frozen=True, kw_only=True):
    """The citizen leaves before being served."""

    ticket: TicketId
    reason: str = ""


class TicketExpired(Base, frozen=True, kw_only=True):
    """The day closed, or the return window passed, with the ticket unserved."""

    ticket: TicketId


class Candidate(Struct, frozen=True, kw_only=True):
    """One ticket the router considered, with its claim in seconds of waiting and its terms.

    ``claim = clock · weight · length · urgency + what long waits add`` (docs/reference,
    strategies). Calls of older releases have the claim alone.
    """

    ticket: TicketId
    claim_s: float
    waited_s: int = 0
    """Negative before an appointment's hour."""
    clock_s: int = 0
    """How long it counts as having waited: the faster clock and head start of its class."""
    line: str = ""
    """``priority <class>``, ``appointment``, ``transferred`` or nothing."""
    level: Level | None = None
    weight: float = 1.0
    length: float = 1.0
    urgency: float = 1.0


class TicketCalled(Base, frozen=True, kw_only=True):
    """A ticket is invited to a counter. With a `reason` it was called out of order."""

    ticket: TicketId
    counter: CounterId
    reason: str = ""
    candidates: tuple[Candidate, ...] = ()
    """What the router compared, best first; empty when called out of order."""
    equals: int = 1
    """How many of the first candidates were equals, among whom the ticket was drawn."""


class TicketRecalled(Base, frozen=True, kw_only=True):
    """The same ticket is called again at the same counter."""

    ticket: TicketId
    counter: CounterId


class ServingStarted(Base, frozen=True, kw_only=True):
    """The citizen has arrived at the counter."""

    ticket: TicketId
    counter: CounterId


class NoShowMarked(Base, frozen=True, kw_only=True):
    """Called and absent."""

    ticket: TicketId
    counter: CounterId


class TicketReinstated(Base, frozen=True, kw_only=True):
    """Back within the allowed time; waits with the place of `queued_at`."""

    ticket: TicketId
    queued_at: datetime


class TicketRequeued(Base, frozen=True, kw_only=True):
    """Put back in its queue by the clerk, place kept."""

    ticket: TicketId
    counter: CounterId


class TicketGivenBack(Base, frozen=True, kw_only=True):
    """The counter went away or the park time ended; waits again, waiting time kept."""

    ticket: TicketId
    counter: CounterId
    reason: str


class ReservationReleased(Base, frozen=True, kw_only=True):
    """The ticket waits for its counter alone no more: every qualified counter may call it."""

    ticket: TicketId
    counter: CounterId
    reason: str


class TicketParked(Base, frozen=True, kw_only=True):
    """Set aside for this counter until `until`."""

    ticket: TicketId
    counter: CounterId
    until: datetime
    reason: str = ""


class TicketResumed(Base, frozen=True, kw_only=True):
    """A parked citizen is called back to the counter."""

    ticket: TicketId
    counter: CounterId


class TicketTransferred(Base, frozen=True, kw_only=True):
    """Sent to another procedure or counter; a new transaction begins.

    `queued_at` is the first wait's start where the waiting time is kept, else now.
    """

    ticket: TicketId
    counter: CounterId
    procedure: ProcedureCode
    field: FieldId
    queued_at: datetime
    reserved_for: CounterId | None = None
    is_waiting_time_kept: bool = True
    reason: str = ""


class MissingPaper(Struct, frozen=True, kw_only=True):
    """One paper that is missing or must be put right before the dossier can be accepted."""

    name: PaperName
    note: PaperNote = ""
    """What is wrong with it; empty where it is simply not there."""


class TicketCompleted(Base, frozen=True, kw_only=True):
    """Served, with what came of it."""

    ticket: TicketId
    counter: CounterId
    outcome: Outcome
    note: str = ""
    missing: tuple[MissingPaper, ...] = ()
    """What the citizen must bring, of the outcome `supplement_needed`."""


class VisitRated(Base, frozen=True, kw_only=True):
    """The citizen said how the service was; a later rating of the ticket replaces this one."""

    ticket: TicketId
    score: Score
    """1 not satisfied to 4 very satisfied."""
    criteria: Mapping[Criterion, Score] = {}
    counter: CounterId | None = None
    """That served last; None for what was served by hand."""
    has_comment: bool = False
    """A sentence is kept outside the journal, where it can be erased."""


class OutageVisitRecorded(Base, frozen=True, kw_only=True):
    """A visit served by hand during an outage, entered with its own times."""

    ticket: TicketId
    counter: CounterId
    called_at: datetime
    serving_at: datetime
    ended_at: datetime
    outcome: Outcome


class CounterActionUndone(Base, frozen=True, kw_only=True):
    """The counter's last action never was; `ticket` is as it was before."""

    counter: CounterId
    action: Action
    """The undoing action of the table."""
    ticket: Ticket


# -- counters --------------------------------------------------------------------------------


class CounterTaken(Base, frozen=True, kw_only=True):
    """A member of staff sits down at the counter."""

    counter: CounterId
    staff: StaffId
    name: str = ""


class CounterLeft(Base, frozen=True, kw_only=True):
    """Nobody is at the counter."""

    counter: CounterId
    staff: StaffId


class CounterOpened(Base, frozen=True, kw_only=True):
    """The counter calls."""

    counter: CounterId


class CounterPaused(Base, frozen=True, kw_only=True):
    """The counter does not call for a while.

    `reason` is a key of the configured reasons, or of `counter.Silence`: what the system saw.
    """

    counter: CounterId
    reason: str
    until: datetime | None = None
    """When its clerk means to be back; nothing happens by itself then."""


class CounterClosed(Base, frozen=True, kw_only=True):
    """The counter does not call."""

    counter: CounterId


class AutomaticCallHeld(Base, frozen=True, kw_only=True):
    """The counter does not call by itself until its clerk calls or lets it go on."""

    counter: CounterId
    is_held: bool


class WorkProfileChanged(Base, frozen=True, kw_only=True):
    """What the counter serves from its next call on; None returns to the configured profile.

    With `until` it returns by itself to what it served before.
    """

    counter: CounterId
    profile: WorkProfile | None
    until: datetime | None = None
    proposal: str = ""
    """The accepted proposal, if it was one."""


# -- rebalancing -----------------------------------------------------------------------------


class ProposalsMade(Base, frozen=True, kw_only=True):
    """Proposals for the manager, in place of those not answered yet; none withdraws them."""

    proposals: tuple[Proposal, ...]
    valid_until: datetime


class ProposalAccepted(Base, frozen=True, kw_only=True):
    """The manager wants it, or the rule that the manager switched on."""

    proposal: str
    is_automatic: bool = False


class ProposalDeclined(Base, frozen=True, kw_only=True):
    """Things stay as they are."""

    proposal: str
    reason: str = ""


class AutomaticRebalancingSwitched(Base, frozen=True, kw_only=True):
    """Whether proposals that only add fields happen by themselves, and how many an hour."""

    is_on: bool
    changes_per_hour: int


# -- paper -----------------------------------------------------------------------------------


class PrintRequested(Base, frozen=True, kw_only=True):
    """Paper is wanted. A print job is never resent by program; a reprint is a new job."""

    job: str
    """``slip-<ticket>-<copy>``, ``receipt-<dossier code>-<copy>``, ``<kind>-<form>-<copy>`` or
    ``trial-<digits>``."""
    kind: PaperKind
    ticket: TicketId
    """Empty for a test print."""
    printer: PrinterId | None
    copy: int = 1
    dossier: DossierCode | None = None
    form: FormId | None = None
    template: str = ""
    """Version of the templates it is drawn with; empty for today's (`core.paper`)."""


class PrintStarted(Base, frozen=True, kw_only=True):
    """The first byte of a print job is about to leave: from here on it is never begun again."""

    job: str
    printer: PrinterId | None
    sender: str = ""
    """The spool or print agent that remembers whether a byte left."""


class PrintMoved(Base, frozen=True, kw_only=True):
    """Another printer of the zone takes over a job of which no byte has left."""

    job: str
    printer: PrinterId


class PrintRecorded(Base, frozen=True, kw_only=True):
    """What became of a print job.

    `kept`: no printer, the picture is kept and shown. `unknown`: bytes left and no answer came.
    """

    job: str
    result: Literal["printed", "not_sent", "unknown", "kept"]
    detail: str = ""


class PrinterReported(Base, frozen=True, kw_only=True):
    """A printer is not any more as it was: out of paper, open, away, ready again."""

    printer: PrinterId
    condition: Condition


# -- hand-over -------------------------------------------------------------------------------


class Component(Struct, frozen=True, kw_only=True):
    """One paper received with a dossier."""

    name: str
    kind: str = "original"
    copies: int = 1


class DossierOpened(Base, frozen=True, kw_only=True):
    """A dossier is opened in intake: its code is allotted here and never used again."""

    code: DossierCode
    ticket: TicketId
    counter: CounterId
    procedure: ProcedureCode
    received_at: datetime
    due_at: datetime | None
    """None when the procedure's term is not known."""
    term: Term | None
    components: tuple[Component, ...] = ()
    sets: int = 1
    person: PersonRef | None = None
    return_by: Literal["counter", "post", "online"] = "counter"
    note: str = ""


class DossierVoided(Base, frozen=True, kw_only=True):
    """The completion was undone; the code stays unused."""

    code: DossierCode
    ticket: TicketId


class FormWritten(Base, frozen=True, kw_only=True):
    """A request for a supplement (form 02) or a refusal (form 03) is given to the citizen."""

    form: FormId
    kind: Literal["supplement", "refusal"]
    ticket: TicketId
    counter: CounterId
    procedure: ProcedureCode
    written_at: datetime
    papers: tuple[MissingPaper, ...] = ()
    """What has to be added or put right."""
    reason: str = ""
    basis: str = ""
    """The rule it rests on."""
    person: PersonRef | None = None


class FormVoided(Base, frozen=True, kw_only=True):
    """The completion was undone; the form's number stays unused."""

    form: FormId
    ticket: TicketId


class HandOverReleased(Base, frozen=True, kw_only=True):
    """The undo window has passed; the dossier may go to outside systems."""

    code: DossierCode


class HandOverRecorded(Base, frozen=True, kw_only=True):
    """What became of the hand-over to the dossier system."""

    code: DossierCode
    result: Literal["delivered", "failed"]
    system: str
    detail: str = ""


Event = (
    ConfigurationApplied
    | RoutingChanged
    | DayOpened
    | DayClosed
    | ParametersLearned
    | NumbersSkipped
    | MessageAnnounced
    | MessageWithdrawn
    | MessageRead
    | TicketIssued
    | TicketCheckedIn
    | TicketDelayed
    | TicketCancelled
    | TicketExpired
    | TicketCalled
    | TicketRecalled
    | ServingStarted
    | NoShowMarked
    | TicketReinstated
    | TicketRequeued
    | TicketGivenBack
    | ReservationReleased
    | TicketParked
    | TicketResumed
    | TicketTransferred
    | TicketCompleted
    | VisitRated
    | OutageVisitRecorded
    | CounterActionUndone
    | CounterTaken
    | CounterLeft
    | CounterOpened
    | CounterPaused
    | CounterClosed
    | AutomaticCallHeld
    | WorkProfileChanged
    | ProposalsMade
    | ProposalAccepted
    | ProposalDeclined
    | AutomaticRebalancingSwitched
    | PrintRequested
    | PrintStarted
    | PrintMoved
    | PrintRecorded
    | PrinterReported
    | DossierOpened
    | DossierVoided
    | FormWritten
    | FormVoided
    | HandOverReleased
    | HandOverRecorded
)
"""Every event; the fold of them is the state of a centre."""
