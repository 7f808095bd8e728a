"""The hand-over to intake and paper: opened, voided, released, recorded."""

from datetime import date, timedelta

import pytest
from msgspec.structs import replace

from queue_server.core import commands as c
from queue_server.core import events as e
from queue_server.core.configuration import Term, TermUnit
from queue_server.core.errors import InvalidValue, UnknownName
from queue_server.core.identifiers import CounterId, DossierCode, PersonRef, PrinterId
from queue_server.core.paper_versions import template_version
from queue_server.core.ticket import Outcome
from tests.support.centres import BIRTH, COPY, MANAGER, Hall, small_configuration
from tests.support.configurations import DESK, with_desk_printer
from tests.support.histories import refused

ONE = CounterId("1")
ACCEPT = c.Complete(counter=ONE, outcome=Outcome.DOSSIER_ACCEPTED)


def serving(hall: Hall | None = None) -> Hall:
    hall = hall or Hall()
    hall.open("1")
    hall.issue(BIRTH, person=PersonRef("p1"))
    hall.run([c.CallNext(counter=ONE), c.StartServing(counter=ONE)])
    return hall


@pytest.fixture
def hall() -> Hall:
    return serving()


def opened(events: tuple[e.Event, ...]) -> list[e.DossierOpened]:
    return [event for event in events if isinstance(event, e.DossierOpened)]


def test_an_accepted_visit_opens_one_dossier_with_its_term_due_date_and_person(hall: Hall) -> None:
    (dossier,) = opened(hall.do(ACCEPT))

    assert dossier.code == "H00.000-261123-0001"
    assert dossier.term == Term(unit=TermUnit.SAME_DAY)
    assert dossier.due_at == hall.now + timedelta(days=3)
    assert (dossier.received_at, dossier.person) == (hall.now, "p1")


def test_each_dossier_of_a_visit_has_its_own_code_and_receipt(hall: Hall) -> None:
    intakes = (
        c.DossierIntake(procedure=COPY, print_receipt=False, person=PersonRef("p2")),
        c.DossierIntake(note="two copies", sets=2),
    )

    events = hall.do(replace(ACCEPT, dossiers=intakes))

    first, second = opened(events)
    assert (first.code[-4:], first.procedure, first.person) == ("0001", COPY, "p2")
    assert (second.code[-4:], second.procedure, second.sets) == ("0002", BIRTH, 2)
    receipts = [event for event in events if isinstance(event, e.PrintRequested)]
    assert [(print_.job, print_.kind) for print_ in receipts] == [
        (f"receipt-{second.code}-1", "receipt")
    ]


def test_receipts_go_to_the_counters_own_printer() -> None:
    configuration = small_configuration()
    counter = replace(configuration.counters[ONE], printer=None)
    hall = serving(Hall(replace(configuration, counters={**configuration.counters, ONE: counter})))
    hall.do(ACCEPT)

    receipt = list(hall.centre.prints.values())[-1]
    assert (receipt.kind, receipt.printer, receipt.result) == ("receipt", None, "pending")
    assert isinstance(PrinterId("x"), str)


def test_a_procedure_without_a_known_term_has_no_due_date() -> None:
    configuration = small_configuration()
    birth = replace(configuration.procedures[BIRTH], terms=())
    hall = serving(
        Hall(replace(configuration, procedures={**configuration.procedures, BIRTH: birth}))
    )

    (dossier,) = opened(hall.do(ACCEPT))

    assert (dossier.term, dossier.due_at) == (None, None)


def test_a_term_case_that_does_not_exist_is_refused(hall: Hall) -> None:
    for index in (1, -1):
        intake = c.DossierIntake(term=index)
        with refused(InvalidValue, f"procedure {BIRTH} has 1 term cases, got index {index}"):
            hall.do(replace(ACCEPT, dossiers=(intake,)))


def test_dossiers_with_another_outcome_are_refused(hall: Hall) -> None:
    with refused(InvalidValue, "expected no dossiers with the outcome refused"):
        hall.do(c.Complete(counter=ONE, outcome=Outcome.REFUSED, dossiers=(c.DossierIntake(),)))


