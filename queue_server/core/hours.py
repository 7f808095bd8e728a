"""Opening hours: when tickets are issued, when serving ends, when the next opening is.

Local time is the time of the centre's configured time zone.
"""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from queue_server.core.centre import Centre, Day
from queue_server.core.configuration import CentreConfiguration, OpeningHours, Session
from queue_server.core.errors import DayRefusal, TicketsClosed

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
LOOK_AHEAD_DAYS = 31


def local_time(configuration: CentreConfiguration, instant: datetime) -> datetime:
    """The instant in the centre's time zone."""
    return instant.astimezone(ZoneInfo(configuration.timezone))


def sessions_of(hours: OpeningHours, day: date) -> tuple[Session, ...]:
    """Sessions of that date: its exception where there is one, else its weekday's."""
    if day in hours.exceptions:
        return hours.exceptions[day]
    return hours.weekdays.get(WEEKDAYS[day.weekday()], ())


def next_tickets_at(configuration: CentreConfiguration, now: datetime) -> datetime | None:
    """The next instant at which tickets are issued, at or after now; None within a month."""
    local = local_time(configuration, now)
    for ahead in range(LOOK_AHEAD_DAYS):
        day = local.date() + timedelta(days=ahead)
        for session in sessions_of(configuration.hours, day):
            until = datetime.combine(day, session.tickets_until, local.tzinfo)
            if local < until:
                return max(local, datetime.combine(day, session.opens, local.tzinfo))
    return None


def are_tickets_open(configuration: CentreConfiguration, now: datetime) -> bool:
    """Whether a ticket may be issued now."""
    local = local_time(configuration, now)
    return any(
        session.opens <= local.time() < session.tickets_until
        for session in sessions_of(configuration.hours, local.date())
    )


def is_serving_time(configuration: CentreConfiguration, now: datetime) -> bool:
    """Whether a session is on."""
    local = local_time(configuration, now)
    return any(
        session.opens <= local.time() < session.closes
        for session in sessions_of(configuration.hours, local.date())
    )


def require_serving_at(configuration: CentreConfiguration, instant: datetime) -> None:
    """Refuse an appointment when nobody serves.

    Raises:
        TicketsClosed: No session is on then.
    """
    if not is_serving_time(configuration, instant):
        local = local_time(configuration, instant)
        message = f"expected an appointment within the opening hours, got {local:%H:%M}"
        raise TicketsClosed(message, next_at=None)


def serving_ends_at(configuration: CentreConfiguration, now: datetime) -> datetime | None:
    """End of the day's last session; None on a day without one."""
    local = local_time(configuration, now)
    sessions = sessions_of(configuration.hours, local.date())
    if not sessions:
        return None
    last = max(session.closes for session in sessions)
    return datetime.combine(local.date(), last, local.tzinfo)


def require_open_day(centre: Centre) -> Day:
    """The open day.

    Raises:
        DayRefusal: The day was not opened, or is closed.
    """
    if centre.day is None or not centre.day.is_open:
        message = "expected an open day: open the day first"
        raise DayRefusal(message)
    return centre.day


def require_tickets_open(centre: Centre, now: datetime) -> None:
    """Refuse out of hours, telling when tickets are issued next.

    Raises:
        TicketsClosed: No tickets are issued now.
    """
    configuration = centre.facts
    if are_tickets_open(configuration, now):
        return
    opens = next_tickets_at(configuration, now)
    when = f"{opens:%H:%M on %d/%m/%Y}" if opens else "no day within a month"
    message = f"no tickets are issued at {local_time(configuration, now):%H:%M}; next: {when}"
    raise TicketsClosed(message, next_at=opens.isoformat() if opens else None)
