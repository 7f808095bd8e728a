"""Nobody is left with a counter that is paused, closed, left or silent."""

import pytest
from msgspec.structs import replace

from queue_server.core import commands as c
from queue_server.core import events as e
from queue_server.core.configuration import Limits
from queue_server.core.counter import Availability, Silence
from queue_server.core.errors import CounterTakenByOther, IllegalAction, NothingToUndo
from queue_server.core.identifiers import CounterId, StaffId
from queue_server.core.ticket import Outcome, TicketState
from queue_server.core.timers import due_commands
from tests.support.centres import CLERK, LAND_TITLE, MANAGER, Hall, small_configuration
from tests.support.histories import refused

ONE, TWO, THREE = CounterId("1"), CounterId("2"), CounterId("3")
CALL, START, PARK = c.CallNext(counter=ONE), c.StartServing(counter=ONE), c.Park(counter=ONE)
BREAK = c.PauseCounter(counter=ONE, reason="break")
STAFF_ONE = StaffId("staff-1")
SILENT = c.PauseSilentCounter(counter=ONE, staff=STAFF_ONE)


@pytest.fixture
def hall() -> Hall:
    return Hall()


def hall_with(limits: Limits) -> Hall:
    return Hall(replace(small_configuration(), limits=limits))


def do_due(hall: Hall) -> list[c.Command]:
    """What the timer finds, done."""
    found = [each.command for each in due_commands(hall.centre, hall.now)]
    hall.run(found)
    return found


def test_giving_back_ends_parking_and_an_early_or_late_timer_finds_nothing(hall: Hall) -> None:
    hall.open("1")
    ticket = hall.issue()
    hall.run([CALL, c.StartServing(counter=ONE), c.Park(counter=ONE)])
    assert hall.do(c.GiveBack(ticket=ticket.id)) == ()
    hall.later(minutes=15)
    hall.do(c.GiveBack(ticket=ticket.id))

    assert hall.ticket(ticket).state is TicketState.WAITING
    assert hall.ticket(ticket).parked_until is None
    assert hall.do(c.GiveBack(ticket=ticket.id)) == ()
    with refused(IllegalAction, "cannot give back a ticket that is waiting"):
        hall.do(c.GiveBack(ticket=ticket.id), actor=MANAGER)


def test_a_paused_counter_keeps_its_parked_citizens_for_a_while_only(hall: Hall) -> None:
    ticket = hall.issue()
    hall.open("1")
    hall.run([CALL, START, PARK, BREAK])
    hall.later(seconds=599)
    assert do_due(hall) == []

    hall.later(seconds=1)

    give_back = c.GiveBack(ticket=ticket.id, reason="counter paused")
    assert do_due(hall) == [give_back]
    assert hall.ticket(ticket).state is TicketState.WAITING
    assert hall.centre.counters[ONE].given_back == (ticket.id,)


def test_another_reason_does_not_prolong_the_pause() -> None:
    configuration = small_configuration()
    reasons = {**configuration.pause_reasons, "lunch": {"vi": "Ăn trưa"}}
    hall = Hall(replace(configuration, pause_reasons=reasons))
    hall.issue()
    hall.open("1")
    hall.run([CALL, START, PARK, BREAK])
    hall.later(seconds=599)
    hall.do(c.PauseCounter(counter=ONE, reason="lunch"))

    hall.later(seconds=1)

    assert len(do_due(hall)) == 1


def test_a_counter_that_is_back_in_time_keeps_who_is_parked(hall: Hall) -> None:
    ticket = hall.issue()
    hall.open("1")
    hall.run([CALL, START, PARK, BREAK])
    hall.later(seconds=600)
    [late] = due_commands(hall.centre, hall.now)
    hall.do(c.OpenCounter(counter=ONE))

    assert hall.do(late.command) == ()
    assert hall.ticket(ticket).state is TicketState.PARKED


def test_staff_may_end_the_parking_at_any_time(hall: Hall) -> None:
    ticket = hall.issue()
    hall.open("1", staff=CLERK.id)
    hall.run([CALL, START, PARK])

    assert hall.do(c.GiveBack(ticket=ticket.id), actor=CLERK)


