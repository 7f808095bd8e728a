"""The views of the console, as values."""

from datetime import timedelta

import msgspec
import pytest
from msgspec.structs import replace

from counters.console import seats as seats_view
from counters.console import view as console_view
from counters.console.find_number import find_number
from counters.console.undo_offer import ACTION_OF
from counters.console.view import AutomaticCall, ConsoleView, console, may_watch
from counters.estimates.estimator import RollForwardEstimator
from queue_server.accounts.principal import NOBODY, Principal, Role
from queue_server.core import commands as c
from queue_server.core.centre import Centre
from queue_server.core.configuration import Limits, PaperItem
from queue_server.core.counter import Activity, Availability
from queue_server.core.errors import UnknownName
from queue_server.core.identifiers import CentreId, CounterId, ZoneId
from queue_server.core.ticket import Action, Outcome, TicketState
from queue_server.hub.outlook import Outlook
from tests.support.centres import (
    BIRTH,
    COPY,
    ELDERLY,
    LAND_TITLE,
    MORNING,
    Hall,
    small_configuration,
)
from tests.support.configurations import without

ONE, TWO = CounterId("1"), CounterId("2")


@pytest.fixture
def hall() -> Hall:
    return Hall()


def outlook(hall: Hall) -> Outlook:
    return Outlook(at=hall.now, by_field={}, estimator=RollForwardEstimator())


def seen(hall: Hall, counter: CounterId = ONE) -> ConsoleView:
    return console(hall.centre, counter, outlook(hall))


def test_a_closed_counter_says_who_and_where(hall: Hall) -> None:
    hall.do(c.TakeCounter(counter=ONE, staff="lan", name="Lan"))  # type: ignore[arg-type]

    view = seen(hall)

    assert (view.counter.number, view.counter.staff_name) == ("1", "Lan")
    assert view.counter.zone["vi"] == "Sảnh"
    assert view.counter.availability is Availability.CLOSED
    assert view.counter.activity is Activity.IDLE
    assert view.ticket is None
    assert view.undo is None
    assert view.is_day_open


def test_it_counts_whom_it_may_call_by_level_and_not_others(hall: Hall) -> None:
    hall.open("1")
    hall.issue(BIRTH)
    hall.later(minutes=1)
    hall.issue(BIRTH)
    hall.issue(COPY)
    hall.issue(LAND_TITLE)

    waiting = seen(hall).waiting

    assert (waiting.total, waiting.primary, waiting.secondary, waiting.back_up) == (3, 2, 1, 0)
    assert waiting.oldest_queued_at == MORNING


def test_what_comes_next_is_what_is_called_next_and_names_nobody(hall: Hall) -> None:
    hall.open("1")
    hall.issue(COPY)
    hall.issue(BIRTH, priority_class=ELDERLY)

    view = seen(hall)
    hall.do(c.CallNext(counter=ONE))

    assert view.comes_next is not None
    called = seen(hall).ticket
    assert called is not None
    assert view.comes_next.procedure == called.procedure.name
    assert called.number not in msgspec.json.encode(view).decode()


def test_the_ticket_brings_checklist_priority_and_history() -> None:
    configuration = small_configuration()
    paper = PaperItem(name={"vi": "Tờ khai"}, kind="form", copies=2)
    birth = replace(configuration.procedures[BIRTH], papers=(paper,), fee_note={"vi": "Miễn phí"})
    hall = Hall(replace(configuration, procedures={**configuration.procedures, BIRTH: birth}))
    ticket = hall.issue(BIRTH, priority_class=ELDERLY, dossiers=2)
    hall.issue(BIRTH)
    hall.do(c.DelayTicket(ticket=ticket.id))
    hall.open("1")
    hall.do(c.CallNext(counter=ONE))
    hall.do(c.Recall(counter=ONE))

    card = seen(hall).ticket

    assert card is not None
    assert (card.number, card.state, card.dossiers) == ("H001", TicketState.CALLED, 2)
    assert card.procedure.papers == (paper,)
    assert card.procedure.fee_note["vi"] == "Miễn phí"
    assert card.priority is not None
    assert card.priority.basis["vi"] == "Nội quy trung tâm"
    assert (card.history.calls, card.history.delays, card.history.transactions) == (2, 1, 1)


def test_undo_is_offered_until_its_window_ends_or_something_happened(hall: Hall) -> None:
    hall.open("1")
    ticket = hall.issue(BIRTH)
    hall.do(c.CallNext(counter=ONE))

    offer = seen(hall).undo

    assert offer is not None
    assert (offer.action, offer.number) == (Action.CALL, ticket.number)
    assert offer.until == hall.now + timedelta(seconds=10)
    hall.do(c.Recall(counter=ONE))
    assert seen(hall).undo is None


