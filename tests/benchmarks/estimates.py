"""How far estimates of waits are from what came, on simulated days in the live core.

Tickets that had to wait, under D1; the last-to-enter-service wait of the field (LES) beside it.
`learn` makes the table that is shipped, from other days than those that are scored.
"""

import sys
from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import Final

from msgspec import Struct

from counters.estimates.default_table import DEFAULT_QUANTILES
from counters.estimates.table import PRIORITY_CLASS, WALK_IN_CLASS, quantiles_of, table_of
from queue_server.core.learned import QuantileRow
from tests.benchmarks.estimated_day import Told, bench_day, told_on
from tests.benchmarks.report import Report, load_average

SEEDS: Final[Mapping[str, range]] = {
    "M700": range(200, 210),
    "H1000": range(200, 206),
    "SURGE": range(200, 206),
    "S350": range(200, 206),
}
LEARNED_FROM: Final = ("M700", "H1000")
LEARNING_SEEDS: Final = range(100, 120)
DEFAULT_TABLE: Final = Path("counters/estimates/default_table.py")
TOLERANCE_S: Final = 300.0
HEADING: Final = (
    "scenario", "tickets", "mean wait", "MAE", "÷ mean", "bias", "±5 min", "fair", "P80", "P90",
    ">5 short", "told ≤5", "LES", "÷ LES",
)  # fmt: skip


class Gates(Struct, frozen=True):
    """What is asked of a scenario; minutes and shares."""

    mae_min: float
    fair: float
    les: float | None = None


GATES: Final[Mapping[str, Gates]] = {
    "M700": Gates(1.6, 0.94),
    "H1000": Gates(3.8, 0.84, 0.35),
    "SURGE": Gates(5.6, 0.81, 0.35),
    "S350": Gates(2.6, 0.86),
}


class Score(Struct, frozen=True, kw_only=True):
    """How the estimates of a scenario did. Minutes and shares."""

    count: int
    mean: float
    mae: float
    bias: float
    within_5: float
    fair: float
    """Within five minutes or a quarter of the wait."""
    p80: float
    p90: float
    too_short: float
    short_within_5: float
    """Of those told five minutes at most, how many were right within five."""
    les_mae: float


def score_of(told: Sequence[Told]) -> Score:
    """The score of those who waited."""
    rows = [_row(each) for each in told]
    errors = [each.actual_s - row.p50_s for each, row in zip(told, rows, strict=True)]
    right = [abs(error) <= TOLERANCE_S for error in errors]
    fair = [
        abs(error) <= max(TOLERANCE_S, each.actual_s / 4)
        for error, each in zip(errors, told, strict=True)
    ]
    short = [
        is_right for is_right, row in zip(right, rows, strict=True) if row.p50_s <= TOLERANCE_S
    ]
    return Score(
        count=len(told),
        mean=_mean(each.actual_s for each in told) / 60,
        mae=_mean(abs(error) for error in errors) / 60,
        bias=_mean(errors) / 60,
        within_5=_mean(right),
        fair=_mean(fair),
        p80=_mean(each.actual_s <= row.p80_s for each, row in zip(told, rows, strict=True)),
        p90=_mean(each.actual_s <= row.p90_s for each, row in zip(told, rows, strict=True)),
        too_short=_mean(error > TOLERANCE_S for error in errors),
        short_within_5=_mean(short),
        les_mae=_mean(abs(each.actual_s - each.last_called_s) for each in told) / 60,
    )


def failures(name: str, score: Score) -> list[str]:
    """Gates of the routing study §3.4 that the scenario does not keep."""
    gates = GATES[name]
    checks = {
        f"MAE {gates.mae_min} min": score.mae <= gates.mae_min,
        f"fair {gates.fair:.0%}": score.fair >= gates.fair,
        "P80 covers 73-88 %": 0.73 <= score.p80 <= 0.88,
        "P90 covers 84-95 %": 0.84 <= score.p90 <= 0.95,
        "told at most 5 min: 93 % within 5": score.short_within_5 >= 0.93,
    }
    if gates.les is not None:
        checks[f"MAE {gates.les} of LES"] = score.mae <= gates.les * score.les_mae
    return [f"{name}: {check}" for check, is_kept in checks.items() if not is_kept]


