"""Arms of a simulation on a terminal: a table with paired intervals, and bars through the day."""

import math
from collections.abc import Sequence
from typing import Final

from rich.bar import Bar
from rich.console import Console, Group
from rich.table import Table

from counters.simulation.comparison import Arm, Interval

COLUMNS: Final = {
    "mean": "mean wait",
    "p90": "P90",
    "within_15": "≤ 15 min",
    "worst_field": "worst field",
    "overtime": "overtime",
    "unserved": "not served",
}
UNITS: Final = {"within_15": " %", "unserved": ""}
PLOTTED: Final = 3
"""Arms shown in bars beside each other."""
BAR_WIDTH: Final = 24


def show(console: Console, title: str, arms: Sequence[Arm], *, days: int, closes_s: float) -> None:
    """Print tables and bars; the bars end at closing time, in seconds since midnight."""
    console.print(f"[bold]{title}[/bold] ({days} days; ± is the 95 % interval of the difference)")
    console.print(_arms(arms))
    if len(arms) > 1:
        console.print(_fields(arms))
    console.print(_through_the_day(arms[:PLOTTED], int(closes_s // 1800)))


def _arms(arms: Sequence[Arm]) -> Table:
    table = Table(title="Waits in minutes")
    table.add_column("arm")
    for heading in COLUMNS.values():
        table.add_column(heading, justify="right")
    for arm in arms:
        table.add_row(
            arm.name, *(_cell(arm.measures[key], arm.differences.get(key), key) for key in COLUMNS)
        )
    return table


def _cell(value: Interval, difference: Interval | None, key: str) -> str:
    text = f"{value.mean:.1f}{UNITS.get(key, '')}"
    return text if difference is None else f"{text}\n{difference_text(difference)}"


def difference_text(difference: Interval) -> str:
    """``−4.8 ±1.0``; faint where the interval does not exclude no difference."""
    sign = "−" if difference.mean < 0 else "+"
    width = "" if math.isinf(difference.half_width) else f" ±{difference.half_width:.1f}"
    text = f"{sign}{abs(difference.mean):.1f}{width}"
    return f"[bold]{text}[/bold]" if difference.is_clear else f"[dim]{text}[/dim]"


def _fields(arms: Sequence[Arm]) -> Table:
    table = Table(title="Mean wait by field")
    table.add_column("field")
    for arm in arms:
        table.add_column(arm.name, justify="right")
    for field in arms[0].fields:
        cells = [f"{arms[0].fields[field].mean:.1f}"]
        for arm in arms[1:]:
            value, difference = arm.fields.get(field), arm.field_differences.get(field)
            cells.append(
                ""
                if value is None or difference is None
                else f"{value.mean:.1f} {difference_text(difference)}"
            )
        table.add_row(field, *cells)
    return table


def _through_the_day(arms: Sequence[Arm], closes: int) -> Group:
    """Mean wait by the half hour of arrival, one bar for each arm."""
    begun = sorted({each for arm in arms for each in arm.half_hours if each < closes})
    most = max((arm.half_hours.get(each, 0.0) for arm in arms for each in begun), default=1.0)
    table = Table(title="Mean wait by hour of arrival, in minutes", box=None)
    table.add_column("from", justify="right")
    for arm in arms:
        table.add_column(arm.name, width=BAR_WIDTH)
        table.add_column("", justify="right")
    for half_hour in begun:
        row: list[str | Bar] = [f"{half_hour // 2:02d}:{half_hour % 2 * 30:02d}"]
        for arm in arms:
            wait = arm.half_hours.get(half_hour, 0.0)
            row += [Bar(most or 1.0, 0, wait, width=BAR_WIDTH, color="cyan"), f"{wait:.1f}"]
        table.add_row(*row)
    return Group("", table)
