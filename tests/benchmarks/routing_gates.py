"""The gates of the routing study (§3.4): what the standard order must reach against the others."""

from collections.abc import Mapping
from typing import Final

from msgspec import Struct

from counters.simulation.figures import Figures


class Gates(Struct, frozen=True, kw_only=True):
    """At most this; None: not asked. Ratios are to policies of the same run."""

    mean: float | None = None
    p95: float | None = None
    max: float | None = None
    bound: float | None = None
    """Mean wait as multiple of the bound's (policy g)."""
    priority_p90: float | None = None
    """Minutes."""
    occupancy_sd: float | None = None
    """Points."""


GATES: Final[Mapping[str, Gates]] = {
    "S350": Gates(mean=0.62, p95=0.64, max=0.85, priority_p90=3.2, occupancy_sd=4),
    "M700": Gates(mean=0.70, p95=0.80, max=0.40, priority_p90=1, occupancy_sd=2.5),
    "H1000": Gates(mean=0.90, p95=0.91, max=0.92, bound=1.27, priority_p90=2.5, occupancy_sd=2.5),
    "X1200": Gates(mean=0.93, p95=0.93, max=0.94, bound=1.10, priority_p90=16, occupancy_sd=2.5),
    "SURGE": Gates(mean=0.82, p95=0.70, max=0.68, bound=1.17, priority_p90=3.5, occupancy_sd=3),
    "random 40": Gates(mean=0.76, p95=0.67, max=0.57, bound=1.40),
}


class Verdict(Struct, frozen=True):
    """One gate: what was found and what was asked."""

    gate: str
    found: float
    limit: float

    @property
    def is_met(self) -> bool:
        """Whether it is within the limit, as exactly as the limit is written."""
        return self.found <= self.limit + 1e-9

    def __str__(self) -> str:
        """``mean/c 0.61 ≤ 0.62``."""
        sign = "≤" if self.is_met else "> NOT MET"
        return f"{self.gate} {self.found:.2f} {sign} {self.limit:g}"


def verdicts(gates: Gates, own: Figures, usual: Figures, bound: Figures) -> list[Verdict]:
    """Every gate that is asked, and that no number of a series was ever overtaken."""
    found = {
        "mean/c": (own.mean / usual.mean, gates.mean),
        "P95/c": (own.p95 / usual.p95, gates.p95),
        "max/c": (own.max / usual.max, gates.max),
        "mean/g": (own.mean / bound.mean if bound.mean else 0.0, gates.bound),
        "priority P90": (own.priority_p90, gates.priority_p90),
        "occupancy sd": (own.occupancy_sd, gates.occupancy_sd),
        "overtakes": (own.overtakes, 0.0),
    }
    return [
        Verdict(gate, value, limit) for gate, (value, limit) in found.items() if limit is not None
    ]
