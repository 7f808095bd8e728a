"""What past days taught about a centre: how long things take, who comes when, how waits end.

Entered by the command `LearnParameters` as the event `ParametersLearned`; the server's nightly
chore makes it from the archive (docs/reference, estimates). Without it the configured means and
the shipped table hold.
"""

from collections.abc import Mapping
from datetime import date
from functools import cached_property

from msgspec import Struct

from queue_server.core.identifiers import FieldId, ProcedureCode, StaffId

HALF_HOURS = 48
"""Stretches into which a local day is cut, from midnight."""
HALF_HOUR_S = 86400 / HALF_HOURS


class QuantileRow(Struct, frozen=True):
    """How waits ended that were computed alike. Times in seconds."""

    computed_s: float
    """What rolling the queue forward gave."""
    p50_s: float
    p80_s: float
    p90_s: float


class LearnedParameters(Struct, frozen=True, kw_only=True, dict=True):
    """Everything learned of a centre by one night. Whatever is missing was never seen."""

    learned_on: date
    """The night's local date; the days before it were looked at."""
    days: int = 0
    """Days with visits among them."""
    transactions: int = 0
    mean_transaction_time_s: Mapping[ProcedureCode, float] = {}
    transaction_time_cv: float = 0.7
    """Standard deviation of a procedure's transaction times over their mean."""
    clerk_factors: Mapping[StaffId, float] = {}
    """How long somebody's transactions take compared with the centre's; above 1 is longer."""
    demand: Mapping[ProcedureCode, float] = {}
    """Share of all visits that come for a procedure."""
    arrivals: Mapping[str, Mapping[FieldId, tuple[float, ...]]] = {}
    """Walk-ins by weekday (``mon`` … ``sun``), field and half hour of the local day."""
    usual_waits_s: Mapping[str, Mapping[FieldId, tuple[float | None, ...]]] = {}
    """Median wait by weekday, field and half hour in which the number was taken; None where too
    few were seen."""
    no_show_share: float = 0.05
    priority_share: float = 0.08
    again_share: float = 0.08
    """Transfers and returns after a missed call, over all that are called."""
    quantiles: Mapping[str, tuple[QuantileRow, ...]] = {}
    """By class (``walk_in``, ``priority``), in rising order of `computed_s`."""

    @cached_property
    def typical_transaction_time_s(self) -> float | None:
        """Mean time over what people come for in seconds; None when nobody came."""
        known = [
            (share, self.mean_transaction_time_s[code])
            for code, share in self.demand.items()
            if code in self.mean_transaction_time_s
        ]
        visits = sum(share for share, _ in known)
        return sum(share * mean_s for share, mean_s in known) / visits if visits > 0 else None
