"""Why one candidate went before another: the term of its claim that made the difference.

Values only; `counters.explanation` says them in the reader's language.
"""

from datetime import datetime
from enum import StrEnum

from msgspec import Struct

from counters.routing.standing import APPOINTMENT, PRIORITY, TRANSFERRED
from queue_server.core.configuration import Level
from queue_server.core.events import Candidate
from queue_server.core.identifiers import PriorityClassId, TicketNumber


class ReasonKind(StrEnum):
    """The decisive term."""

    OUT_OF_ORDER = "out_of_order"
    """The clerk called out of order, with a reason."""
    DRAWN = "drawn"
    """Both were equals, and the other was drawn."""
    SENT_HERE = "sent_here"
    """The other had been sent to this counter by another one."""
    SENT_ON = "sent_on"
    """The other had been sent on by another counter."""
    PRIORITY = "priority"
    APPOINTMENT = "appointment"
    NOT_YET_DUE = "not_yet_due"
    """The own appointment's hour had not come."""
    LEVEL = "level"
    """The counter serves the other's procedure at a better level."""
    LANGUAGE = "language"
    """The own language is not spoken at the counter, so it serves only as a back-up."""
    LENGTH = "length"
    """The other's procedure is shorter."""
    URGENCY = "urgency"
    """Less waiting was promised for the other's procedure."""
    LONG_WAIT = "long_wait"
    """The other had waited very long, and that outweighs everything."""
    LINE = "line"
    """The other claimed for its whole line: many short visits can only follow it."""
    WAIT = "wait"
    """The other had waited longer."""
    SERIES_ORDER = "series_order"
    """An earlier number of the own series still waited; numbers are called in order."""
    RULES = "rules"
    """By the rules of a release that did not keep the terms."""
    ONLY_ONE = "only_one"
    """Nobody else waited whom the counter could call."""


class Reason(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The decisive term with the facts its sentence needs."""

    kind: ReasonKind
    waited_s: int = 0
    """How long the one who was called had waited."""
    counts_as_s: int = 0
    """As how long that counted, by the clock of its class."""
    own_waited_s: int = 0
    level: Level | None = None
    """Of the one who was called, at the counter."""
    own_level: Level | None = None
    times: float = 1.0
    """How many times as long the own wait must have been."""
    priority_class: PriorityClassId | None = None
    appointment_at: datetime | None = None
    """Of the one whose appointment it is."""
    equals: int = 1
    text: str = ""
    """The clerk's reason."""
    earlier: TicketNumber | None = None
    """The number of the own series that was before."""


GRADED = "graded_levels"
"""The strategy whose claim has every term."""
GRADED_LINES = "graded_lines"
"""As `GRADED`, but those behind count too, who are not among the terms."""
_CLASSES = {APPOINTMENT: ReasonKind.APPOINTMENT, TRANSFERRED: ReasonKind.SENT_ON}


def decisive(called: Candidate, other: Candidate, strategy: str) -> ReasonKind:
    """The term by which `called` went before `other`.

    With all else equal, whoever had the greater clock goes first: by waiting longer, or by its
    class. Where the clock was smaller, the largest of the other ratios made up for it.
    """
    if called.level is None or other.level is None:
        return ReasonKind.RULES
    if strategy == "longest_waiting":
        return ReasonKind.WAIT
    if other.line == APPOINTMENT and other.waited_s < 0:
        return ReasonKind.NOT_YET_DUE
    if strategy == "strict_priority":
        return _class_of(called) if _rank(called) > _rank(other) else ReasonKind.WAIT
    if strategy in {GRADED, GRADED_LINES} and called.clock_s <= other.clock_s:
        return _made_up_by(called, other, strategy)
    is_by_class = called.clock_s - other.clock_s > called.waited_s - other.waited_s
    is_longer = called.waited_s > other.waited_s
    return _class_of(called) if is_by_class and not is_longer else ReasonKind.WAIT


def _made_up_by(called: Candidate, other: Candidate, strategy: str) -> ReasonKind:
    """What made up for a clock that was no greater."""
    if _product(called) < _product(other):
        return ReasonKind.LINE if strategy == GRADED_LINES else ReasonKind.LONG_WAIT
    ratios = {
        ReasonKind.LEVEL: called.weight / other.weight,
        ReasonKind.LENGTH: called.length / other.length,
        ReasonKind.URGENCY: called.urgency / other.urgency,
    }
    best = max(ratios, key=ratios.__getitem__)
    return best if ratios[best] > 1 else ReasonKind.WAIT


def _product(candidate: Candidate) -> float:
    """The claim without what very long waits add."""
    return candidate.clock_s * candidate.weight * candidate.length * candidate.urgency


def _class_of(candidate: Candidate) -> ReasonKind:
    """What its clock owes to its class."""
    if candidate.line.startswith(PRIORITY):
        return ReasonKind.PRIORITY
    return _CLASSES.get(candidate.line, ReasonKind.WAIT)


def _rank(candidate: Candidate) -> int:
    if candidate.line.startswith(PRIORITY):
        return 2
    return 1 if candidate.line == APPOINTMENT and candidate.waited_s >= 0 else 0


def class_in(line: str) -> PriorityClassId | None:
    """The priority class that a candidate's line names."""
    return PriorityClassId(line.removeprefix(PRIORITY)) if line.startswith(PRIORITY) else None


def reason_of(
    called: Candidate, other: Candidate, strategy: str, *, is_sent_here: bool = False
) -> Reason:
    """The decisive term with its facts; an appointment's hour is added by who knows it."""
    kind = decisive(called, other, strategy)
    if kind is ReasonKind.SENT_ON and is_sent_here:
        kind = ReasonKind.SENT_HERE
    return Reason(
        kind=kind,
        waited_s=called.waited_s,
        counts_as_s=called.clock_s,
        own_waited_s=other.waited_s,
        level=called.level,
        own_level=other.level,
        times=round(called.weight / other.weight, 2) if kind is ReasonKind.LEVEL else 1.0,
        priority_class=class_in(called.line) if kind is ReasonKind.PRIORITY else None,
    )
