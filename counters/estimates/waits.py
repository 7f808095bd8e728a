"""When those who wait are called: the middle of several rolls."""

from collections.abc import Collection
from statistics import median
from typing import Final

from counters.estimates.chance import Times
from counters.estimates.hall import Hall
from counters.estimates.roll import Roll
from queue_server.core.identifiers import TicketId

MOST_ROLLS: Final = 8
ENOUGH_CALLS: Final = 160
"""Calls after which no further roll begins: in a long queue chance evens itself out, and one
estimate has to be made within five milliseconds."""
MOST_CALLS: Final = 3000
"""Calls of one roll: more than a hall does in a day."""


def computed_waits_s(
    hall: Hall, wanted: Collection[TicketId], enough_calls: int = ENOUGH_CALLS
) -> dict[TicketId, float]:
    """Seconds from now until each of the wanted tickets is called.

    Args:
        hall: The hall; left as it was.
        wanted: Tickets of `hall.waiting`.
        enough_calls: Calls after which no further roll begins.

    Returns:
        Those whose call was reached; who is missing can be called by no counter of the hall, or
        only after more calls than a hall does in a day.
    """
    reachable = {
        each.ticket for each in hall.waiting if each.ticket in wanted and hall.is_reachable(each)
    }
    found: dict[TicketId, list[float]] = {ticket: [] for ticket in reachable}
    roll = calls = 0
    while found and roll < MOST_ROLLS and calls < enough_calls:
        rolled = Roll(hall, Times(roll, hall.time_cv), reachable)
        for ticket, wait_s in rolled.run(MOST_CALLS).items():
            found[ticket].append(wait_s)
        calls += rolled.calls
        roll += 1
    return {ticket: median(waits) for ticket, waits in found.items() if waits}
