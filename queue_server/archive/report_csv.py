"""A report and its transactions as CSV that Excel opens: UTF-8 with BOM, one header line.

Names of columns are those of docs/reference; durations are seconds, shares 0 to 1, times of day
by the centre's clock. The report's formulas can be checked with the transactions.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from sqlalchemy import Engine, select

from queue_server.archive.database import reading
from queue_server.archive.figures import Figures, Spread
from queue_server.archive.report import DayReport
from queue_server.archive.tables import TRANSACTIONS, VISITS
from queue_server.core.configuration import Texts
from queue_server.core.identifiers import CentreId
from queue_server.core.ticket import Outcome, Score

BOM: Final = "\ufeff"
COUNTS: Final = ("issued", "called", "served", "no_shows", "cancelled", "expired", "transferred")
SHARES: Final = ("no_show_rate", "service_level")
TIMES: Final = ("waiting", "approach", "serving")
SPREADS: Final = ("count", "mean_s", "p50_s", "p90_s", "max_s")
ESTIMATES: Final = (
    "estimates",
    "estimate_error_s",
    "estimates_within_5_min",
    "estimate_bias_s",
    "estimates_within_quarter",
    "estimates_at_most_kept",
    "estimates_too_short",
)

SCORES: Final = tuple(f"ratings_{score.name.lower()}" for score in Score)

VISIT_COLUMNS: Final = ("number", "channel", "language", "priority_class", "rating")
OWN_COLUMNS: Final = tuple(
    column.name for column in TRANSACTIONS.columns if column.name not in {"ticket", "centre"}
)


def report_csv(report: DayReport, language: str = "vi") -> str:
    """The report's tables below one another; `group` says which table a line is of."""
    header = ["centre", "day", "group", "id", "label", "name", *_figure_names()]
    start = [report.centre, report.day.isoformat()]
    lines = [[*start, "total", "", "", _text(report.name, language), *_cells(report.totals)]]
    for group, found in (
        ("field", report.fields),
        ("procedure", report.procedures),
        ("counter", report.counters),
    ):
        for line in found:
            names = [group, line.id, line.label, _text(line.name, language)]
            lines.append([*start, *names, *_cells(line.figures)])
    for hour in report.hours:
        names = ["hour", f"{hour.hour:02d}", f"{hour.hour:02d}:00", ""]
        lines.append([*start, *names, *_cells(hour.figures)])
    return _written(header, lines)


def transactions_csv(engine: Engine, centre: CentreId, day: date, timezone: str) -> str:
    """Every transaction of the day, in the order of issue. No name and no ticket id is in it."""
    columns = [
        *(VISITS.c[name] for name in VISIT_COLUMNS),
        *(TRANSACTIONS.c[name] for name in OWN_COLUMNS),
    ]
    statement = (
        select(*columns)
        .join(VISITS, TRANSACTIONS.c.ticket == VISITS.c.ticket)
        .where(TRANSACTIONS.c.centre == centre, TRANSACTIONS.c.day == day)
        .order_by(VISITS.c.sequence, TRANSACTIONS.c.n)
    )
    zone = ZoneInfo(timezone)
    with reading(engine) as connection:
        rows = [[_local(value, zone) for value in row] for row in connection.execute(statement)]
    return _written([*VISIT_COLUMNS, *OWN_COLUMNS], rows)


def _figure_names() -> Iterator[str]:
    yield from (*COUNTS, *SHARES)
    for time in TIMES:
        yield from (f"{time}_{name}" for name in SPREADS)
    yield from (f"outcome_{outcome.value}" for outcome in Outcome)
    yield from ("dossiers", *ESTIMATES, "ratings", *SCORES, "satisfied")


def _cells(figures: Figures) -> Iterator[object]:
    yield from (getattr(figures, name) for name in (*COUNTS, *SHARES))
    for time in TIMES:
        spread: Spread = getattr(figures, time)
        yield from (getattr(spread, name) for name in SPREADS)
    yield from (figures.outcomes.get(outcome.value, 0) for outcome in Outcome)
    yield figures.dossiers
    yield from (getattr(figures, name) for name in ESTIMATES)
    told = figures.ratings
    yield from (told.count, *(told.scores or [None] * len(SCORES)), told.satisfied)


def _text(texts: Texts, language: str) -> str:
    return texts.get(language) or texts.get("vi", "")


def _local(value: object, zone: ZoneInfo) -> object:
    if isinstance(value, datetime):
        return value.astimezone(zone).strftime("%Y-%m-%d %H:%M:%S")
    return value.isoformat() if isinstance(value, date) else value


def _written(header: Sequence[str], rows: Iterable[Iterable[object]]) -> str:
    target = io.StringIO()
    writer = csv.writer(target, lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows([_safe(cell) for cell in row] for row in rows)
    return BOM + target.getvalue()


def _safe(cell: object) -> Any:  # noqa: ANN401  # whatever csv can write
    """The cell; a text that a spreadsheet would take for a formula begins with an apostrophe."""
    if isinstance(cell, float):
        return round(cell, 4)
    is_formula = isinstance(cell, str) and cell.startswith(("=", "+", "-", "@", "\t", "\r"))
    return f"'{cell}" if is_formula else cell
