"""The rest of a live centre's day goes on from what waits and what is under way."""

from datetime import time, timedelta

import pytest
from msgspec.structs import replace

from counters.routing.standing import seat_of
from counters.simulation.cases import case_of_centre, ground_of_present
from counters.simulation.expectation import (
    DayExpectation,
    expectation_of_today,
    until,
    usual_expectation,
)
from counters.simulation.experiment import compare, of_present
from counters.simulation.plans import Stretch
from counters.simulation.present import Present, present_of
from counters.simulation.rest import rest_of, run_rest
from queue_server.core import commands as c
from queue_server.core.configuration import Break
from queue_server.core.errors import InvalidValue
from queue_server.core.identifiers import CounterId
from tests.support.centres import BIRTH, CIVIL, COPY, ELDERLY, LAND, LAND_TITLE, Hall

ONE, TWO, THREE = CounterId("1"), CounterId("2"), CounterId("3")
NOBODY = DayExpectation(arrivals={}, no_show_share=0, transfer_share=0)


def busy_hall() -> Hall:
    """08:00: two counters open, one serves, four wait, one of them with priority."""
    hall = Hall()
    hall.open("1")
    hall.open("2")
    for procedure in (BIRTH, COPY, BIRTH, LAND_TITLE):
        hall.issue(procedure)
        hall.later(seconds=30)
    hall.issue(BIRTH, priority_class=ELDERLY)
    hall.run([c.CallNext(counter=ONE), c.StartServing(counter=ONE)])
    hall.later(minutes=3)
    return hall


def present(hall: Hall, expectation: DayExpectation | None = NOBODY) -> Present:
    return present_of(hall.centre, hall.now, expectation)


def test_everybody_who_waits_or_is_served_is_in_the_start() -> None:
    hall = busy_hall()

    now = present(hall)
    rest = rest_of(now, seed=1)

    assert len(rest.start.waiting) == 4
    assert list(rest.start.under) == [ONE]
    assert rest.visits == ()
    under = rest.start.under[ONE]
    assert under.called_s == now.now_s - 180
    assert under.ends_s > now.now_s
    priority = [turn for turn in rest.start.waiting if turn.visit.priority_class == ELDERLY]
    assert [turn.standing.rate for turn in priority] in ([4.0], [])


def test_nobody_is_lost_when_the_day_goes_on() -> None:
    hall = busy_hall()
    hall.open("3")

    outcome = run_rest(present(hall), seed=1)

    assert outcome.completed == 5
    assert outcome.unserved == []


def test_whom_no_open_counter_serves_is_left_unserved() -> None:
    outcome = run_rest(present(busy_hall()), seed=1)

    assert [turn.work.field for turn in outcome.unserved] == [LAND]


def test_waits_count_from_when_they_began() -> None:
    hall = busy_hall()
    hall.open("3")

    outcome = run_rest(present(hall), seed=1)

    assert min(call.waited_s for call in outcome.calls) >= 180


def test_the_same_seed_draws_the_same_people_whatever_is_changed() -> None:
    hall = busy_hall()
    now = present(hall, None)
    ground = ground_of_present(hall.centre, now)

    again = present(hall, None)
    assert [visit.arrives_s for visit in rest_of(now, 3).visits] == [
        visit.arrives_s for visit in rest_of(again, 3).visits
    ]
    assert rest_of(now, 3).visits != rest_of(now, 4).visits
    arms = compare(of_present(ground, now), ["open 3"], range(12))
    assert arms[1].differences["unserved"].mean < 0


def test_a_counter_that_opens_after_a_break_has_had_it() -> None:
    hall = Hall()
    for _ in range(5):
        hall.issue(LAND_TITLE)
    rest = (8.5 * 3600, 9 * 3600.0)
    off = DayExpectation(arrivals={}, breaks=dict.fromkeys(hall.centre.counters, (rest,)))
    now = present(hall, off)
    levels = seat_of(hall.centre, hall.centre.counters[THREE], [LAND_TITLE]).levels

    def first_call_s(opens_s: float) -> float:
        plans = [replace(plan, stretches=(Stretch(opens_s, levels),)) for plan in now.plans]
        return min(call.at_s for call in run_rest(now, 1, plans).calls)

    assert first_call_s(10 * 3600) == 10 * 3600
    assert first_call_s(8.75 * 3600) == 9 * 3600


def test_a_service_that_lasts_long_lasts_longer_on_average() -> None:
    short, long = busy_hall(), busy_hall()
    long.later(minutes=30)

    def left_s(hall: Hall) -> float:
        now = present(hall)
        ends = [rest_of(now, seed).start.under[ONE].ends_s - now.now_s for seed in range(200)]
        return sum(ends) / len(ends)

    assert left_s(long) > left_s(short)


