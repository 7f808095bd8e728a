"""The order run ahead of time, on halls small enough to follow by hand."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counters.estimates.hall import Arrival, Desk, Hall
from counters.estimates.waits import computed_waits_s
from counters.routing.choice import order_of
from counters.routing.standing import Seat, Standing
from queue_server.core.configuration import Level
from queue_server.core.identifiers import CounterId, TicketId
from queue_server.core.routing_rules import RoutingMode, RoutingRules
from tests.support.centres import BIRTH, CIVIL, COPY

NEED_S = 300.0
NOW_S = 1_000_000.0


def standing(n: int, since_s: float = 0.0) -> Standing:
    return Standing(TicketId(str(n)), CIVIL, BIRTH, "", NOW_S + since_s, n)


def desk(n: int = 1, **facts: object) -> Desk:
    return Desk(Seat(CounterId(str(n)), {BIRTH: Level.PRIMARY}), **facts)  # type: ignore[arg-type]


def hall(
    desks: Sequence[Desk], waiting: Sequence[Standing], mode: RoutingMode = RoutingMode.STANDARD
) -> Hall:
    """A hall in which every transaction takes just its mean."""
    return Hall(
        now_s=NOW_S,
        order=order_of(RoutingRules(mode=mode)),
        desks=list(desks),
        waiting=list(waiting),
        arrivals=[],
        needs_s={BIRTH: NEED_S, COPY: 120.0},
        no_show_share=0.0,
        time_cv=0.0,
    )


def waits(of: Hall) -> dict[str, float]:
    return {
        ticket: round(wait_s, 3)
        for ticket, wait_s in computed_waits_s(of, [each.ticket for each in of.waiting]).items()
    }


def test_a_free_counter_calls_at_once_and_then_one_after_another() -> None:
    assert waits(hall([desk()], [standing(1), standing(2), standing(3)])) == {
        "1": 0,
        "2": 300,
        "3": 600,
    }


def test_an_occupied_counter_finishes_first() -> None:
    assert waits(hall([desk(occupied_s=100.0, mean_s=300.0)], [standing(1)])) == {"1": 200}


def test_slow_clerks_and_back_ups_take_longer() -> None:
    slow = desk(factor=1.5)
    assert waits(hall([slow], [standing(1), standing(2)]))["2"] == 450

    back_up = Desk(Seat(CounterId("1"), {BIRTH: Level.BACK_UP}))
    assert waits(hall([back_up], [standing(1), standing(2)]))["2"] == pytest.approx(354)


def test_who_is_being_served_is_served_before_the_break() -> None:
    away = ((NOW_S + 200, NOW_S + 900),)

    assert waits(hall([desk(away=away)], [standing(1), standing(2)])) == {"1": 0, "2": 900}


def test_breaks_that_follow_one_another_are_one() -> None:
    away = ((NOW_S + 200, NOW_S + 900), (NOW_S + 900, NOW_S + 1000))

    assert desk(away=away).back_at(NOW_S + 300) == NOW_S + 1000


def test_who_comes_later_waits_behind_and_priority_before() -> None:
    one = hall([desk(occupied_s=0.0, mean_s=300.0)], [standing(1)])
    later = standing(9, since_s=60)
    one.arrivals = [Arrival(NOW_S + 60, later)]
    assert waits(one) == {"1": 300}

    later.line, later.rate, later.head_start_s = "priority elderly", 4.0, 5400.0
    assert waits(one) == {"1": 600}


def test_an_idle_counter_takes_who_arrives() -> None:
    one = hall([desk()], [standing(1), standing(2)])
    one.waiting[1].procedure = COPY
    one.desks.append(Desk(Seat(CounterId("2"), {COPY: Level.PRIMARY})))
    one.arrivals = [Arrival(NOW_S + 200, standing(9, since_s=200))]

    assert waits(one) == {"1": 0, "2": 0}


def test_a_question_takes_no_time_and_changes_nothing() -> None:
    plain = waits(hall([desk()], [standing(1), standing(3)]))
    asked = hall([desk()], [standing(1), standing(2), standing(3)])
    asked.dossiers = {TicketId("2"): 0}

    told = waits(asked)

    assert told == {**plain, "2": 300}


def test_several_dossiers_take_their_time() -> None:
    one = hall([desk()], [standing(1), standing(2)])
    one.dossiers = {TicketId("1"): 3}

    assert waits(one)["2"] == 900


def test_who_waits_again_joins_in_turn() -> None:
    one = hall([desk()], [standing(n) for n in range(1, 5)])
    one.again, one.again_share = [standing(99)], 0.5
    one.again[0].line, one.again[0].head_start_s = "transferred", 9e5

    assert waits(one) == {"1": 0, "2": 600, "3": 1200, "4": 1800}


def test_who_can_be_called_by_nobody_is_missing() -> None:
    one = hall([desk()], [standing(1)])
    one.waiting[0].procedure = COPY

    assert waits(one) == {}
    assert waits(hall([], [standing(1)])) == {}


def test_the_hall_is_left_as_it_was_where_passing_is_counted() -> None:
    one = hall([desk()], [standing(1), standing(2)], RoutingMode.FAST)
    one.waiting[0].procedure = COPY
    one.desks[0].seat = Seat(CounterId("1"), {BIRTH: Level.PRIMARY, COPY: Level.BACK_UP})

    first = waits(one)

    assert [each.skipped for each in one.waiting] == [0, 0]
    assert waits(one) == first


@given(
    ahead=st.integers(0, 12),
    desks=st.integers(1, 4),
    elapsed=st.lists(st.floats(0, 3000), min_size=4, max_size=4),
)
def test_more_people_ahead_never_shorten_the_wait(
    ahead: int, desks: int, elapsed: list[float]
) -> None:
    def wait_s(before: int) -> float:
        one = hall(
            [desk(n, occupied_s=elapsed[n], mean_s=NEED_S) for n in range(desks)],
            [standing(n, since_s=n - 100.0) for n in range(before + 1)],
        )
        one.time_cv = 0.7
        return computed_waits_s(one, [TicketId(str(before))])[TicketId(str(before))]

    assert wait_s(ahead + 1) >= wait_s(ahead) - 1e-6


@given(waiting=st.integers(1, 15), desks=st.integers(2, 5))
def test_closing_a_counter_never_shortens_the_wait_by_more_than_noise(
    waiting: int, desks: int
) -> None:
    def wait_s(count: int) -> float:
        one = hall(
            [desk(n, occupied_s=60.0, mean_s=NEED_S) for n in range(count)],
            [standing(n, since_s=n - 100.0) for n in range(waiting)],
        )
        one.time_cv = 0.7
        last = TicketId(str(waiting - 1))
        return computed_waits_s(one, [last])[last]

    assert wait_s(desks - 1) >= wait_s(desks) - 30
