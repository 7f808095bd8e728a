"""What may be done with the citizen at a counter, and what is refused."""

from datetime import date, timedelta

import pytest
from msgspec.structs import replace

from queue_server.core import commands as c
from queue_server.core import events as e
from queue_server.core.errors import (
    CounterBusy,
    CounterIdle,
    CounterNotOpen,
    IllegalAction,
    InvalidValue,
    NotAtThisCounter,
    ProcedureNotOffered,
    UnknownName,
)
from queue_server.core.identifiers import CounterId, ProcedureCode, TicketId
from queue_server.core.ticket import Outcome, TicketState
from tests.support.centres import (
    BIRTH,
    CLERK,
    COPY,
    LAND_TITLE,
    MANAGER,
    Hall,
    small_configuration,
)
from tests.support.configurations import without
from tests.support.histories import refused

ONE, TWO, THREE = CounterId("1"), CounterId("2"), CounterId("3")
CALL, START = c.CallNext(counter=ONE), c.StartServing(counter=ONE)
COMPLETE = c.Complete(counter=ONE, outcome=Outcome.ADVICE_ONLY)


@pytest.fixture
def hall() -> Hall:
    hall = Hall()
    hall.open("1")
    return hall


def test_nobody_to_call_is_no_event(hall: Hall) -> None:
    hall.issue(LAND_TITLE)

    assert hall.do(CALL) == ()


def test_a_call_names_the_candidates_it_was_chosen_from(hall: Hall) -> None:
    first, other = hall.issue(BIRTH), hall.issue(COPY)
    hall.later(minutes=10)

    (called,) = hall.do(CALL)

    assert isinstance(called, e.TicketCalled)
    assert [each.ticket for each in called.candidates] == [first.id, other.id]
    assert called.reason == ""


@pytest.mark.parametrize(
    "command",
    [CALL, c.CallTicket(counter=ONE, ticket=TicketId("0" * 31 + "2"), reason="in pain")],
)
def test_an_occupied_counter_calls_nobody_else(hall: Hall, command: c.Command) -> None:
    hall.issue()
    hall.issue()
    hall.do(CALL)

    with refused(CounterBusy, "counter 1 has H001: finish that first"):
        hall.do(command)


def test_a_counter_that_is_not_open_calls_nobody(hall: Hall) -> None:
    hall.issue()
    hall.do(c.PauseCounter(counter=ONE, reason="break"))
    with refused(CounterNotOpen, "counter 1 is paused: open it to call"):
        hall.do(CALL)

    hall.do(c.CloseCounter(counter=ONE))
    with refused(CounterNotOpen, "counter 1 is closed: open it to call"):
        hall.do(CALL)


def test_staff_act_only_at_their_counter_unless_they_may_act_for_others(hall: Hall) -> None:
    hall.issue()

    with refused(NotAtThisCounter, "expected the staff at counter 1 (Staff-1), got lan"):
        hall.do(CALL, actor=CLERK)
    with refused(NotAtThisCounter, "expected the staff at counter 2 (nobody), got lan"):
        hall.do(c.CallNext(counter=TWO), actor=CLERK)
    assert hall.do(CALL, actor=MANAGER, for_others=True)


def test_staff_without_a_name_are_told_by_their_id(hall: Hall) -> None:
    hall.do(c.TakeCounter(counter=TWO, staff="s-17"))  # type: ignore[arg-type]

    with refused(NotAtThisCounter, "(s-17), got lan"):
        hall.do(c.OpenCounter(counter=TWO), actor=CLERK)


def test_unknown_counter_and_ticket_are_refused_by_name(hall: Hall) -> None:
    with refused(UnknownName, "expected a counter of this centre (1, 2, 3), got '9'"):
        hall.do(c.CallNext(counter=CounterId("9")))
    with refused(UnknownName, "expected a ticket of today, got 'nope'"):
        hall.do(c.CallTicket(counter=ONE, ticket=TicketId("nope"), reason="in pain"))


def test_calling_this_one_keeps_its_reason_whatever_the_profile(hall: Hall) -> None:
    hall.issue(BIRTH)
    land = hall.issue(LAND_TITLE)

    (called,) = hall.do(c.CallTicket(counter=ONE, ticket=land.id, reason="in pain"))

    assert called == e.TicketCalled(ticket=land.id, counter=ONE, reason="in pain")
    assert hall.ticket(land).counter == ONE


def test_only_a_waiting_ticket_can_be_called_out_of_order(hall: Hall) -> None:
    ticket = hall.issue()
    hall.do(c.CancelTicket(ticket=ticket.id))

    with refused(IllegalAction, "cannot call a ticket that is cancelled"):
        hall.do(c.CallTicket(counter=ONE, ticket=ticket.id, reason="in pain"))


