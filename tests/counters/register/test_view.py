"""The register as values: what was received, what waits for somebody, how the receipts are."""

from datetime import date

import msgspec
import pytest
from msgspec.structs import replace

from counters.register.view import FAILED_SHOWN, KIND, SHOWN, DayRegister, register
from queue_server.accounts.principal import NOBODY, Principal, Role
from queue_server.core import commands as c
from queue_server.core.centre import Centre
from queue_server.core.events import MissingPaper
from queue_server.core.identifiers import CentreId, CounterId, DossierCode, PersonRef
from queue_server.core.ticket import Outcome
from queue_server.hub.outbox import MAX_BYTES
from queue_server.hub.outlook import Outlook
from tests.support.centres import BIRTH, MANAGER, MORNING, Hall, rules

ONE = CounterId("1")
OUTLOOK = Outlook(at=MORNING, by_field={}, estimator=rules().estimator)
ACCEPT = c.Complete(counter=ONE, outcome=Outcome.DOSSIER_ACCEPTED)
MISSING = (MissingPaper(name="Giấy chứng sinh"),)


def shown(hall: Hall) -> DayRegister:
    return register(hall.centre, "", OUTLOOK)


def accept(hall: Hall, times: int = 1) -> list[DossierCode]:
    """Serve so many citizens whose dossiers are accepted."""
    before = set(hall.centre.dossiers)
    for _ in range(times):
        hall.issue(BIRTH, person=PersonRef("p1"), print_slip=False)
        hall.run([c.CallNext(counter=ONE), c.StartServing(counter=ONE), ACCEPT])
    return [code for code in hall.centre.dossiers if code not in before]


def fail(hall: Hall, code: DossierCode, detail: str = "HTTP 422") -> None:
    hall.do(c.ReleaseHandOver(code=code))
    hall.do(c.RecordHandOver(code=code, result="failed", system="province", detail=detail))


@pytest.fixture
def hall() -> Hall:
    hall = Hall()
    hall.open("1")
    return hall


def test_a_centre_without_configuration_has_no_register() -> None:
    assert register(Centre(id=CentreId("x")), "", OUTLOOK) == DayRegister(is_configured=False)


def test_the_days_dossiers_come_newest_first_with_their_numbers(hall: Hall) -> None:
    first, second = accept(hall, times=2)

    seen = shown(hall)

    assert (seen.day, seen.is_open, seen.received) == (date(2026, 11, 23), True, 2)
    assert [(entry.code, entry.number) for entry in seen.entries] == [
        (second, "H002"),
        (first, "H001"),
    ]
    (entry, _) = seen.entries
    assert (entry.counter, entry.procedure, entry.hand_over) == ("1", BIRTH, "held")
    assert entry.due_at is not None


def test_a_hand_over_that_failed_is_listed_with_its_reason_until_it_is_sent_again(
    hall: Hall,
) -> None:
    (code,) = accept(hall)
    fail(hall, code)

    seen = shown(hall)
    hall.do(c.ReleaseHandOver(code=code), actor=MANAGER)
    again = shown(hall)

    assert [(each.code, each.system, each.detail) for each in seen.failures] == [
        (code, "province", "HTTP 422")
    ]
    assert (seen.failed, seen.waiting) == (1, 0)
    assert (again.failed, again.waiting, again.failures) == (0, 1, ())


def test_a_failure_of_yesterday_is_still_listed_and_its_receipt_cannot_be_printed(
    hall: Hall,
) -> None:
    (code,) = accept(hall)
    fail(hall, code)
    hall.do(c.CloseDay())
    hall.later(minutes=24 * 60)
    hall.do(c.OpenDay())

    seen = shown(hall)

    assert (seen.received, seen.entries) == (0, ())
    (failure,) = seen.failures
    assert (failure.number, failure.is_of_today) == ("H001", False)


def test_the_newest_receipt_counts(hall: Hall) -> None:
    (code,) = accept(hall)
    hall.do(c.RecordPrint(job=f"receipt-{code}-1", result="not_sent", detail="no paper"))
    (before,) = shown(hall).entries
    hall.do(c.ReprintReceipt(code=code))
    hall.do(c.RecordPrint(job=f"receipt-{code}-2", result="printed"))

    (after,) = shown(hall).entries

    assert (before.receipt, before.receipt_detail, before.copies) == ("not_sent", "no paper", 1)
    assert (after.receipt, after.receipt_detail, after.copies) == ("printed", "", 2)


def test_a_receipt_that_nobody_wanted_is_none(hall: Hall) -> None:
    hall.issue(BIRTH)
    hall.run([c.CallNext(counter=ONE), c.StartServing(counter=ONE)])
    hall.do(replace(ACCEPT, dossiers=(c.DossierIntake(print_receipt=False),)))

    (entry,) = shown(hall).entries

    assert (entry.receipt, entry.copies) == ("none", 0)


def test_void_dossiers_are_shown_and_not_counted(hall: Hall) -> None:
    accept(hall)
    hall.do(c.UndoLast(counter=ONE))

    seen = shown(hall)

    assert (seen.received, seen.waiting) == (0, 0)
    assert [entry.hand_over for entry in seen.entries] == ["voided"]


def test_a_long_day_fits_into_an_outbox(hall: Hall) -> None:
    codes = accept(hall, times=SHOWN + 60)
    for code in codes[: FAILED_SHOWN + 10]:
        fail(hall, code, detail="x" * 300)

    seen = shown(hall)

    assert (len(seen.entries), len(seen.failures)) == (SHOWN, FAILED_SHOWN)
    assert (seen.received, seen.failed) == (SHOWN + 60, FAILED_SHOWN + 10)
    assert len(msgspec.json.encode(seen)) < MAX_BYTES


def test_no_person_is_named(hall: Hall) -> None:
    accept(hall)

    assert b"p1" not in msgspec.json.encode(shown(hall))


@pytest.mark.parametrize(
    ("principal", "may"),
    [
        (NOBODY, False),
        (Principal(kind="device", id="k", device_kind="kiosk"), False),
        (Principal(kind="staff", id="a", roles=frozenset({Role.CLERK})), True),
        (Principal(kind="staff", id="a", roles=frozenset({Role.RECEPTION})), True),
        (Principal(kind="staff", id="a", roles=frozenset({Role.MANAGER})), True),
    ],
)
def test_staff_who_meet_citizens_may_watch(hall: Hall, principal: Principal, may: bool) -> None:  # noqa: FBT001
    assert KIND.may_watch(principal, hall.centre, "") is may
    elsewhere = replace(principal, centre=CentreId("elsewhere"))
    assert not KIND.may_watch(elsewhere, hall.centre, "")


def test_requests_and_refusals_of_the_day_are_listed_newest_first(hall: Hall) -> None:
    for outcome in (
        c.Complete(counter=ONE, outcome=Outcome.SUPPLEMENT_NEEDED, missing=MISSING),
        c.Complete(counter=ONE, outcome=Outcome.REFUSED, note="Sai thẩm quyền"),
    ):
        hall.issue(BIRTH, print_slip=False)
        hall.run([c.CallNext(counter=ONE), c.StartServing(counter=ONE), outcome])
    hall.do(c.UndoLast(counter=ONE))

    refusal, supplement = shown(hall).forms

    assert (refusal.form, refusal.kind, refusal.is_void) == ("03-261123-0002", "refusal", True)
    assert (supplement.form, supplement.number) == ("02-261123-0001", "H001")
    assert (supplement.counter, supplement.paper, supplement.copies) == ("1", "pending", 1)
    assert not supplement.is_void
