"""A print job is begun once, moved only while nothing left, and dropped when it would confuse."""

from datetime import timedelta

import pytest
from msgspec.structs import replace

from queue_server.core import commands as c
from queue_server.core import events as e
from queue_server.core.configuration import CentreConfiguration
from queue_server.core.decisions.paper import LONGEST_SENDING
from queue_server.core.errors import InvalidValue, PrintTaken, UnknownName
from queue_server.core.identifiers import PrinterId, TicketId, ZoneId
from queue_server.core.printer_configuration import Connection, PrinterConfiguration
from queue_server.core.printing import (
    Condition,
    PrintJob,
    PrintResult,
    is_stopped,
    stand_ins,
    wanted_until,
)
from tests.support.centres import COPY, Hall, small_configuration
from tests.support.histories import refused

FRONT, BACK, ANNEX = PrinterId("front"), PrinterId("back"), PrinterId("annex")
HALL = ZoneId("hall")


def _printer(name: PrinterId, zone: ZoneId | None = HALL) -> PrinterConfiguration:
    return PrinterConfiguration(id=name, name={"vi": name}, address="10.0.0.9:9100", zone=zone)


def with_printers() -> CentreConfiguration:
    rows = (_printer(FRONT), _printer(BACK), _printer(ANNEX, ZoneId("annex")))
    printers = {row.id: row for row in rows}
    return replace(small_configuration(), printers=printers, kiosk_printer=FRONT)


@pytest.fixture
def hall() -> Hall:
    at = Hall(with_printers())
    at.issue(COPY)
    return at


def job_of(hall: Hall) -> PrintJob:
    return next(iter(hall.centre.prints.values()))


def start(hall: Hall, printer: PrinterId = FRONT, sender: str = "") -> tuple[e.Event, ...]:
    return hall.do(c.StartPrint(job=job_of(hall).id, printer=printer, sender=sender))


def test_one_sender_begins_and_every_other_is_refused(hall: Hall) -> None:
    assert start(hall) == (e.PrintStarted(job=job_of(hall).id, printer=FRONT),)

    assert (job_of(hall).result, job_of(hall).started_at) == ("sending", hall.now)
    with refused(PrintTaken, "expected a print job that was not begun"):
        start(hall)


@pytest.mark.parametrize("result", ["printed", "unknown", "kept"])
def test_what_is_known_of_paper_is_never_begun_again(hall: Hall, result: PrintResult) -> None:
    hall.do(c.RecordPrint(job=job_of(hall).id, result=result))  # type: ignore[arg-type]

    with refused(PrintTaken, "expected a print job that was not begun"):
        start(hall)


def test_its_sender_may_say_that_nothing_left_and_begin_again(hall: Hall) -> None:
    start(hall, sender="spool-1")
    not_sent = c.RecordPrint(
        job=job_of(hall).id, result="not_sent", detail="interrupted", sender="spool-1"
    )
    assert hall.do(replace(not_sent, sender="")) == ()
    assert hall.do(replace(not_sent, sender="spool-2")) == ()

    hall.do(not_sent)

    assert job_of(hall).is_open
    assert len(start(hall, sender="spool-1")) == 1


def test_a_printer_that_has_the_job_no_more_says_nothing_of_it(hall: Hall) -> None:
    job = job_of(hall).id
    hall.do(c.MovePrint(job=job, printer=BACK))
    late = c.RecordPrint(job=job, result="not_sent", detail="paper_out", printer=FRONT)

    assert hall.do(late) == ()
    assert hall.do(replace(late, printer=BACK))


def test_a_slip_that_is_too_old_is_dropped_instead_of_begun(hall: Hall) -> None:
    hall.later(seconds=120)

    assert start(hall) == (
        e.PrintRecorded(job=job_of(hall).id, result="not_sent", detail="too_old"),
    )
    assert not job_of(hall).is_open
    with refused(PrintTaken, "expected a print job that was not begun"):
        start(hall)


def test_only_the_printer_that_has_the_job_begins_it(hall: Hall) -> None:
    hall.do(c.MovePrint(job=job_of(hall).id, printer=BACK))

    with refused(PrintTaken, "expected the printer back"):
        start(hall)

    assert start(hall, BACK) == (e.PrintStarted(job=job_of(hall).id, printer=BACK),)
    assert (job_of(hall).moved_from, job_of(hall).moves) == (FRONT, 1)


def test_what_was_begun_is_never_moved(hall: Hall) -> None:
    start(hall)

    with refused(PrintTaken, "expected a print job that was not begun"):
        hall.do(c.MovePrint(job=job_of(hall).id, printer=BACK))


def test_only_a_printer_of_the_zone_takes_over(hall: Hall) -> None:
    with refused(InvalidValue, "expected a printer of the zone of front"):
        hall.do(c.MovePrint(job=job_of(hall).id, printer=ANNEX))
    with refused(UnknownName, "expected a printer of this centre"):
        hall.do(c.MovePrint(job=job_of(hall).id, printer=PrinterId("nope")))


