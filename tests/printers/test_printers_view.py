"""What the administrator's page about printers is given."""

import pytest
from msgspec.structs import replace

from counters.hall.view import hall as reception_view
from displays.kiosk.view import kiosk as kiosk_view
from printers.pages.view import printers
from queue_server.core import commands as c
from queue_server.core.centre import Centre
from queue_server.core.identifiers import PrinterId, ZoneId
from queue_server.core.printer_configuration import PrinterConfiguration
from queue_server.core.printing import Condition
from queue_server.hub.outlook import Outlook, outlook_of
from tests.support.centres import COPY, Hall, small_configuration

FRONT, BACK = PrinterId("front"), PrinterId("back")


@pytest.fixture
def hall() -> Hall:
    rows = {
        name: PrinterConfiguration(
            id=name, name={"vi": name}, address="10.0.0.9:9100", zone=ZoneId("hall")
        )
        for name in (FRONT, BACK)
    }
    return Hall(replace(small_configuration(), printers=rows, kiosk_printer=FRONT))


def outlook(hall: Hall) -> Outlook:
    return outlook_of(hall.centre, hall.now, hall.rules.estimator)


def test_a_centre_without_configuration_has_no_printers() -> None:
    hall = Hall()
    empty = Centre(id=hall.centre.id)

    assert printers(empty, "", outlook(hall)).printers == ()


def test_the_life_of_a_print_is_shown(hall: Hall) -> None:
    ticket = hall.issue(COPY)
    (job,) = hall.centre.prints

    def line() -> tuple[str, int]:
        front = printers(hall.centre, "", outlook(hall)).printers[0]
        return front.jobs[0].result, front.open

    assert line() == ("pending", 1)
    hall.do(c.StartPrint(job=job, printer=FRONT))
    assert line() == ("sending", 0)
    hall.do(c.RecordPrint(job=job, result="unknown", detail="no_answer"))
    front = printers(hall.centre, "", outlook(hall)).printers[0]
    assert (front.doubtful, front.printed) == (1, 0)
    assert (front.jobs[0].number, front.jobs[0].detail) == (ticket.number, "no_answer")


def test_a_job_that_was_taken_over_says_from_where(hall: Hall) -> None:
    hall.issue(COPY)
    (job,) = hall.centre.prints
    hall.do(c.ReportPrinter(printer=FRONT, condition=Condition.PAPER_OUT))
    hall.do(c.ReportPrinter(printer=BACK, condition=Condition.READY))
    hall.do(c.MovePrint(job=job, printer=BACK))

    front, back = printers(hall.centre, "", outlook(hall)).printers

    assert (front.condition, front.stand_in) == (Condition.PAPER_OUT, {"vi": "back"})
    assert front.jobs == ()
    assert back.jobs[0].moved_from == {"vi": "front"}


def test_a_test_print_has_no_number(hall: Hall) -> None:
    hall.do(c.PrintTrial(printer=FRONT, trial="0" * 16))

    (job,) = printers(hall.centre, "", outlook(hall)).printers[0].jobs

    assert (job.kind, job.number) == ("trial", "")


@pytest.mark.parametrize(
    ("condition", "is_told", "is_stopped"),
    [
        (Condition.READY, False, False),
        (Condition.MUTE, False, False),
        (Condition.PAPER_NEAR_END, True, False),
        (Condition.PAPER_OUT, True, True),
        (Condition.AGENT_AWAY, True, True),
    ],
)
def test_reception_and_kiosk_are_told_of_printers_to_see_to(
    hall: Hall, condition: Condition, *, is_told: bool, is_stopped: bool
) -> None:
    hall.do(c.ReportPrinter(printer=FRONT, condition=condition))

    told = reception_view(hall.centre, "", outlook(hall)).printers

    assert told == kiosk_view(hall.centre, "", outlook(hall)).printers
    assert bool(told) is is_told
    assert all(notice.is_stopped is is_stopped for notice in told)