def _reserved_for_three(hall: Hall) -> c.ReleaseReservation:
    """A ticket that was sent to counter 3."""
    ticket = hall.issue()
    if hall.centre.counters[ONE].staff is None:
        hall.open("1")
    hall.run([CALL, START, c.Transfer(counter=ONE, to_counter=THREE)])
    hall.later(seconds=11)
    return c.ReleaseReservation(ticket=ticket.id)


def test_nobody_waits_longer_than_the_limit_for_a_counter_that_stays_closed(hall: Hall) -> None:
    release = _reserved_for_three(hall)
    place = hall.centre.tickets[release.ticket].queued_at
    hall.later(seconds=888)
    assert hall.do(CALL) == ()
    assert do_due(hall) == []
    assert hall.do(release) == ()

    hall.later(seconds=1)

    assert do_due(hall) == [release]
    assert do_due(hall) == []
    assert hall.centre.tickets[release.ticket].queued_at == place
    [called] = hall.do(CALL)
    assert isinstance(called, e.TicketCalled)
    assert called.ticket == release.ticket


def test_the_limit_counts_from_the_begin_of_the_pause(hall: Hall) -> None:
    hall.open("3")
    release = _reserved_for_three(hall)
    hall.later(minutes=30)
    assert do_due(hall) == []
    hall.do(c.PauseCounter(counter=THREE, reason="break"))

    hall.later(seconds=899)
    assert do_due(hall) == []
    hall.later(seconds=1)
    assert do_due(hall) == [release]


@pytest.mark.parametrize(
    ("go_away", "reason"),
    [
        (c.CloseCounter(counter=THREE), "counter closed"),
        (c.LeaveCounter(counter=THREE), "counter left"),
    ],
)
def test_a_counter_that_closes_or_is_left_reserves_nobody(
    hall: Hall, go_away: c.Command, reason: str
) -> None:
    hall.open("3")
    ticket = _reserved_for_three(hall).ticket

    events = hall.do(go_away)

    assert events[0] == e.ReservationReleased(ticket=ticket, counter=THREE, reason=reason)
    assert hall.centre.tickets[ticket].reserved_for is None


def test_a_transfer_can_be_undone_after_the_reservation_was_released(hall: Hall) -> None:
    ticket = hall.issue()
    hall.open("1")
    hall.open("3")
    hall.run([CALL, START, c.Transfer(counter=ONE, to_counter=THREE)])
    hall.do(c.CloseCounter(counter=THREE))

    hall.do(c.UndoLast(counter=ONE))

    assert hall.ticket(ticket).state is TicketState.SERVING
    assert hall.ticket(ticket).counter == ONE


def test_undo_never_calls_somebody_to_a_counter_on_a_break(hall: Hall) -> None:
    hall.issue()
    hall.open("1")
    hall.run([CALL, START, BREAK])

    with refused(NothingToUndo, "counter 1 is paused: H001 stays as it is"):
        hall.do(c.UndoLast(counter=ONE))
    hall.do(c.OpenCounter(counter=ONE))
    assert hall.do(c.UndoLast(counter=ONE))


def test_a_silent_counter_is_paused_and_gives_back_who_is_called(hall: Hall) -> None:
    ticket = hall.issue()
    hall.open("1")
    hall.do(CALL)

    events = hall.do(SILENT)

    assert events == (
        e.TicketGivenBack(ticket=ticket.id, counter=ONE, reason="counter fell silent"),
        e.CounterPaused(counter=ONE, reason="silent"),
    )
    counter = hall.centre.counters[ONE]
    assert (counter.availability, counter.given_back) == (Availability.PAUSED, (ticket.id,))
    assert hall.do(SILENT) == ()


def test_who_is_served_stays_with_a_silent_counter(hall: Hall) -> None:
    ticket = hall.issue()
    hall.open("1")
    hall.run([CALL, START])

    signed_out = c.PauseSilentCounter(counter=ONE, staff=STAFF_ONE, reason=Silence.SIGNED_OUT)
    assert hall.do(signed_out) == (e.CounterPaused(counter=ONE, reason="signed_out"),)
    assert hall.ticket(ticket).state is TicketState.SERVING


