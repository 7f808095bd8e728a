"""When numbers are given, as the kiosk is told."""

from datetime import UTC, datetime, timedelta

from msgspec.structs import replace

from displays.kiosk.openings import openings_from
from queue_server.core.configuration import OpeningHours
from tests.support.centres import MORNING, small_configuration


def local(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}:00+07:00")


def test_begins_with_the_stretch_that_holds_the_instant() -> None:
    openings = openings_from(small_configuration(), MORNING)

    assert [(opening.opens_at, opening.tickets_until) for opening in openings] == [
        (local("2026-11-23T07:30"), local("2026-11-23T11:00")),
        (local("2026-11-23T13:00"), local("2026-11-23T16:30")),
        (local("2026-11-24T07:30"), local("2026-11-24T11:00")),
    ]


def test_is_the_same_all_the_stretch_long() -> None:
    early = openings_from(small_configuration(), MORNING)

    assert openings_from(small_configuration(), MORNING + timedelta(hours=1)) == early


def test_skips_the_stretch_that_ends_now_and_days_off() -> None:
    friday_end = datetime(2026, 11, 27, 9, 30, tzinfo=UTC)

    first = openings_from(small_configuration(), friday_end)[0]

    assert first.opens_at == local("2026-11-30T07:30")


def test_is_empty_for_a_centre_that_never_opens() -> None:
    closed = replace(small_configuration(), hours=OpeningHours(weekdays={}))

    assert openings_from(closed, MORNING) == ()
