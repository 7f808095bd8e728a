"""What managers see live: counts of the day per field, times of procedures and counters."""

import pytest
from msgspec.structs import replace

from queue_server.core import commands as c
from queue_server.core.centre import Served, Tally
from queue_server.core.identifiers import CounterId
from queue_server.core.tallies import target_waiting_time_s
from queue_server.core.ticket import Outcome, Ticket
from tests.support.centres import BIRTH, CERTIFY, CIVIL, COPY, Hall, small_configuration

ONE, TWO = CounterId("1"), CounterId("2")
CALL, START = c.CallNext(counter=ONE), c.StartServing(counter=ONE)
COMPLETE = c.Complete(counter=ONE, outcome=Outcome.ADVICE_ONLY)


@pytest.fixture
def hall() -> Hall:
    hall = Hall()
    hall.open("1")
    return hall


@pytest.fixture
def ticket(hall: Hall) -> Ticket:
    return hall.issue(BIRTH)


def tally(hall: Hall) -> Tally:
    return hall.centre.tallies[CIVIL]


@pytest.mark.usefixtures("ticket")
def test_a_call_ends_a_wait_and_counts_it_within_its_target(hall: Hall) -> None:
    hall.later(minutes=15)
    hall.do(CALL)

    assert tally(hall) == Tally(issued=1, waits=1, waiting_time_s=900, waits_within_target=1)


@pytest.mark.usefixtures("ticket")
def test_a_wait_over_the_target_is_not_within(hall: Hall) -> None:
    hall.later(minutes=15, seconds=1)
    hall.do(CALL)

    assert tally(hall).waits_within_target == 0


@pytest.mark.usefixtures("ticket")
def test_a_requeued_citizen_waits_on_and_is_counted_once(hall: Hall) -> None:
    hall.later(minutes=10)
    hall.run([CALL, c.Requeue(counter=ONE)])
    assert tally(hall).waits == 0
    hall.later(minutes=10)
    hall.do(CALL)

    assert (tally(hall).waits, tally(hall).waiting_time_s) == (1, 1200)
    assert tally(hall).waits_within_target == 0


@pytest.mark.usefixtures("ticket")
def test_a_called_citizen_whose_counter_goes_away_waits_on(hall: Hall) -> None:
    hall.later(minutes=5)
    hall.run([CALL, c.CloseCounter(counter=ONE)])

    assert (tally(hall).waits, tally(hall).waiting_time_s) == (0, 0)


@pytest.mark.parametrize("resumed", [False, True])
def test_a_served_citizen_given_back_begins_a_new_wait(
    hall: Hall, ticket: Ticket, *, resumed: bool
) -> None:
    """Serving and parking are no waiting, and the first wait stays counted."""
    hall.later(minutes=5)
    hall.run([CALL, START])
    hall.later(minutes=20)
    hall.do(c.Park(counter=ONE))
    hall.later(minutes=10)
    if resumed:
        hall.do(c.Resume(counter=ONE, ticket=ticket.id))
    hall.do(c.CloseCounter(counter=ONE))
    hall.later(minutes=2)
    hall.run([c.OpenCounter(counter=ONE), CALL])

    assert (tally(hall).waits, tally(hall).waiting_time_s) == (2, 420)


def test_a_resumed_citizen_who_is_requeued_begins_a_new_wait(hall: Hall, ticket: Ticket) -> None:
    hall.later(minutes=5)
    hall.run([CALL, START])
    hall.later(minutes=20)
    hall.run([c.Park(counter=ONE), c.Resume(counter=ONE, ticket=ticket.id)])
    hall.do(c.Requeue(counter=ONE))
    hall.later(minutes=1)
    hall.do(CALL)

    assert (tally(hall).waits, tally(hall).waiting_time_s) == (2, 360)


