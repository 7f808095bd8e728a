"""What is wrong with a centre's opening hours and holidays."""

import re
from datetime import date
from itertools import pairwise

from msgspec.structs import astuple

from queue_server.core.configuration import CentreConfiguration, Session
from queue_server.core.configuration_paths import key_path
from queue_server.core.hours import WEEKDAYS
from queue_server.core.problems import Problems, problem_at


def hours_problems(c: CentreConfiguration) -> Problems:
    """Sessions that overlap or run backwards, a centre that never opens, days that are both."""
    if not any(c.hours.weekdays.values()):
        yield problem_at("hours.weekdays", "the centre is never open")
    for day, sessions in c.hours.weekdays.items():
        key = key_path("hours", "weekdays", day)
        if day not in WEEKDAYS:
            yield problem_at(
                key, "expected one of %(known)s, got '%(got)s'", known=", ".join(WEEKDAYS), got=day
            )
        yield from _sessions(key, sessions)
    for on, sessions in c.hours.exceptions.items():
        yield from _sessions(key_path("hours", "exceptions", on.isoformat()), sessions)
    both: set[date] = {*c.holidays.days_off} & {*c.holidays.working_days}
    for on in sorted(both):
        yield problem_at("holidays", "%(day)s is both a day off and a working day", day=on)
    if not re.fullmatch(r"[A-Z]{2}", c.holidays.country):
        yield problem_at(
            "holidays.country",
            "expected two capitals such as VN, got '%(got)s'",
            got=c.holidays.country,
        )


def _sessions(key: str, sessions: tuple[Session, ...]) -> Problems:
    if any(each.tzinfo for session in sessions for each in astuple(session)):
        yield problem_at(key, "expected times of the centre's own zone, written without one")
        return
    for n, session in enumerate(sessions, 1):
        if not session.opens < session.tickets_until <= session.closes:
            got = ", ".join(f"{each:%H:%M}" for each in astuple(session))
            yield problem_at(
                f"{key}[{n}]",
                "expected opens before tickets_until, and that not after closes, got %(got)s",
                got=got,
            )
    for n, (earlier, later) in enumerate(pairwise(sessions), 2):
        if later.opens < earlier.closes:
            yield problem_at(f"{key}[{n}]", "opens before the session before it closes")
