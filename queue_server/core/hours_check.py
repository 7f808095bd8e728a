"""What is wrong with a centre's opening hours and holidays."""

import re
from datetime import date
from itertools import pairwise

from msgspec.structs import astuple

from queue_server.core.configuration import CentreConfiguration, Session
from queue_server.core.configuration_paths import key_path
from queue_server.core.configuration_problem import ZONED, Problem, Problems
from queue_server.core.hours import WEEKDAYS


def hours_problems(c: CentreConfiguration) -> Problems:
    """Every problem of the hours, their exceptions and the holidays."""
    if not any(c.hours.weekdays.values()):
        yield Problem("hours.weekdays", "the centre is never open")
    for day, sessions in c.hours.weekdays.items():
        key = key_path("hours", "weekdays", day)
        if day not in WEEKDAYS:
            yield Problem(key, f"expected one of {', '.join(WEEKDAYS)}, got {day!r}")
        yield from _sessions(key, sessions)
    for on, sessions in c.hours.exceptions.items():
        yield from _sessions(key_path("hours", "exceptions", on.isoformat()), sessions)
    both: set[date] = {*c.holidays.days_off} & {*c.holidays.working_days}
    for on in sorted(both):
        yield Problem("holidays", f"{on.isoformat()} is both a day off and a working day")
    if not re.fullmatch(r"[A-Z]{2}", c.holidays.country):
        country = c.holidays.country
        yield Problem("holidays.country", f"expected two capitals such as VN, got {country!r}")


def _sessions(key: str, sessions: tuple[Session, ...]) -> Problems:
    if any(each.tzinfo for session in sessions for each in astuple(session)):
        yield Problem(key, ZONED)
        return
    for n, session in enumerate(sessions, 1):
        if not session.opens < session.tickets_until <= session.closes:
            order = "expected opens before tickets_until, and that not after closes"
            got = ", ".join(f"{each:%H:%M}" for each in astuple(session))
            yield Problem(f"{key}[{n}]", f"{order}, got {got}")
    for n, (earlier, later) in enumerate(pairwise(sessions), 2):
        if later.opens < earlier.closes:
            yield Problem(f"{key}[{n}]", "opens before the session before it closes")
