"""Calls that deviate from the order, per clerk: the draws of some days checked again."""

import csv
import io
from collections.abc import Sequence
from datetime import date
from typing import Final

from msgspec import Struct
from sqlalchemy import Engine

from counters.routing.draw_check import DayDraws, Deviation, KeyVerdict, OutOfOrder, check_day
from counters.routing.draw_report import ClerkDraws, clerk_draws
from queue_server.archive.day_commits import day_commits, opened_days
from queue_server.core.identifiers import CentreId

DAYS: Final = 7
"""Days over which the places of the draws are compared: one day has too few."""
MOST_DAYS: Final = 31
BOM: Final = "\ufeff"


class CallReport(Struct, frozen=True, kw_only=True):
    """One day's calls, and the clerks' over some days up to it."""

    centre: CentreId
    day: date
    key: KeyVerdict
    draw_key_hash: str
    draw_key: str
    calls: int
    """By the rules, that day."""
    draws: int
    """Of them drawn among equals."""
    deviations: tuple[Deviation, ...]
    out_of_order: tuple[OutOfOrder, ...]
    counters: dict[str, str]
    """Number of each counter that is named."""
    days: tuple[date, ...]
    """Whose calls the clerks' figures are of."""
    clerks: tuple[ClerkDraws, ...]


def call_report(
    engine: Engine, centre: CentreId, day: date, days: int, signs: dict[str, str]
) -> CallReport:
    """The report; a day that was never opened has one of zeros.

    Args:
        engine: The archive.
        centre: Whose calls.
        day: The day that is listed call by call.
        days: How many opened days up to it the clerks' figures are of.
        signs: Number of each counter, as on its sign.
    """
    checked: dict[date, DayDraws] = {}
    for each in opened_days(engine, centre, day, days):
        commits = day_commits(engine, centre, each)
        if commits is not None:
            checked[each] = check_day(commits.commits, commits.routing)
    own = checked.get(day)
    calls = () if own is None else own.calls
    return CallReport(
        centre=centre,
        day=day,
        key=KeyVerdict.NOT_PROMISED if own is None else own.key,
        draw_key_hash="" if own is None else own.draw_key_hash,
        draw_key="" if own is None else own.draw_key,
        calls=len(calls),
        draws=sum(call.equals > 1 for call in calls),
        deviations=() if own is None else own.deviations,
        out_of_order=() if own is None else own.out_of_order,
        counters=signs,
        days=tuple(checked),
        clerks=clerk_draws(checked.values()),
    )


COLUMNS: Final = tuple(ClerkDraws.__struct_fields__)


def clerks_csv(clerks: Sequence[ClerkDraws]) -> str:
    """One line per clerk; UTF-8 with BOM, as spreadsheets want it."""
    target = io.StringIO()
    writer = csv.writer(target, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for line in clerks:
        writer.writerow([_cell(getattr(line, name)) for name in COLUMNS])
    return BOM + target.getvalue()


def _cell(value: object) -> object:
    """A text that a spreadsheet would take for a formula begins with an apostrophe."""
    if isinstance(value, float):
        return round(value, 4)
    is_formula = isinstance(value, str) and value.startswith(("=", "+", "-", "@", "\t", "\r"))
    return f"'{value}" if is_formula else value
