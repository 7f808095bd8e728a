"""Print jobs are offered to the printer that has them, moved while nothing left, and ended."""

from collections.abc import Sequence
from datetime import timedelta

import pytest
from msgspec.structs import replace

from counters.missing_paper import missing_paper, missing_since
from queue_server.app import Core, core_of
from queue_server.core import commands as c
from queue_server.core.centre import Centre
from queue_server.core.configuration import CentreConfiguration
from queue_server.core.decisions.paper import LONGEST_SENDING
from queue_server.core.identifiers import PrinterId, TicketId, ZoneId
from queue_server.core.printer_configuration import PrinterConfiguration
from queue_server.core.printing import Condition, PrintJob
from queue_server.follower import Follower
from queue_server.job_queues import QueuesInMemory
from queue_server.journal.memory_journal import MemoryJournal
from queue_server.reactions import queues_of
from tests.support.centres import COPY, small_configuration
from tests.support.clocks import HandSetClock
from tests.support.servers import parts_for, submit

FRONT, BACK = PrinterId("front"), PrinterId("back")
TICKET = TicketId("a" * 32)
JOB = f"slip-{TICKET}-1"


def _row(name: PrinterId, **values: object) -> PrinterConfiguration:
    row = PrinterConfiguration(id=name, address="10.0.0.9:9100", zone=ZoneId("hall"))
    return replace(row, **values)


def with_printers(*rows: PrinterConfiguration) -> CentreConfiguration:
    printers = {row.id: row for row in rows}
    return replace(small_configuration(), printers=printers, kiosk_printer=rows[0].id)


class Office:
    """A centre in memory with its follower; the queues only remember what they were offered."""

    def __init__(self, rows: Sequence[PrinterConfiguration]) -> None:
        self.clock = HandSetClock()
        self.core: Core = core_of(parts_for(MemoryJournal(self.clock), self.clock))
        self.queues = QueuesInMemory()
        self.follower = Follower(self.core.replicas, self.queues, self.clock)
        self.configuration = with_printers(*rows)
        self.name = self.configuration.id

    async def open(self) -> None:
        await self.do(c.ApplyConfiguration(configuration=self.configuration), c.OpenDay())
        await self.do(c.IssueTicket(ticket=TICKET, procedure=COPY))

    async def do(self, *commands: c.Command) -> None:
        for command in commands:
            await submit(self.core, self.name, command)
        await self.follower.follow(self.name)

    async def later(self, seconds: float) -> None:
        self.clock.later(seconds=seconds)
        await self.follower.follow(self.name)

    async def centre(self) -> Centre:
        return (await self.core.replicas.get(self.name)).centre

    async def job(self) -> PrintJob:
        return (await self.centre()).prints[JOB]

    async def restart(self) -> None:
        """The server was without power, and the data of its queue is lost."""
        self.queues = QueuesInMemory()
        self.follower = Follower(self.core.replicas, self.queues, self.clock)
        await self.follower.follow(self.name)

    def offered(self) -> list[str]:
        return [job.queue for job in self.queues.jobs.values() if job.function == "print_paper"]


@pytest.fixture
async def office() -> Office:
    made = Office([_row(FRONT), _row(BACK)])
    await made.open()
    return made


async def test_a_job_goes_to_the_queue_of_its_printer(office: Office) -> None:
    assert office.offered() == ["print-test-front"]
    assert queues_of([await office.centre()])[-2:] == ["print-test-front", "print-test-back"]


async def test_an_agent_fetches_its_jobs_itself() -> None:
    office = Office([_row(FRONT, has_agent=True)])
    await office.open()
    await office.later(30)

    assert office.offered() == []
    assert "print-test-front" not in queues_of([await office.centre()])


async def test_a_printer_of_the_zone_takes_over_when_one_stops(office: Office) -> None:
    await office.do(c.ReportPrinter(printer=BACK, condition=Condition.READY))

    await office.do(c.ReportPrinter(printer=FRONT, condition=Condition.PAPER_OUT))
    await office.follower.follow(office.name)

    assert office.offered() == ["print-test-front", "print-test-back"]
    assert ((await office.job()).printer, (await office.job()).moved_from) == (BACK, FRONT)


async def test_what_was_begun_stays_with_its_printer(office: Office) -> None:
    await office.do(
        c.StartPrint(job=JOB, printer=FRONT),
        c.ReportPrinter(printer=BACK, condition=Condition.READY),
        c.ReportPrinter(printer=FRONT, condition=Condition.PAPER_OUT),
    )
    await office.do(c.RecordPrint(job=JOB, result="unknown", detail="paper_out"))
    await office.later(30)

    assert (await office.job()).printer == FRONT
    assert "print-test-back" not in office.offered()


