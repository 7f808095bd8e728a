"""When a centre's work profiles are looked at: a job for each turn, under an id of its own."""

import asyncio
from datetime import datetime
from typing import Final

import structlog

from queue_server.clock import Clock
from queue_server.core.centre import Centre
from queue_server.core.errors import QueueError
from queue_server.core.hours import is_serving_time
from queue_server.core.identifiers import CentreId
from queue_server.hub.replicas import Replicas
from queue_server.reactions import Job, JobQueues, job_id

log = structlog.get_logger()

LOOK_EVERY_S: Final = 5.0
PAUSE_S: Final = 20.0
"""Least time by the machine between two turns of a centre, however fast a demo's clock runs:
trying proposals out takes a processor some seconds."""


def rebalance_job(centre: Centre, now: datetime) -> Job | None:
    """The look at the work profiles that is due; its id names the turn, so it is done once.

    None while nobody waits, out of hours, or where the centre wants no proposals.
    """
    day = centre.day
    if centre.configuration is None or day is None or not day.is_open or not centre.waiting:
        return None
    rules = centre.facts.rebalancing
    if not rules.is_on or not is_serving_time(centre.facts, now):
        return None
    turn = rebalance_turn(now, rules.every_s)
    return Job(
        queue="rebalance",
        function="rebalance",
        id=job_id("rebalance", centre.id, str(rules.every_s), turn),
        arguments=(centre.id, turn),
    )


def rebalance_turn(now: datetime, every_s: int) -> int:
    """Running number of the present stretch of `every_s` seconds."""
    return int(now.timestamp() // every_s)


class RebalanceTurns:
    """Offers each centre's turns as jobs."""

    def __init__(self, replicas: Replicas, queues: JobQueues, clock: Clock) -> None:
        self._replicas = replicas
        self._queues = queues
        self._clock = clock
        self._offered: dict[CentreId, tuple[float, str]] = {}

    async def run(self) -> None:
        """Look every few seconds until cancelled; trouble is logged and tried again."""
        while True:
            await asyncio.sleep(LOOK_EVERY_S)
            try:
                await self.look(asyncio.get_running_loop().time())
            except QueueError as error:
                log.warning("no proposals are worked out now", reason=error.message)

    async def look(self, present_s: float) -> None:
        """Offer the turns that are due; `present_s` is the machine's time."""
        for replica in self._replicas.loaded():
            centre = replica.centre
            offered_at_s, last = self._offered.get(centre.id, (-PAUSE_S, ""))
            job = rebalance_job(centre, self._clock.now())
            if job is None or job.id == last or present_s - offered_at_s < PAUSE_S:
                continue
            await self._queues.offer([job])
            self._offered[centre.id] = (present_s, job.id)
