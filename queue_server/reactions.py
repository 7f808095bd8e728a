"""Reactions: which event leads to which job, by one table, never lost and never doubled.

`follower` reads each centre's journal and offers the jobs under ids that say what they are about;
the queue takes an id once. What stays pending in the centre's state is
offered again, step by step, under the next id; what a job does outside is guarded by its own
rule. The queue's data is disposable.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final, Protocol

from msgspec import Struct

from queue_server.core import events as e
from queue_server.core.centre import Centre, Dossier, PrintJob
from queue_server.core.commit import Commit
from queue_server.core.counter import Availability
from queue_server.core.hours import is_serving_time
from queue_server.core.identifiers import CentreId
from queue_server.intake.hand_over import RETRY_AFTER_S

PRINT_STEPS_S: Final = (10, 25, 45, 90)
"""A slip that could not be sent is tried again while its owner may still stand at the kiosk."""
PRINT_GIVEN_UP_AFTER: Final = timedelta(minutes=5)
"""Of a job that is pending for so long no worker will tell any more: staff have to look."""
REGISTER_STEPS_S: Final = (30, 300, 1800, 7200)
"""Pauses after which a dossier is entered or made void again: the first job may be lost."""
PICTURES: Final = "pictures"


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
    queues = ["handover", "speech", PICTURES, "rebalance"]
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


def _issue_appointments(commit: Commit, event: e.Event, _: Centre) -> Job | None:
    if not isinstance(event, e.DayOpened):
        return None
    return Job(
        queue="handover",
        function="issue_appointments",
        id=_job_id("appointments", commit.centre, commit.epoch, commit.offset),
        arguments=(commit.centre,),
    )


def _job_id(kind: str, centre: str, subject: str, step: int) -> str:
    """An id of the characters that the queue takes."""
    text = f"{kind}-{centre}-{subject}-{step}"
    return "".join(char if char.isalnum() or char in "-_" else "_" for char in text)


REACTIONS: Final[Mapping[type[e.Event], tuple[Reaction, ...]]] = {
    e.PrintRequested: (_print,),
    e.DayOpened: (_issue_appointments,),
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


def rebalance_job(centre: Centre, now: datetime) -> Job | None:
    """The look at the work profiles that is due; its id names the turn, so it is done once.

    None while nobody waits and no counter is open, out of hours, or where the centre wants no
    proposals.
    """
    day = centre.day
    if centre.configuration is None or day is None or not day.is_open:
        return None
    if not centre.waiting and not _has_open_counter(centre):
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


def _has_open_counter(centre: Centre) -> bool:
    return any(each.availability is Availability.OPEN for each in centre.counters.values())


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