def test_a_procedure_that_ends_without_a_dossier_cannot_be_accepted() -> None:
    configuration = small_configuration()
    birth = replace(configuration.procedures[BIRTH], opens_dossier=False)
    hall = serving(
        Hall(replace(configuration, procedures={**configuration.procedures, BIRTH: birth}))
    )

    with refused(InvalidValue, f"procedure {BIRTH} ends without a dossier: choose another outcome"):
        hall.do(ACCEPT)


def test_a_dossier_goes_out_once(hall: Hall) -> None:
    hall.do(ACCEPT)
    (code,) = hall.centre.dossiers
    assert hall.do(c.ReleaseHandOver(code=code)) == (e.HandOverReleased(code=code),)

    assert hall.do(c.ReleaseHandOver(code=code)) == ()
    assert hall.centre.dossiers[code].hand_over == "pending"
    with refused(UnknownName, "expected a dossier of this centre"):
        hall.do(c.ReleaseHandOver(code=DossierCode("nope")))


def test_a_failed_hand_over_may_still_be_delivered_and_a_delivered_one_stays(hall: Hall) -> None:
    hall.do(ACCEPT)
    (code,) = hall.centre.dossiers
    failed = c.RecordHandOver(code=code, result="failed", system="province", detail="HTTP 503")
    hall.do(c.ReleaseHandOver(code=code))
    hall.do(failed)
    assert hall.centre.dossiers[code].detail == "HTTP 503"

    hall.do(c.RecordHandOver(code=code, result="delivered", system="province"))

    assert hall.do(failed) == ()
    assert hall.centre.dossiers[code].hand_over == "delivered"
    with refused(UnknownName, "expected a dossier of this centre"):
        hall.do(c.RecordHandOver(code=DossierCode("nope"), result="failed", system="x"))


def test_staff_send_again_what_failed_and_the_timer_does_not(hall: Hall) -> None:
    hall.do(ACCEPT)
    (code,) = hall.centre.dossiers
    release = c.ReleaseHandOver(code=code)
    assert hall.do(release, actor=MANAGER) == (), "the undo window is for everybody"
    hall.do(release)
    hall.do(c.RecordHandOver(code=code, result="failed", system="province"))
    hall.later(minutes=5)

    assert hall.do(release) == ()
    assert hall.do(release, actor=MANAGER) == (e.HandOverReleased(code=code),)
    assert hall.centre.dossiers[code].hand_over == "pending"
    assert hall.centre.dossiers[code].released_at == hall.now


def test_a_receipt_is_printed_again_as_the_next_copy() -> None:
    hall = serving(Hall(with_desk_printer(small_configuration())))
    hall.do(ACCEPT)
    (code,) = hall.centre.dossiers
    ticket = hall.centre.dossiers[code].ticket

    (second,) = hall.do(c.ReprintReceipt(code=code, printer=DESK))
    (third,) = hall.do(c.ReprintReceipt(code=code))

    assert second == e.PrintRequested(
        job=f"receipt-{code}-2",
        kind="receipt",
        ticket=ticket,
        printer=DESK,
        copy=2,
        dossier=code,
        template=template_version(hall.centre),
    )
    assert (third.job, third.printer) == (f"receipt-{code}-3", None)  # type: ignore[union-attr]
    assert hall.centre.prints[f"receipt-{code}-3"].result == "pending"


def test_a_receipt_that_was_not_wanted_can_be_printed_later(hall: Hall) -> None:
    hall.do(replace(ACCEPT, dossiers=(c.DossierIntake(print_receipt=False),)))
    (code,) = hall.centre.dossiers

    (first,) = hall.do(c.ReprintReceipt(code=code))

    assert isinstance(first, e.PrintRequested)
    assert first.copy == 1


