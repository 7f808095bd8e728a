"""The queue rolled forward: the order in force, run ahead of time on a copy of the hall.

Each counter takes whom `counters.routing.choice.choose` names, for as long as such a transaction
takes on average; who is expected joins when expected. Source: routing study §3.2, RF2.
"""

from collections.abc import Collection
from heapq import heapify, heappop, heappush
from typing import Final

from counters.estimates.hall import LEVEL_TIME, Desk, Hall
from counters.routing.choice import choose
from counters.routing.lines import Lines
from counters.routing.standing import Standing
from queue_server.core.configuration import Level
from queue_server.core.identifiers import TicketId

NO_SHOW_S: Final = 45.0
"""How long a counter waits for somebody who does not come (routing study §2.1)."""
MOST_CALLS: Final = 5000
"""Calls after which rolling stops; more than a hall can do in a day."""


def roll_forward(hall: Hall, wanted: Collection[TicketId]) -> dict[TicketId, float]:
    """When each of the wanted tickets is called, in seconds from now.

    Args:
        hall: Its standings are changed; make it anew for the next roll.
        wanted: Tickets of `hall.waiting`. Rolling stops when all of them were called.

    Returns:
        Those that were called; who is missing can be called by no counter of the hall.
    """
    return _Roll(hall, wanted).run()


class _Roll:
    """One run: counters by when they are free, and those that found nobody to call."""

    def __init__(self, hall: Hall, wanted: Collection[TicketId]) -> None:
        self._hall = hall
        self._lines = Lines(hall.waiting)
        self._missing = {
            standing.ticket
            for standing in hall.waiting
            if standing.ticket in wanted and hall.is_reachable(standing)
        }
        self._called: dict[TicketId, float] = {}
        self._desks = hall.desks
        self._free = [
            (max(desk.free_at_s, hall.now_s), desk.busy_s, place)
            for place, desk in enumerate(hall.desks)
        ]
        heapify(self._free)
        self._idle: set[int] = set()
        self._arrivals = iter(hall.arrivals)
        self._next = next(self._arrivals, None)

    def run(self) -> dict[TicketId, float]:
        for _ in range(MOST_CALLS):
            if not self._missing:
                break
            if self._next is not None and (
                not self._free or self._next.at_s <= self._free[0][0]
            ):
                self._join(self._next.standing, self._next.at_s)
                self._next = next(self._arrivals, None)
            elif self._free:
                at_s, _, place = heappop(self._free)
                self._call(place, at_s)
            else:
                break
        return self._called

    def _call(self, place: int, at_s: float) -> None:
        desk = self._desks[place]
        back_at_s = desk.back_at(at_s)
        if back_at_s > at_s:
            heappush(self._free, (back_at_s, desk.busy_s, place))
            return
        while True:
            standing = choose(self._lines, desk.seat, at_s, self._hall.order)
            if standing is None:
                self._idle.add(place)
                return
            self._lines.call(standing)
            if standing.ticket in self._missing:
                self._missing.discard(standing.ticket)
                self._called[standing.ticket] = at_s - self._hall.now_s
            takes_s = self._takes_s(desk, standing)
            if takes_s > 0:
                desk.busy_s += takes_s
                heappush(self._free, (at_s + takes_s, desk.busy_s, place))
                return

    def _takes_s(self, desk: Desk, standing: Standing) -> float:
        hall = self._hall
        dossiers = hall.dossiers.get(standing.ticket, 1)
        if dossiers == 0:
            return 0.0
        level = desk.seat.level_of(standing) or Level.BACK_UP
        served_s = hall.needs_s[standing.procedure] * dossiers * LEVEL_TIME[level] * desk.factor
        return (1 - hall.no_show_share) * served_s + hall.no_show_share * NO_SHOW_S

    def _join(self, standing: Standing, at_s: float) -> None:
        """Let somebody wait, and wake the least busy idle counter that may call them."""
        self._lines.add(standing)
        able = [
            (desk.back_at(at_s), desk.busy_s, place)
            for place in self._idle
            for desk in (self._desks[place],)
            if desk.seat.level_of(standing) is not None
        ]
        if able:
            woken = min(able)
            self._idle.discard(woken[2])
            heappush(self._free, woken)
