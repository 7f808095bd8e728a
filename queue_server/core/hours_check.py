"""What is wrong with opening hours and holidays, as key and reason of each problem."""

import re
from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from typing import Final

from msgspec.structs import astuple

from queue_server.core.configuration import Holidays, OpeningHours, Session
from queue_server.core.configuration_paths import key_path
from queue_server.core.hours import WEEKDAYS

ZONED: Final = "expected times of the centre's own zone, written without one"

Reasons = Iterator[tuple[str, str]]


def hours_problems(hours: OpeningHours, holidays: Holidays) -> Reasons:
    """Key and reason of each problem."""
    if not any(hours.weekdays.values()):
        yield "hours.weekdays", "the centre is never open"
    for day, sessions in hours.weekdays.items():
        key = key_path("hours", "weekdays", day)
        if day not in WEEKDAYS:
            yield key, f"expected one of {', '.join(WEEKDAYS)}, got {day!r}"
        yield from _sessions(key, sessions)
    for on, sessions in hours.exceptions.items():
        yield from _sessions(key_path("hours", "exceptions", on.isoformat()), sessions)
    both: set[date] = {*holidays.days_off} & {*holidays.working_days}
    for on in sorted(both):
        yield "holidays", f"{on.isoformat()} is both a day off and a working day"
    if not re.fullmatch(r"[A-Z]{2}", holidays.country):
        yield "holidays.country", f"expected two capitals such as VN, got {holidays.country!r}"


def _sessions(key: str, sessions: tuple[Session, ...]) -> Reasons:
    if any(each.tzinfo for session in sessions for each in astuple(session)):
        yield key, ZONED
        return
    for n, session in enumerate(sessions, 1):
        if not session.opens < session.tickets_until <= session.closes:
            order = "expected opens before tickets_until, and that not after closes"
            got = ", ".join(f"{each:%H:%M}" for each in astuple(session))
            yield f"{key}[{n}]", f"{order}, got {got}"
    for n, (earlier, later) in enumerate(pairwise(sessions), 2):
        if later.opens < earlier.closes:
            yield f"{key}[{n}]", "opens before the session before it closes"
