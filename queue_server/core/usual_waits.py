"""When it is usually quieter: what past days say to somebody who could come back later."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from typing import Final

from queue_server.core.centre import Centre
from queue_server.core.hours import WEEKDAYS, local_time, sessions_of
from queue_server.core.identifiers import FieldId
from queue_server.core.learned import HALF_HOURS
from queue_server.core.ticket import Forecast, ForecastKind

WORTH_ASKING_S: Final = 15 * 60
"""Whoever waits less is not sent away to come back later."""
LEAST_GAIN_S: Final = 10 * 60
LEAST_GAIN: Final = 0.4
"""The usual wait must be shorter by ten minutes and by two fifths to be worth a second way."""
HALF_HOUR: Final = timedelta(minutes=30)


def quieter_from(
    centre: Centre, field: FieldId, now: datetime, forecast: Forecast | None
) -> datetime | None:
    """From when on a wait is usually much shorter than the present one; None to say nothing.

    It must stay so until the end of the day's tickets, so that the advice bears being late.
    """
    if forecast is None or forecast.kind is not ForecastKind.RANGE or centre.learned is None:
        return None
    about_s = forecast.about_s or 0
    local = local_time(centre.facts, now)
    usual = centre.learned.usual_waits_s.get(WEEKDAYS[local.weekday()], {}).get(field)
    if about_s < WORTH_ASKING_S or usual is None:
        return None
    most_s = min(about_s - LEAST_GAIN_S, about_s * (1 - LEAST_GAIN))
    place = _quiet_place(usual, _ahead(centre, local), most_s)
    if place is None:
        return None
    return datetime.combine(local.date(), time(), local.tzinfo) + place * HALF_HOUR


def _ahead(centre: Centre, local: datetime) -> range:
    """The half hours from the next one until the end of the day's tickets."""
    sessions = sessions_of(centre.facts.hours, local.date())
    ends = max((each.tickets_until for each in sessions), default=time())
    return range(_half_hours(local.time()) + 1, min(_half_hours(ends), HALF_HOURS))


def _half_hours(at: time) -> int:
    return at.hour * 2 + at.minute // 30


def _quiet_place(usual: Sequence[float | None], ahead: range, most_s: float) -> int | None:
    """The first of the half hours from which on every known wait is short enough."""
    quiet: int | None = None
    for place in reversed(ahead):
        wait_s = usual[place]
        if wait_s is not None and wait_s > most_s:
            break
        if wait_s is not None:
            quiet = place
    return quiet
