"""A look at a printer finds its fault and its end; one without power is missed soon."""

import pytest

from counters.hall.view import PACE_S
from printers.escpos_printer import Timeouts
from queue_server.core import commands as c
from queue_server.core import events as e
from queue_server.core.identifiers import CentreId
from queue_server.core.printing import Condition
from queue_server.printer_watch import AGAIN_S, MUTE_EVERY_S, PrinterWatch
from queue_server.workshop import Workshop
from tests.support.print_shops import FRONT, JOB, job_of, printer, shop
from tests.support.printer_emulator import Faults, PrinterEmulator
from tests.support.printer_ways import SwitchedOff

__all__ = ["printer", "shop"]


def watch_of(shop: Workshop, centre: CentreId) -> PrinterWatch:
    return PrinterWatch(shop, f"print-{centre}-front", 2.0)


@pytest.mark.parametrize(
    ("fault", "condition"),
    [
        ("paper_out", Condition.PAPER_OUT),
        ("cover_open", Condition.COVER_OPEN),
        ("near_end", Condition.PAPER_NEAR_END),
        ("cutter_stuck", Condition.CUTTER),
    ],
)
def test_a_look_finds_the_fault_and_that_it_is_over(
    shop: Workshop, centre: CentreId, printer: PrinterEmulator, fault: str, condition: Condition
) -> None:
    watch = watch_of(shop, centre)
    watch.step()
    assert shop.centre(centre).printers[FRONT].condition is Condition.READY
    setattr(printer.faults, fault, True)

    watch.step()

    assert shop.centre(centre).printers[FRONT].condition is condition
    printer.faults = Faults()
    watch.step()
    assert shop.centre(centre).printers[FRONT].condition is Condition.READY
    offset = shop.centre(centre).offset
    watch.step()
    assert shop.centre(centre).offset == offset


def test_a_printer_that_refuses_once_is_not_away(
    shop: Workshop, centre: CentreId, printer: PrinterEmulator
) -> None:
    watch = watch_of(shop, centre)
    watch.step()
    printer.faults.hangs_up = True

    assert watch.step() == AGAIN_S
    assert shop.centre(centre).printers[FRONT].condition is Condition.READY

    watch.step()
    assert shop.centre(centre).printers[FRONT].condition is Condition.UNREACHABLE


def test_a_printer_that_answers_nothing_is_looked_at_seldom(
    shop: Workshop, centre: CentreId, printer: PrinterEmulator
) -> None:
    watch = watch_of(shop, centre)
    watch.step()
    printer.faults.mute = True

    assert watch.step() == AGAIN_S
    assert shop.centre(centre).printers[FRONT].condition is Condition.READY

    assert watch.step() == MUTE_EVERY_S
    assert shop.centre(centre).printers[FRONT].condition is Condition.MUTE
    printer.recover()
    assert watch.step() == 2.0
    assert shop.centre(centre).printers[FRONT].condition is Condition.READY


def test_a_printer_without_power_is_missed_within_five_seconds(
    shop: Workshop, centre: CentreId, printer: PrinterEmulator
) -> None:
    """Its address swallows calls; the longest case is the sum of what is waited for."""
    watch = watch_of(shop, centre)
    between_looks_s = watch.step()
    printer.__exit__(None, None, None)

    with SwitchedOff(printer.port):
        again_s = watch.step()
        assert shop.centre(centre).printers[FRONT].condition is Condition.READY
        watch.step()

    assert shop.centre(centre).printers[FRONT].condition is Condition.UNREACHABLE
    limits = Timeouts()
    after_a_look_s = between_looks_s + 2 * limits.look_connect_s + again_s
    within_a_look_s = 3 * limits.status_s + again_s + limits.look_connect_s
    assert max(after_a_look_s, within_a_look_s) + PACE_S < 5


def test_a_printer_that_loses_power_during_a_look_is_told_as_away(
    shop: Workshop, centre: CentreId, printer: PrinterEmulator
) -> None:
    watch = watch_of(shop, centre)
    watch.step()
    printer.faults.mute = True
    watch.step()
    printer.__exit__(None, None, None)

    with SwitchedOff(printer.port):
        watch.step()

    assert shop.centre(centre).printers[FRONT].condition is Condition.UNREACHABLE


def test_a_look_waits_for_no_job(shop: Workshop, centre: CentreId) -> None:
    watch = watch_of(shop, centre)
    watch.step()
    with shop.spool.turn(FRONT):
        offset = shop.centre(centre).offset

        watch.step()

        assert shop.centre(centre).offset == offset


def test_a_new_worker_settles_what_the_last_one_left(
    shop: Workshop, centre: CentreId, printer: PrinterEmulator
) -> None:
    shop.submit(centre, c.StartPrint(job=JOB, printer=FRONT, sender=shop.spool.identity))
    shop.spool.begin(JOB)

    watch_of(shop, centre).step()

    job = job_of(shop, centre)
    assert (job.result, job.detail) == ("unknown", "interrupted")
    assert isinstance(shop.commit_at(centre, shop.centre(centre).offset).events[0], e.Base)
    assert printer.job_bytes == 0
