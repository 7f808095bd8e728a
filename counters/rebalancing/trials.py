"""Each proposal is tried out: the rest of the day, many times, with it and without it.

The same seeds are used for both, so that the same people come; the interval is that of the
differences. Source: routing study §2.7.
"""

from collections.abc import Sequence
from statistics import fmean

from msgspec.structs import replace

from counters.simulation.comparison import paired, require_interval
from counters.simulation.figures import MINUTE_S, DayFigures, day_figures
from counters.simulation.plans import CounterPlan, Levels, Stretch
from counters.simulation.present import Present
from counters.simulation.rest import run_rest
from queue_server.core.centre import Centre
from queue_server.core.identifiers import CounterId, FieldId
from queue_server.core.proposals import Effect, Proposal, profile_after

OPENING_TAKES_S = 300.0
"""Somebody has to be found, to sit down and to open the counter."""


class Trials:
    """Continuations of one present; those without a change are run once."""

    def __init__(self, present: Present, seeds: Sequence[int]) -> None:
        """Run the days without a change.

        Raises:
            InvalidValue: With fewer than two seeds nothing can be told for sure.
        """
        require_interval(len(seeds))
        self._present = present
        self._seeds = seeds
        self._base = self.run(present.plans)

    def run(self, plans: Sequence[CounterPlan]) -> list[DayFigures]:
        """The rest of the day with these plans, once for each seed."""
        present = self._present
        return [
            day_figures(present.closes_s, run_rest(present, seed, plans)) for seed in self._seeds
        ]

    def effects(
        self,
        plans: Sequence[CounterPlan],
        fields: Sequence[FieldId] = (),
        *,
        of_worst: bool = False,
    ) -> tuple[FieldId | None, Effect, Effect, Effect]:
        """Of one field, of the others together and of everybody.

        The field is the one that gains most, of the given ones if there are any; or the one that
        loses most.
        """
        with_change = self.run(plans)
        known = fields or sorted({field for day in self._base for field in day.field_waits})
        effects = {field: self._effect(with_change, {field}) for field in known}
        if not effects:
            return None, Effect(0.0, 0.0), Effect(0.0, 0.0), Effect(0.0, 0.0)
        chosen = max if of_worst else min
        most = chosen(effects, key=lambda field: effects[field].mean_s)
        others = {field for day in self._base for field in day.field_waits} - {most}
        return most, effects[most], self._effect(with_change, others), self._effect(with_change)

    def _effect(self, days: Sequence[DayFigures], fields: set[FieldId] | None = None) -> Effect:
        interval = paired(
            [_mean_s(day, fields) for day in days], [_mean_s(day, fields) for day in self._base]
        )
        return Effect(round(interval.mean, 1), round(interval.half_width, 1))


def _mean_s(day: DayFigures, fields: set[FieldId] | None) -> float:
    """Mean wait in seconds of some fields together, or of all."""
    waits = [
        wait
        for field, of_field in day.field_waits.items()
        if fields is None or field in fields
        for wait in of_field
    ]
    return MINUTE_S * fmean(waits) if waits else 0.0


def plans_with(centre: Centre, present: Present, proposal: Proposal) -> list[CounterPlan]:
    """The counters' plans if the proposal is accepted now."""
    until_s = (proposal.until - present.midnight).total_seconds()
    return [
        _changed(centre, plan, proposal, present.now_s, until_s)
        if plan.id == proposal.counter
        else plan
        for plan in present.plans
    ]


def _changed(
    centre: Centre, plan: CounterPlan, proposal: Proposal, now_s: float, until_s: float
) -> CounterPlan:
    if proposal.closes:
        return replace(plan, stretches=())
    profile = centre.counters[plan.id].profile
    if proposal.opens:
        levels = _levels(centre, plan.id)
        return replace(plan, stretches=(Stretch(now_s + OPENING_TAKES_S, levels),))
    taken = profile_after(profile, proposal)
    levels = {
        code: level
        for code, procedure in centre.facts.procedures.items()
        if (level := taken.level_of(procedure)) is not None
    }
    stretches = [Stretch(max(each.from_s, now_s), levels) for each in plan.stretches]
    back = [Stretch(until_s, each.levels) for each in plan.stretches if each.from_s < until_s]
    return replace(plan, stretches=(*stretches, *back))


def _levels(centre: Centre, counter: CounterId) -> Levels:
    profile = centre.counters[counter].profile
    return {
        code: level
        for code, procedure in centre.facts.procedures.items()
        if (level := profile.level_of(procedure)) is not None
    }
