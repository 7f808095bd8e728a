"""A job through spool, journal and printer on a real store: once, whatever dies, and told."""

import asyncio
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from msgspec.structs import replace
from rq import Queue
from rq.job import Job as RqJob
from rq.serializers import JSONSerializer

from printers.folder_spool import FolderSpool
from printers.printer import Verdict
from printers.slip import Slip
from queue_server.core import commands as c
from queue_server.core.identifiers import CentreId
from queue_server.core.printing import Condition
from queue_server.job_queues import RqQueues, connect
from queue_server.paper_offers import overdue_prints
from queue_server.paper_work import _paper
from queue_server.print_work import print_paper, printer_of_queue, settle
from queue_server.workshop import Workshop
from tests.support.clocks import HandSetClock
from tests.support.print_shops import FRONT, JOB, TICKET, job_of, printer, shop
from tests.support.printer_emulator import PrinterEmulator

__all__ = ["printer", "shop"]


def again(shop: Workshop) -> Workshop:
    """The same machine after a restart."""
    return Workshop(shop.settings, shop.settings.store.redis_url or "", shop.clock)


def events_of(shop: Workshop, centre: CentreId) -> list[str]:
    """What happened since the number was issued."""
    head = shop.centre(centre).offset
    return [
        type(event).__name__
        for offset in range(4, head + 1)
        for event in shop.commit_at(centre, offset).events
    ]


def test_the_life_of_a_print_is_in_the_journal(
    shop: Workshop, centre: CentreId, printer: PrinterEmulator
) -> None:
    print_paper(shop, centre, JOB)

    assert events_of(shop, centre) == ["PrinterReported", "PrintStarted", "PrintRecorded"]
    assert job_of(shop, centre).result == "printed"
    assert len(printer.receipts) == 1


def test_a_job_that_is_over_is_left_alone(
    shop: Workshop, centre: CentreId, printer: PrinterEmulator
) -> None:
    for _ in range(3):
        print_paper(shop, centre, JOB)
    print_paper(shop, centre, "slip-nobody-1")

    assert len(printer.receipts) == 1


def test_a_printer_without_paper_is_told_and_the_job_stays_open(
    shop: Workshop, centre: CentreId, printer: PrinterEmulator
) -> None:
    printer.faults.paper_out = True

    print_paper(shop, centre, JOB)

    job = job_of(shop, centre)
    assert (job.result, job.detail, job.is_open) == ("not_sent", "paper_out", True)
    assert shop.centre(centre).printers[FRONT].condition is Condition.PAPER_OUT
    printer.change_roll()
    print_paper(shop, centre, JOB)
    assert job_of(shop, centre).result == "printed"
    assert shop.centre(centre).printers[FRONT].condition is Condition.READY


def test_a_slip_that_is_too_old_is_not_begun(
    shop: Workshop, centre: CentreId, printer: PrinterEmulator
) -> None:
    assert isinstance(shop.clock, HandSetClock)
    shop.clock.later(minutes=2)

    print_paper(shop, centre, JOB)

    job = job_of(shop, centre)
    assert (job.result, job.detail) == ("not_sent", "too_old")
    assert printer.job_bytes == 0


def test_a_job_that_another_has_begun_is_not_ours(
    shop: Workshop, centre: CentreId, printer: PrinterEmulator
) -> None:
    shop.submit(centre, c.StartPrint(job=JOB, printer=FRONT, sender="another machine"))

    print_paper(shop, centre, JOB)
    settle(shop, centre, FRONT)

    assert job_of(shop, centre).result == "sending"
    assert printer.job_bytes == 0


class SpoolThatDies(FolderSpool):
    """The machine loses power when the journal has the job as begun and the spool not yet."""

    def begin(self, job_id: str) -> Verdict | None:
        raise KeyboardInterrupt(job_id)


