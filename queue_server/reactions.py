"""Reactions: which event leads to which job, by one table, never lost and never doubled.

One follower reads each centre's journal from a stored cursor and offers jobs under ids that say
what they are about; the queue takes an id once. The cursor moves after the offer, so a crash in
between offers the same id again, which does nothing. What stays pending in the centre's state is
offered again, step by step, under the next id; what a job does outside is guarded by its own
rule. The queue's data is disposable.
"""

import asyncio
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from hashlib import blake2b
from typing import Final, Protocol

import structlog
from msgspec import Struct

from queue_server.clock import Clock
from queue_server.core import events as e
from queue_server.core.centre import Centre, Dossier, PrintJob
from queue_server.core.commands import RecordPrint
from queue_server.core.commit import Actor, Commit, Position
from queue_server.core.errors import QueueError
from queue_server.core.identifiers import CentreId, CommandId
from queue_server.hub.replica import Replica, Request, payload_hash
from queue_server.hub.replicas import Replicas
from queue_server.intake.hand_over import RETRY_AFTER_S

log = structlog.get_logger()

CURSOR = "reactions"
FOLLOWER = Actor("system", "reactions")
PRINT_STEPS_S: Final = (10, 25, 45, 90)
"""A slip that could not be sent is tried again while its owner may still stand at the kiosk."""
PRINT_GIVEN_UP_AFTER: Final = timedelta(minutes=5)
"""Of a job that is pending for so long no worker will tell any more: staff have to look."""
REGISTER_STEPS_S: Final = (30, 300, 1800, 7200)
"""Pauses after which a dossier is entered or made void again: the first job may be lost."""
PICTURES: Final = "pictures"
EVERY_S = 0.5


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
        return PICTURES
    return f"print-{centre.id}-{printer.id}"


def queues_of(centres: Sequence[Centre]) -> list[str]:
    """Every queue that needs a worker: one process each, never two queues in one."""
    queues = ["handover", "speech", PICTURES]
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
    return _register_attempt("register", commit.centre, event.code, commit.offset, 0)


def _register_attempt(kind: str, centre: CentreId, code: str, opened_at: int, step: int) -> Job:
    """The n-th try to `register` or `void` the dossier that was opened at an offset."""
    return Job(
        queue="handover",
        function=f"{kind}_dossier",
        id=_job_id(kind, centre, f"{code}-{opened_at}", step),
        arguments=(centre, code, opened_at),
    )


def _void(commit: Commit, event: e.Event, centre: Centre) -> Job | None:
    if not isinstance(event, e.DossierVoided) or event.code not in centre.dossiers:
        return None
    opened_at = centre.dossiers[event.code].offset
    return _register_attempt("void", commit.centre, event.code, opened_at, 0)


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
        yield from _overdue_in_register(centre.id, dossier, now)
        if dossier.hand_over == "pending" and dossier.released_at is not None:
            step = _steps_passed(RETRY_AFTER_S, dossier.released_at, now)
            if step > 0:
                yield hand_over_attempt(centre.id, dossier.code, dossier.released_at, step)


def _overdue_in_register(centre: CentreId, dossier: Dossier, now: datetime) -> Iterator[Job]:
    """The register's entry again, which changes nothing where it was made: the state cannot tell.

    What was delivered had to be in the register first.
    """
    step = _steps_passed(REGISTER_STEPS_S, dossier.opened_at, now)
    if step > 0 and dossier.hand_over != "delivered":
        kind = "void" if dossier.hand_over == "voided" else "register"
        yield _register_attempt(kind, centre, dossier.code, dossier.offset, step)


def stuck_prints(centre: Centre, now: datetime) -> list[PrintJob]:
    """Jobs of real printers of which nothing was heard for too long."""
    return [
        job
        for job in centre.prints.values()
        if job.result == "pending"
        and now - job.at >= PRINT_GIVEN_UP_AFTER
        and print_queue(centre, job) != PICTURES
    ]


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
        for job in stuck_prints(replica.centre, self._clock.now()):
            await _give_up(replica, job)

    async def _offer_overdue(self, centre: Centre) -> None:
        jobs = list(overdue_jobs(centre, self._clock.now()))
        offered = self._offered.get(centre.id, frozenset())
        fresh = [job for job in jobs if job.id not in offered]
        if fresh:
            await self._queues.offer(fresh)
        self._offered[centre.id] = frozenset(job.id for job in jobs)


async def _give_up(replica: Replica, job: PrintJob) -> None:
    """Record that nobody knows of the paper, so that staff are told; once, whoever notices."""
    command = RecordPrint(job=job.id, result="unknown", detail="no_answer")
    text = f"{replica.centre.id} give up {job.id} {job.at.isoformat()}"
    await replica.submit(
        Request(
            command=command,
            actor=FOLLOWER,
            command_id=CommandId(blake2b(text.encode(), digest_size=16).hexdigest()),
            payload_hash=payload_hash(command),
            may_act_for_others=True,
        )
    )
