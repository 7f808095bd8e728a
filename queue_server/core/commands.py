"""What can be asked of a centre. Each command is decided by `queue_server.core.decide`.

Whatever is random or from outside (identifiers, instants, person references) is in the command,
so that deciding is repeatable.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Literal

from msgspec import Meta, Struct

from queue_server.core.configuration import CentreConfiguration, WorkProfile
from queue_server.core.counter import Silence
from queue_server.core.events import Audience, Component, MissingPaper
from queue_server.core.identifiers import (
    CounterId,
    DossierCode,
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
from queue_server.core.printing import Condition
from queue_server.core.proposals import Proposal
from queue_server.core.routing_rules import RoutingRules
from queue_server.core.ticket import Channel, Criterion, Outcome, Score

_READABLE = r"^[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f]*$"
"""Letters and signs, tabs and line ends: other control characters break screens and databases."""
Sentence = Annotated[str, Meta(max_length=300, pattern=_READABLE)]
Reason = Annotated[str, Meta(min_length=1, max_length=300, pattern=_READABLE)]
LanguageTag = Annotated[str, Meta(pattern=r"^[A-Za-z0-9-]{2,35}\Z")]
Notice = Annotated[str, Meta(max_length=1000, pattern=_READABLE)]
Instant = Annotated[datetime, Meta(tz=True)]
"""An aware instant: one without a time zone cannot be compared and is refused at the edge."""


class Base(
    Struct, frozen=True, kw_only=True, tag_field="command", tag=True, forbid_unknown_fields=True
):
    """Common base: the tag is the class name; unknown keys are refused by the API."""


# -- the centre and its day ------------------------------------------------------------------


class ApplyConfiguration(Base, frozen=True, kw_only=True):
    """Make the centre what the configuration says; waiting tickets stay."""

    configuration: CentreConfiguration


class ChangeRouting(Base, frozen=True, kw_only=True):
    """Change in which order waiting tickets are called, from the next call on."""

    routing: RoutingRules


class OpenDay(Base, frozen=True, kw_only=True):
    """Restart the numbers for the local date of now; who sat down on an earlier day has left."""


class CloseDay(Base, frozen=True, kw_only=True):
    """Expire what still waits, close the idle counters and issue no more today."""


class LearnParameters(Base, frozen=True, kw_only=True):
    """Take what past days taught into the estimates and the order."""

    parameters: LearnedParameters


class SkipNumbers(Base, frozen=True, kw_only=True):
    """Send every series ahead, because numbers may have been printed that the journal lost."""

    count: Annotated[int, Meta(ge=1, le=500)] = 50
    reason: Reason = "numbers may have been printed that the journal lost"


class AnnounceMessage(Base, frozen=True, kw_only=True):
    """Show a notice on the boards of some zones, or of all; or tell it to the staff at counters."""

    message: Annotated[str, Meta(pattern=r"^[^\x00-\x1f\x7f]{1,64}\Z")]
    texts: Mapping[LanguageTag, Notice]
    zones: tuple[ZoneId, ...] = ()
    until: Instant | None = None
    audience: Audience = "boards"
    counters: tuple[CounterId, ...] = ()
    """Only these counters, where the audience is `counters`; empty for all of the zones."""


class WithdrawMessage(Base, frozen=True, kw_only=True):
    """Take a notice off the boards."""

    message: str


class ReadMessage(Base, frozen=True, kw_only=True):
    """The staff at the counter has read a message to the counters."""

    counter: CounterId
    message: str


# -- tickets ---------------------------------------------------------------------------------


class IssueTicket(Base, frozen=True, kw_only=True):
    """Give a citizen a number for a procedure and have the slip printed."""

    ticket: TicketId
    procedure: ProcedureCode
    language: Language = Language("vi")
    channel: Channel = Channel.KIOSK
    priority_class: PriorityClassId | None = None
    dossiers: Annotated[int, Meta(ge=1)] = 1
    person: PersonRef | None = None
    person_key: PersonKey | None = None
    appointment_at: Instant | None = None
    """Books the visit for this instant of today; the ticket waits from check-in."""
    printer: PrinterId | None = None
    print_slip: bool = True


class CheckIn(Base, frozen=True, kw_only=True):
    """A booked citizen has arrived; the slip is printed unless it was."""

    ticket: TicketId
    printer: PrinterId | None = None
    print_slip: bool = False


class CancelTicket(Base, frozen=True, kw_only=True):
    """The citizen leaves before being served."""

    ticket: TicketId
    reason: Sentence = ""


class DelayTicket(Base, frozen=True, kw_only=True):
    """Let others of the same series go first."""

    ticket: TicketId
    let_pass: Annotated[int, Meta(ge=1, le=50)] = 3


class Reinstate(Base, frozen=True, kw_only=True):
    """A no-show is back within the allowed time."""

    ticket: TicketId


class Expire(Base, frozen=True, kw_only=True):
    """End a no-show whose return window has passed (from a timer)."""

    ticket: TicketId


class GiveBack(Base, frozen=True, kw_only=True):
    """End the parking of a ticket: it waits again (from a timer or by staff)."""

    ticket: TicketId
    reason: Sentence = "park time ended"


class ReleaseReservation(Base, frozen=True, kw_only=True):
    """Let every qualified counter call a ticket whose own counter is away (from a timer)."""

    ticket: TicketId


class Reprint(Base, frozen=True, kw_only=True):
    """Print a slip again, marked as a reprint with its copy number."""

    ticket: TicketId
    printer: PrinterId | None = None


class RateVisit(Base, frozen=True, kw_only=True):
    """The citizen says how the service was: once, and changes it within a while."""

    ticket: TicketId
    score: Score
    criteria: Mapping[Criterion, Score] = {}
    has_comment: bool = False


class EnterOutageTicket(Base, frozen=True, kw_only=True):
    """Enter a number written by hand during an outage, with its times.

    It waits from `issued_at`. With `counter`, `called_at`, `ended_at` and `outcome` (all of them)
    the visit is recorded as served.
    """

    ticket: TicketId
    number: TicketNumber
    procedure: ProcedureCode
    issued_at: Instant
    language: Language = Language("vi")
    priority_class: PriorityClassId | None = None
    dossiers: Annotated[int, Meta(ge=1)] = 1
    counter: CounterId | None = None
    called_at: Instant | None = None
    serving_at: Instant | None = None
    ended_at: Instant | None = None
    outcome: Outcome | None = None


# -- at a counter ----------------------------------------------------------------------------


class CallNext(Base, frozen=True, kw_only=True):
    """Call the best waiting ticket for the counter, by the router."""

    counter: CounterId


class CallTicket(Base, frozen=True, kw_only=True):
    """Call this ticket out of order; needs a reason, which is kept."""

    counter: CounterId
    ticket: TicketId
    reason: Reason


class Recall(Base, frozen=True, kw_only=True):
    """Call the same ticket again."""

    counter: CounterId


class StartServing(Base, frozen=True, kw_only=True):
    """The called citizen has arrived."""

    counter: CounterId


class MarkNoShow(Base, frozen=True, kw_only=True):
    """The called citizen is absent."""

    counter: CounterId


class Requeue(Base, frozen=True, kw_only=True):
    """Put the called ticket back in its queue, place kept."""

    counter: CounterId


class Park(Base, frozen=True, kw_only=True):
    """Set the citizen aside for this counter, e.g. to fill in a form."""

    counter: CounterId
    reason: Sentence = ""
    """A key of the configured reasons, or words."""
    for_s: Annotated[int, Meta(ge=60, le=14400)] | None = None
    """Seconds until the ticket returns to the queue; None takes the configured time."""


class Resume(Base, frozen=True, kw_only=True):
    """Call a parked citizen back."""

    counter: CounterId
    ticket: TicketId


class Transfer(Base, frozen=True, kw_only=True):
    """Send the citizen to another procedure, to another counter, or both."""

    counter: CounterId
    ticket: TicketId | None = None
    """A ticket parked at the counter; None transfers the one called or served there."""
    procedure: ProcedureCode | None = None
    to_counter: CounterId | None = None
    keep_waiting_time: bool = True
    reason: Sentence = ""


class DossierIntake(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What the clerk adds when a dossier is accepted. Name and phone stay out: see `person`."""

    procedure: ProcedureCode | None = None
    """What was really filed; None takes the ticket's procedure."""
    term: int = 0
    """Index of the procedure's term case."""
    components: tuple[Component, ...] = ()
    sets: Annotated[int, Meta(ge=1, le=99)] = 1
    person: PersonRef | None = None
    return_by: Literal["counter", "post", "online"] = "counter"
    note: Sentence = ""
    print_receipt: bool = True


