"""Reactions: which event leads to which job, by one table, never lost and never doubled.

`follower` reads each centre's journal and offers the jobs under ids that say what they are about;
the queue takes an id once. What stays pending in the centre's state is
offered again, step by step, under the next id; what a job does outside is guarded by its own
rule. The queue's data is disposable.
"""

import secrets
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Final, Protocol

from queue_server.core import events as e
from queue_server.core.centre import Centre, Dossier
from queue_server.core.commit import Commit
from queue_server.core.counter import Availability
from queue_server.core.hours import is_serving_time
from queue_server.core.identifiers import CentreId
from queue_server.intake.hand_over import RETRY_AFTER_S
from queue_server.job import Job, job_id, steps_passed
from queue_server.paper_offers import (
    PICTURES,
    asked,
    overdue_prints,
    print_queues,
    ready_again,
)

REGISTER_STEPS_S: Final = (30, 300, 1800, 7200)
"""Pauses after which a dossier is entered or made void again: the first job may be lost."""


class JobQueues(Protocol):
    """Takes jobs; an id that was taken before is ignored."""

    async def offer(self, jobs: Sequence[Job]) -> None:
        """Take the jobs whose ids are new.

        Raises:
            StoreUnavailable: The queue cannot be reached; offer again.
        """
        ...


Reaction = Callable[[Commit, e.Event, Centre], tuple[Job, ...]]


def queues_of(centres: Sequence[Centre]) -> list[str]:
    """Every queue that needs a worker: one process each, never two queues in one."""
    queues = ["handover", "speech", "push", PICTURES, "rebalance"]
    for centre in centres:
        queues += print_queues(centre)
    return queues


def _register(commit: Commit, event: e.Event, _: Centre) -> tuple[Job, ...]:
    if not isinstance(event, e.DossierOpened):
        return ()
    return (_register_attempt("register", commit.centre, event.code, commit.offset, 0),)


def _register_attempt(kind: str, centre: CentreId, code: str, opened_at: int, step: int) -> Job:
    """The n-th try to `register` or `void` the dossier that was opened at an offset."""
    return Job(
        queue="handover",
        function=f"{kind}_dossier",
        id=job_id(kind, centre, f"{code}-{opened_at}", step),
        arguments=(centre, code, opened_at),
    )


def _void(commit: Commit, event: e.Event, centre: Centre) -> tuple[Job, ...]:
    if not isinstance(event, e.DossierVoided) or event.code not in centre.dossiers:
        return ()
    opened_at = centre.dossiers[event.code].offset
    return (_register_attempt("void", commit.centre, event.code, opened_at, 0),)


def _hand_over(commit: Commit, event: e.Event, _: Centre) -> tuple[Job, ...]:
    if not isinstance(event, e.HandOverReleased):
        return ()
    return (hand_over_attempt(commit.centre, event.code, commit.at, 0),)


def hand_over_attempt(centre: CentreId, code: str, released_at: datetime, step: int) -> Job:
    """The n-th try of a hand-over; a new release counts its tries anew."""
    released = int(released_at.timestamp())
    return Job(
        queue="handover",
        function="hand_over",
        id=job_id("handover", centre, f"{code}-{released}", step),
        arguments=(centre, code),
    )


def _prepare_clips(commit: Commit, event: e.Event, _: Centre) -> tuple[Job, ...]:
    """After a change, and every morning: a voice that could not be had may be there today."""
    if not isinstance(event, e.ConfigurationApplied | e.DayOpened):
        return ()
    made_id = job_id("clips", commit.centre, commit.epoch, commit.offset)
    arguments = (commit.centre,)
    return (Job(queue="speech", function="prepare_clips", id=made_id, arguments=arguments),)


class ClipOffers:
    """Has the clips of a centre made when a person asks for it."""

    def __init__(self, queues: JobQueues) -> None:
        self._queues = queues

    async def __call__(self, centre: CentreId) -> None:
        """Offer the job; each time is another one.

        Raises:
            StoreUnavailable: The queue cannot be reached.
        """
        made_id = job_id("clips", centre, "asked", secrets.token_hex(6))
        job = Job(queue="speech", function="prepare_clips", id=made_id, arguments=(centre,))
        await self._queues.offer([job])