AT_NOBODY: list[c.Command] = [
    c.Recall(counter=ONE),
    START,
    c.MarkNoShow(counter=ONE),
    c.Requeue(counter=ONE),
    c.Park(counter=ONE),
    c.Transfer(counter=ONE, procedure=COPY),
    COMPLETE,
]


@pytest.mark.parametrize("command", AT_NOBODY, ids=lambda command: type(command).__name__)
def test_nothing_can_be_done_to_nobody(hall: Hall, command: c.Command) -> None:
    with refused(CounterIdle, "nobody is called to or served at counter 1"):
        hall.do(command)


def test_what_needs_serving_is_refused_while_calling_and_the_other_way_round(hall: Hall) -> None:
    hall.issue()
    hall.do(CALL)
    with refused(IllegalAction, "cannot park a ticket that is called"):
        hall.do(c.Park(counter=ONE))
    with refused(IllegalAction, "cannot complete a ticket that is called"):
        hall.do(COMPLETE)

    hall.do(START)
    for command, words in (
        (c.Recall(counter=ONE), "recall"),
        (START, "start serving"),
        (c.MarkNoShow(counter=ONE), "mark no show"),
        (c.Requeue(counter=ONE), "requeue"),
    ):
        with refused(IllegalAction, f"cannot {words} a ticket that is serving"):
            hall.do(command)


def test_a_requeued_ticket_keeps_its_place(hall: Hall) -> None:
    first, _ = hall.issue(), hall.issue()
    hall.later(minutes=2)
    hall.run([CALL, c.Requeue(counter=ONE)])

    hall.do(CALL)

    assert hall.centre.counters[ONE].ticket == first.id


@pytest.mark.parametrize(("for_s", "expected_s"), [(None, 900), (60, 60)])
def test_parking_ends_after_the_asked_or_the_configured_time(
    hall: Hall, for_s: int | None, expected_s: int
) -> None:
    ticket = hall.issue()
    hall.run([CALL, START, c.Park(counter=ONE, for_s=for_s, reason="form")])

    parked = hall.ticket(ticket)
    assert parked.parked_until == hall.now + timedelta(seconds=expected_s)
    assert (parked.park_reason, parked.counter) == ("form", ONE)
    assert hall.centre.counters[ONE].ticket is None


def test_a_parked_citizen_is_resumed_at_the_same_counter_only(hall: Hall) -> None:
    hall.open("2")
    ticket = hall.issue()
    hall.run([CALL, START, c.Park(counter=ONE)])

    with refused(IllegalAction, "H001 is parked at counter 1, not at 2"):
        hall.do(c.Resume(counter=TWO, ticket=ticket.id))
    hall.do(c.Resume(counter=ONE, ticket=ticket.id))
    assert hall.ticket(ticket).state is TicketState.CALLED
    with refused(CounterBusy, "counter 1 has H001"):
        hall.do(c.Resume(counter=ONE, ticket=ticket.id))


def test_a_transfer_to_a_procedure_keeps_the_first_wait_or_begins_anew(hall: Hall) -> None:
    kept, renewed = hall.issue(), hall.issue()
    hall.later(minutes=9)
    hall.run([CALL, START, c.Transfer(counter=ONE, procedure=LAND_TITLE, reason="title")])
    hall.run([CALL, c.Transfer(counter=ONE, procedure=COPY, keep_waiting_time=False)])

    first, second = hall.ticket(kept), hall.ticket(renewed)
    assert (first.state, first.field, first.queued_at) == ("waiting", "land", kept.queued_at)
    assert (second.field, second.queued_at) == ("certify", hall.now)
    assert (first.transactions, first.was_transferred, first.calls) == (2, True, 0)
    assert first.number == kept.number


def test_a_transfer_to_a_counter_is_called_there_and_nowhere_else(hall: Hall) -> None:
    hall.open("3")
    ticket = hall.issue()
    hall.run([CALL, START, c.Transfer(counter=ONE, to_counter=THREE)])

    assert hall.do(CALL) == ()
    with refused(IllegalAction, "H001 waits for counter 3"):
        hall.do(c.CallTicket(counter=ONE, ticket=ticket.id, reason="in pain"))
    hall.do(c.CallNext(counter=THREE))
    assert hall.centre.counters[THREE].ticket == ticket.id


@pytest.mark.parametrize("back", ["requeue", "reinstate"])
def test_a_reservation_outlives_a_call_that_led_to_nothing(hall: Hall, back: str) -> None:
    """A counter outside the ticket's profile would be the only one never to see it again."""
    hall.open("3")
    ticket = hall.issue()
    hall.run([CALL, c.Transfer(counter=ONE, to_counter=THREE), c.CallNext(counter=THREE)])
    if back == "requeue":
        hall.do(c.Requeue(counter=THREE))
    else:
        hall.run([c.MarkNoShow(counter=THREE), c.Reinstate(ticket=ticket.id)])

    assert hall.do(CALL) == ()
    assert hall.do(c.CallNext(counter=THREE))