def test_a_reinstated_citizen_has_two_waits(hall: Hall, ticket: Ticket) -> None:
    hall.later(minutes=5)
    hall.run([CALL, c.MarkNoShow(counter=ONE)])
    hall.later(minutes=4)
    hall.do(c.Reinstate(ticket=ticket.id))
    hall.later(minutes=1)
    hall.do(CALL)

    assert (tally(hall).no_shows, tally(hall).waits, tally(hall).waiting_time_s) == (1, 2, 360)


@pytest.mark.usefixtures("ticket")
def test_a_transfer_counts_where_it_came_from_and_the_next_wait_where_it_goes(hall: Hall) -> None:
    hall.open("2")
    hall.later(minutes=5)
    hall.run([CALL, START])
    hall.later(minutes=5)
    hall.do(c.Transfer(counter=ONE, procedure=COPY))
    hall.later(minutes=3)
    hall.do(c.CallNext(counter=TWO))

    assert (tally(hall).transferred, tally(hall).waits, tally(hall).waiting_time_s) == (1, 1, 300)
    certify = hall.centre.tallies[CERTIFY]
    assert (certify.transferred, certify.waits, certify.waiting_time_s) == (0, 1, 180)


def test_endings_are_counted_by_kind(hall: Hall) -> None:
    served, leaves, left = hall.issue(), hall.issue(), hall.issue()
    hall.run([CALL, START, COMPLETE, c.CancelTicket(ticket=leaves.id), c.CloseDay()])

    ended = tally(hall)
    assert (ended.issued, ended.completed, ended.cancelled, ended.expired) == (3, 1, 1, 1)
    assert {served.id, leaves.id, left.id} == set(hall.centre.tickets)


@pytest.mark.usefixtures("ticket")
def test_a_procedure_learns_how_long_its_transactions_take(hall: Hall) -> None:
    hall.do(CALL)
    hall.later(minutes=1)
    hall.do(START)
    hall.later(minutes=7)
    hall.do(COMPLETE)

    assert hall.centre.served == {BIRTH: Served(1, 480.0)}


@pytest.mark.usefixtures("ticket")
def test_a_counter_knows_its_busy_and_idle_time(hall: Hall) -> None:
    hall.later(minutes=2)
    hall.do(CALL)
    assert hall.centre.counters[ONE].idle_since is None
    hall.later(minutes=8)
    hall.run([START, COMPLETE])

    counter = hall.centre.counters[ONE]
    assert (counter.busy_time_s, counter.idle_since, counter.completed) == (480, hall.now, 1)


@pytest.mark.usefixtures("ticket")
def test_a_paused_counter_that_gets_free_is_not_idle(hall: Hall) -> None:
    hall.run([CALL, START, c.PauseCounter(counter=ONE, reason="break"), COMPLETE])
    assert hall.centre.counters[ONE].idle_since is None

    hall.do(c.OpenCounter(counter=ONE))
    assert hall.centre.counters[ONE].idle_since == hall.now


def test_the_promised_wait_is_the_procedures_or_the_fields() -> None:
    configuration = small_configuration()
    urgent = replace(configuration.procedures[BIRTH], target_waiting_time_s=300)
    procedures = {**configuration.procedures, BIRTH: urgent}
    hall = Hall(replace(configuration, procedures=procedures))

    assert target_waiting_time_s(hall.centre, hall.issue(BIRTH)) == 300
    assert target_waiting_time_s(hall.centre, hall.issue(COPY)) == 900


def test_an_early_check_in_called_before_its_time_has_waited_nothing(hall: Hall) -> None:
    hall.later(minutes=1)
    booked = hall.issue(BIRTH, appointment_at=hall.now.replace(minute=30))
    hall.run([c.CheckIn(ticket=booked.id), CALL])

    assert (tally(hall).waits, tally(hall).waiting_time_s) == (1, 0)


def test_a_transactions_time_counts_per_dossier(hall: Hall) -> None:
    hall.issue(BIRTH, dossiers=3)
    hall.run([CALL, START])
    hall.later(minutes=24)
    hall.do(COMPLETE)
    assert hall.centre.served == {BIRTH: Served(1, 480.0)}

    hall.do(c.UndoLast(counter=ONE))
    assert hall.centre.served == {}
