"""What is told, from the live centre: a range, or why there is none."""

from datetime import date, time

import pytest
from msgspec.structs import replace

from counters.estimates.estimator import RollForwardEstimator, is_free_at_once
from counters.estimates.present import Known, Present
from queue_server.core import commands as c
from queue_server.core.configuration import Break, OpeningHours
from queue_server.core.identifiers import CounterId, PriorityClassId, ProcedureCode, StaffId
from queue_server.core.learned import LearnedParameters, QuantileRow
from queue_server.core.ticket import Channel, Forecast, ForecastKind, Ticket
from tests.support.centres import (
    BIRTH,
    CIVIL,
    COPY,
    ELDERLY,
    LAND,
    LAND_TITLE,
    Hall,
    small_configuration,
)

ONE, THREE = CounterId("1"), CounterId("3")
NOW = Forecast(kind=ForecastKind.RANGE, about_s=0, at_most_s=0, computed_s=0)
LEARNED = LearnedParameters(learned_on=date(2026, 11, 23))


def forecast(
    hall: Hall, code: ProcedureCode = BIRTH, *, priority: PriorityClassId | None = None
) -> Forecast:
    return RollForwardEstimator().forecast(hall.centre, code, priority, hall.now)


def land_hall(waiting: int, *, is_served: bool = True) -> Hall:
    """One counter for land; somebody has just been called there."""
    hall = Hall()
    hall.open("3")
    for _ in range(waiting + is_served):
        hall.issue(LAND_TITLE)
    if is_served:
        hall.do(c.CallNext(counter=THREE))
    return hall


def computed_s(hall: Hall, code: ProcedureCode = LAND_TITLE, **facts: PriorityClassId) -> int:
    found = forecast(hall, code, **facts).computed_s
    assert found is not None
    return found


def test_an_empty_hall_with_an_idle_counter_means_no_wait() -> None:
    hall = Hall()
    hall.open("1")

    assert forecast(hall) == NOW


def test_more_free_counters_than_people_mean_no_wait_as_the_roll_says_too() -> None:
    hall = Hall()
    for counter in ("1", "2"):
        hall.open(counter)
    hall.issue(BIRTH)

    told = RollForwardEstimator().forecast(hall.centre, BIRTH, None, hall.now)
    rolled = RollForwardEstimator().forecasts(hall.centre, hall.now).by_procedure[BIRTH]

    assert told.about_s == rolled.about_s == 0
    hall.issue(BIRTH)
    assert not is_free_at_once(hall.centre, BIRTH)


def test_without_an_open_counter_no_number_is_told() -> None:
    hall = Hall()
    hall.open("3")
    assert forecast(hall) == Forecast(kind=ForecastKind.NO_COUNTER_OPEN)

    hall.open("1")
    hall.do(c.PauseCounter(counter=ONE, reason="break"))
    assert forecast(hall).kind is ForecastKind.NO_COUNTER_OPEN


def test_a_counter_in_its_planned_break_is_counted_on() -> None:
    hall = land_hall(0)
    counters = dict(hall.centre.facts.counters)
    lunch = Break(begins=time(8, 0), ends=time(8, 30))
    counters[THREE] = replace(counters[THREE], breaks=(lunch,))
    hall.centre.configuration = replace(hall.centre.facts, counters=counters)
    hall.do(c.StartServing(counter=THREE))
    hall.do(c.Complete(counter=THREE, outcome="advice_only"))  # type: ignore[arg-type]
    hall.do(c.PauseCounter(counter=THREE, reason="break"))
    hall.later(minutes=10)

    assert computed_s(hall) == 20 * 60


def test_the_closed_hours_at_noon_are_waited_through() -> None:
    hall = land_hall(3)
    hall.later(minutes=3 * 60 + 20)

    assert computed_s(hall) > 70 * 60


def test_more_people_ahead_mean_a_longer_wait() -> None:
    waits = [computed_s(land_hall(n)) for n in range(6)]

    assert waits == sorted(waits)
    assert waits[5] > waits[0] + 5 * 240


def test_priority_goes_before_the_others_at_its_counter() -> None:
    hall = land_hall(5)

    assert computed_s(hall, priority=ELDERLY) < computed_s(hall) / 2


def test_who_may_not_be_served_today_is_told_so() -> None:
    hall = land_hall(20)
    hall.later(minutes=7 * 60 + 30)

    assert forecast(hall, LAND_TITLE).kind is ForecastKind.MAY_NOT_BE_SERVED_TODAY


def test_a_day_without_hours_has_no_end_to_wait_past() -> None:
    hall = land_hall(2)
    hall.centre.configuration = replace(small_configuration(), hours=OpeningHours(weekdays={}))

    assert forecast(hall, LAND_TITLE).kind is ForecastKind.RANGE