def test_a_ticket_reserved_for_a_closed_counter_can_be_called_with_a_reason(hall: Hall) -> None:
    """Nobody may be left waiting for a counter where nobody sits."""
    ticket = hall.issue()
    hall.run([CALL, c.Transfer(counter=ONE, to_counter=THREE)])

    hall.do(c.CallTicket(counter=ONE, ticket=ticket.id, reason="counter 3 went home"))

    assert hall.centre.counters[ONE].ticket == ticket.id


def test_a_ticket_given_back_by_the_counter_it_was_reserved_for_may_go_anywhere(
    hall: Hall,
) -> None:
    hall.open("3")
    ticket = hall.issue()
    hall.run([CALL, c.Transfer(counter=ONE, to_counter=THREE), c.CallNext(counter=THREE)])
    hall.do(c.CloseCounter(counter=THREE))

    hall.do(CALL)

    assert hall.centre.counters[ONE].ticket == ticket.id


def test_a_transfer_needs_somewhere_to_go(hall: Hall) -> None:
    hall.issue()
    hall.do(CALL)

    with refused(InvalidValue, f"expected another procedure than {BIRTH}, or a counter"):
        hall.do(c.Transfer(counter=ONE))
    with refused(InvalidValue, f"expected another procedure than {BIRTH}, or a counter"):
        hall.do(c.Transfer(counter=ONE, procedure=BIRTH))
    with refused(UnknownName, f"expected a procedure of this centre ({BIRTH}, {COPY}"):
        hall.do(c.Transfer(counter=ONE, procedure=ProcedureCode("nope")))
    with refused(InvalidValue, "expected another counter than 1, got 1"):
        hall.do(c.Transfer(counter=ONE, to_counter=ONE))
    with refused(UnknownName, "expected a counter of this centre"):
        hall.do(c.Transfer(counter=ONE, to_counter=CounterId("9")))


def test_a_transfer_goes_to_no_retired_counter(hall: Hall) -> None:
    hall.open("3")
    hall.issue()
    hall.do(CALL)
    smaller = without(hall.centre.facts, fields=["land"], counters=["3"])
    hall.do(c.ApplyConfiguration(configuration=smaller))

    with refused(InvalidValue, "expected another counter than 1, got 3"):
        hall.do(c.Transfer(counter=ONE, to_counter=THREE))


def test_a_ticket_of_a_removed_procedure_can_be_transferred_to_a_counter(hall: Hall) -> None:
    hall.issue()
    hall.do(CALL)
    hall.do(c.ApplyConfiguration(configuration=without(hall.centre.facts, fields=["civil"])))

    hall.do(c.Transfer(counter=ONE, to_counter=TWO))

    hall.open("2")
    assert hall.do(c.CallNext(counter=TWO))


def test_a_transfer_goes_to_no_procedure_out_of_force() -> None:
    configuration = small_configuration()
    expired = replace(configuration.procedures[COPY], valid_until=date(2026, 11, 22))
    hall = Hall(replace(configuration, procedures={**configuration.procedures, COPY: expired}))
    hall.open("1")
    hall.issue()
    hall.do(CALL)

    with refused(ProcedureNotOffered, f"procedure {COPY} is in force from always to 2026-11-22"):
        hall.do(c.Transfer(counter=ONE, procedure=COPY))


def test_a_parked_ticket_can_be_transferred_by_its_counter_while_it_serves_another(
    hall: Hall,
) -> None:
    parked, served = hall.issue(), hall.issue()
    hall.run([CALL, START, c.Park(counter=ONE), CALL, START])

    hall.do(c.Transfer(counter=ONE, ticket=parked.id, procedure=COPY))

    assert hall.ticket(parked).state is TicketState.WAITING
    assert hall.centre.counters[ONE].ticket == served.id
    assert hall.centre.parked == {}


def test_transferring_the_citizen_at_the_counter_by_id_is_the_same(hall: Hall) -> None:
    ticket = hall.issue()
    hall.run([CALL, START, c.Transfer(counter=ONE, ticket=ticket.id, procedure=COPY)])

    assert hall.ticket(ticket).field == "certify"
    with refused(IllegalAction, "cannot resume a ticket that is waiting"):
        hall.do(c.Transfer(counter=ONE, ticket=ticket.id, procedure=BIRTH))


def test_every_outcome_ends_a_visit_and_frees_the_counter(hall: Hall) -> None:
    for outcome in Outcome:
        ticket = hall.issue()
        hall.run([CALL, START, c.Complete(counter=ONE, outcome=outcome)])

        assert hall.ticket(ticket).outcome is outcome
        assert hall.centre.counters[ONE].ticket is None
