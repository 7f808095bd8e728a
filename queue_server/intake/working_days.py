"""Which days a centre works: the country's calendar with the centre's own changes.

Tables are built once per calendar and year and then only searched, because a due date is told
while a citizen stands at the counter.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache
from itertools import count

import holidays as calendars

from queue_server.core.configuration import Holidays
from queue_server.core.errors import InvalidValue

_ONE_DAY = timedelta(days=1)


def is_working_day(day: date, holidays: Holidays) -> bool:
    """Whether `day` is worked, by law or as a swapped Saturday.

    Raises:
        InvalidValue: The country has no known calendar, or `holidays` contradicts itself.
    """
    return on_or_after(day, holidays) == day


def on_or_after(day: date, holidays: Holidays) -> date:
    """The first working day that is not before `day`.

    Raises:
        InvalidValue: The country has no known calendar, or `holidays` contradicts itself.
    """
    for days in _years_from(day.year, holidays):
        position = bisect_left(days, day)
        if position < len(days):
            return days[position]
    raise AssertionError("years never end")


def working_days_later(day: date, amount: int, holidays: Holidays) -> date:
    """The `amount`-th working day after `day`; `day` itself never counts.

    Raises:
        InvalidValue: The country has no known calendar, or `holidays` contradicts itself.
    """
    left = amount
    for days in _years_from(day.year, holidays):
        position = bisect_right(days, day) + left - 1
        if position < len(days):
            return days[position]
        left = position - len(days) + 1
    raise AssertionError("years never end")


def on_or_before(day: date, holidays: Holidays) -> date:
    """The last working day that is not after `day`.

    Raises:
        InvalidValue: The country has no known calendar, or `holidays` contradicts itself.
    """
    for year in count(day.year, -1):
        days = _working_days(holidays, year)
        position = bisect_right(days, day)
        if position:
            return days[position - 1]
    raise AssertionError("years never end")


def _years_from(year: int, holidays: Holidays) -> Iterator[tuple[date, ...]]:
    for each in count(year):
        yield _working_days(holidays, each)


@lru_cache(maxsize=4096)
def _working_days(holidays: Holidays, year: int) -> tuple[date, ...]:
    both = set(holidays.days_off) & set(holidays.working_days)
    if both:
        listed = ", ".join(str(day) for day in sorted(both))
        message = f"expected each date as day off or as working day, got both for {listed}"
        raise InvalidValue(message)
    added = {day for day in holidays.working_days if day.year == year}
    worked = added.union(_country_working_days(holidays.country, year))
    return tuple(sorted(worked.difference(holidays.days_off)))


@lru_cache(maxsize=64)
def _country_working_days(country: str, year: int) -> tuple[date, ...]:
    try:
        calendar = calendars.country_holidays(country, years=year)
    except NotImplementedError:
        message = f"expected a country with a known calendar such as VN, got {country!r}"
        raise InvalidValue(message, country=country) from None
    first = date(year, 1, 1)
    every_day = (first + number * _ONE_DAY for number in range((date(year + 1, 1, 1) - first).days))
    return tuple(day for day in every_day if calendar.is_working_day(day))
