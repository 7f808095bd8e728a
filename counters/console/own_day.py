"""What a clerk has done today, for the clerk alone: figures beside what is usual, no ranking."""

from msgspec import Struct

from queue_server.core.centre import Centre
from queue_server.core.identifiers import StaffId


class OwnDay(Struct, frozen=True, kw_only=True):
    """Completed visits, and their mean time beside that of the same procedures in general.

    Visits that were parked meanwhile are counted and not timed.
    """

    completed: int
    mean_time_s: int | None = None
    """None until something was timed."""
    usual_time_s: int | None = None


def own_day(centre: Centre, staff: StaffId | None) -> OwnDay:
    """Today of the member of staff, at whichever counters."""
    work = None if staff is None else centre.work.get(staff)
    if work is None:
        return OwnDay(completed=0)
    if not work.measured:
        return OwnDay(completed=work.completed)
    return OwnDay(
        completed=work.completed,
        mean_time_s=round(work.transaction_time_s / work.measured),
        usual_time_s=round(work.usual_time_s / work.measured),
    )
