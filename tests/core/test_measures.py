"""Durations and the service level, by hand."""

from datetime import UTC, datetime, timedelta

import pytest

from queue_server.core.measures import (
    approach_time,
    service_level,
    serving_time,
    transaction_time,
    visit_time,
    waiting_time,
)

EIGHT = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)


def at(minutes: float) -> datetime:
    return EIGHT + timedelta(minutes=minutes)


def test_the_times_of_a_visit_follow_one_another() -> None:
    queued, called, serving, ended = at(0), at(12), at(13), at(20)

    assert waiting_time(queued, called) == timedelta(minutes=12)
    assert approach_time(called, serving) == timedelta(minutes=1)
    assert serving_time(serving, ended) == timedelta(minutes=7)
    assert transaction_time(called, ended) == timedelta(minutes=8)
    assert visit_time(queued, ended) == timedelta(minutes=20)


def test_who_comes_early_and_is_called_before_the_appointment_has_not_waited() -> None:
    assert waiting_time(at(30), at(25)) == timedelta(0)


@pytest.mark.parametrize(
    ("served", "within", "late_no_shows", "level"),
    [(10, 9, 0, 0.9), (10, 10, 10, 0.5), (0, 0, 3, 0.0), (0, 0, 0, None)],
)
def test_the_service_level_counts_those_who_left_after_the_promise(
    served: int, within: int, late_no_shows: int, level: float | None
) -> None:
    assert (
        service_level(
            served=served, served_within_target=within, no_shows_after_target=late_no_shows
        )
        == level
    )
