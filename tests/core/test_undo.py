"""The last action of a counter can be taken back, and then it never was."""

from collections.abc import Callable
from typing import Any

import pytest
from msgspec.structs import replace

from queue_server.core import commands as c
from queue_server.core.counter import Availability
from queue_server.core.errors import NothingToUndo
from queue_server.core.identifiers import CounterId
from queue_server.core.ticket import Outcome, TicketState
from tests.support.centres import BIRTH, COPY, Hall
from tests.support.configurations import without
from tests.support.histories import refused, state_of

ONE, TWO = CounterId("1"), CounterId("2")
CALL, START = c.CallNext(counter=ONE), c.StartServing(counter=ONE)
UNDO = c.UndoLast(counter=ONE)


def resume(hall: Hall) -> c.Resume:
    return c.Resume(counter=ONE, ticket=next(iter(hall.centre.tickets)))


UNDOABLE: dict[str, tuple[list[c.Command | str], Callable[[Hall], c.Command]]] = {
    "call": ([], lambda _: CALL),
    "call_out_of_order": (
        [],
        lambda hall: c.CallTicket(
            counter=ONE, ticket=next(iter(hall.centre.tickets)), reason="in pain"
        ),
    ),
    "start_serving": ([CALL], lambda _: START),
    "no_show": ([CALL], lambda _: c.MarkNoShow(counter=ONE)),
    "no_show_after_recall": ([CALL, c.Recall(counter=ONE)], lambda _: c.MarkNoShow(counter=ONE)),
    "requeue": ([CALL], lambda _: c.Requeue(counter=ONE)),
    "requeue_of_resumed": (
        [CALL, START, c.Park(counter=ONE), "resume"],
        lambda _: c.Requeue(counter=ONE),
    ),
    "park": ([CALL, START], lambda _: c.Park(counter=ONE, reason="fills in the form")),
    "resume": ([CALL, START, c.Park(counter=ONE)], resume),
    "transfer": ([CALL, START], lambda _: c.Transfer(counter=ONE, procedure=COPY)),
    "transfer_without_waiting_time": (
        [CALL, START],
        lambda _: c.Transfer(counter=ONE, procedure=COPY, keep_waiting_time=False),
    ),
    "transfer_of_called": ([CALL], lambda _: c.Transfer(counter=ONE, to_counter=TWO)),
    "complete": ([CALL, START], lambda _: c.Complete(counter=ONE, outcome=Outcome.ADVICE_ONLY)),
}


@pytest.mark.parametrize("name", UNDOABLE)
def test_undo_restores_the_state_before_the_action(name: str) -> None:
    before_action, action = UNDOABLE[name]
    hall = Hall()
    hall.open("1")
    hall.later(minutes=1)
    hall.issue(BIRTH)
    hall.issue(BIRTH)
    for command in before_action:
        hall.later(minutes=3)
        hall.do(resume(hall) if isinstance(command, str) else command)
    before = state_of(hall.centre)

    hall.later(minutes=2)
    hall.do(action(hall))
    assert state_of(hall.centre) != before
    hall.later(seconds=8)
    hall.do(UNDO)

    assert state_of(hall.centre) == before


def test_undo_of_a_transfer_of_a_served_citizen_puts_back_into_serving() -> None:
    hall, ticket = _serving()
    hall.do(c.Transfer(counter=ONE, procedure=COPY))

    hall.do(UNDO)

    assert hall.ticket(ticket).state is TicketState.SERVING
    assert hall.ticket(ticket).procedure == BIRTH
    assert hall.centre.tallies.keys() == {"civil"}


def test_undo_of_a_call_keeps_the_calls_of_earlier_transactions_on_the_boards() -> None:
    hall, ticket = _serving()
    hall.open("2")
    hall.do(c.Transfer(counter=ONE, procedure=COPY, to_counter=TWO))
    hall.do(c.CallNext(counter=TWO))

    hall.do(c.UndoLast(counter=TWO))

    assert [(call.ticket, call.counter) for call in hall.centre.calls] == [(ticket.id, "1")]


def test_undo_of_an_accepted_dossier_voids_only_what_is_its_own() -> None:
    hall, _ = _serving()
    accept = c.Complete(counter=ONE, outcome=Outcome.DOSSIER_ACCEPTED)
    hall.do(accept)
    hall.later(minutes=1)
    hall.issue(BIRTH)
    hall.run([CALL, START, accept])

    hall.do(UNDO)

    assert [d.hand_over for d in hall.centre.dossiers.values()] == ["held", "voided"]


def test_undo_is_possible_up_to_the_configured_seconds_and_not_later() -> None:
    hall, _ = _serving()
    hall.do(c.Complete(counter=ONE, outcome=Outcome.ADVICE_ONLY))
    hall.later(seconds=10)
    hall.do(UNDO)
    hall.do(c.Complete(counter=ONE, outcome=Outcome.ADVICE_ONLY))
    hall.later(seconds=10.1)

    with refused(NothingToUndo, "an action can be undone within 10 s, the last was at 08:00:10"):
        hall.do(UNDO)


def test_undo_twice_is_refused() -> None:
    hall, _ = _serving()
    hall.do(UNDO)

    with refused(NothingToUndo, "counter 1 has done nothing that can be undone"):
        hall.do(UNDO)


