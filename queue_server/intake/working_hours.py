"""Terms counted in working hours: eight of them are one working day.

Hours run while the agency works: on working days, in the centre's opening hours. A working day
on which the centre itself is closed (a swapped Saturday, an exception) still counts for the
agency, with the usual office hours. All times are local and naive.
"""

from datetime import date, datetime, time, timedelta
from typing import Final

from queue_server.core.configuration import Holidays, OpeningHours
from queue_server.intake.working_days import on_or_before, working_days_later

HOURS_PER_DAY: Final = 8
WEEKDAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
Stretch = tuple[time, time]
OFFICE_HOURS: Final[tuple[Stretch, ...]] = (
    (time(8, 0), time(12, 0)),
    (time(13, 0), time(17, 0)),
)
"""Used where no opening hours are known."""


def working_hours_later(
    received: datetime, amount: int, holidays: Holidays, hours: OpeningHours | None
) -> datetime:
    """Local time at which `amount` working hours have passed since `received`.

    Whole working days keep the time of day, whatever the length of the days between; only the
    remaining hours are counted along the sessions. Received outside working time counts from
    the next working minute.
    """
    days, rest = divmod(amount, HOURS_PER_DAY)
    began = _last_working_minute(received, holidays, hours)
    if days:
        day = working_days_later(began.date(), days, holidays)
        began = datetime.combine(day, _within(began.time(), _stretches(day, hours)))
    return _along(began, timedelta(hours=rest), holidays, hours)


def _last_working_minute(
    received: datetime, holidays: Holidays, hours: OpeningHours | None
) -> datetime:
    """The earliest time from which nothing was worked until `received`.

    Starting from it gives "due at the close of Tuesday" where starting from `received` itself,
    the opening of Tuesday, would give "due at the opening of Wednesday" for the same eight hours.
    """
    day = on_or_before(received.date(), holidays)
    stretches = _stretches(day, hours)
    at = received.time() if day == received.date() else time.max
    if at <= stretches[0][0]:
        day = on_or_before(day - timedelta(days=1), holidays)
        return datetime.combine(day, _stretches(day, hours)[-1][1])
    opens, closes = next(stretch for stretch in reversed(stretches) if stretch[0] < at)
    return datetime.combine(day, min(max(at, opens), closes))


def _within(at: time, stretches: tuple[Stretch, ...]) -> time:
    """`at` moved into working time of the same day, forward where there is a choice."""
    for opens, closes in stretches:
        if at <= closes:
            return max(at, opens)
    return stretches[-1][1]


def _along(
    began: datetime, left: timedelta, holidays: Holidays, hours: OpeningHours | None
) -> datetime:
    """`began` moved on by `left` of working time."""
    if not left:
        return began
    day = began.date()
    while True:
        for opens, closes in _stretches(day, hours):
            start = max(began, datetime.combine(day, opens))
            worked = max(timedelta(), datetime.combine(day, closes) - start)
            if left <= worked:
                return start + left
            left -= worked
        day = working_days_later(day, 1, holidays)


def _stretches(day: date, hours: OpeningHours | None) -> tuple[Stretch, ...]:
    if hours is None:
        return OFFICE_HOURS
    weekday = hours.weekdays.get(WEEKDAYS[day.weekday()], ())
    sessions = hours.exceptions.get(day, weekday)
    stretches = sorted((each.opens, each.closes) for each in sessions if each.opens < each.closes)
    return tuple(stretches) or OFFICE_HOURS
