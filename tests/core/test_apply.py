"""Folding: what is in a journal happened, whatever this release would decide today."""

from datetime import timedelta

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from queue_server.core import apply_centre
from queue_server.core import commands as c
from queue_server.core import events as e
from queue_server.core.apply import apply, apply_event
from queue_server.core.centre import RECENT_CALLS, Centre
from queue_server.core.commit import Commit
from queue_server.core.errors import QueueError, UnknownName
from queue_server.core.identifiers import CentreId, CounterId, FieldId, TicketNumber
from queue_server.core.ticket import Action, Outcome, TicketState
from tests.support.centres import BIRTH, CIVIL, MORNING, Hall
from tests.support.golden import fold
from tests.support.histories import refused
from tests.support.steps import COMMON, RARE

ONE = CounterId("1")
CALL, START = c.CallNext(counter=ONE), c.StartServing(counter=ONE)


@given(
    turns=st.lists(
        st.tuples(
            st.sampled_from([*COMMON.values(), *([COMMON["issue"], COMMON["work"]] * 12)]),
            st.integers(0, 11),
            st.integers(0, 11),
        ),
        max_size=60,
    ),
    rare=st.lists(st.tuples(st.sampled_from(list(RARE.values())), st.integers(0, 11)), max_size=3),
    cut=st.integers(0, 100),
)
@settings(max_examples=60)
def test_snapshot_and_later_commits_are_all_commits(
    turns: list[tuple[object, int, int]], rare: list[tuple[object, int]], cut: int
) -> None:
    commits = history([*turns, *((step, a, a) for step, a in rare), *turns])
    cut = cut * len(commits) // 100

    whole = fold(commits)
    half = fold(commits[:cut]) if cut else Centre(id=whole.id)
    loaded = msgspec.json.decode(msgspec.json.encode(half), type=Centre)

    assert loaded == half
    for commit in commits[cut:]:
        apply(loaded, commit)
    assert loaded == whole
    assert msgspec.json.encode(loaded) == msgspec.json.encode(whole)


def history(turns: list[tuple[object, int, int]]) -> list[Commit]:
    """Commits of a random day, refusals left out."""
    hall = Hall()
    hall.open("1")
    for step, a, b in turns:
        hall.later(seconds=7 * b)
        try:
            hall.do(step(hall.centre, hall.now, a, b))  # type: ignore[operator]
        except QueueError:
            continue
    return hall.commits


def test_a_commit_moves_the_offset_and_the_instant_of_the_last_change() -> None:
    hall = Hall()
    hall.later(minutes=3)
    hall.issue()

    assert hall.centre.offset == len(hall.commits) == 3
    assert hall.centre.changed_at == hall.now
    assert hall.commits[-1].at == hall.now


def test_boards_keep_the_newest_calls_and_show_each_once() -> None:
    hall = Hall()
    hall.open("1")
    for _ in range(RECENT_CALLS + 2):
        hall.issue()
        hall.run([CALL, c.MarkNoShow(counter=ONE)])

    calls = hall.centre.calls
    assert len(calls) == RECENT_CALLS
    assert calls[0].number == "H026"
    assert [call.id for call in calls] == sorted({call.id for call in calls}, reverse=True)


def test_a_recall_is_shown_again_as_a_recall() -> None:
    hall = Hall()
    hall.open("1")
    ticket = hall.issue()
    hall.do(CALL)
    hall.later(seconds=45)
    hall.do(c.Recall(counter=ONE))

    newest, first = hall.centre.calls
    assert (newest.is_recall, first.is_recall) == (True, False)
    assert (newest.zone, newest.counter_number, newest.language) == ("hall", "1", "vi")
    assert (hall.ticket(ticket).calls, hall.ticket(ticket).called_at) == (2, hall.now)
    assert hall.ticket(ticket).first_called_at == MORNING


def test_an_undo_folds_even_where_this_release_would_have_forgotten_the_action() -> None:
    hall = Hall()
    hall.open("1")
    ticket = hall.issue()
    hall.run([CALL, START])
    before = hall.ticket(ticket)
    hall.do(c.Complete(counter=ONE, outcome=Outcome.ADVICE_ONLY))
    counter = hall.centre.counters[ONE]
    hall.centre.counters[ONE] = replace(counter, last_action=None)
    undone = e.CounterActionUndone(counter=ONE, action=Action.UNDO_COMPLETE, ticket=before)

    apply_event(hall.centre, undone, hall.now)

    assert hall.ticket(ticket).state is TicketState.SERVING
    assert hall.centre.counters[ONE].ticket == ticket.id
    assert len(hall.centre.calls) == 1


def test_a_number_of_another_shape_does_not_move_the_series() -> None:
    hall = Hall()
    hall.issue()
    issued = hall.commits[-1].events[0]
    assert isinstance(issued, e.TicketIssued)
    other = replace(issued, ticket=issued.ticket[::-1], number=TicketNumber("VIP"), sequence=2)

    apply_event(hall.centre, other, hall.now)

    assert hall.centre.next_number[CIVIL] == 2
    assert hall.issue().number == "H002"


def test_closing_a_day_that_never_opened_and_a_lost_print_job_change_nothing() -> None:
    centre = Centre(id=CentreId("test"))
    apply_event(centre, e.DayClosed(date=MORNING.date()), MORNING)
    apply_event(centre, e.PrintRecorded(job="slip-x-1", result="printed"), MORNING)

    assert centre == Centre(id=CentreId("test"))


def test_a_ticket_completed_without_a_call_teaches_no_time() -> None:
    hall = Hall()
    hall.open("1")
    ticket = hall.issue()
    hall.run([CALL, START])
    hall.centre.tickets[ticket.id] = replace(hall.ticket(ticket), first_called_at=None)

    hall.do(c.Complete(counter=ONE, outcome=Outcome.ADVICE_ONLY))

    assert hall.centre.served == {}


def test_the_two_halves_of_folding_do_not_overlap() -> None:
    with pytest.raises(TypeError, match=r"TicketExpired is folded by queue_server\.core\.apply"):
        apply_centre.apply_event(Hall().centre, e.TicketExpired(ticket="x"), MORNING)  # type: ignore[arg-type]


def test_a_centre_refuses_names_it_does_not_know() -> None:
    centre = Hall().centre

    with refused(UnknownName, "expected a counter of this centre (1, 2, 3), got '9'"):
        centre.counter_facts(CounterId("9"))
    with refused(UnknownName, "expected a field of this centre (civil, certify, land), got 'x'"):
        centre.field(FieldId("x"))
    assert centre.procedure(BIRTH).field == CIVIL


def test_time_at_the_counter_is_never_negative_when_a_clock_was_set_back() -> None:
    hall = Hall()
    hall.open("1")
    hall.issue()
    hall.do(CALL)
    hall.now -= timedelta(minutes=5)
    hall.do(c.MarkNoShow(counter=ONE))

    assert hall.centre.counters[ONE].busy_time_s == 0
