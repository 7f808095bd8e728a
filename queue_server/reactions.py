"""Reactions: which event leads to which job, by one table, never lost and never doubled.

One follower reads each centre's journal from a stored cursor and offers jobs under ids that say
what they are about; the queue takes an id once. The cursor moves after the offer, so a crash in
between offers the same id again, which does nothing. What stays pending in the centre's state is
offered again, step by step, under the next id; what a job does outside is guarded by its own
rule. The queue's data is disposable.
"""

import asyncio
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final, Protocol

import structlog
from msgspec import Struct

from queue_server.clock import Clock
from queue_server.core import events as e
from queue_server.core.centre import Centre, PrintJob
from queue_server.core.commit import Commit, Position
from queue_server.core.errors import QueueError
from queue_server.core.hours import is_serving_time
from queue_server.core.identifiers import CentreId
from queue_server.hub.replicas import Replicas
from queue_server.intake.hand_over import RETRY_AFTER_S

log = structlog.get_logger()

CURSOR = "reactions"
PRINT_STEPS_S: Final = (10, 25, 45, 90)
"""A slip that could not be sent is tried again while its owner may still stand at the kiosk."""
EVERY_S = 0.5
REBALANCE_PAUSE_S: Final = 20.0
"""Trying proposals out takes a processor some seconds."""


class Job(Struct, frozen=True, kw_only=True):
    """Work for one queue. `id` is taken once; `arguments` are plain values."""

    queue: str
    function: str
    """Name of a function in `queue_server.jobs`."""
    id: str
    arguments: tuple[str | int, ...]


class JobQueues(Protocol):
    """Takes jobs; an id that was taken before is ignored."""

    async def offer(self, jobs: Sequence[Job]) -> None:
        """Take the jobs whose ids are new.

        Raises:
            StoreUnavailable: The queue cannot be reached; offer again.
        """
        ...


Reaction = Callable[[Commit, e.Event, Centre], Job | None]


def print_queue(centre: Centre, job: PrintJob) -> str:
    """Name of the queue of the job's printer; what is only kept shares one queue."""
    printer = None if job.printer is None else centre.facts.printers.get(job.printer)
    if printer is None or printer.address is None:
        return "pictures"
    return f"print-{centre.id}-{printer.id}"


def queues_of(centres: Sequence[Centre]) -> list[str]:
    """Every queue that needs a worker: one process each, never two queues in one."""
    queues = ["handover", "speech", "pictures", "rebalance"]
    for centre in centres:
        if centre.configuration is not None:
            queues += [
                f"print-{centre.id}-{printer.id}"
                for printer in centre.configuration.printers.values()
                if printer.address is not None
            ]
    return queues


def _print(commit: Commit, event: e.Event, centre: Centre) -> Job | None:
    if not isinstance(event, e.PrintRequested):
        return None
    job = centre.prints.get(event.job)
    return None if job is None else print_attempt(centre, job, 0, commit.centre)


def print_attempt(centre: Centre, job: PrintJob, step: int, name: CentreId) -> Job:
    """The n-th try of a print job."""
    return Job(
        queue=print_queue(centre, job),
        function="print_paper",
        id=_job_id("print", name, job.id, step),
        arguments=(name, job.id),
    )


def _register(commit: Commit, event: e.Event, _: Centre) -> Job | None:
    if not isinstance(event, e.DossierOpened):
        return None
    return Job(
        queue="handover",
        function="register_dossier",
        id=_job_id("register", commit.centre, event.code, commit.offset),
        arguments=(commit.centre, event.code, commit.offset),
    )


def _void(commit: Commit, event: e.Event, centre: Centre) -> Job | None:
    if not isinstance(event, e.DossierVoided) or event.code not in centre.dossiers:
        return None
    return Job(
        queue="handover",
        function="void_dossier",
        id=_job_id("void", commit.centre, event.code, commit.offset),
        arguments=(commit.centre, event.code, centre.dossiers[event.code].offset),
    )


def _hand_over(commit: Commit, event: e.Event, _: Centre) -> Job | None:
    if not isinstance(event, e.HandOverReleased):
        return None
    return hand_over_attempt(commit.centre, event.code, commit.at, 0)


def hand_over_attempt(centre: CentreId, code: str, released_at: datetime, step: int) -> Job:
    """The n-th try of a hand-over; a new release counts its tries anew."""
    released = int(released_at.timestamp())
    return Job(
        queue="handover",
        function="hand_over",
        id=_job_id("handover", centre, f"{code}-{released}", step),
        arguments=(centre, code),
    )


