"""When those who wait are called: the middle of several rolls."""

from collections.abc import Collection
from statistics import median
from typing import Final

from counters.estimates.chance import Times
from counters.estimates.hall import Hall
from counters.estimates.roll import Roll
from queue_server.core.identifiers import TicketId

MOST_ROLLS: Final = 8
ENOUGH_CALLS: Final = 320
"""Calls of all rolls of one estimate, which has to be made within five milliseconds: a long queue
is rolled fewer times, for there chance evens itself out."""
MOST_CALLS: Final = 3000
"""Calls of one roll: more than a hall does in a day."""


def computed_waits_s(
    hall: Hall, wanted: Collection[TicketId], enough_calls: int = ENOUGH_CALLS
) -> dict[TicketId, float]:
    """Seconds from now until each of the wanted tickets is called.

    Args:
        hall: The hall; left as it was.
        wanted: Tickets of `hall.waiting`.
        enough_calls: Calls of all rolls; the first is made whatever it takes.

    Returns:
        Those whose call was reached; who is missing can be called by no counter of the hall, or
        only after more calls than a hall does in a day.
    """
    reachable = {
        each.ticket for each in hall.waiting if each.ticket in wanted and hall.is_reachable(each)
    }
    found: dict[TicketId, list[float]] = {ticket: [] for ticket in reachable}
    roll = calls = last = 0
    while found and roll < MOST_ROLLS and (not roll or calls + last <= enough_calls):
        rolled = Roll(hall, Times(roll, hall.time_cv), reachable)
        for ticket, wait_s in rolled.run(MOST_CALLS).items():
            found[ticket].append(wait_s)
        last = rolled.calls
        calls += last
        roll += 1
    return {ticket: median(waits) for ticket, waits in found.items() if waits}