def test_a_job_is_moved_a_few_times_and_not_for_ever(hall: Hall) -> None:
    for n in range(8):
        hall.do(c.MovePrint(job=job_of(hall).id, printer=(BACK, FRONT)[n % 2]))

    assert job_of(hall).moves == 3


def test_a_test_print_stays_with_the_printer_it_tests(hall: Hall) -> None:
    (asked,) = hall.do(c.PrintTrial(printer=FRONT, trial="0" * 16))

    assert isinstance(asked, e.PrintRequested)
    assert asked.job == "trial-0000000000000000"
    assert hall.do(c.MovePrint(job=asked.job, printer=BACK)) == ()


def test_a_job_is_dropped_when_its_time_is_over(hall: Hall) -> None:
    drop = c.DropPrint(job=job_of(hall).id)
    assert hall.do(drop) == ()
    hall.later(seconds=120)

    hall.do(drop)

    assert (job_of(hall).result, job_of(hall).detail) == ("not_sent", "too_old")
    assert hall.do(drop) == ()


def test_a_job_whose_sender_died_is_unknown_and_may_still_turn_out_printed(hall: Hall) -> None:
    start(hall)
    drop = c.DropPrint(job=job_of(hall).id)
    hall.now += LONGEST_SENDING - timedelta(seconds=1)
    assert hall.do(drop) == ()
    hall.later(seconds=1)

    hall.do(drop)

    assert (job_of(hall).result, job_of(hall).detail) == ("unknown", "interrupted")
    hall.do(c.RecordPrint(job=job_of(hall).id, result="printed"))
    assert job_of(hall).result == "printed"


def test_another_reason_is_told_and_the_same_one_is_not_told_twice(hall: Hall) -> None:
    job = job_of(hall).id
    assert hall.do(c.RecordPrint(job=job, result="not_sent", detail="paper_out"))
    assert not hall.do(c.RecordPrint(job=job, result="not_sent", detail="paper_out"))
    assert hall.do(c.RecordPrint(job=job, result="not_sent", detail="cover_open"))


def test_a_receipt_is_of_use_all_day_and_a_slip_for_two_minutes(hall: Hall) -> None:
    slip, facts = job_of(hall), hall.centre.facts

    assert wanted_until(facts, slip) == slip.at + timedelta(seconds=120)
    assert wanted_until(facts, replace(slip, kind="receipt")) == slip.at + timedelta(hours=12)
    assert wanted_until(facts, replace(slip, printer=None)) == slip.at + timedelta(hours=12)
    assert wanted_until(facts, replace(slip, kind="trial")) == slip.at + timedelta(seconds=60)


def test_a_printer_is_reported_when_it_changes(hall: Hall) -> None:
    out = c.ReportPrinter(printer=FRONT, condition=Condition.PAPER_OUT)

    assert hall.do(out) == (e.PrinterReported(printer=FRONT, condition=Condition.PAPER_OUT),)
    assert hall.do(out) == ()
    assert hall.centre.printers[FRONT].since == hall.now
    assert is_stopped(hall.centre.printers, FRONT)
    assert not is_stopped(hall.centre.printers, BACK)
    with refused(UnknownName, "expected a printer of this centre"):
        hall.do(replace(out, printer=PrinterId("nope")))


def test_who_stands_in_is_of_the_zone_and_known_to_print(hall: Hall) -> None:
    def names(printer: PrinterId) -> list[PrinterId]:
        return [one.id for one in stand_ins(hall.centre.facts, hall.centre.printers, printer)]

    assert names(FRONT) == []  # nobody has heard of the other yet
    for printer in (BACK, ANNEX):
        hall.do(c.ReportPrinter(printer=printer, condition=Condition.PAPER_NEAR_END))
    assert names(FRONT) == [BACK]
    hall.do(c.ReportPrinter(printer=BACK, condition=Condition.COVER_OPEN))
    assert names(FRONT) == []
    assert names(PrinterId("nope")) == []


def test_a_folder_is_no_device_that_stands_in() -> None:
    folder = replace(_printer(BACK), connection=Connection.FOLDER, address="slips")
    facts = replace(with_printers(), printers={FRONT: _printer(FRONT), BACK: folder})
    hall = Hall(facts)
    hall.do(c.ReportPrinter(printer=BACK, condition=Condition.READY))

    assert list(stand_ins(facts, hall.centre.printers, FRONT)) == []


def test_a_new_day_knows_how_the_printers_are(hall: Hall) -> None:
    hall.do(c.ReportPrinter(printer=FRONT, condition=Condition.PAPER_OUT))
    hall.do(c.CloseDay())
    hall.later(minutes=24 * 60)

    hall.do(c.OpenDay())

    assert hall.centre.printers[FRONT].condition is Condition.PAPER_OUT
    assert hall.centre.prints == {}


def test_a_job_is_about_a_ticket_of_the_centre(hall: Hall) -> None:
    with refused(UnknownName, "expected a print job of this centre"):
        hall.do(c.StartPrint(job=f"slip-{TicketId('f' * 32)}-1", printer=FRONT))
