"""Signs of life of the desks: whoever falls silent gives back what was called to the counter.

A page on a socket answers every heartbeat; that, and every command for the counter, is a sign of
life. Each process writes down in the store what it heard, and each reads what all have
heard. A counter is judged only once its clerk had a page on a socket since sitting down: whoever
works through the API alone is never silent. Instants are the machine's, since a store's centre may
run by another clock.
"""

import asyncio
from collections.abc import Collection, Iterator, Mapping
from datetime import datetime, timedelta
from typing import Final

import structlog

from queue_server.clock import Clock
from queue_server.core.centre import Centre
from queue_server.core.commands import PauseSilentCounter
from queue_server.core.counter import Availability, CounterState
from queue_server.core.errors import QueueError
from queue_server.core.identifiers import CentreId, CounterId, StaffId
from queue_server.core.timers import Due
from queue_server.hub.replica import Replica
from queue_server.hub.replicas import Replicas, submit_due

log = structlog.get_logger()

LOOK_EVERY_S: Final = 5.0
GAP: Final = timedelta(seconds=30)
"""This process was asleep or away for longer than that: silence before does not count."""

Sitting = str
"""One member of staff at one counter, from sitting down to standing up."""


def sitting_of(counter: CounterState) -> Sitting:
    """The name of the present sitting at a counter that is taken."""
    taken_at = "" if counter.taken_at is None else counter.taken_at.isoformat()
    return f"{counter.id}/{counter.staff}/{taken_at}"


class Presence:
    """Who was heard in this process; `run` tells the other processes and pauses who is silent."""

    def __init__(self, replicas: Replicas, machine: Clock) -> None:
        self._replicas = replicas
        self._machine = machine
        self._pages: dict[tuple[CentreId, StaffId], datetime] = {}
        self._commands: dict[tuple[CentreId, CounterId], datetime] = {}
        self._looked_at: datetime | None = None
        self._listening_since: datetime | None = None
        """Since when nothing can have been missed; None before the first look that succeeds."""

    def heard_page(self, centre: CentreId, staff: StaffId) -> None:
        """A console of the member of staff said something over its socket."""
        self._pages[centre, staff] = self._machine.now()

    def heard_command(self, centre: CentreId, counter: CounterId) -> None:
        """Somebody sent a command for the counter: its clerk, or a manager who stands in."""
        self._commands[centre, counter] = self._machine.now()

    async def run(self) -> None:
        """Look every few seconds until cancelled."""
        while True:
            await asyncio.sleep(LOOK_EVERY_S)
            try:
                await self.look()
            except QueueError as error:
                log.info("nobody can be judged silent now", reason=error.message)
            except Exception:
                log.exception("looking for silent counters failed; it is tried again")

    async def look(self) -> None:
        """Write down who was heard, and pause the counters whose clerks are silent.

        Raises:
            StoreUnavailable: The store cannot be asked; nobody is judged until it can.
        """
        check = self._replicas.clock_check
        if check is not None and check.is_off:
            return  # what this process writes down would be wrong; later it was away
        now = self._machine.now()
        was_away = self._looked_at is None or now - self._looked_at > GAP
        since = now if was_away or self._listening_since is None else self._listening_since
        self._looked_at, self._listening_since = now, None  # until the store has answered
        for replica in self._replicas.loaded():
            await self._look_at(replica, now, since)
        self._listening_since = since
        self._pages = {who: at for who, at in self._pages.items() if at >= now}
        self._commands = {where: at for where, at in self._commands.items() if at >= now}

    async def _look_at(self, replica: Replica, now: datetime, since: datetime) -> None:
        centre = replica.centre
        taken = [counter for counter in centre.counters.values() if counter.staff is not None]
        if not taken or centre.configuration is None or not centre.facts.limits.silent_after_s:
            return
        journal = self._replicas.journal
        signs = dict(await journal.signs_of_life(centre.id))
        fresh = dict(self._fresh(centre.id, taken, signs.keys()))
        if fresh:
            await journal.save_signs_of_life(centre.id, fresh)
        signs.update(fresh)
        for due in _silent(centre, signs, now, since):
            await submit_due(replica, due)

    def _fresh(
        self, centre: CentreId, taken: list[CounterState], known: Collection[Sitting]
    ) -> Iterator[tuple[Sitting, datetime]]:
        """What was heard since the last look; a command counts where a page was heard before."""
        for counter in taken:
            sitting = sitting_of(counter)
            page = self._pages.get((centre, StaffId(counter.staff or "")))
            is_known = page is not None or sitting in known
            command = self._commands.get((centre, counter.id)) if is_known else None
            heard = [instant for instant in (page, command) if instant is not None]
            if heard:
                yield sitting, max(heard)


def _silent(
    centre: Centre, signs: Mapping[Sitting, datetime], now: datetime, since: datetime
) -> Iterator[Due]:
    """Open counters whose clerk nobody heard for the configured time, listening since then."""
    limit = timedelta(seconds=centre.facts.limits.silent_after_s)
    for counter in centre.counters.values():
        last = signs.get(sitting_of(counter))
        is_open = counter.availability is Availability.OPEN
        if counter.staff is None or not is_open or last is None:
            continue
        if now - max(last, since) >= limit:
            command = PauseSilentCounter(counter=counter.id, staff=counter.staff)
            yield Due(command, last + limit, f"{counter.id} {counter.availability_since}")
