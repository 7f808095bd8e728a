"""The server's side of the print agents: who was heard last, and which paper is next.

An agent asks for the next paper every second and says how its printer is. One that falls silent is
reported as away, so that reception and kiosk know before the next citizen does.
"""

import asyncio
from collections.abc import Callable, Iterable
from datetime import datetime
from time import monotonic
from typing import Final

import structlog

from queue_server.clock import Clock
from queue_server.core.centre import Centre
from queue_server.core.commands import ReportPrinter
from queue_server.core.commit import Commit
from queue_server.core.errors import QueueError
from queue_server.core.identifiers import CentreId, PrinterId
from queue_server.core.printing import Condition, PrintJob, is_stopped
from queue_server.core.timers import Due
from queue_server.hub.replica import Replica
from queue_server.hub.replicas import Replicas, submit_due

log = structlog.get_logger()

LOOK_EVERY_S: Final = 0.5
AWAY_AFTER_S: Final = 3.5
"""Three questions that did not come."""
AWAY_AFTER_SENDING_S: Final = 25.0
"""While it sends a paper it may be silent for as long as a printer takes to swallow one."""
FIRST_GRACE_S: Final = 10.0
"""So long after a start no agent can be missed: they come back by and by."""

Agent = tuple[CentreId, PrinterId]


class AgentDesk:
    """The agents of this process's centres.

    Args:
        now_s: A clock for time-outs, in seconds.
    """

    def __init__(self, now_s: Callable[[], float] = monotonic) -> None:
        self._now_s = now_s
        self._started_s = now_s()
        self._heard_s: dict[Agent, float] = {}
        self._judged: set[Agent] = set()
        """Agents that were missed since they were heard last, or never heard."""
        self._news: dict[CentreId, asyncio.Event] = {}

    def heard(self, centre: CentreId, printer: PrinterId) -> None:
        """The agent of the printer has asked."""
        self._heard_s[centre, printer] = self._now_s()
        self._judged.discard((centre, printer))

    def hear(self, commit: Commit) -> None:
        """There is a new commit: whoever waits for paper looks again."""
        news = self._news.pop(commit.centre, None)
        if news is not None:
            news.set()

    async def next_job(
        self, centre: Callable[[], Centre], printer: PrinterId, wait_s: float
    ) -> PrintJob | None:
        """The oldest paper that the printer may begin; None when none comes in time."""
        deadline_s = self._now_s() + wait_s
        while True:
            present = centre()
            news = self._news.setdefault(present.id, asyncio.Event())
            job = open_job(present, printer)
            left_s = deadline_s - self._now_s()
            if job is not None or left_s <= 0:
                return job
            try:
                async with asyncio.timeout(left_s):
                    await news.wait()
            except TimeoutError:
                return None

    def missing(self, centre: Centre) -> Iterable[PrinterId]:
        """Printers whose agents have fallen silent, each once."""
        if centre.configuration is None:
            return
        for printer in centre.configuration.printers.values():
            agent = (centre.id, printer.id)
            if not printer.has_agent or agent in self._judged:
                continue
            if self._now_s() >= self._patience_ends_s(agent, centre):
                self._judged.add(agent)
                yield printer.id

    def _patience_ends_s(self, agent: Agent, centre: Centre) -> float:
        heard_s = self._heard_s.get(agent)
        if heard_s is None:
            return self._started_s + FIRST_GRACE_S
        is_sending = any(
            job.printer == agent[1] and job.result == "sending" for job in centre.prints.values()
        )
        return heard_s + (AWAY_AFTER_SENDING_S if is_sending else AWAY_AFTER_S)

    async def run(self, replicas: Replicas, clock: Clock) -> None:
        """Report who is away, until cancelled."""
        while True:
            await asyncio.sleep(LOOK_EVERY_S)
            for replica in replicas.loaded():
                for printer in list(self.missing(replica.centre)):
                    await self._report(replica, printer, clock.now())

    async def _report(self, replica: Replica, printer: PrinterId, now: datetime) -> None:
        centre = replica.centre
        log.warning("a print agent is away", centre=centre.id, printer=printer)
        command = ReportPrinter(printer=printer, condition=Condition.AGENT_AWAY)
        try:
            await submit_due(replica, Due(command, now, f"{printer} {centre.offset}"))
        except QueueError as error:
            self._judged.discard((centre.id, printer))
            log.info("a print agent cannot be reported now", reason=error.message)


def open_job(centre: Centre, printer: PrinterId) -> PrintJob | None:
    """The oldest job of the printer of which nothing left; none while it cannot print."""
    if is_stopped(centre.printers, printer):
        return None
    jobs = (job for job in centre.prints.values() if job.printer == printer and job.is_open)
    return next(jobs, None)
