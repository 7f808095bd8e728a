"""Print jobs and printers as the centre's state has them; which printer may stand in.

A job is *open* while it is certain that no byte of it left; only then may it be tried again, moved
to another printer, or dropped. What was begun is never begun again.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final, Literal

from msgspec import Struct

from queue_server.core.configuration import CentreConfiguration
from queue_server.core.identifiers import DossierCode, FormId, PrinterId, TicketId
from queue_server.core.printer_configuration import PrinterConfiguration

PrintResult = Literal["pending", "sending", "printed", "not_sent", "unknown", "kept"]
PaperKind = Literal["slip", "receipt", "supplement", "refusal", "trial"]
"""The ticket slip, forms 01, 02 and 03, and a test print."""
TOO_OLD: Final = "too_old"
"""Detail of a job that was not printed because it would only confuse by now."""
OF_USE_FOR: Final = timedelta(hours=12)
"""Receipts and kept pictures are of use all day, unlike slips."""
TRIAL_OF_USE_FOR: Final = timedelta(seconds=60)
MOST_MOVES: Final = 5


class Condition(StrEnum):
    """How a printer is, as far as it or its silence tells."""

    READY = "ready"
    PAPER_NEAR_END = "paper_near_end"
    MUTE = "mute"
    """It takes paper jobs and answers no question: nobody knows how it is."""
    PAPER_OUT = "paper_out"
    COVER_OPEN = "cover_open"
    CUTTER = "cutter"
    """The knife is stuck."""
    ERROR = "error"
    """A jam, a hot head."""
    OFFLINE = "offline"
    """Off line for another reason, e.g. the feed button."""
    UNREACHABLE = "unreachable"
    AGENT_AWAY = "agent_away"
    """Its print agent is heard no more."""

    @property
    def is_stopped(self) -> bool:
        """Whether nothing can be printed now."""
        return self not in {Condition.READY, Condition.PAPER_NEAR_END, Condition.MUTE}


class PrinterState(Struct, frozen=True, kw_only=True):
    """A printer's condition and since when it holds."""

    condition: Condition
    since: datetime


class PrintJob(Struct, frozen=True, kw_only=True):
    """Paper that was asked for, and what became of it."""

    id: str
    kind: PaperKind
    ticket: TicketId
    """Empty for a test print."""
    printer: PrinterId | None
    copy: int
    at: datetime
    result: PrintResult = "pending"
    detail: str = ""
    dossier: DossierCode | None = None
    form: FormId | None = None
    template: str = ""
    """Version of the templates it is drawn with; empty for today's."""
    started_at: datetime | None = None
    """When its first byte was about to leave."""
    sender: str = ""
    """The spool or print agent that remembers whether it left."""
    ended_at: datetime | None = None
    """When its result was recorded last."""
    moved_from: PrinterId | None = None
    """The printer it was asked for, where another one took it over."""
    moves: int = 0

    @property
    def is_open(self) -> bool:
        """Whether it is certain that no byte of it left, and it is still wanted."""
        return self.result == "pending" or (self.result == "not_sent" and self.detail != TOO_OLD)


def wanted_until(facts: CentreConfiguration, job: PrintJob) -> datetime:
    """From when on the paper is not printed any more: a late slip only confuses."""
    printer = None if job.printer is None else facts.printers.get(job.printer)
    if job.kind == "trial":
        return job.at + TRIAL_OF_USE_FOR
    if job.kind != "slip" or printer is None or not printer.is_device:
        return job.at + OF_USE_FOR
    return job.at + timedelta(seconds=facts.limits.slip_wanted_for_s)


def is_trial(job_id: str) -> bool:
    """Whether the job with that id is a test print; its id says so, as `PrintRequested` has it."""
    return job_id.startswith("trial-")


def is_stopped(states: Mapping[PrinterId, PrinterState], printer: PrinterId) -> bool:
    """Whether the printer is known to print nothing now."""
    state = states.get(printer)
    return state is not None and state.condition.is_stopped


def stand_ins(
    facts: CentreConfiguration, states: Mapping[PrinterId, PrinterState], printer: PrinterId
) -> Iterator[PrinterConfiguration]:
    """Other printers of its zone that can print now; those with paper for long come first."""
    own = facts.printers.get(printer)
    if own is None or own.zone is None:
        return
    others = [
        other
        for other in facts.printers.values()
        if other.id != printer and other.zone == own.zone and other.is_device
    ]
    for wanted in (Condition.READY, Condition.PAPER_NEAR_END):
        for other in others:
            state = states.get(other.id)
            if state is not None and state.condition is wanted:
                yield other


class PrinterNotice(Struct, frozen=True, kw_only=True):
    """What somebody who relies on a printer has to know of it."""

    id: PrinterId
    name: Mapping[str, str]
    condition: Condition
    since: datetime
    is_stopped: bool
    stand_in: Mapping[str, str]
    """Name of the printer that takes over; empty where none can."""


def printer_notices(
    facts: CentreConfiguration, states: Mapping[PrinterId, PrinterState]
) -> tuple[PrinterNotice, ...]:
    """Printers to see to: those that stopped, then those whose paper ends soon."""
    found = [
        PrinterNotice(
            id=printer.id,
            name=printer.name,
            condition=state.condition,
            since=state.since,
            is_stopped=state.condition.is_stopped,
            stand_in=_name_of_stand_in(facts, states, printer.id),
        )
        for printer in facts.printers.values()
        if (state := states.get(printer.id)) is not None
        and printer.is_device
        and (state.condition.is_stopped or state.condition is Condition.PAPER_NEAR_END)
    ]
    return tuple(sorted(found, key=lambda notice: not notice.is_stopped))


def _name_of_stand_in(
    facts: CentreConfiguration, states: Mapping[PrinterId, PrinterState], printer: PrinterId
) -> Mapping[str, str]:
    other = next(stand_ins(facts, states, printer), None)
    return {} if other is None else other.name or {"vi": other.id}