def test_each_offer_of_undo_is_accepted(hall: Hall) -> None:
    hall.open("1")
    for _ in range(3):
        hall.issue(BIRTH)
    for command in (
        c.CallNext(counter=ONE),
        c.StartServing(counter=ONE),
        c.Park(counter=ONE),
        c.CallNext(counter=ONE),
        c.MarkNoShow(counter=ONE),
        c.CallNext(counter=ONE),
        c.Transfer(counter=ONE, procedure=COPY),
        c.CallNext(counter=ONE),
        c.StartServing(counter=ONE),
        c.Complete(counter=ONE, outcome=Outcome.DOSSIER_ACCEPTED),
    ):
        hall.do(command)
        assert seen(hall).undo is not None, command
    hall.do(c.UndoLast(counter=ONE))

    assert seen(hall).undo is None
    assert seen(hall).ticket is not None
    assert set(ACTION_OF.values()) <= set(Action)


def test_a_dossier_that_went_out_cannot_be_undone(hall: Hall) -> None:
    _serve(hall)
    hall.do(c.Complete(counter=ONE, outcome=Outcome.DOSSIER_ACCEPTED))
    (code,) = hall.centre.dossiers
    hall.do(c.ReleaseHandOver(code=code))

    assert seen(hall).undo is None


def _serve(hall: Hall) -> None:
    hall.open("1")
    hall.issue(BIRTH)
    hall.do(c.CallNext(counter=ONE))
    hall.do(c.StartServing(counter=ONE))


def test_parked_and_absent_are_shown_where_they_happened(hall: Hall) -> None:
    _serve(hall)
    hall.do(c.Park(counter=ONE, reason="tờ khai"))
    hall.issue(BIRTH)
    hall.do(c.CallNext(counter=ONE))
    hall.do(c.MarkNoShow(counter=ONE))
    hall.open("2")

    here, there = seen(hall), seen(hall, TWO)

    (parked,), (missed,) = here.parked, here.absent
    assert (parked.number, parked.reason) == ("H001", {"vi": "tờ khai"})
    assert (parked.since, parked.until) == (hall.now, hall.now + timedelta(seconds=900))
    assert (missed.number, missed.until) == ("H002", hall.now + timedelta(seconds=1200))
    assert (there.parked, there.absent) == ((), ())


def test_the_last_dossiers_come_with_due_time_and_receipt(hall: Hall) -> None:
    hall.open("1")
    for _ in range(4):
        hall.issue(BIRTH)
        hall.do(c.CallNext(counter=ONE))
        hall.do(c.StartServing(counter=ONE))
        hall.do(c.Complete(counter=ONE, outcome=Outcome.DOSSIER_ACCEPTED))
    newest = list(hall.centre.dossiers)[-1]
    hall.do(c.RecordPrint(job=f"receipt-{newest}-1", result="printed"))

    papers = seen(hall).papers

    assert [done.number for done in papers] == ["H004", "H003", "H002"]
    receipts = [done.paper.result if done.paper else "" for done in papers]
    assert receipts == ["printed", "pending", "pending"]
    assert papers[0].due_at == hall.now + timedelta(days=3)
    hall.do(c.UndoLast(counter=ONE))
    assert [done.number for done in seen(hall).papers] == ["H003", "H002", "H001"]


def test_a_dossier_of_yesterday_that_is_not_delivered_is_still_shown(hall: Hall) -> None:
    """Its ticket is forgotten; the counter's clerk must not be without a console for that."""
    hall.open("1")
    hall.issue(BIRTH)
    accept = c.Complete(counter=ONE, outcome=Outcome.DOSSIER_ACCEPTED)
    hall.run([c.CallNext(counter=ONE), c.StartServing(counter=ONE), accept, c.CloseDay()])
    hall.do(c.ApplyConfiguration(configuration=without(hall.centre.facts, procedures=[BIRTH])))
    hall.later(minutes=24 * 60)

    hall.do(c.OpenDay())

    (done,) = seen(hall).papers
    assert (done.kind, done.number, done.is_of_today) == ("receipt", "H001", False)
    assert done.procedure["vi"] == "Đăng ký khai sinh"


def test_messages_are_those_of_the_zone(hall: Hall) -> None:
    for zone in ("hall", "annex"):
        hall.do(c.AnnounceMessage(message=zone, texts={"vi": f"Tin {zone}"}, zones=(ZoneId(zone),)))

    (message,) = seen(hall).messages
    assert (message.texts["vi"], message.is_for_staff, message.is_read) == ("Tin hall", False, True)


