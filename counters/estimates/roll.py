"""The queue rolled forward: the order in force, run ahead of time on a copy of the hall.

Each counter takes whom `counters.routing.choice.choose` names; who is expected joins when
expected. Source: routing study §3.2, RF2.
"""

from collections.abc import Collection
from heapq import heapify, heappop, heappush
from typing import Final

from msgspec.structs import replace

from counters.estimates.chance import Times
from counters.estimates.hall import LEVEL_TIME, Arrival, Hall
from counters.routing.choice import choose
from counters.routing.lines import Lines
from counters.routing.standing import Standing
from queue_server.core.configuration import Level
from queue_server.core.identifiers import TicketId

NO_SHOW_S: Final = 45.0
"""How long a counter waits for somebody who does not come (routing study §2.1)."""


class Roll:
    """One run over the hall, which it leaves as it was."""

    def __init__(self, hall: Hall, times: Times, wanted: Collection[TicketId]) -> None:
        """Prepare to find out when the wanted tickets are called."""
        self._hall = hall
        self._times = times
        self._lines = Lines(_waiting(hall))
        self._arrivals = _arrivals(hall)
        self._missing = set(wanted)
        self._called: dict[TicketId, float] = {}
        self._desks = hall.desks
        self._busy_s = [desk.busy_s for desk in hall.desks]
        self._free = [
            (self._free_at_s(place), self._busy_s[place], place) for place in range(len(hall.desks))
        ]
        heapify(self._free)
        self._idle: set[int] = set()
        self.calls = 0
        self._again = 0.5
        self._joining: list[tuple[float, int, Standing]] = []
        """Who waits again, by when."""

    def run(self, most_calls: int) -> dict[TicketId, float]:
        """Seconds from now to the call, of each wanted ticket that is called in so many calls."""
        arrivals = iter(self._arrivals)
        coming = next(arrivals, None)
        while self._missing and self.calls < most_calls:
            if self._joining and (not self._free or self._joining[0][0] <= self._free[0][0]):
                at_s, _, standing = heappop(self._joining)
                self._join(replace(standing, since_s=at_s), at_s)
            elif coming is not None and (not self._free or coming.at_s <= self._free[0][0]):
                self._join(coming.standing, coming.at_s)
                coming = next(arrivals, None)
            elif self._free:
                at_s, _, place = heappop(self._free)
                self._call(place, at_s)
            else:
                break
        return self._called

    def _free_at_s(self, place: int) -> float:
        desk, now_s = self._desks[place], self._hall.now_s
        if desk.occupied_s is None:
            return now_s
        return now_s + self._times.rest_s(place, desk.mean_s, desk.occupied_s)

    def _call(self, place: int, at_s: float) -> None:
        desk = self._desks[place]
        back_at_s = desk.back_at(at_s)
        if back_at_s > at_s:
            heappush(self._free, (back_at_s, self._busy_s[place], place))
            return
        takes_s = 0.0
        while takes_s == 0:
            standing = choose(self._lines, desk.seat, at_s, self._hall.order)
            if standing is None:
                self._idle.add(place)
                return
            self.calls += 1
            self._lines.call(standing)
            if standing.ticket in self._missing:
                self._missing.discard(standing.ticket)
                self._called[standing.ticket] = at_s - self._hall.now_s
                if not self._missing:
                    return
            takes_s = self._takes_s(place, standing)
        self._send_on(at_s + takes_s)
        self._busy_s[place] += takes_s
        heappush(self._free, (at_s + takes_s, self._busy_s[place], place))

    def _send_on(self, at_s: float) -> None:
        """Let the next of those who wait again join then, when it is time for one."""
        before, self._again = int(self._again), self._again + self._hall.again_share
        if int(self._again) > before and self._hall.again:
            standing = self._hall.again[before % len(self._hall.again)]
            heappush(self._joining, (at_s, before, standing))

    def _takes_s(self, place: int, standing: Standing) -> float:
        hall, desk = self._hall, self._desks[place]
        dossiers = hall.dossiers.get(standing.ticket, 1)
        if dossiers == 0:
            return 0.0
        level = desk.seat.level_of(standing) or Level.BACK_UP
        mean_s = hall.needs_s[standing.procedure] * dossiers * LEVEL_TIME[level] * desk.factor
        mean_s = (1 - hall.no_show_share) * mean_s + hall.no_show_share * NO_SHOW_S
        return self._times.whole_s(mean_s)

    def _join(self, standing: Standing, at_s: float) -> None:
        """Let somebody wait, and wake the least busy idle counter that may call them."""
        self._lines.add(standing)
        able = [
            (self._desks[place].back_at(at_s), self._busy_s[place], place)
            for place in self._idle
            if self._desks[place].seat.level_of(standing) is not None
        ]
        if able:
            woken = min(able)
            self._idle.discard(woken[2])
            heappush(self._free, woken)


def _waiting(hall: Hall) -> list[Standing]:
    """Who waits; copies where the order counts who was passed, for that is written to them."""
    if not hall.order.parameters.overtakes_allowed:
        return hall.waiting
    return [replace(standing) for standing in hall.waiting]


def _arrivals(hall: Hall) -> list[Arrival]:
    """Who is expected; copies likewise."""
    if not hall.order.parameters.overtakes_allowed:
        return hall.arrivals
    return [Arrival(each.at_s, replace(each.standing)) for each in hall.arrivals]