def test_between_the_event_and_the_first_byte_it_is_certain_that_nothing_left(
    shop: Workshop, centre: CentreId, printer: PrinterEmulator
) -> None:
    shop.spool = SpoolThatDies(shop.places.spool)
    with pytest.raises(KeyboardInterrupt):
        print_paper(shop, centre, JOB)
    assert job_of(shop, centre).result == "sending"
    restarted = again(shop)

    settle(restarted, centre, FRONT)

    job = job_of(restarted, centre)
    assert (job.result, job.detail, job.is_open) == ("not_sent", "interrupted", True)
    assert printer.job_bytes == 0
    print_paper(restarted, centre, JOB)
    assert job_of(restarted, centre).result == "printed"
    assert len(printer.receipts) == 1
    restarted.close()


def test_paper_whose_entry_in_the_queue_was_lost_comes_out_once(
    shop: Workshop, centre: CentreId, printer: PrinterEmulator, store_url: str
) -> None:
    """A worker took the entry and lost power; the queue holds its id as taken."""
    configuration = shop.centre(centre).facts
    limits = replace(configuration.limits, slip_wanted_for_s=3600)
    shop.submit(centre, c.ApplyConfiguration(configuration=replace(configuration, limits=limits)))
    clock = shop.clock
    assert isinstance(clock, HandSetClock)
    queue = Queue(f"print-{centre}-front", connection=connect(store_url), serializer=JSONSerializer)

    def offer() -> None:
        jobs = list(overdue_prints(shop.centre(centre), clock.now()))
        asyncio.run(RqQueues(store_url).offer(jobs))

    clock.later(seconds=80)
    offer()
    assert queue.pop_job_id()
    clock.later(seconds=59)
    offer()
    assert queue.count == 0

    clock.later(seconds=1)
    offer()

    assert queue.count == 1
    clock.later(minutes=1)
    offer()
    for _ in range(2):
        taken = RqJob.fetch(
            str(queue.pop_job_id()), connection=queue.connection, serializer=JSONSerializer
        )
        assert list(taken.args) == [centre, JOB]
        print_paper(shop, *taken.args)
    assert len(printer.receipts) == 1
    assert job_of(shop, centre).result == "printed"


PROGRAM = """
import os
import sys
from config.settings import read_settings
from queue_server.print_work import print_paper
from queue_server.workshop import Workshop
from tests.support.clocks import HandSetClock
print_paper(
    Workshop(read_settings(), os.environ["QUEUE_REDIS_URL"], HandSetClock()), *sys.argv[1:]
)
"""


def test_a_killed_worker_leaves_its_job_unknown_and_told(
    shop: Workshop, centre: CentreId, printer: PrinterEmulator
) -> None:
    printer.faults.paper_out_after_rows = 1
    arguments = [sys.executable, "-c", PROGRAM, centre, JOB]
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])}
    with subprocess.Popen(arguments, env=environment) as process:  # noqa: S603 - our own
        printer.wait_until(lambda: printer.job_bytes > 0)
        process.send_signal(signal.SIGKILL)
    assert job_of(shop, centre).result == "sending"

    settle(shop, centre, FRONT)
    printer.change_roll()
    print_paper(shop, centre, JOB)

    job = job_of(shop, centre)
    assert (job.result, job.detail) == ("unknown", "interrupted")
    assert len(printer.receipts) <= 1


def test_a_copy_tells_its_own_time_and_no_wait(shop: Workshop, centre: CentreId) -> None:
    assert isinstance(shop.clock, HandSetClock)
    shop.clock.later(minutes=20)
    shop.submit(centre, c.Reprint(ticket=TICKET))
    now = shop.centre(centre)

    slip = _paper(shop, now, now.prints[f"slip-{TICKET}-2"])

    assert isinstance(slip, Slip)
    assert slip.printed_again == "In lại lúc 08:20 / Printed again 08:20"
    assert slip.issued.startswith("08:00")
    assert slip.facts == ()


def test_a_queue_names_its_printer(shop: Workshop, centre: CentreId) -> None:
    assert printer_of_queue(shop, f"print-{centre}-front") == (centre, FRONT)
    assert printer_of_queue(shop, f"print-{centre}-nope") is None