def test_seats_tell_who_sits_where(hall: Hall) -> None:
    hall.open("2", "hoa")

    view = seats_view.seats(hall.centre, "", outlook(hall))

    assert [(seat.number, seat.staff) for seat in view.counters] == [
        ("1", None),
        ("2", "hoa"),
        ("3", None),
    ]
    assert [dict(field) for field in view.counters[0].fields] == [
        {"vi": "Hộ tịch", "en": "Civil status"}
    ]


def test_a_centre_without_configuration_has_no_seats_yet(hall: Hall) -> None:
    view = seats_view.seats(Centre(id=CentreId("new")), "", outlook(hall))

    assert (view.is_configured, view.counters) == (False, ())


def test_a_closed_day_is_said(hall: Hall) -> None:
    hall.do(c.CloseDay())

    assert not seen(hall).is_day_open


@pytest.mark.parametrize("kind", [console_view.KIND, seats_view.KIND])
def test_only_staff_of_the_centre_may_watch(hall: Hall, kind: object) -> None:
    assert kind in (console_view.KIND, seats_view.KIND)
    staff = Principal(kind="staff", id="lan", roles=frozenset({Role.CLERK}))
    elsewhere = replace(staff, centre=CentreId("other"))
    board = Principal(kind="device", id="board", device_kind="board")

    answers = [may_watch(who, hall.centre, "1") for who in (staff, elsewhere, board, NOBODY)]

    assert answers == [True, False, False, False]


@pytest.mark.parametrize("typed", ["H001", "h1", " H 01 ", "h001"])
def test_a_number_is_found_as_people_type_it(hall: Hall, typed: str) -> None:
    ticket = hall.issue(BIRTH)

    found = find_number(hall.centre, typed)

    assert (found.id, found.state) == (ticket.id, TicketState.WAITING)


def test_a_number_is_found_by_the_code_of_its_slip(hall: Hall) -> None:
    ticket = hall.issue(BIRTH)

    assert find_number(hall.centre, f"http://centre.example/t/{ticket.id}").id == ticket.id


@pytest.mark.parametrize("typed", ["H002", "H", "", "001", "C001"])
def test_an_unknown_number_is_refused(hall: Hall, typed: str) -> None:
    hall.issue(BIRTH)

    with pytest.raises(UnknownName):
        find_number(hall.centre, typed)


def test_a_found_no_show_says_until_when_it_may_return(hall: Hall) -> None:
    hall.open("1")
    hall.issue(BIRTH)
    hall.do(c.CallNext(counter=ONE))
    assert find_number(hall.centre, "H001").counter_number == "1"
    hall.do(c.MarkNoShow(counter=ONE))

    assert find_number(hall.centre, "H001").return_until == hall.now + timedelta(seconds=1200)


def test_the_console_names_who_waits_again_until_the_counter_opens(hall: Hall) -> None:
    hall.issue(BIRTH)
    hall.open("1")
    hall.run([c.CallNext(counter=ONE), c.PauseCounter(counter=ONE, reason="break")])
    assert seen(hall).counter.given_back == ("H001",)

    hall.open("2")
    hall.do(c.CallNext(counter=TWO))
    assert seen(hall).counter.given_back == ()


def test_undo_that_would_call_somebody_is_not_offered_on_a_break(hall: Hall) -> None:
    hall.issue(BIRTH)
    hall.open("1")
    hall.run([c.CallNext(counter=ONE), c.StartServing(counter=ONE)])
    assert seen(hall).undo is not None

    hall.do(c.PauseCounter(counter=ONE, reason="break"))

    assert seen(hall).undo is None


def test_a_free_counter_shows_when_it_calls_by_itself_or_that_it_is_held() -> None:
    hall = Hall(replace(small_configuration(), limits=Limits(call_automatically_after_s=20)))
    assert seen(hall).automatic_call is None
    hall.open("1")
    assert seen(hall).automatic_call == AutomaticCall(hall.now + timedelta(seconds=20))

    hall.do(c.HoldAutomaticCall(counter=ONE))

    assert seen(hall).automatic_call == AutomaticCall(None)


def test_the_console_knows_who_may_call_out_of_order() -> None:
    assert seen(Hall()).limits.out_of_order_roles == (Role.CLERK, Role.MANAGER, Role.RECEPTION)
    hall = Hall(replace(small_configuration(), limits=Limits(out_of_order_by="managers")))

    assert seen(hall).limits.out_of_order_roles == (Role.MANAGER,)