async def test_nobody_takes_over_where_nobody_can_print(office: Office) -> None:
    await office.do(c.ReportPrinter(printer=FRONT, condition=Condition.PAPER_OUT))

    assert (await office.job()).printer == FRONT
    assert (await office.job()).result == "pending"


async def test_a_printer_that_is_well_again_gets_its_open_jobs_at_once(office: Office) -> None:
    await office.do(
        c.ReportPrinter(printer=FRONT, condition=Condition.PAPER_OUT),
        c.RecordPrint(job=JOB, result="not_sent", detail="paper_out"),
    )
    before = len(office.offered())

    await office.do(c.ReportPrinter(printer=FRONT, condition=Condition.READY))

    assert len(office.offered()) == before + 1


async def test_a_slip_that_did_not_come_in_time_is_ended_and_told(office: Office) -> None:
    await office.later(119)
    assert (await office.job()).result == "pending"

    await office.later(1)

    job = await office.job()
    assert (job.result, job.detail) == ("not_sent", "too_old")
    assert missing_paper(await office.centre()) == [job]
    count = len(office.offered())
    await office.do(c.ReportPrinter(printer=FRONT, condition=Condition.READY))
    await office.later(30)
    assert len(office.offered()) == count


@pytest.fixture
async def patient() -> Office:
    """Its paper is wanted for an hour; receipts even for a day."""
    made = Office([_row(FRONT), _row(BACK)])
    limits = replace(made.configuration.limits, slip_wanted_for_s=3600)
    made.configuration = replace(made.configuration, limits=limits)
    await made.open()
    return made


async def test_paper_that_waits_is_offered_every_minute_as_long_as_it_is_wanted(
    patient: Office,
) -> None:
    """The queue may have lost its entry at any time, and tells nobody."""
    await patient.later(80)
    for _ in range(30):
        before = len(patient.offered())
        await patient.later(60)
        assert len(patient.offered()) == before + 1

    await patient.later(3600)

    count = len(patient.offered())
    await patient.later(120)
    assert len(patient.offered()) == count
    assert (await patient.job()).detail == "too_old"


async def test_paper_that_waits_is_offered_again_after_a_long_power_cut(patient: Office) -> None:
    await patient.later(45 * 60)

    await patient.restart()
    assert patient.offered() == ["print-test-front"]

    await patient.later(60)
    assert patient.offered() == ["print-test-front"] * 2


async def test_a_stopped_printer_is_not_tried_every_minute_but_when_it_is_well(
    patient: Office,
) -> None:
    """Even where the paper was never tried."""
    await patient.do(c.ReportPrinter(printer=FRONT, condition=Condition.PAPER_OUT))
    await patient.later(80)
    count = len(patient.offered())
    for _ in range(10):
        await patient.later(60)
    assert len(patient.offered()) == count

    await patient.do(c.ReportPrinter(printer=FRONT, condition=Condition.READY))

    assert (await patient.job()).result == "pending"
    assert len(patient.offered()) == count + 2


async def test_paper_that_waits_for_two_minutes_is_missing(patient: Office) -> None:
    job = await patient.job()

    assert missing_paper(await patient.centre()) == [job]
    assert missing_since(job) == job.at + timedelta(minutes=2)

    await patient.do(c.StartPrint(job=JOB, printer=FRONT))
    assert missing_paper(await patient.centre()) == []


async def test_a_job_whose_sender_is_gone_is_ended_as_unknown(office: Office) -> None:
    await office.do(c.StartPrint(job=JOB, printer=FRONT, sender="gone"))
    await office.later(LONGEST_SENDING / timedelta(seconds=1))

    job = await office.job()
    assert (job.result, job.detail) == ("unknown", "interrupted")


async def test_a_sender_that_is_sure_after_all_has_its_job_ended_again(office: Office) -> None:
    """The agent was without power for an hour and knows that nothing left."""
    await office.do(c.StartPrint(job=JOB, printer=FRONT, sender="agent"))
    await office.later(3600)
    sure = c.RecordPrint(job=JOB, result="not_sent", detail="interrupted", sender="agent")

    await office.do(sure)
    await office.later(1)

    job = await office.job()
    assert (job.result, job.detail) == ("not_sent", "too_old")


async def test_what_is_only_kept_as_a_picture_is_of_use_all_day() -> None:
    office = Office([_row(FRONT, address=None)])
    await office.open()
    await office.later(3600)

    assert set(office.offered()) == {"pictures"}
    assert (await office.job()).result == "pending"
    assert missing_paper(await office.centre()) == []
