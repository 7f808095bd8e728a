"""What if? The rest of a live day with changes in words, paired with the day as it is."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from msgspec import Struct

from counters.rebalancing.expectation_of import expectation_of
from counters.simulation.cases import ground_of_present
from counters.simulation.changes import Ground, parse_changes
from counters.simulation.comparison import Arm, Interval, require_interval
from counters.simulation.expectation import DayExpectation
from counters.simulation.experiment import compare, of_present
from counters.simulation.present import present_of
from queue_server.core.centre import Centre
from queue_server.core.identifiers import FieldId

MEASURES: Final[Mapping[str, tuple[str, float]]] = {
    "mean": ("mean_wait_s", 60.0),
    "p90": ("p90_wait_s", 60.0),
    "worst_field": ("worst_field_wait_s", 60.0),
    "overtime": ("overtime_s", 60.0),
    "within_15": ("within_15_min_percent", 1.0),
    "unserved": ("unserved", 1.0),
}
"""Names on the wire, and what the simulation's minutes are multiplied by."""


class Figure(Struct, frozen=True, kw_only=True):
    """A figure and how it changes against the day as it is; each ± with 95 % confidence."""

    value: float
    within: float
    change: float = 0.0
    change_within: float = 0.0


class Untrained(Struct, frozen=True, kw_only=True):
    """A field that a counter would take without its staff being trained for it.

    It is reckoned as a secondary service.
    """

    number: str
    field: FieldId


class WhatIf(Struct, frozen=True, kw_only=True):
    """One way the rest of the day may go."""

    words: str
    """The changes; empty for the day as it is."""
    figures: Mapping[str, Figure]
    mean_wait_s_by_field: Mapping[str, Figure]
    untrained: tuple[Untrained, ...] = ()
    """What was tried although nobody is known to be able to."""


class Comparison(Struct, frozen=True, kw_only=True):
    """The day as it is, then each set of changes, on the same continuations of the day."""

    at: datetime
    days: int
    arms: tuple[WhatIf, ...]


def what_if(
    centre: Centre,
    changes: tuple[str, ...],
    now: datetime,
    days: int = 40,
    expectation: DayExpectation | None = None,
) -> Comparison:
    """Compare the rest of the day as it is with each of the changes.

    Args:
        centre: The live centre; only read.
        changes: Each in words, such as "close 5" or "counter 7 takes land 9:00-11:30".
        now: The instant.
        days: How many continuations of the day.
        expectation: What the day is like; None takes what is known of it.

    Raises:
        InvalidValue: A change cannot be understood or made, or the days are fewer than two.
    """
    require_interval(days)
    present = present_of(centre, now, expectation or expectation_of(centre, now))
    ground = ground_of_present(centre, present)
    base, *others = compare(of_present(ground, present), changes, range(days))
    arms = (
        _shown("", base),
        *(
            _shown(words, arm, _untrained(centre, ground, words))
            for words, arm in zip(changes, others, strict=True)
        ),
    )
    return Comparison(at=now, days=days, arms=arms)


def _untrained(centre: Centre, ground: Ground, words: str) -> tuple[Untrained, ...]:
    found = []
    for change in parse_changes(words, ground):
        if change.kind not in {"add", "only"} or change.counter is None or change.field is None:
            continue
        counter = centre.counters[change.counter]
        served = {centre.procedure(code).field for code in counter.profile.procedures}
        if change.field not in {*centre.trained_fields(counter), *served}:
            number = centre.counter_facts(counter.id).number
            found.append(Untrained(number=number, field=change.field))
    return tuple(dict.fromkeys(found))


def _shown(words: str, arm: Arm, untrained: tuple[Untrained, ...] = ()) -> WhatIf:
    return WhatIf(
        words=words,
        figures={
            name: _figure(arm.measures[key], arm.differences.get(key), factor)
            for key, (name, factor) in MEASURES.items()
        },
        mean_wait_s_by_field={
            field: _figure(interval, arm.field_differences.get(field), 60.0)
            for field, interval in arm.fields.items()
        },
        untrained=untrained,
    )


def _figure(value: Interval, change: Interval | None, factor: float) -> Figure:
    changed = change or Interval(0.0, 0.0)
    return Figure(
        value=round(value.mean * factor, 1),
        within=round(value.half_width * factor, 1),
        change=round(changed.mean * factor, 1),
        change_within=round(changed.half_width * factor, 1),
    )
