"""What is pending in the centre's state is offered again, and given up where staff must see it."""

import asyncio
from collections.abc import Sequence
from datetime import timedelta

from msgspec.structs import replace

from queue_server.app import core_of
from queue_server.core import commands as c
from queue_server.core.centre import Centre
from queue_server.core.configuration import CentreConfiguration
from queue_server.core.identifiers import CounterId, PrinterId, TicketId
from queue_server.core.printer_configuration import PrinterConfiguration
from queue_server.core.ticket import Outcome
from queue_server.follower import Follower
from queue_server.job import Job
from queue_server.job_queues import QueuesInMemory
from queue_server.journal.memory_journal import MemoryJournal
from queue_server.reactions import REGISTER_STEPS_S, overdue_jobs
from tests.support.centres import BIRTH, COPY, Hall, small_configuration
from tests.support.clocks import HandSetClock
from tests.support.servers import parts_for, submit

ONE = CounterId("1")
PRINTER = PrinterId("kiosk")
REGISTER_LATER = timedelta(seconds=REGISTER_STEPS_S[0])


def with_a_printer(address: str | None = "10.0.0.9:9100") -> CentreConfiguration:
    printer = PrinterConfiguration(
        id=PRINTER, name={"vi": "Máy in ki-ốt"}, model="generic", address=address
    )
    return replace(small_configuration(), printers={PRINTER: printer})


def functions(centre: Centre, at: Hall) -> list[str]:
    return [job.function for job in overdue_jobs(centre, at.now)]


def accepted() -> Hall:
    """A dossier that was just opened and can still be undone."""
    at = Hall()
    at.open("1", "lan")
    at.issue(BIRTH)
    at.do(c.CallNext(counter=ONE))
    at.do(c.StartServing(counter=ONE))
    at.do(c.Complete(counter=ONE, outcome=Outcome.DOSSIER_ACCEPTED))
    for job in at.centre.prints:
        at.do(c.RecordPrint(job=job, result="kept"))
    return at


def test_a_dossier_is_entered_again_while_it_is_not_delivered() -> None:
    at = accepted()
    assert functions(at.centre, at) == []

    at.now += REGISTER_LATER
    assert functions(at.centre, at) == ["register_dossier"]

    (code,) = at.centre.dossiers
    at.do(c.ReleaseHandOver(code=code))
    at.do(c.RecordHandOver(code=code, result="delivered", system="register"))
    assert functions(at.centre, at) == []


def test_a_void_dossier_is_made_void_again() -> None:
    at = accepted()
    at.do(c.UndoLast(counter=ONE))
    at.now += REGISTER_LATER

    (job,) = overdue_jobs(at.centre, at.now)

    (dossier,) = at.centre.dossiers.values()
    assert job.function == "void_dossier"
    assert job.arguments == (at.centre.id, dossier.code, dossier.offset)


def test_every_step_is_offered_under_an_id_of_its_own() -> None:
    at = accepted()
    ids = set()
    for pause_s in REGISTER_STEPS_S:
        at.now += timedelta(seconds=pause_s)
        ids |= {job.id for job in overdue_jobs(at.centre, at.now)}

    assert len(ids) == len(REGISTER_STEPS_S)


class QueuesThatTell(QueuesInMemory):
    """Says when a job has come."""

    def __init__(self) -> None:
        super().__init__()
        self.has_come = asyncio.Event()

    async def offer(self, jobs: Sequence[Job]) -> None:
        await super().offer(jobs)
        if self.jobs:
            self.has_come.set()


async def test_a_slip_does_not_wait_for_the_next_round() -> None:
    clock = HandSetClock()
    core = core_of(parts_for(MemoryJournal(clock), clock))
    queues = QueuesThatTell()
    follower = Follower(core.replicas, queues, clock, every_s=3600.0)
    core.hearers.append(follower.hear)
    running = asyncio.create_task(follower.run())
    for command in (c.ApplyConfiguration(configuration=with_a_printer()), c.OpenDay()):
        await submit(core, small_configuration().id, command)
    await queues.has_come.wait()  # clips for the configuration; the first round is over
    queues.has_come.clear()

    issue = c.IssueTicket(ticket=TicketId("a" * 32), procedure=COPY)
    await submit(core, small_configuration().id, issue)

    async with asyncio.timeout(5):
        await queues.has_come.wait()
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)


async def test_what_is_not_due_any_more_is_forgotten() -> None:
    clock = HandSetClock()
    core = core_of(parts_for(MemoryJournal(clock), clock))
    configuration = with_a_printer()
    ticket = TicketId("a" * 32)
    issue = c.IssueTicket(ticket=ticket, procedure=COPY, printer=PRINTER)
    for command in (c.ApplyConfiguration(configuration=configuration), c.OpenDay(), issue):
        await submit(core, configuration.id, command)
    queues = QueuesInMemory()
    follower = Follower(core.replicas, queues, clock)
    clock.later(minutes=1)
    await follower.follow(configuration.id)
    assert len(follower._offered[configuration.id]) == 1

    await submit(core, configuration.id, c.RecordPrint(job=f"slip-{ticket}-1", result="printed"))
    await follower.follow(configuration.id)

    assert follower._offered[configuration.id] == frozenset()
    assert [job.function for job in queues.jobs.values()].count("print_paper") == 2