def test_learned_means_and_clerks_change_the_wait() -> None:
    hall = land_hall(4)
    plain = computed_s(hall)

    hall.centre.learned = replace(LEARNED, mean_transaction_time_s={LAND_TITLE: 960.0})
    assert computed_s(hall) > plain * 1.6
    hall.centre.learned = replace(LEARNED, clerk_factors={StaffId("staff-3"): 0.5})
    assert computed_s(hall) < plain * 0.7


def test_the_centres_own_table_is_told() -> None:
    hall = land_hall(2)
    wait_s = computed_s(hall)
    table = (QuantileRow(1, 100, 200, 300), QuantileRow(wait_s * 2 - 1, 300, 400, 700))
    hall.centre.learned = replace(LEARNED, quantiles={"walk_in": table})

    told = forecast(hall, LAND_TITLE)

    assert told.about_s == pytest.approx(200, abs=12)
    assert told.at_most_s == pytest.approx(500, abs=24)


def test_expected_arrivals_do_not_pass_who_waits_in_the_same_series() -> None:
    hall = land_hall(3)
    plain = computed_s(hall)
    busy = {"mon": {LAND: (0.0,) * 16 + (30.0,) * 32}}
    hall.centre.learned = replace(
        LEARNED, arrivals=busy, demand={LAND_TITLE: 1.0}, priority_share=0
    )

    assert computed_s(hall) == pytest.approx(plain, rel=0.35)
    hall.centre.learned = replace(hall.centre.learned, priority_share=0.9)
    assert computed_s(hall) > 2 * plain


def test_who_is_booked_is_counted_on() -> None:
    hall = land_hall(3)
    plain = computed_s(hall)
    for _ in range(4):
        hall.issue(LAND_TITLE, appointment_at=hall.now, channel=Channel.APPOINTMENT)

    assert computed_s(hall) > plain + 240


def test_one_roll_tells_everybody() -> None:
    hall = land_hall(4)
    hall.open("1")
    told = RollForwardEstimator().forecasts(hall.centre, hall.now)

    waiting = list(hall.centre.waiting_tickets())
    about = [told.by_ticket[ticket.id].about_s or 0 for ticket in waiting]
    assert about == sorted(about)
    assert set(told.by_procedure) == set(hall.centre.facts.procedures)
    assert told.by_procedure[BIRTH] == NOW
    assert (told.by_procedure[LAND_TITLE].about_s or 0) >= about[-1]


def test_only_the_wanted_tickets_are_told() -> None:
    hall = land_hall(3)
    wanted: Ticket = list(hall.centre.waiting_tickets())[1]

    told = RollForwardEstimator().forecasts(hall.centre, hall.now, [wanted.id])

    assert set(told.by_ticket) == {wanted.id}
    assert not told.by_procedure


def test_procedures_alike_in_every_respect_share_a_question() -> None:
    hall = Hall()
    facts = hall.centre.facts
    birth = facts.procedures[BIRTH]
    many = {ProcedureCode(f"x{n}"): replace(birth, code=ProcedureCode(f"x{n}")) for n in range(100)}
    hall.centre.configuration = replace(facts, procedures={**facts.procedures, **many})
    hall.open("1")

    told = RollForwardEstimator().forecasts(hall.centre, hall.now)

    assert len(told.by_procedure) == 103
    assert told.by_procedure[ProcedureCode("x7")] == NOW


def test_a_state_that_is_incomplete_falls_back() -> None:
    hall = land_hall(2)
    ticket = next(hall.centre.waiting_tickets())
    hall.centre.tickets[ticket.id] = replace(ticket, procedure=ProcedureCode("gone"))
    hall.later(minutes=5)

    told = forecast(hall, LAND_TITLE)

    assert (told.kind, told.about_s, told.computed_s) == (ForecastKind.RANGE, 300, None)
    assert RollForwardEstimator().forecasts(hall.centre, hall.now).by_ticket == {}


def test_the_forecast_told_at_issue_is_kept_with_the_ticket() -> None:
    hall = land_hall(1)
    told = forecast(hall, LAND_TITLE)

    assert hall.issue(LAND_TITLE).forecast == told


def test_what_was_known_of_a_profile_is_forgotten_when_it_changes() -> None:
    hall = Hall()
    hall.open("1")
    estimator = RollForwardEstimator()
    assert estimator.forecast(hall.centre, BIRTH, None, hall.now) == NOW
    profile = replace(hall.centre.counter(ONE).profile, fields={CIVIL: "primary"})
    hall.do(c.ChangeWorkProfile(counter=ONE, profile=profile))

    assert (
        estimator.forecast(hall.centre, COPY, None, hall.now).kind is ForecastKind.NO_COUNTER_OPEN
    )


def test_a_fresh_centre_counts_on_the_past_hour() -> None:
    hall = land_hall(6)
    hall.later(minutes=20)

    coming = Present(hall.centre, hall.now, Known()).hall().arrivals

    assert {each.standing.series for each in coming} == {LAND}
    assert len(coming) == pytest.approx(7 / (50 * 60) * 75 * 60, abs=2)
