"""When those who wait are called: the middle of several rolls."""

from collections.abc import Collection
from statistics import median
from typing import Final

from counters.estimates.chance import Times
from counters.estimates.hall import Hall
from counters.estimates.roll import Roll
from queue_server.core.identifiers import TicketId

ROLLS: Final = 8
MOST_CALLS: Final = 3000


def computed_waits_s(
    hall: Hall, wanted: Collection[TicketId], rolls: int = ROLLS
) -> dict[TicketId, float]:
    """Seconds from now until each of the wanted tickets is called.

    Args:
        hall: The hall; left as it was.
        wanted: Tickets of `hall.waiting`.
        rolls: How often to roll.

    Returns:
        Those whose call was reached; who is missing can be called by no counter of the hall, or
        only after more calls than a hall does in a day.
    """
    reachable = {
        each.ticket for each in hall.waiting if each.ticket in wanted and hall.is_reachable(each)
    }
    found: dict[TicketId, list[float]] = {ticket: [] for ticket in reachable}
    for roll in range(rolls):
        waits = Roll(hall, Times(roll, rolls, hall.time_cv), reachable).run(MOST_CALLS)
        for ticket, wait_s in waits.items():
            found[ticket].append(wait_s)
    return {ticket: median(waits) for ticket, waits in found.items() if waits}
