"""The life of a ticket: journeys written by hand, and everything else is refused."""

import itertools

import pytest

from queue_server.core.errors import IllegalAction
from queue_server.core.ticket import (
    AT_COUNTER,
    FINISHED,
    UNDO_OF,
    Action,
    TicketState,
    mermaid,
    next_state,
)
from tests.support.histories import refused

S, A = TicketState, Action

MOVES = {
    "booked": "check_in:waiting cancel:cancelled expire:expired",
    "waiting": "call:called delay:waiting transfer:waiting cancel:cancelled expire:expired "
    "record_outage_visit:completed undo_requeue:called undo_transfer:serving "
    "undo_transfer_of_called:called",
    "called": "recall:called requeue:waiting give_back:waiting start_serving:serving "
    "transfer:waiting mark_no_show:no_show cancel:cancelled expire:expired undo_call:waiting "
    "undo_resume:parked",
    "serving": "park:parked transfer:waiting complete:completed expire:expired "
    "undo_start_serving:called",
    "parked": "resume:called give_back:waiting transfer:waiting cancel:cancelled expire:expired "
    "undo_park:serving",
    "no_show": "reinstate:waiting expire:expired undo_no_show:called",
    "completed": "undo_complete:serving",
    "cancelled": "",
    "expired": "",
}
"""Written by hand from the rules of the issue, not from the table it is held against."""

ALLOWED = {
    (state, move.split(":")[0]): move.split(":")[1]
    for state, moves in MOVES.items()
    for move in moves.split()
}


@pytest.mark.parametrize(
    ("start", "journey", "end"),
    [
        (S.WAITING, "call start_serving complete", S.COMPLETED),
        (S.BOOKED, "check_in call recall recall start_serving complete", S.COMPLETED),
        (S.WAITING, "call start_serving park resume start_serving complete", S.COMPLETED),
        (S.WAITING, "call start_serving park give_back call start_serving complete", S.COMPLETED),
        (S.WAITING, "call mark_no_show reinstate call start_serving complete", S.COMPLETED),
        (S.WAITING, "call mark_no_show expire", S.EXPIRED),
        (S.WAITING, "call start_serving transfer call start_serving complete", S.COMPLETED),
        (S.WAITING, "call transfer call start_serving park transfer", S.WAITING),
        (S.WAITING, "delay delay call requeue call give_back cancel", S.CANCELLED),
        (S.WAITING, "record_outage_visit", S.COMPLETED),
        (S.WAITING, "expire", S.EXPIRED),
        (S.BOOKED, "expire", S.EXPIRED),
        (S.WAITING, "call start_serving complete undo_complete complete", S.COMPLETED),
        (S.WAITING, "call undo_call call mark_no_show undo_no_show start_serving", S.SERVING),
        (S.WAITING, "call requeue undo_requeue start_serving undo_start_serving", S.CALLED),
        (S.WAITING, "call start_serving park undo_park park resume undo_resume", S.PARKED),
        (S.WAITING, "call start_serving transfer undo_transfer", S.SERVING),
        (S.WAITING, "call transfer undo_transfer_of_called", S.CALLED),
    ],
)
def test_a_journey_ends_where_people_expect(
    start: TicketState, journey: str, end: TicketState
) -> None:
    state = start
    for action in journey.split():
        state = next_state(state, A(action))

    assert state is end


@pytest.mark.parametrize(("state", "action"), list(itertools.product(S, A)))
def test_every_pair_leads_where_the_rules_say_or_is_refused(
    state: TicketState, action: Action
) -> None:
    expected = ALLOWED.get((state.value, action.value))
    if expected is not None:
        assert next_state(state, action) == expected
        return

    words = action.value.replace("_", " "), state.value.replace("_", " ")
    with refused(IllegalAction, "cannot {} a ticket that is {}".format(*words)):
        next_state(state, action)


def test_a_refusal_carries_its_facts() -> None:
    with pytest.raises(IllegalAction) as caught:
        next_state(S.NO_SHOW, A.CALL)

    assert caught.value.facts == {"state": "no_show", "action": "call"}
    assert caught.value.code == "illegal_action"


def test_finished_states_have_no_exits_but_undo() -> None:
    exits = {(state, action) for state, action in ALLOWED if S(state) in FINISHED}

    assert exits == {("completed", "undo_complete")}
    assert {"completed", "cancelled", "expired"} == FINISHED


def test_every_state_is_reached_from_a_new_ticket_without_undo() -> None:
    reached, edge = set[str](), {"booked", "waiting"}
    while edge:
        reached |= edge
        moves = ALLOWED.items()
        edge = {to for (at, by), to in moves if at in reached and "undo" not in by} - reached

    assert reached == set(S)


def test_undo_leads_back_to_where_the_action_came_from() -> None:
    for action, undo in UNDO_OF.items():
        for state in (at for at, by in ALLOWED if by == action.value):
            assert next_state(next_state(S(state), action), undo) == state


def test_only_called_and_serving_tickets_occupy_a_counter() -> None:
    assert {"called", "serving"} == AT_COUNTER


def test_the_diagram_shows_every_move_once() -> None:
    lines = mermaid().splitlines()

    assert lines[:3] == ["stateDiagram-v2", "    [*] --> booked", "    [*] --> waiting"]
    shown = sorted(line.strip() for line in lines if ": " in line)
    assert shown == sorted(f"{at} --> {to}: {by}" for (at, by), to in ALLOWED.items())
    ends = [line.split()[0] for line in lines if line.endswith("--> [*]")]
    assert ends == ["completed", "cancelled", "expired"]
