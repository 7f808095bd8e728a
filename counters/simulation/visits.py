"""One visit of a simulated day, with everything that chance decides drawn beforehand.

The draws belong to the visit and not to the counter that serves it, so that every order and every
change is tried on the same day (common random numbers): a difference between two runs is the
rules' doing.
"""

from typing import Final

from msgspec import Struct

from queue_server.core.identifiers import FieldId, Language, PriorityClassId, ProcedureCode


class Leg(Struct, frozen=True, gc=False):
    """One transaction of a visit."""

    field: FieldId
    procedure: ProcedureCode
    work_s: float
    """Serving time in seconds at a primary counter with a clerk of usual speed."""


class Visit(Struct, frozen=True, kw_only=True, gc=False):
    """A citizen's visit. Instants in seconds since the midnight the day began with."""

    id: int
    """Order of arrival, from 0."""
    arrives_s: float
    legs: tuple[Leg, ...]
    """The first transaction, and those it is transferred to."""
    priority_class: PriorityClassId | None = None
    slot_s: float | None = None
    """The hour of an appointment."""
    is_absent: bool = False
    """Not there when called for the first time."""
    returns_after_s: float | None = None
    """Seconds after the missed call; None when the citizen does not come back."""
    dossiers: int = 1
    language: Language | None = None
    """None: the centre's first."""


PRIORITY_CLASS: Final = PriorityClassId("priority")
"""The one priority class of a scenario."""
