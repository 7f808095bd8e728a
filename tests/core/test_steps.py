"""What a ticket keeps of its visit, and what is counted for who served it."""

from datetime import timedelta

import pytest

from queue_server.core import commands as c
from queue_server.core import events as e
from queue_server.core.apply_steps import KEPT_STEPS
from queue_server.core.centre import Work
from queue_server.core.errors import InvalidValue
from queue_server.core.events import MissingPaper
from queue_server.core.identifiers import CounterId, StaffId
from queue_server.core.ticket import Action, Outcome
from tests.support.centres import BIRTH, COPY, Hall
from tests.support.histories import refused

ONE, TWO = CounterId("1"), CounterId("2")
CALL, START = c.CallNext(counter=ONE), c.StartServing(counter=ONE)
COMPLETE = c.Complete(counter=ONE, outcome=Outcome.ADVICE_ONLY)
LAN = StaffId("lan")


@pytest.fixture
def hall() -> Hall:
    hall = Hall()
    hall.open("1", "lan")
    return hall


def test_the_next_clerk_sees_why_somebody_was_sent_on(hall: Hall) -> None:
    ticket = hall.issue(BIRTH)
    hall.run([CALL, START])

    hall.do(c.Transfer(counter=ONE, procedure=COPY, reason="cần bản sao trước"))

    (step,) = hall.ticket(ticket).steps
    assert (step.action, step.counter, step.procedure) == (Action.TRANSFER, ONE, BIRTH)
    assert (step.reason, step.at) == ("cần bản sao trước", hall.now)


def test_steps_come_in_order_and_straight_on_is_none(hall: Hall) -> None:
    ticket = hall.issue(BIRTH)
    hall.run([CALL, c.MarkNoShow(counter=ONE), c.Reinstate(ticket=ticket.id), CALL, START])
    hall.run([c.Park(counter=ONE, reason="form"), c.Resume(counter=ONE, ticket=ticket.id), START])

    assert [step.action for step in hall.ticket(ticket).steps] == [
        Action.MARK_NO_SHOW,
        Action.REINSTATE,
        Action.PARK,
    ]


def test_what_is_undone_leaves_no_step(hall: Hall) -> None:
    ticket = hall.issue(BIRTH)
    hall.run([CALL, c.MarkNoShow(counter=ONE), c.UndoLast(counter=ONE)])

    assert hall.ticket(ticket).steps == ()


def test_only_the_newest_steps_are_kept(hall: Hall) -> None:
    ticket = hall.issue(BIRTH)
    for _ in range(KEPT_STEPS):
        hall.run([CALL, c.Requeue(counter=ONE)])
        hall.later(minutes=1)

    hall.run([CALL, START, c.Park(counter=ONE)])

    steps = hall.ticket(ticket).steps
    assert (len(steps), steps[-1].action) == (KEPT_STEPS, Action.PARK)


def test_work_is_counted_for_who_did_it_beside_what_is_usual(hall: Hall) -> None:
    hall.issue(BIRTH, dossiers=2)
    hall.do(CALL)
    hall.later(minutes=5)

    hall.run([START, COMPLETE])

    assert hall.centre.work == {LAN: Work(1, 1, 300.0, 960.0)}


def test_who_was_parked_is_counted_and_not_timed(hall: Hall) -> None:
    ticket = hall.issue(BIRTH)
    hall.run([CALL, START, c.Park(counter=ONE)])
    hall.later(minutes=10)
    hall.run([c.Resume(counter=ONE, ticket=ticket.id), START, COMPLETE])

    assert hall.centre.work == {LAN: Work(1, 0, 0.0, 0.0)}


def test_missing_papers_are_kept_with_a_supplement_alone(hall: Hall) -> None:
    paper = MissingPaper(name="Tờ khai", note="thiếu chữ ký")
    hall.issue(BIRTH)
    hall.run([CALL, START])

    with refused(InvalidValue, "expected no missing papers with the outcome advice_only"):
        hall.do(c.Complete(counter=ONE, outcome=Outcome.ADVICE_ONLY, missing=(paper,)))
    completed, *_ = hall.do(
        c.Complete(counter=ONE, outcome=Outcome.SUPPLEMENT_NEEDED, missing=(paper,))
    )

    assert isinstance(completed, e.TicketCompleted)
    assert completed.missing == (paper,)


def test_how_long_a_break_takes_is_told_and_can_be_told_again(hall: Hall) -> None:
    hall.do(c.PauseCounter(counter=ONE, reason="break", for_s=600))
    began_at = hall.now
    assert hall.centre.counters[ONE].paused_until == began_at + timedelta(minutes=10)

    hall.later(minutes=8)
    assert hall.do(c.PauseCounter(counter=ONE, reason="break")) == ()
    hall.do(c.PauseCounter(counter=ONE, reason="break", for_s=300))

    counter = hall.centre.counters[ONE]
    assert counter.paused_until == hall.now + timedelta(minutes=5)
    assert counter.availability_since == began_at
    hall.do(c.OpenCounter(counter=ONE))
    assert hall.centre.counters[ONE].paused_until is None
