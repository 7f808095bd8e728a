"""When tickets are issued, as instants: the screen compares them with the server's time itself."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from msgspec import Struct

from queue_server.core.configuration import CentreConfiguration, Session
from queue_server.core.hours import LOOK_AHEAD_DAYS, sessions_of

KEPT = 3
"""Stretches shown ahead: this one, the next of today, and the next day's first."""


class Opening(Struct, frozen=True):
    """One stretch of time in which numbers can be taken."""

    opens_at: datetime
    tickets_until: datetime


def openings_from(configuration: CentreConfiguration, at: datetime) -> tuple[Opening, ...]:
    """The stretch that holds `at`, if any, and the next ones; none when closed for a month."""
    zone = ZoneInfo(configuration.timezone)
    found: list[Opening] = []
    today = at.astimezone(zone).date()
    for ahead in range(LOOK_AHEAD_DAYS):
        for opening in _of_day(configuration, today + timedelta(days=ahead), zone):
            if opening.tickets_until > at:
                found.append(opening)
            if len(found) == KEPT:
                return tuple(found)
    return tuple(found)


def _of_day(configuration: CentreConfiguration, day: date, zone: ZoneInfo) -> Iterator[Opening]:
    for session in sessions_of(configuration.hours, day):
        yield _opening(session, day, zone)


def _opening(session: Session, day: date, zone: ZoneInfo) -> Opening:
    return Opening(
        datetime.combine(day, session.opens, zone),
        datetime.combine(day, session.tickets_until, zone),
    )
