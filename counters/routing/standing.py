"""What the order needs to know of a waiting ticket and of a counter, as plain numbers.

The live core, the estimator and the simulator all make these and hand them to the same
`counters.routing.choice.ranked`; nothing else decides who is next.
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Final

from msgspec import Struct

from counters.routing.parameters import TYPICAL_TARGET_S, Parameters
from queue_server.core.centre import Centre
from queue_server.core.configuration import Level, Procedure
from queue_server.core.counter import CounterState
from queue_server.core.identifiers import (
    CounterId,
    FieldId,
    Language,
    PriorityClassId,
    ProcedureCode,
    TicketId,
)
from queue_server.core.ticket import Ticket

WALK_IN: Final = ""
APPOINTMENT: Final = "appointment"
TRANSFERRED: Final = "transferred"
PRIORITY: Final = "priority "
"""What the lines of the priority classes begin with."""


class Standing(Struct, gc=False):
    """A waiting ticket as the order sees it. Instants in seconds since 1970."""

    ticket: TicketId
    series: FieldId
    procedure: ProcedureCode
    line: str
    """What gives it its clock: ``priority <class>``, an appointment, a transfer or nothing."""
    since_s: float
    """Start of its clock; an appointment's hour may lie ahead."""
    sequence: int
    rate: float = 1.0
    head_start_s: float = 0.0
    factor: float = 1.0
    """How urgent and how short its procedure is; the part no counter changes."""
    skipped: int = 0
    """Later numbers of its series that were called first."""
    reserved_for: CounterId | None = None
    language: Language | None = None


class Seat(Struct, gc=False):
    """A counter as the order sees it."""

    counter: CounterId
    levels: Mapping[ProcedureCode, Level]
    """What it serves; a procedure that is missing is not served."""
    languages: Collection[Language] = ()
    """Spoken there; empty for all."""

    def level_of(self, waiting: Standing | Ticket) -> Level | None:
        """Level at which the counter serves the ticket; None when it does not.

        What was transferred to the counter is served as its own. Whose language is not spoken
        there is served as a back-up: somebody who speaks it goes first, and nobody waits for ever.
        """
        if waiting.reserved_for is not None:
            return Level.PRIMARY if waiting.reserved_for == self.counter else None
        level = self.levels.get(waiting.procedure)
        if level is None or not self.languages or waiting.language in self.languages:
            return level
        return Level.BACK_UP


class Clock(Struct, frozen=True):
    """How a ticket's waiting time counts: ``rate · waited + head_start_s``."""

    line: str
    rate: float
    head_start_s: float


def place(standing: Standing) -> tuple[float, int]:
    """Order within a series: start of the wait, then order of issue."""
    return (standing.since_s, standing.sequence)


def standing_of(centre: Centre, ticket: Ticket, parameters: Parameters) -> Standing:
    """The ticket as the order sees it."""
    clock = clock_of(
        centre,
        parameters,
        priority_class=ticket.priority_class,
        is_appointment=ticket.appointment_at is not None,
        is_transferred=ticket.was_transferred,
    )
    return Standing(
        ticket=ticket.id,
        series=ticket.field,
        procedure=ticket.procedure,
        line=clock.line,
        since_s=seconds(ticket.queued_at),
        sequence=ticket.sequence,
        rate=clock.rate,
        head_start_s=clock.head_start_s,
        factor=factor_of(centre, ticket.procedure, parameters, dossiers=ticket.dossiers),
        skipped=ticket.skipped,
        reserved_for=ticket.reserved_for,
        language=ticket.language,
    )


def clock_of(
    centre: Centre,
    parameters: Parameters,
    *,
    priority_class: PriorityClassId | None = None,
    is_appointment: bool = False,
    is_transferred: bool = False,
) -> Clock:
    """How the waiting time of such a ticket counts; priority keeps priority.

    A class that is configured no more has a line of its own and the clock of everybody.
    """
    if priority_class is not None:
        chosen = centre.facts.priority_classes.get(priority_class)
        if chosen is None:
            return Clock(PRIORITY + priority_class, 1.0, 0.0)
        head_start_s = max(chosen.head_start_s, parameters.least_priority_head_start_s)
        return Clock(PRIORITY + priority_class, chosen.rate, head_start_s)
    if is_appointment:
        rate, head_start_s = parameters.appointment_rate, parameters.appointment_head_start_s
        return Clock(APPOINTMENT, rate, head_start_s)
    if is_transferred:
        return Clock(TRANSFERRED, 1.0, parameters.transfer_credit_s)
    return Clock(WALK_IN, 1.0, 0.0)


def factor_of(
    centre: Centre, procedure: ProcedureCode, parameters: Parameters, *, dossiers: int = 1
) -> float:
    """``(centre's mean ÷ time needed)^κ · (15 min ÷ target)``; several dossiers need their time."""
    length = length_factor(centre, procedure, parameters, dossiers=dossiers)
    return length * urgency_factor(centre, centre.procedure(procedure))


def length_factor(
    centre: Centre, procedure: ProcedureCode, parameters: Parameters, *, dossiers: int = 1
) -> float:
    """Above 1 for what is shorter than the centre's mean, below for what is longer."""
    needed_s = centre.mean_transaction_time_s(procedure) * dossiers
    ratio: float = (centre.typical_transaction_time_s / needed_s) ** parameters.length_exponent
    return ratio


def urgency_factor(centre: Centre, procedure: Procedure) -> float:
    """Above 1 where less than a quarter of an hour was promised, below where more was."""
    field = centre.facts.fields.get(procedure.field)
    field_target_s = field.target_waiting_time_s if field else TYPICAL_TARGET_S
    return TYPICAL_TARGET_S / (procedure.target_waiting_time_s or field_target_s)


def seat_of(centre: Centre, counter: CounterState, procedures: Iterable[ProcedureCode]) -> Seat:
    """The counter as the order sees it, for the procedures that somebody waits for."""
    level_of, facts = counter.profile.level_of, centre.facts.counters.get(counter.id)
    levels = {code: level_of(centre.procedure(code)) for code in procedures}
    served = {code: level for code, level in levels.items() if level is not None}
    return Seat(counter.id, served, facts.languages if facts else ())


def seconds(instant: datetime) -> float:
    """An instant as the order counts: seconds since 1970."""
    return instant.timestamp()