def _prepare_clips(commit: Commit, event: e.Event, _: Centre) -> Job | None:
    if not isinstance(event, e.ConfigurationApplied):
        return None
    return Job(
        queue="speech",
        function="prepare_clips",
        id=_job_id("clips", commit.centre, commit.epoch, commit.offset),
        arguments=(commit.centre,),
    )


def _job_id(kind: str, centre: str, subject: str, step: int) -> str:
    """An id of the characters that the queue takes."""
    text = f"{kind}-{centre}-{subject}-{step}"
    return "".join(char if char.isalnum() or char in "-_" else "_" for char in text)


REACTIONS: Final[Mapping[type[e.Event], tuple[Reaction, ...]]] = {
    e.PrintRequested: (_print,),
    e.DossierOpened: (_register,),
    e.DossierVoided: (_void,),
    e.HandOverReleased: (_hand_over,),
    e.ConfigurationApplied: (_prepare_clips,),
}
"""Event → jobs. To react to an event, add a row here and a function in `jobs`."""


def jobs_for(commit: Commit, centre: Centre) -> list[Job]:
    """Jobs that the commit leads to."""
    jobs: list[Job] = []
    for event in commit.events:
        for reaction in REACTIONS.get(type(event), ()):
            job = reaction(commit, event, centre)
            if job is not None:
                jobs.append(job)
    return jobs


def overdue_jobs(centre: Centre, now: datetime) -> Iterator[Job]:
    """Next tries of what is still pending in the centre's state."""
    for job in centre.prints.values():
        is_open = job.result in {"pending", "not_sent"}
        step = _steps_passed(PRINT_STEPS_S, job.at, now)
        if is_open and 0 < step < len(PRINT_STEPS_S):
            yield print_attempt(centre, job, step, centre.id)
    for dossier in centre.dossiers.values():
        if dossier.hand_over == "pending" and dossier.released_at is not None:
            step = _steps_passed(RETRY_AFTER_S, dossier.released_at, now)
            if step > 0:
                yield hand_over_attempt(centre.id, dossier.code, dossier.released_at, step)


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
        id=_job_id("rebalance", centre.id, str(rules.every_s), turn),
        arguments=(centre.id, turn),
    )


def rebalance_turn(now: datetime, every_s: int) -> int:
    """Running number of the present stretch of `every_s` seconds."""
    return int(now.timestamp() // every_s)


def _steps_passed(pauses_s: Sequence[int], since: datetime, now: datetime) -> int:
    """How many of the pauses, one after another, have passed."""
    passed, end = 0, since
    for pause_s in pauses_s:
        end += timedelta(seconds=pause_s)
        if now < end:
            break
        passed += 1
    return passed


class Follower:
    """Follows every loaded centre and offers its jobs."""

    def __init__(self, replicas: Replicas, queues: JobQueues, clock: Clock) -> None:
        self._replicas = replicas
        self._queues = queues
        self._clock = clock
        self._cursors: dict[CentreId, int] = {}
        self._offered: dict[str, None] = {}
        self._looked_at_s: dict[CentreId, float] = {}
        self._wake = asyncio.Event()

    def wake(self) -> None:
        """There is a new commit."""
        self._wake.set()

    async def run(self) -> None:
        """Follow until cancelled; trouble is logged once and tried again."""
        is_well = True
        while True:
            try:
                async with asyncio.timeout(EVERY_S):
                    await self._wake.wait()
            except TimeoutError:
                pass
            self._wake.clear()
            try:
                for replica in self._replicas.loaded():
                    await self.follow(replica.centre.id)
                is_well = True
            except QueueError as error:
                if is_well:
                    log.warning("jobs cannot be offered now", reason=error.message)
                is_well = False
                await asyncio.sleep(EVERY_S)
            except Exception:
                log.exception("a reaction failed; the follower goes on")
                await asyncio.sleep(EVERY_S)

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
        await self._offer_rebalancing(replica.centre)

    async def _offer_rebalancing(self, centre: Centre) -> None:
        """At most so often by the machine, however fast a demo's clock runs."""
        present_s = asyncio.get_running_loop().time()
        if present_s - self._looked_at_s.get(centre.id, -REBALANCE_PAUSE_S) < REBALANCE_PAUSE_S:
            return
        job = rebalance_job(centre, self._clock.now())
        if job is not None and job.id not in self._offered:
            self._looked_at_s[centre.id] = present_s
            await self._queues.offer([job])
            self._offered[job.id] = None

    async def _offer_overdue(self, centre: Centre) -> None:
        jobs = [
            job for job in overdue_jobs(centre, self._clock.now()) if job.id not in self._offered
        ]
        if jobs:
            await self._queues.offer(jobs)
            self._offered.update(dict.fromkeys(job.id for job in jobs))
