"""The demo's time: it starts at 07:30 of a working day and goes on from the last commit."""

import asyncio
from datetime import datetime, timedelta
from pathlib import Path

import structlog

from queue_server.clock import KeptClock, ScaledClock, SystemClock
from queue_server.core.centre import Centre
from queue_server.core.configuration import CentreConfiguration
from queue_server.core.hours import local_time, sessions_of

log = structlog.get_logger()

LOOK_AHEAD_DAYS = 31
EARLY = timedelta(minutes=6)
"""Clerks sit down before the doors open."""
CHECK_S = 1.0


def first_morning(configuration: CentreConfiguration, now: datetime) -> datetime:
    """Opening time of today, or of the next day on which the centre is open."""
    local = local_time(configuration, now)
    for ahead in range(LOOK_AHEAD_DAYS):
        day = (local + timedelta(days=ahead)).date()
        sessions = sessions_of(configuration.hours, day)
        if sessions:
            return datetime.combine(day, sessions[0].opens, local.tzinfo)
    return now


def start_clock(
    file: Path, configuration: CentreConfiguration, last: datetime | None, speed: float
) -> KeptClock:
    """The demo's clock: at the first opening, or where the last commit left it."""
    start = last or first_morning(configuration, SystemClock().now()) - EARLY
    ScaledClock.starting(start, speed).keep(file)
    return KeptClock(file)


async def skip_nights(centre: Centre, clock: KeptClock, speed: float) -> None:
    """Jump to the next morning whenever a day is closed, so that there is always life."""
    while True:
        await asyncio.sleep(CHECK_S)
        day = centre.day
        if day is None or day.is_open or centre.configuration is None:
            continue
        tomorrow = clock.now() + timedelta(days=1)
        local = local_time(centre.configuration, tomorrow)
        midnight = local.replace(hour=0, minute=0, second=0, microsecond=0)
        morning = first_morning(centre.configuration, midnight) - EARLY
        if morning > clock.now():
            log.info("the demo goes on the next morning", day=morning.date().isoformat())
            ScaledClock.starting(morning, speed).keep(clock.file)
            clock.refresh()