def test_undo_is_refused_after_another_counter_took_the_ticket() -> None:
    hall = Hall()
    ticket = hall.issue(BIRTH)
    hall.open("1")
    hall.open("2")
    hall.run([CALL, c.Requeue(counter=ONE), c.CallNext(counter=TWO)])

    with refused(NothingToUndo, f"{ticket.number} has moved on since: it is called"):
        hall.do(UNDO)


def test_undo_is_refused_after_a_recall() -> None:
    hall = Hall()
    hall.issue(BIRTH)
    hall.open("1")
    hall.run([CALL, c.Recall(counter=ONE)])

    with refused(NothingToUndo, "has moved on since: it is called"):
        hall.do(UNDO)


def test_undo_of_a_resume_is_refused_once_the_ticket_was_given_back() -> None:
    hall, ticket = _serving()
    hall.run([c.Park(counter=ONE), c.Resume(counter=ONE, ticket=ticket.id)])
    hall.do(c.CancelTicket(ticket=ticket.id))

    with refused(NothingToUndo, "has moved on since: it is cancelled"):
        hall.do(UNDO)


@pytest.mark.parametrize("go_away", [c.CloseCounter(counter=ONE), c.LeaveCounter(counter=ONE)])
def test_undo_is_refused_once_the_counter_closed_or_was_left(go_away: c.Command) -> None:
    """A closed counter must never hold anybody."""
    hall, _ = _serving()
    hall.run([c.Complete(counter=ONE, outcome=Outcome.ADVICE_ONLY), go_away])

    with refused(NothingToUndo, "counter 1 has done nothing that can be undone"):
        hall.do(UNDO)


def test_undo_works_while_the_counter_is_paused() -> None:
    hall, ticket = _serving()
    hall.run([c.Complete(counter=ONE, outcome=Outcome.ADVICE_ONLY)])
    hall.do(c.PauseCounter(counter=ONE, reason="break"))

    hall.do(UNDO)

    counter = hall.centre.counters[ONE]
    assert counter.ticket == ticket.id
    assert counter.availability is Availability.PAUSED


def test_undo_of_a_call_is_refused_once_the_pause_gave_the_ticket_back() -> None:
    hall = Hall()
    ticket = hall.issue(BIRTH)
    hall.open("1")
    hall.run([CALL, c.PauseCounter(counter=ONE, reason="break")])

    with refused(NothingToUndo, f"{ticket.number} has moved on since: it is waiting"):
        hall.do(UNDO)


def test_undo_is_refused_once_the_dossier_may_have_gone_out() -> None:
    """A longer undo window, configured after the dossier went, must not call it back."""
    hall, _ = _serving()
    hall.do(c.Complete(counter=ONE, outcome=Outcome.DOSSIER_ACCEPTED))
    code = next(iter(hall.centre.dossiers))
    hall.do(c.ReleaseHandOver(code=code))

    with refused(NothingToUndo, f"dossier {code} has gone to the dossier system"):
        hall.do(UNDO)


def test_undo_of_a_park_is_refused_while_somebody_else_is_at_the_counter() -> None:
    hall, first = _serving()
    second = hall.issue(BIRTH)
    hall.do(c.Park(counter=ONE))
    last_action = hall.centre.counters[ONE].last_action
    hall.do(c.CallTicket(counter=ONE, ticket=second.id, reason="helps"))
    _forget_the_call(hall, last_action)

    with refused(NothingToUndo, "counter 1 has somebody else since"):
        hall.do(UNDO)
    assert hall.ticket(first).state is TicketState.PARKED


def test_undo_needs_no_procedure_that_is_still_configured() -> None:
    """Found by review: the old procedure was forgotten when it went before the undo."""
    hall, ticket = _serving()
    hall.do(c.Transfer(counter=ONE, procedure=COPY))
    hall.do(c.ApplyConfiguration(configuration=without(hall.centre.facts, fields=["civil"])))

    hall.run([UNDO, c.Complete(counter=ONE, outcome=Outcome.ADVICE_ONLY)])

    assert hall.ticket(ticket).procedure == BIRTH
    assert hall.centre.procedure(BIRTH).code == BIRTH


def test_undo_brings_back_no_reservation_for_a_counter_that_is_gone() -> None:
    hall, ticket = _serving()
    hall.do(c.Transfer(counter=ONE, to_counter=TWO))
    hall.do(c.CallTicket(counter=ONE, ticket=ticket.id, reason="counter 2 is closed"))
    hall.do(c.ApplyConfiguration(configuration=without(hall.centre.facts, counters=["2"])))

    hall.do(UNDO)

    assert hall.ticket(ticket).reserved_for is None


def _serving() -> tuple[Hall, Any]:
    """A citizen served at counter 1."""
    hall = Hall()
    ticket = hall.issue(BIRTH)
    hall.open("1")
    hall.run([CALL, START])
    return hall, ticket


def _forget_the_call(hall: Hall, last_action: Any) -> None:
    """As if calling were not an action that can be undone."""
    counter = hall.centre.counters[ONE]
    hall.centre.counters[ONE] = replace(counter, last_action=last_action)
