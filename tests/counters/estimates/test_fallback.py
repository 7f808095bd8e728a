"""What is told where the hall cannot be rolled forward."""

import pytest
from msgspec.structs import replace

from counters.estimates.fallback import (
    longest_present_wait_s,
    mean_wait_of_the_day_s,
    plainest_forecast,
)
from counters.estimates.transaction_time import mean_transaction_time_s
from queue_server.core import commands as c
from queue_server.core.centre import Served
from queue_server.core.configuration import Level, OpeningHours, WorkProfile
from queue_server.core.identifiers import CounterId, PriorityClassId, ProcedureCode
from queue_server.core.ticket import Forecast, ForecastKind
from tests.support.centres import BIRTH, CIVIL, COPY, ELDERLY, LAND_TITLE, Hall, small_configuration

ONE, THREE = CounterId("1"), CounterId("3")
MEAN_S = 480


def forecast(hall: Hall, *, priority: PriorityClassId | None = None, code: str = BIRTH) -> Forecast:
    procedure = hall.centre.procedure(code).code  # type: ignore[arg-type]
    return plainest_forecast(hall.centre, procedure, priority, hall.now)


def test_without_an_open_counter_no_number_is_told() -> None:
    hall = Hall()
    hall.open("3")
    assert forecast(hall) == Forecast(kind=ForecastKind.NO_COUNTER_OPEN)

    hall.open("1")
    hall.do(c.PauseCounter(counter=ONE, reason="break"))
    assert forecast(hall).kind is ForecastKind.NO_COUNTER_OPEN


def test_a_free_counter_means_no_wait() -> None:
    hall = Hall()
    hall.open("1")

    assert forecast(hall) == Forecast(kind=ForecastKind.RANGE, about_s=0, at_most_s=0)


def test_the_work_ahead_is_shared_by_the_open_counters() -> None:
    hall = Hall()
    hall.open("3")
    hall.issue(LAND_TITLE)
    hall.issue(LAND_TITLE, dossiers=2)

    told = forecast(hall, code=LAND_TITLE)

    assert told.about_s == 3 * MEAN_S + MEAN_S // 2
    assert told.at_most_s == 3024


def test_an_occupied_counter_costs_half_a_transaction() -> None:
    hall = Hall()
    hall.open("3")
    hall.issue(LAND_TITLE)
    hall.do(c.CallNext(counter=THREE))

    assert forecast(hall, code=LAND_TITLE).about_s == MEAN_S // 2


def test_a_counter_gives_a_field_its_share_only() -> None:
    hall = Hall()
    hall.open("1")
    hall.issue(BIRTH)
    assert forecast(hall).about_s == MEAN_S + MEAN_S // 2
    hall.issue(COPY)

    assert forecast(hall).about_s == pytest.approx((MEAN_S + MEAN_S / 2) * 1.6, abs=1)


def test_a_counter_serving_single_procedures_counts_whole() -> None:
    hall = Hall()
    hall.open("3")
    profile = WorkProfile(procedures={BIRTH: Level.BACK_UP})
    hall.do(c.ChangeWorkProfile(counter=THREE, profile=profile))
    hall.issue(BIRTH)

    assert forecast(hall).about_s == MEAN_S + MEAN_S // 2


def test_priority_waits_behind_priority_only() -> None:
    hall = Hall()
    hall.open("1")
    for priority in (None, None, ELDERLY):
        hall.issue(BIRTH, priority_class=priority)

    assert forecast(hall, priority=ELDERLY).about_s == MEAN_S + MEAN_S // 2
    assert forecast(hall).about_s == 3 * MEAN_S + MEAN_S // 2


def test_who_may_not_be_served_today_is_told_so() -> None:
    hall = Hall()
    hall.open("3")
    for _ in range(20):
        hall.issue(LAND_TITLE)
    hall.later(minutes=6 * 60 + 15)
    assert forecast(hall, code=LAND_TITLE).kind is ForecastKind.RANGE
    hall.later(minutes=5)

    assert forecast(hall, code=LAND_TITLE) == Forecast(kind=ForecastKind.MAY_NOT_BE_SERVED_TODAY)


def test_a_day_without_hours_has_no_end_to_wait_past() -> None:
    hall = Hall()
    hall.open("1")
    closed = replace(small_configuration(), hours=OpeningHours(weekdays={}))
    hall.centre.configuration = closed

    assert forecast(hall).kind is ForecastKind.RANGE


def test_the_mean_shifts_slowly_from_the_configured_to_the_measured() -> None:
    hall = Hall()
    procedure = hall.centre.procedure(BIRTH)
    assert mean_transaction_time_s(hall.centre, procedure) == MEAN_S

    hall.centre.served[BIRTH] = Served(10, 10 * 240.0)
    assert mean_transaction_time_s(hall.centre, procedure) == 360


def test_where_the_state_is_incomplete_the_longest_present_wait_is_told() -> None:
    hall = Hall()
    hall.open("1")
    hall.issue(BIRTH)
    hall.later(minutes=7)
    lost = replace(next(iter(hall.centre.tickets.values())), procedure=ProcedureCode("gone"))
    hall.centre.tickets[lost.id] = lost

    assert longest_present_wait_s(hall.centre, CIVIL, hall.now) == 420
    assert forecast(hall) == Forecast(kind=ForecastKind.RANGE, about_s=420, at_most_s=756)


def test_where_nobody_waits_the_mean_of_the_day_is_known() -> None:
    hall = Hall()
    assert longest_present_wait_s(hall.centre, CIVIL, hall.now) is None
    assert mean_wait_of_the_day_s(hall.centre, CIVIL) == 0

    hall.open("1")
    hall.issue(BIRTH)
    hall.later(minutes=3)
    hall.do(c.CallNext(counter=ONE))

    assert mean_wait_of_the_day_s(hall.centre, CIVIL) == 180