class FormContent(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What form 02 (supplement) or 03 (refusal) says beside what is missing.

    Name and phone stay out: see `person`.
    """

    reason: Sentence = ""
    """Empty takes the note of the completion."""
    basis: Sentence = ""
    """The rule it rests on, e.g. ``Điều 16 Luật Hộ tịch``."""
    procedure: ProcedureCode | None = None
    """What was really asked for; None takes the ticket's procedure."""
    person: PersonRef | None = None
    print_form: bool = True


class Complete(Base, frozen=True, kw_only=True):
    """End the service with what came of it; "dossier accepted" opens dossiers."""

    counter: CounterId
    outcome: Outcome
    note: Sentence = ""
    dossiers: Annotated[tuple[DossierIntake, ...], Meta(max_length=20)] = ()
    """One per dossier; empty opens one with the defaults when the outcome is
    `dossier_accepted`."""
    missing: Annotated[tuple[MissingPaper, ...], Meta(max_length=40)] = ()
    """What the citizen must bring, when the outcome is `supplement_needed`."""
    form: FormContent | None = None
    """More for form 02 or 03. Without it, `missing` writes a form 02, and a note with the
    outcome `refused` a form 03."""


class UndoLast(Base, frozen=True, kw_only=True):
    """Take back the counter's last action, within the configured seconds."""

    counter: CounterId


class TakeCounter(Base, frozen=True, kw_only=True):
    """A member of staff sits down at the counter."""

    counter: CounterId
    staff: Annotated[StaffId, Meta(pattern=r"^[^\x00-\x1f\x7f]{1,64}$")]
    name: Annotated[str, Meta(pattern=r"^[^\x00-\x1f\x7f]{0,100}$")] = ""


class LeaveCounter(Base, frozen=True, kw_only=True):
    """The member of staff leaves; what was called or parked is given back."""

    counter: CounterId


class OpenCounter(Base, frozen=True, kw_only=True):
    """The counter calls from now on."""

    counter: CounterId


class PauseCounter(Base, frozen=True, kw_only=True):
    """Do not call for a while; who is called waits again, who is served is served to the end."""

    counter: CounterId
    reason: Reason
    for_s: Annotated[int, Meta(ge=60, le=14400)] | None = None
    """How long its clerk means to be away, in seconds; told to others, ends nothing by itself."""


class PauseSilentCounter(Base, frozen=True, kw_only=True):
    """Pause an open counter whose clerk gives no sign of life (from the system alone).

    Whoever sits there by now is left alone if it is not `staff`.
    """

    counter: CounterId
    staff: StaffId
    reason: Silence = Silence.SILENT


class HoldAutomaticCall(Base, frozen=True, kw_only=True):
    """Let the counter not call by itself until its clerk calls; or let it go on."""

    counter: CounterId
    is_held: bool = True


class CloseCounter(Base, frozen=True, kw_only=True):
    """Do not call any more; what was called or parked is given back."""

    counter: CounterId


class ChangeWorkProfile(Base, frozen=True, kw_only=True):
    """Change what the counter serves from its next call on; None restores the configured one."""

    counter: CounterId
    profile: WorkProfile | None


class RevertWorkProfile(Base, frozen=True, kw_only=True):
    """End a change that was made for a while (from a timer or by the manager)."""

    counter: CounterId


# -- rebalancing -----------------------------------------------------------------------------


class MakeProposals(Base, frozen=True, kw_only=True):
    """Put proposals before the manager (from a job); they replace those not answered yet."""

    proposals: tuple[Proposal, ...]
    valid_until: Instant


class AcceptProposal(Base, frozen=True, kw_only=True):
    """Do what was proposed, until the instant the proposal names."""

    proposal: str


class DeclineProposal(Base, frozen=True, kw_only=True):
    """Leave things as they are; the same is not proposed again for a while."""

    proposal: str
    reason: Sentence = ""


class SwitchAutomaticRebalancing(Base, frozen=True, kw_only=True):
    """Let proposals that only add fields happen by themselves, so many an hour at most."""

    is_on: bool
    changes_per_hour: Annotated[int, Meta(ge=1, le=20)] = 2


# -- results of reactions --------------------------------------------------------------------


class StartPrint(Base, frozen=True, kw_only=True):
    """Note that the first byte of a print job is about to leave; its sender waits for the answer.

    A job that is too old is recorded as not sent instead.
    """

    job: str
    printer: PrinterId | None
    """The sender's; None keeps a picture."""
    sender: Annotated[str, Meta(max_length=64)] = ""
    """The spool or print agent that will remember whether a byte left."""


class MovePrint(Base, frozen=True, kw_only=True):
    """Let another printer of the zone take over a job of which no byte has left."""

    job: str
    printer: PrinterId


class DropPrint(Base, frozen=True, kw_only=True):
    """Give up a job: not sent if it never began, unknown if it began and nothing more was heard."""

    job: str


class ReportPrinter(Base, frozen=True, kw_only=True):
    """How a printer is; the same again changes nothing."""

    printer: PrinterId
    condition: Condition


class PrintTrial(Base, frozen=True, kw_only=True):
    """Print a page that shows whether letters, code, width and cut of a printer are right."""

    printer: PrinterId
    trial: Annotated[str, Meta(pattern=r"^[0-9a-f]{16}\Z")]
    """Random bits as hexadecimal digits."""


class RecordPrint(Base, frozen=True, kw_only=True):
    """What became of a print job."""

    job: str
    result: Literal["printed", "not_sent", "unknown", "kept"]
    detail: Sentence = ""
    printer: PrinterId | None = None
    """Where it was tried; what is said of a printer that has the job no more changes nothing."""
    sender: Annotated[str, Meta(max_length=64)] = ""
    """The sender that began it: it alone may say that nothing left after all."""


class ReprintReceipt(Base, frozen=True, kw_only=True):
    """Print the receipt of a dossier again, marked with its copy number."""

    code: DossierCode
    printer: PrinterId | None = None
    """None takes the printer of the counter that received the dossier."""


class ReprintForm(Base, frozen=True, kw_only=True):
    """Print a form 02 or 03 of today again, marked with its copy number."""

    form: FormId
    printer: PrinterId | None = None
    """None takes the printer of the counter that wrote it."""


class ReleaseHandOver(Base, frozen=True, kw_only=True):
    """Let a dossier go to outside systems.

    A timer does it once the undo window has passed; staff do it again after it failed.
    """

    code: DossierCode


class RecordHandOver(Base, frozen=True, kw_only=True):
    """What became of a hand-over."""

    code: DossierCode
    result: Literal["delivered", "failed"]
    system: str
    detail: Sentence = ""


Command = (
    ApplyConfiguration
    | ChangeRouting
    | OpenDay
    | CloseDay
    | LearnParameters
    | SkipNumbers
    | AnnounceMessage
    | WithdrawMessage
    | ReadMessage
    | IssueTicket
    | CheckIn
    | CancelTicket
    | DelayTicket
    | Reinstate
    | Expire
    | GiveBack
    | ReleaseReservation
    | Reprint
    | RateVisit
    | EnterOutageTicket
    | CallNext
    | CallTicket
    | Recall
    | StartServing
    | MarkNoShow
    | Requeue
    | Park
    | Resume
    | Transfer
    | Complete
    | UndoLast
    | TakeCounter
    | LeaveCounter
    | OpenCounter
    | PauseCounter
    | PauseSilentCounter
    | HoldAutomaticCall
    | CloseCounter
    | ChangeWorkProfile
    | RevertWorkProfile
    | MakeProposals
    | AcceptProposal
    | DeclineProposal
    | SwitchAutomaticRebalancing
    | StartPrint
    | MovePrint
    | DropPrint
    | RecordPrint
    | ReportPrinter
    | PrintTrial
    | ReprintReceipt
    | ReprintForm
    | ReleaseHandOver
    | RecordHandOver
)
"""Every command."""
