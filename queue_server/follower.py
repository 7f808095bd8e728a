"""Reads the journals from a stored cursor and offers the jobs that `reactions` names.

A crash between the offer and the cursor offers the same ids again, which does nothing.
"""

import asyncio
from contextlib import suppress
from hashlib import blake2b
from typing import Final

import structlog

from queue_server.clock import Clock
from queue_server.core.centre import Centre
from queue_server.core.commands import DropPrint, MovePrint
from queue_server.core.commit import Actor, Commit, Position
from queue_server.core.errors import PrintTaken, QueueError
from queue_server.core.identifiers import CentreId, CommandId
from queue_server.hub.replica import Replica, Request, payload_hash
from queue_server.hub.replicas import Replicas
from queue_server.paper_offers import paper_commands
from queue_server.reactions import (
    REACTIONS,
    JobQueues,
    jobs_for,
    overdue_jobs,
    rebalance_job,
)

log = structlog.get_logger()

CURSOR = "reactions"
FOLLOWER = Actor("system", "reactions")
EVERY_S = 0.5
REBALANCE_PAUSE_S: Final = 20.0
"""Trying proposals out takes a processor some seconds."""


class Follower:
    """Follows every loaded centre and offers its jobs.

    Those of a commit that it is told of are offered at once, all others within `every_s`.
    """

    def __init__(
        self, replicas: Replicas, queues: JobQueues, clock: Clock, *, every_s: float = EVERY_S
    ) -> None:
        self._replicas = replicas
        self._queues = queues
        self._clock = clock
        self._every_s = every_s
        self._cursors: dict[CentreId, int] = {}
        self._offered: dict[CentreId, frozenset[str]] = {}
        self._news: set[CentreId] = set()
        self._all_due_at = 0.0
        self._turns: dict[CentreId, str] = {}
        """The last look at each centre's work profiles that was offered."""
        self._looked_at_s: dict[CentreId, float] = {}
        self._wake = asyncio.Event()

    def hear(self, commit: Commit) -> None:
        """There is a new commit."""
        if any(type(event) in REACTIONS for event in commit.events):
            self._news.add(commit.centre)
            self._wake.set()

    async def run(self) -> None:
        """Follow until cancelled; trouble is logged once and tried again."""
        is_well = True
        while True:
            centres = await self._next_round()
            try:
                for centre in centres:
                    await self.follow(centre)
                is_well = True
            except QueueError as error:
                if is_well:
                    log.warning("jobs cannot be offered now", reason=error.message)
                is_well = False
                await asyncio.sleep(EVERY_S)
            except Exception:
                log.exception("a reaction failed; the follower goes on")
                await asyncio.sleep(EVERY_S)

    async def _next_round(self) -> list[CentreId]:
        """Wait for news, and then follow only those centres; every so often all of them."""
        with suppress(TimeoutError):
            async with asyncio.timeout_at(self._all_due_at):
                await self._wake.wait()
        self._wake.clear()
        news, self._news = self._news, set()
        now = asyncio.get_running_loop().time()
        if now < self._all_due_at:
            return list(news)
        self._all_due_at = now + self._every_s
        return [replica.centre.id for replica in self._replicas.loaded()]

    async def follow(self, centre_id: CentreId) -> None:
        """Offer the jobs of the commits since the cursor, and what is overdue."""
        journal = self._replicas.journal
        replica = await self._replicas.get(centre_id)
        if centre_id not in self._cursors:
            cursors = await journal.cursors(centre_id)
            stored = cursors.get(CURSOR)
            head = replica.centre.offset
            self._cursors[centre_id] = min(stored.offset, head) if stored else 0
        after = min(self._cursors[centre_id], replica.centre.offset)  # the store may lose some
        if replica.centre.offset > after:
            commits = await journal.read(centre_id, after=after, limit=500)
            for commit in commits:
                await self._queues.offer(jobs_for(commit, replica.centre))
            if commits:
                last = Position(commits[-1].epoch, commits[-1].offset)
                self._cursors[centre_id] = last.offset
                await journal.save_cursor(centre_id, CURSOR, last)
        await self._offer_overdue(replica.centre)
        for command in list(paper_commands(replica.centre, self._clock.now())):
            await _see_to_paper(replica, command)
        await self._offer_rebalancing(replica.centre)

    async def _offer_rebalancing(self, centre: Centre) -> None:
        """At most so often by the machine, however fast a demo's clock runs."""
        present_s = asyncio.get_running_loop().time()
        if present_s - self._looked_at_s.get(centre.id, -REBALANCE_PAUSE_S) < REBALANCE_PAUSE_S:
            return
        job = rebalance_job(centre, self._clock.now())
        if job is not None and job.id != self._turns.get(centre.id):
            self._looked_at_s[centre.id] = present_s
            await self._queues.offer([job])
            self._turns[centre.id] = job.id

    async def _offer_overdue(self, centre: Centre) -> None:
        jobs = list(overdue_jobs(centre, self._clock.now()))
        offered = self._offered.get(centre.id, frozenset())
        fresh = [job for job in jobs if job.id not in offered]
        if fresh:
            await self._queues.offer(fresh)
        self._offered[centre.id] = frozenset(job.id for job in jobs)


async def _see_to_paper(replica: Replica, command: MovePrint | DropPrint) -> None:
    """Give the job to another printer, or end it and tell why; once, whoever notices."""
    job = replica.centre.prints[command.job]
    text = f"{replica.centre.id} {command} {job.at} {job.moves} {job.result} {job.ended_at}"
    request = Request(
        command=command,
        actor=FOLLOWER,
        command_id=CommandId(blake2b(text.encode(), digest_size=16).hexdigest()),
        payload_hash=payload_hash(command),
        may_act_for_others=True,
    )
    with suppress(PrintTaken):  # begun at this moment
        await replica.submit(request)