async def run() -> Report:
    """Score the shipped table on days it was not learned from."""
    tasks = [(name, seed) for name, seeds in SEEDS.items() for seed in seeds]
    told = _told_on_all(tasks)
    scores = {
        name: score_of([each for task, rows in told if task[0] == name for each in rows])
        for name in SEEDS
    }
    failed = [each for name, score in scores.items() for each in failures(name, score)]
    return Report(
        name="estimates",
        heading=HEADING,
        rows=[_cells(name, score) for name, score in scores.items()],
        figures={f"{name}_mae_min": round(score.mae, 3) for name, score in scores.items()},
        aim="the gates of docs/reference/estimates.md",
        is_met=not failed,
        found="; ".join(failed) or "all gates kept",
        load_average=load_average(),
    )


def learn() -> str:
    """The shipped table's module, learned anew."""
    tasks = [(name, seed) for name in LEARNED_FROM for seed in LEARNING_SEEDS]
    told = [each for _, rows in _told_on_all(tasks) for each in rows]
    tables = {
        kind: table_of(
            (each.computed_s, each.actual_s)
            for each in told
            if each.kind == kind and each.computed_s > 0
        )
        for kind in (WALK_IN_CLASS, PRIORITY_CLASS)
    }
    return _module(tables)


def _told_on_all(
    tasks: Sequence[tuple[str, int]],
) -> list[tuple[tuple[str, int], list[Told]]]:
    with get_context("fork").Pool() as pool:
        return pool.map(partial(_told_on), tasks, chunksize=1)


def _told_on(task: tuple[str, int]) -> tuple[tuple[str, int], list[Told]]:
    name, seed = task
    return task, told_on(bench_day(name), seed, DEFAULT_QUANTILES)


def _row(told: Told) -> QuantileRow:
    if told.computed_s <= 0:
        return QuantileRow(0, 0, 0, 0)
    return quantiles_of(DEFAULT_QUANTILES.get(told.kind, ()), told.computed_s)


def _mean(values: Iterable[float]) -> float:
    found = list(values)
    return sum(found) / len(found) if found else 0.0


def _cells(name: str, score: Score) -> list[str]:
    return [
        name,
        str(score.count),
        f"{score.mean:.1f}",
        f"{score.mae:.2f}",
        f"{score.mae / score.mean:.3f}",
        f"{score.bias:+.2f}",
        f"{score.within_5:.1%}",
        f"{score.fair:.1%}",
        f"{score.p80:.1%}",
        f"{score.p90:.1%}",
        f"{score.too_short:.1%}",
        f"{score.short_within_5:.1%}",
        f"{score.les_mae:.2f}",
        f"{score.mae / score.les_mae:.3f}",
    ]


def _module(tables: Mapping[str, Sequence[QuantileRow]]) -> str:
    """The tables as the module that is shipped."""
    head, _, _ = DEFAULT_TABLE.read_text().partition("DEFAULT_QUANTILES")
    lines = [
        head.rstrip() + "\n\nDEFAULT_QUANTILES: Final[Mapping[str, tuple[QuantileRow, ...]]] = {"
    ]
    for kind, rows in tables.items():
        lines.append(f'    "{kind}": (')
        lines += [
            f"        QuantileRow({row.computed_s}, {row.p50_s}, {row.p80_s}, {row.p90_s}),"
            for row in rows
        ]
        lines.append("    ),")
    return "\n".join([*lines, "}", ""])


if __name__ == "__main__":
    DEFAULT_TABLE.write_text(learn())
    sys.stdout.write(f"{DEFAULT_TABLE} is learned anew\n")
