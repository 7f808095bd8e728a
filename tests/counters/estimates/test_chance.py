"""Times for rolling forward: spread like real ones, and the same each time."""

from statistics import fmean, pstdev

import pytest

from counters.estimates.chance import Times

MEAN_S, CV = 480.0, 0.7


def test_whole_times_have_the_mean_and_spread_of_real_ones() -> None:
    times = Times(0, CV)
    drawn = [times.whole_s(MEAN_S) for _ in range(640)]

    assert fmean(drawn) == pytest.approx(MEAN_S, rel=0.01)
    assert pstdev(drawn) == pytest.approx(CV * MEAN_S, rel=0.1)


def test_the_same_roll_gives_the_same_times_and_another_roll_others() -> None:
    assert Times(1, CV).whole_s(MEAN_S) == Times(1, CV).whole_s(MEAN_S)
    assert Times(1, CV).rest_s(0, MEAN_S, 60) != Times(2, CV).rest_s(0, MEAN_S, 60)


def test_what_is_left_has_the_conditional_mean_of_the_lognormal() -> None:
    """E[S - e | S > e] = m F((mu + s2 - ln e)/s) / F((mu - ln e)/s) - e: 316 s after 480."""
    rest = [Times(0, CV).rest_s(place, MEAN_S, 480.0) for place in range(2000)]

    assert fmean(rest) == pytest.approx(316.26, rel=0.01)


def test_nothing_is_left_of_a_time_that_does_not_vary() -> None:
    times = Times(0, 0.0)

    assert times.whole_s(MEAN_S) == pytest.approx(MEAN_S)
    assert times.rest_s(3, MEAN_S, 180) == 300
    assert times.rest_s(3, MEAN_S, 600) == 0
