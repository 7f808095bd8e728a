"""How waits ended that were computed alike."""

import pytest

from counters.estimates.table import quantile, quantiles_of, table_of
from queue_server.core.learned import QuantileRow

TABLE = (QuantileRow(60, 30, 90, 120), QuantileRow(600, 570, 900, 1200))


def test_between_rows_it_is_interpolated() -> None:
    assert quantiles_of(TABLE, 330) == QuantileRow(330, 300, 495, 660)


def test_below_the_first_row_its_values_hold_and_above_the_last_its_ratio() -> None:
    assert quantiles_of(TABLE, 10) == QuantileRow(10, 30, 90, 120)
    assert quantiles_of(TABLE, 1200) == QuantileRow(1200, 1140, 1800, 2400)


def test_without_a_table_the_number_is_told_as_it_is() -> None:
    assert quantiles_of((), 300) == QuantileRow(300, 300, 300, 300)


def test_a_quantile_lies_between_the_ordered_values() -> None:
    assert quantile([0, 10], 0.5) == 5
    assert quantile([7], 0.9) == 7
    assert quantile(list(range(11)), 0.8) == 8


def test_a_table_is_learned_from_stretches_of_25_waits() -> None:
    waits = [(30.0, float(n)) for n in range(25)] + [(90.0, 100.0 + n) for n in range(26)]

    first, second = table_of(waits)

    assert first == QuantileRow(30, 12, 19.2, 21.6)
    assert second == QuantileRow(90, 112.5, 120, 122.5)


def test_too_few_waits_are_joined_with_their_neighbours_or_teach_nothing() -> None:
    few = [(30.0, 60.0)] * 24

    assert table_of(few) == ()
    assert len(table_of([*few, (90.0, 60.0)])) == 1
    assert len(table_of([*[(30.0, 60.0)] * 25, (90.0, 60.0)])) == 1


def test_a_longer_computed_wait_never_promises_a_shorter_one() -> None:
    waits = [(30.0, 500.0)] * 30 + [(90.0, 100.0)] * 30

    first, second = table_of(waits)

    assert second.p50_s == first.p50_s == 500


@pytest.mark.parametrize("computed_s", [0.0, 59.0, 61.0, 599.0, 601.0, 9000.0])
def test_the_quantiles_are_in_order(computed_s: float) -> None:
    row = quantiles_of(TABLE, computed_s)

    assert row.p50_s <= row.p80_s <= row.p90_s