def test_no_receipt_of_a_void_unknown_or_earlier_dossier(hall: Hall) -> None:
    hall.do(ACCEPT)
    (code,) = hall.centre.dossiers
    again = c.ReprintReceipt(code=code)
    with refused(UnknownName, "expected a dossier of this centre"):
        hall.do(c.ReprintReceipt(code=DossierCode("nope")))
    with refused(UnknownName, "expected a printer of this centre"):
        hall.do(c.ReprintReceipt(code=code, printer=DESK))
    hall.do(c.CloseDay())
    hall.later(minutes=24 * 60)
    hall.do(c.OpenDay())
    with refused(InvalidValue, f"expected a dossier of today, {code} is of 2026-11-23"):
        hall.do(again)

    hall = serving()
    hall.run([ACCEPT, c.UndoLast(counter=ONE)])
    with refused(InvalidValue, f"dossier {code} was opened by mistake and is void"):
        hall.do(again)


def test_a_dossier_knows_its_number_when_its_ticket_is_forgotten(hall: Hall) -> None:
    hall.run([ACCEPT, c.CloseDay()])
    hall.later(minutes=24 * 60)
    hall.do(c.OpenDay())

    (dossier,) = hall.centre.dossiers.values()
    assert dossier.number == "H001"
    assert hall.centre.tickets == {}


def test_a_voided_dossier_is_not_handed_over(hall: Hall) -> None:
    hall.run([ACCEPT, c.UndoLast(counter=ONE)])
    (code,) = hall.centre.dossiers

    assert hall.do(c.ReleaseHandOver(code=code)) == ()
    assert hall.do(c.RecordHandOver(code=code, result="delivered", system="x")) == ()


def test_dossiers_not_yet_delivered_outlive_the_day(hall: Hall) -> None:
    """The dossier system was away overnight: the hand-over must still be tried."""
    hall.do(ACCEPT)
    (waiting,) = hall.centre.dossiers
    hall.issue(BIRTH)
    hall.run([c.CallNext(counter=ONE), c.StartServing(counter=ONE), ACCEPT])
    delivered = DossierCode("H00.000-261123-0002")
    hall.do(c.RecordHandOver(code=delivered, result="delivered", system="province"))
    hall.do(c.CloseDay())
    hall.later(minutes=24 * 60)

    hall.do(c.OpenDay())

    assert list(hall.centre.dossiers) == [waiting]
    hall.do(c.ReleaseHandOver(code=waiting))
    hall.do(c.RecordHandOver(code=waiting, result="delivered", system="province"))


def test_codes_of_one_day_never_meet_those_of_the_next(hall: Hall) -> None:
    """A visit that ends after midnight still belongs to the day that was opened."""
    hall.do(c.CloseDay())
    hall.later(minutes=17 * 60)
    hall.do(ACCEPT)
    hall.later(minutes=6 * 60)
    hall.do(c.OpenDay())
    hall.later(minutes=2 * 60)
    hall.open("1")
    hall.issue(BIRTH)
    hall.run([c.CallNext(counter=ONE), c.StartServing(counter=ONE), ACCEPT])

    assert list(hall.centre.dossiers) == ["H00.000-261123-0001", "H00.000-261124-0001"]
    assert hall.centre.day is not None
    assert hall.centre.day.date == date(2026, 11, 24)


def test_a_slip_that_comes_out_at_a_later_try_is_not_missing(hall: Hall) -> None:
    (job,) = hall.centre.prints
    hall.do(c.RecordPrint(job=job, result="not_sent", detail="paper_out"))

    hall.do(c.RecordPrint(job=job, result="printed"))

    assert hall.centre.prints[job].result == "printed"


def test_the_first_final_result_of_a_print_job_stands(hall: Hall) -> None:
    (job,) = hall.centre.prints
    hall.do(c.RecordPrint(job=job, result="unknown", detail="cable pulled"))
    assert hall.do(c.RecordPrint(job=job, result="unknown")) == ()

    hall.do(c.RecordPrint(job=job, result="printed"))

    assert hall.do(c.RecordPrint(job=job, result="not_sent")) == ()
    assert hall.do(c.RecordPrint(job=job, result="unknown")) == ()
    assert hall.centre.prints[job].result == "printed"
    with refused(UnknownName, "expected a print job of this centre (slip-"):
        hall.do(c.RecordPrint(job="nope", result="printed"))