def test_a_recall_does_not_begin_the_service_anew() -> None:
    hall = Hall()
    hall.open("1")
    hall.issue(BIRTH)
    hall.do(c.CallNext(counter=ONE))
    hall.later(minutes=2)
    hall.do(c.Recall(counter=ONE))

    (busy,) = present(hall).busy

    assert busy.called_s == present(hall).now_s - 120


def test_a_paused_counter_comes_back_and_a_closed_one_does_not() -> None:
    hall = busy_hall()
    hall.do(c.PauseCounter(counter=TWO, reason="break"))
    hall.later(minutes=4)

    plans = {str(plan.id): plan for plan in present(hall).plans}

    now_s = present(hall).now_s
    assert [stretch.from_s for stretch in plans["2"].stretches] == [now_s + 360]
    assert plans["3"].stretches == ()


def test_who_missed_the_call_may_come_back() -> None:
    hall = busy_hall()
    hall.run([c.CallNext(counter=TWO), c.MarkNoShow(counter=TWO)])
    hall.later(seconds=10)
    sure = DayExpectation(arrivals={}, no_show_share=0, return_share=1.0, transfer_share=0)

    rest = rest_of(present(hall, sure), seed=1)

    (turn,) = rest.start.away
    assert 290 <= turn.joined_s - present(hall).now_s <= 1190


def test_who_is_late_for_an_appointment_is_counted_on_for_a_quarter_of_an_hour() -> None:
    hall = Hall()
    hall.issue(BIRTH, appointment_at=hall.now + timedelta(minutes=5))
    later = hall.issue(BIRTH, appointment_at=hall.now + timedelta(hours=2))

    hall.later(minutes=20)
    assert len(rest_of(present(hall), seed=1).visits) == 2
    hall.later(seconds=1)
    assert [visit.id for visit in rest_of(present(hall), seed=1).visits] == [later.sequence]


def test_today_scales_what_is_usual_by_what_came() -> None:
    hall = busy_hall()
    usual = DayExpectation(arrivals={CIVIL: [2.0] * 48, LAND: [0.0] * 48})

    today = expectation_of_today(hall.centre, hall.now, usual)

    expected = until([2.0] * 48, 8 * 3600 + 300)
    assert today.arrivals[CIVIL][20] == pytest.approx(2.0 * (3 + 15) / (expected + 15), rel=0.01)


def test_without_anything_learned_the_counters_are_busy_for_the_usual_share() -> None:
    hall = Hall()

    usual = usual_expectation(hall.centre.facts, hall.now)

    visits = sum(sum(half_hours) for half_hours in usual.arrivals.values())
    assert visits * 480 == pytest.approx(0.6 * 3 * 8 * 3600, rel=0.01)
    assert usual.arrivals[CIVIL][0] == 0.0
    assert usual.breaks[ONE] == ((11.5 * 3600, 13 * 3600),)


def test_a_counters_own_breaks_are_expected() -> None:
    hall = Hall()
    counters = dict(hall.centre.facts.counters)
    tea = Break(begins=time(9, 0), ends=time(9, 15))
    long = Break(begins=time(11, 0), ends=time(13, 30))
    counters[ONE] = replace(counters[ONE], breaks=(long, tea))

    usual = usual_expectation(replace(hall.centre.facts, counters=counters), hall.now)

    assert usual.breaks[ONE] == ((9 * 3600, 9.25 * 3600), (11 * 3600, 13.5 * 3600))
    assert usual.breaks[TWO] == ((11.5 * 3600, 13 * 3600),)


def test_who_works_on_in_a_break_is_counted_on() -> None:
    hall = Hall()
    hall.open("1")
    lunch = (8 * 3600.0, 9 * 3600.0)
    off = DayExpectation(arrivals={}, breaks={ONE: (lunch,), TWO: (lunch,)})
    hall.later(minutes=10)
    hall.open("2")
    hall.do(c.PauseCounter(counter=TWO, reason="break"))

    plans = {plan.id: plan for plan in present(hall, off).plans}

    assert plans[ONE].breaks == ()
    assert plans[TWO].breaks == (lunch,)


def test_a_whole_day_of_a_centre_can_be_run_and_a_day_off_cannot() -> None:
    hall = Hall()

    case = case_of_centre(hall.centre.facts, hall.now)

    assert case.scenario.opens_s == 7.5 * 3600
    with pytest.raises(InvalidValue, match="expected a day on which the centre is open"):
        case_of_centre(hall.centre.facts, hall.now + timedelta(days=5))
