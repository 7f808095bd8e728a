"""What a benchmark says: a table, the figures by name, and a verdict against its aim."""

import os
from collections.abc import Mapping, Sequence

from msgspec import Struct


class Report(Struct, frozen=True, kw_only=True):
    """The result of one benchmark."""

    name: str
    heading: Sequence[str]
    rows: Sequence[Sequence[str]]
    figures: Mapping[str, float]
    aim: str
    is_met: bool
    found: str
    """What the aim is compared to, in words."""
    load_average: float

    def table(self) -> str:
        """The figures alone."""
        table = [self.heading, *self.rows]
        widths = [max(len(row[column]) for row in table) for column in range(len(self.heading))]
        lines = ["  ".join(_cells(row, widths)).rstrip() for row in table]
        lines.insert(1, "  ".join("-" * width for width in widths))
        return "\n".join(lines)

    def as_text(self) -> str:
        """The table and the verdict, for people."""
        verdict = "met" if self.is_met else "NOT MET"
        return (
            f"{self.table()}\n{self.name}: {verdict}: {self.found}; aim {self.aim} "
            f"(load average {self.load_average:.1f} on {os.cpu_count()} processors)"
        )


def _cells(row: Sequence[str], widths: Sequence[int]) -> list[str]:
    """The first column to the left, figures to the right."""
    first = row[0].ljust(widths[0])
    return [first, *(cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True))]


def load_average() -> float:
    """Processes that ran or wanted to, over the last minute: how busy the machine was before."""
    return os.getloadavg()[0]


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which `share` (0 to 1) of the values lie."""
    ordered = sorted(values)
    return ordered[min(int(share * len(ordered)), len(ordered) - 1)]
