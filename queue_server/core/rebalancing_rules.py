"""When proposals are made, and how far they go: a part of the configuration."""

from msgspec import Struct


class RebalancingRules(Struct, frozen=True, kw_only=True):
    """When changes of work profiles are worked out for the manager, and how far they go."""

    is_on: bool = True
    """Proposals are made."""
    every_s: int = 300
    """How often the centre is looked at."""
    horizon_s: int = 2700
    """How far ahead work is weighed against counters."""
    max_changes: int = 2
    """How many changes are proposed together at most."""
    change_for_s: int = 5400
    """How long an accepted change lasts before the counter returns to its profile."""
    declined_for_s: int = 3600
    """How long what was declined is not proposed again."""
    least_gain_s: int = 60
    """By so much the mean wait of the field that gains most must fall."""
    least_pause_s: int = 900
    """How long a counter is left alone after its work profile changed or returned."""
    trials: int = 40
    """Continuations of the day on which each proposal is tried out."""
    is_automatic: bool = False
    """Proposals that only add fields happen by themselves."""
    automatic_changes_per_hour: int = 2
    """How many changes may happen by themselves in an hour."""
