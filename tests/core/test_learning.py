"""What past days taught enters the journal only where it can be true."""

from datetime import date, datetime, timedelta

import pytest
from msgspec.structs import replace

from queue_server.core import commands as c
from queue_server.core.errors import InvalidValue
from queue_server.core.identifiers import StaffId
from queue_server.core.learned import LearnedParameters, QuantileRow
from queue_server.core.ticket import Forecast, ForecastKind
from queue_server.core.usual_waits import quieter_from
from tests.support.centres import BIRTH, CIVIL, COPY, Hall

LEARNED = LearnedParameters(
    learned_on=date(2026, 11, 23),
    mean_transaction_time_s={BIRTH: 300.0, COPY: 100.0},
    demand={BIRTH: 0.75, COPY: 0.25},
)


def learn(hall: Hall, learned: LearnedParameters = LEARNED) -> int:
    return len(hall.do(c.LearnParameters(parameters=learned)))


def test_the_learned_means_take_the_place_of_the_configured() -> None:
    hall = Hall()
    assert hall.centre.typical_transaction_time_s == 480

    assert learn(hall) == 1

    assert hall.centre.mean_transaction_time_s(BIRTH) == 300
    assert hall.centre.typical_transaction_time_s == 0.75 * 300 + 0.25 * 100


def test_what_is_in_force_already_is_not_written_again() -> None:
    hall = Hall()
    learn(hall)

    assert learn(hall) == 0


def test_what_was_not_learned_stays_as_configured() -> None:
    hall = Hall()
    learn(hall, LearnedParameters(learned_on=date(2026, 11, 23)))

    assert hall.centre.mean_transaction_time_s(BIRTH) == 480
    assert hall.centre.typical_transaction_time_s == 480


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"mean_transaction_time_s": {BIRTH: 0.0}}, "a mean in seconds of 1 to 86400"),
        ({"mean_transaction_time_s": {BIRTH: float("nan")}}, "got nan"),
        ({"clerk_factors": {StaffId("lan"): 60.0}}, "a clerk's factor of 0.1 to 10 for lan"),
        ({"demand": {BIRTH: -1.0}}, "a share of the visits"),
        ({"no_show_share": 1.5}, "a share of 0 to 1 for no_show_share"),
        ({"transaction_time_cv": -0.1}, "a coefficient of variation"),
        ({"arrivals": {"monday": {}}}, "a weekday of mon, tue"),
        ({"arrivals": {"mon": {CIVIL: (1.0,)}}}, "48 half hours for field civil, got 1"),
        ({"usual_waits_s": {"mon": {CIVIL: (None,)}}}, "48 half hours"),
        ({"quantiles": {"walk_in": (QuantileRow(60, 50, 40, 90),)}}, "quantiles of walk_in"),
        (
            {"quantiles": {"walk_in": (QuantileRow(60, 5, 5, 5), QuantileRow(60, 5, 5, 5))}},
            "that never fall",
        ),
    ],
)
def test_what_cannot_be_true_is_refused(wrong: dict[str, object], words: str) -> None:
    hall = Hall()

    with pytest.raises(InvalidValue, match=words):
        learn(hall, replace(LEARNED, **wrong))
    assert hall.centre.learned is None


USUAL = (None,) * 16 + (2400.0,) * 12 + (600.0,) * 5 + (None,) * 15
"""Forty minutes from eight to two, ten from two to half past four."""
LONG = Forecast(kind=ForecastKind.RANGE, about_s=2400, at_most_s=3600)


def quieter(forecast: Forecast | None, usual: tuple[float | None, ...] = USUAL) -> datetime | None:
    hall = Hall()
    learn(hall, replace(LEARNED, usual_waits_s={"mon": {CIVIL: usual}}))
    return quieter_from(hall.centre, CIVIL, hall.now, forecast)


def test_a_long_wait_is_answered_by_when_it_is_usually_short() -> None:
    assert quieter(LONG) == Hall().now + timedelta(hours=6)


def test_no_advice_where_it_is_not_worth_a_second_way() -> None:
    assert quieter(replace(LONG, about_s=840)) is None
    assert quieter(replace(LONG, about_s=1000)) is None
    assert quieter(None) is None
    assert quieter(Forecast(kind=ForecastKind.NO_COUNTER_OPEN)) is None


def test_no_advice_where_it_gets_long_again_or_nothing_is_known() -> None:
    long_again = (*USUAL[:32], 2400.0, *USUAL[33:])

    assert quieter(LONG, long_again) is None
    assert quieter(LONG, (None,) * 48) is None
    assert quieter_from(Hall().centre, CIVIL, Hall().now, LONG) is None