def test_silence_of_somebody_who_has_left_is_nothing(hall: Hall) -> None:
    hall.open("1", staff="another")

    assert hall.do(SILENT) == ()


def test_a_call_out_of_order_is_counted_at_the_counter_until_undone(hall: Hall) -> None:
    ticket = hall.issue(LAND_TITLE)
    hall.issue()
    hall.open("1")
    hall.do(c.CallTicket(counter=ONE, ticket=ticket.id, reason="in pain"))
    assert hall.centre.counters[ONE].out_of_order == 1

    hall.do(c.UndoLast(counter=ONE))
    assert hall.centre.counters[ONE].out_of_order == 0
    hall.run([CALL, c.UndoLast(counter=ONE)])
    assert hall.centre.counters[ONE].out_of_order == 0


def test_a_free_counter_calls_by_itself_after_its_seconds() -> None:
    hall = hall_with(Limits(call_automatically_after_s=20))
    hall.open("1")
    hall.later(seconds=20)
    assert do_due(hall) == []
    ticket = hall.issue()

    assert do_due(hall) == [CALL]
    assert hall.ticket(ticket).state is TicketState.CALLED


def test_of_several_free_counters_the_least_busy_calls_first() -> None:
    hall = hall_with(Limits(call_automatically_after_s=20))
    hall.issue()
    hall.open("1")
    hall.run([CALL, START])
    hall.open("2")
    hall.later(minutes=5)
    hall.do(PARK)
    hall.later(seconds=20)
    arrived = hall.issue()

    assert do_due(hall) == [c.CallNext(counter=TWO), CALL]
    assert hall.ticket(arrived).counter == TWO


def test_a_held_counter_waits_for_its_clerk() -> None:
    hall = hall_with(Limits(call_automatically_after_s=20))
    hall.issue()
    hall.open("1")
    hold = c.HoldAutomaticCall(counter=ONE)
    assert hall.do(hold) == (e.AutomaticCallHeld(counter=ONE, is_held=True),)
    assert hall.do(hold) == ()
    hall.later(minutes=5)
    assert do_due(hall) == []

    hall.do(c.HoldAutomaticCall(counter=ONE, is_held=False))
    assert do_due(hall) == []
    hall.later(seconds=20)
    assert do_due(hall) == [CALL]


def test_whoever_takes_a_call_back_is_not_called_for_again_at_once() -> None:
    hall = hall_with(Limits(call_automatically_after_s=20))
    hall.issue()
    hall.open("1")
    hall.later(seconds=20)
    do_due(hall)
    hall.do(c.UndoLast(counter=ONE))

    hall.later(minutes=5)

    assert do_due(hall) == []


def test_a_colleague_takes_over_a_silent_counter_with_its_citizen(hall: Hall) -> None:
    ticket = hall.issue()
    hall.open("1")
    hall.run([CALL, START])
    take = c.TakeCounter(counter=ONE, staff=StaffId("hoa"), name="Hoa")
    with refused(CounterTakenByOther, "counter 1 is taken by Staff-1"):
        hall.do(take)
    hall.do(SILENT)

    events = hall.do(take)

    taken = e.CounterTaken(counter=ONE, staff=StaffId("hoa"), name="Hoa")
    assert events == (taken, e.CounterOpened(counter=ONE))
    hall.do(c.Complete(counter=ONE, outcome=Outcome.ADVICE_ONLY))
    assert hall.ticket(ticket).state is TicketState.COMPLETED


def test_taking_over_a_silent_counter_lets_its_parked_citizens_go(hall: Hall) -> None:
    ticket = hall.issue()
    hall.open("1")
    hall.run([CALL, START, PARK, SILENT])

    hall.do(c.TakeCounter(counter=ONE, staff=StaffId("hoa")))

    counter = hall.centre.counters[ONE]
    assert (counter.staff, counter.availability) == ("hoa", Availability.CLOSED)
    assert hall.ticket(ticket).state is TicketState.WAITING
