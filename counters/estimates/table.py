"""How waits ended that were computed alike: the median, the 8th and the 9th tenth.

Rolling forward gives one number; a table learned from past waits makes "about … at most …" of it.
A row stands for a stretch of computed waits; between rows it is interpolated, above the last one
the ratio of the last goes on. Source: routing study §3.2.
"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from typing import Final

from queue_server.core.learned import QuantileRow

EDGES_MIN: Final = (0, 1, 2, 3, 5, 7, 10, 14, 19, 25, 32, 40, 50, 65, 90)
"""Where the stretches begin, in minutes of computed wait."""
LEAST_WAITS: Final = 25
"""Waits below which a stretch is joined with the next."""
WALK_IN_CLASS: Final = "walk_in"
PRIORITY_CLASS: Final = "priority"

Table = Sequence[QuantileRow]
Wait = tuple[float, float]
"""A computed and an actual wait in seconds."""


def quantiles_of(table: Table, computed_s: float) -> QuantileRow:
    """How waits computed like this one ended. An empty table takes the number as it is."""
    if not table:
        return QuantileRow(computed_s, computed_s, computed_s, computed_s)
    first, last = table[0], table[-1]
    if computed_s <= first.computed_s:
        return QuantileRow(computed_s, first.p50_s, first.p80_s, first.p90_s)
    if computed_s >= last.computed_s:
        return _between(QuantileRow(0, 0, 0, 0), last, computed_s)
    after = bisect_right(table, computed_s, key=_computed)
    return _between(table[after - 1], table[after], computed_s)


def table_of(waits: Iterable[Wait]) -> tuple[QuantileRow, ...]:
    """The table of these waits; empty when there are fewer than a row needs."""
    stretches: list[list[Wait]] = [[] for _ in EDGES_MIN]
    for wait in waits:
        stretches[bisect_right(EDGES_MIN, wait[0] / 60) - 1].append(wait)
    return _never_falling([_row(each) for each in _joined(stretches)])


def _joined(stretches: Sequence[Sequence[Wait]]) -> list[list[Wait]]:
    """Neighbours joined until each has enough; what is left at the end joins the last."""
    joined: list[list[Wait]] = []
    open_: list[Wait] = []
    for stretch in stretches:
        open_ = [*open_, *stretch]
        if len(open_) >= LEAST_WAITS:
            joined.append(open_)
            open_ = []
    if open_ and joined:
        joined[-1] = [*joined[-1], *open_]
    return joined


def _row(waits: Sequence[Wait]) -> QuantileRow:
    actual = sorted(actual_s for _, actual_s in waits)
    computed_s = sum(computed_s for computed_s, _ in waits) / len(waits)
    return QuantileRow(computed_s, *(quantile(actual, share) for share in (0.5, 0.8, 0.9)))


def quantile(ordered: Sequence[float], share: float) -> float:
    """The value below which that share of the ordered values lies, interpolated."""
    place = share * (len(ordered) - 1)
    below = int(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (place - below) * (ordered[above] - ordered[below])


def _never_falling(rows: Sequence[QuantileRow]) -> tuple[QuantileRow, ...]:
    """A longer computed wait never promises a shorter one; rows computed alike are one."""
    kept: list[QuantileRow] = []
    for row in rows:
        if kept and row.computed_s <= kept[-1].computed_s:
            continue
        least = kept[-1] if kept else QuantileRow(0, 0, 0, 0)
        kept.append(
            QuantileRow(
                round(row.computed_s, 1),
                round(max(row.p50_s, least.p50_s), 1),
                round(max(row.p80_s, least.p80_s), 1),
                round(max(row.p90_s, least.p90_s), 1),
            )
        )
    return tuple(kept)


def _between(low: QuantileRow, high: QuantileRow, computed_s: float) -> QuantileRow:
    """On the line through both rows; above the higher one this keeps its ratio if low is zero."""
    share = (computed_s - low.computed_s) / (high.computed_s - low.computed_s)
    return QuantileRow(
        computed_s,
        low.p50_s + share * (high.p50_s - low.p50_s),
        low.p80_s + share * (high.p80_s - low.p80_s),
        low.p90_s + share * (high.p90_s - low.p90_s),
    )


def _computed(row: QuantileRow) -> float:
    return row.computed_s