def _issue_appointments(commit: Commit, event: e.Event, _: Centre) -> tuple[Job, ...]:
    if not isinstance(event, e.DayOpened):
        return ()
    return (
        Job(
            queue="handover",
            function="issue_appointments",
            id=job_id("appointments", commit.centre, commit.epoch, commit.offset),
            arguments=(commit.centre,),
        ),
    )


def _tell_phones(commit: Commit, event: e.Event, _: Centre) -> tuple[Job, ...]:
    if not isinstance(event, e.TicketCalled | e.TicketRecalled | e.TicketResumed):
        return ()
    return (
        Job(
            queue="push",
            function="tell_phones",
            id=job_id("push", commit.centre, event.ticket, f"{commit.epoch}-{commit.offset}"),
            arguments=(commit.centre, event.ticket),
        ),
    )


def _forget_phones(commit: Commit, event: e.Event, _: Centre) -> tuple[Job, ...]:
    if not isinstance(event, e.DayClosed):
        return ()
    made_id = job_id("forget_phones", commit.centre, commit.epoch, commit.offset)
    return (Job(queue="push", function="forget_phones", id=made_id, arguments=(commit.centre,)),)


REACTIONS: Final[Mapping[type[e.Event], tuple[Reaction, ...]]] = {
    e.PrintRequested: (asked,),
    e.PrintMoved: (asked,),
    e.PrinterReported: (ready_again,),
    e.PrintRecorded: (),
    e.DayOpened: (_issue_appointments, _prepare_clips),
    e.DayClosed: (_forget_phones,),
    e.TicketCalled: (_tell_phones,),
    e.TicketRecalled: (_tell_phones,),
    e.TicketResumed: (_tell_phones,),
    e.DossierOpened: (_register,),
    e.DossierVoided: (_void,),
    e.HandOverReleased: (_hand_over,),
    e.ConfigurationApplied: (_prepare_clips,),
}
"""Event → jobs. To react to an event, add a row here and a function in `jobs`.

An event with an empty row leads to no job but to a look at what is to be done at once.
"""


def jobs_for(commit: Commit, centre: Centre) -> list[Job]:
    """Jobs that the commit leads to."""
    return [
        job
        for event in commit.events
        for reaction in REACTIONS.get(type(event), ())
        for job in reaction(commit, event, centre)
    ]


def overdue_jobs(centre: Centre, now: datetime) -> Iterator[Job]:
    """Next tries of what is still pending in the centre's state."""
    yield from overdue_prints(centre, now)
    for dossier in centre.dossiers.values():
        yield from _overdue_in_register(centre.id, dossier, now)
        if dossier.hand_over == "pending" and dossier.released_at is not None:
            step = steps_passed(RETRY_AFTER_S, dossier.released_at, now)
            if step > 0:
                yield hand_over_attempt(centre.id, dossier.code, dossier.released_at, step)


def _overdue_in_register(centre: CentreId, dossier: Dossier, now: datetime) -> Iterator[Job]:
    """The register's entry again, which changes nothing where it was made: the state cannot tell.

    What was delivered had to be in the register first.
    """
    step = steps_passed(REGISTER_STEPS_S, dossier.opened_at, now)
    if step > 0 and dossier.hand_over != "delivered":
        kind = "void" if dossier.hand_over == "voided" else "register"
        yield _register_attempt(kind, centre, dossier.code, dossier.offset, step)


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
        id=job_id("rebalance", centre.id, str(rules.every_s), turn),
        arguments=(centre.id, turn),
    )


def _has_open_counter(centre: Centre) -> bool:
    return any(each.availability is Availability.OPEN for each in centre.counters.values())


def rebalance_turn(now: datetime, every_s: int) -> int:
    """Running number of the present stretch of `every_s` seconds."""
    return int(now.timestamp() // every_s)
