"""Opening hours: ticket issue ends before serving does, in the centre's own time."""

from datetime import UTC, date, datetime, time

import pytest
from msgspec.structs import replace

from queue_server.core.configuration import CentreConfiguration, OpeningHours, Session
from queue_server.core.errors import TicketsClosed
from queue_server.core.hours import (
    are_tickets_open,
    local_time,
    next_tickets_at,
    require_tickets_open,
    serving_ends_at,
    sessions_of,
)
from tests.support.centres import Hall, small_configuration
from tests.support.histories import refused

CONFIGURATION = small_configuration()


def vietnam(day: int, hour: int, minute: int = 0) -> datetime:
    """An instant of November 2026 as a UTC value; the 23rd is a Monday."""
    local = datetime(2026, 11, day, hour, minute, tzinfo=local_time(CONFIGURATION, NOON).tzinfo)
    return local.astimezone(UTC)


NOON = datetime(2026, 11, 23, 5, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("hour", "minute", "is_open"),
    [
        (7, 29, False),
        (7, 30, True),
        (10, 59, True),
        (11, 0, False),
        (12, 59, False),
        (13, 0, True),
        (16, 29, True),
        (16, 30, False),
    ],
)
def test_tickets_are_issued_from_opening_until_their_end(
    hour: int, minute: int, *, is_open: bool
) -> None:
    assert are_tickets_open(CONFIGURATION, vietnam(23, hour, minute)) is is_open


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (vietnam(23, 6), vietnam(23, 7, 30)),
        (vietnam(23, 9), vietnam(23, 9)),
        (vietnam(23, 11), vietnam(23, 13)),
        (vietnam(23, 16, 30), vietnam(24, 7, 30)),
        (vietnam(27, 18), vietnam(30, 7, 30)),
    ],
)
def test_the_next_tickets_are_now_after_lunch_tomorrow_or_after_the_weekend(
    now: datetime, expected: datetime
) -> None:
    assert next_tickets_at(CONFIGURATION, now) == expected


def test_an_exception_replaces_the_weekday() -> None:
    saturday, monday = date(2026, 11, 28), date(2026, 11, 23)
    morning = (Session(opens=time(8), tickets_until=time(10), closes=time(11)),)
    hours = OpeningHours(
        weekdays=CONFIGURATION.hours.weekdays, exceptions={saturday: morning, monday: ()}
    )
    changed = replace(CONFIGURATION, hours=hours)

    assert sessions_of(hours, saturday) == morning
    assert not are_tickets_open(changed, vietnam(23, 9))
    assert are_tickets_open(changed, vietnam(28, 9))
    assert serving_ends_at(changed, vietnam(23, 9)) is None


def test_serving_ends_with_the_last_session() -> None:
    assert serving_ends_at(CONFIGURATION, vietnam(23, 9)) == vietnam(23, 17)
    assert serving_ends_at(CONFIGURATION, vietnam(28, 9)) is None


def test_a_centre_closed_for_a_month_says_so() -> None:
    closed = replace(CONFIGURATION, hours=OpeningHours(weekdays={}))
    assert next_tickets_at(closed, NOON) is None

    hall = Hall()
    hall.centre.configuration = closed
    with refused(TicketsClosed, "no tickets are issued at 12:00; next: no day within a month"):
        require_tickets_open(hall.centre, NOON)


def test_the_refusal_names_the_next_opening_for_screens() -> None:
    with pytest.raises(TicketsClosed) as caught:
        require_tickets_open(Hall().centre, NOON)

    assert caught.value.facts == {"next_at": "2026-11-23T13:00:00+07:00"}


def test_the_date_is_local_even_when_utc_is_a_day_behind() -> None:
    def kamchatka(configuration: CentreConfiguration) -> CentreConfiguration:
        return replace(configuration, timezone="Asia/Kamchatka")

    tuesday_morning = datetime(2026, 11, 23, 20, 0, tzinfo=UTC)
    assert local_time(kamchatka(CONFIGURATION), tuesday_morning).date() == date(2026, 11, 24)
    assert are_tickets_open(kamchatka(CONFIGURATION), tuesday_morning)
