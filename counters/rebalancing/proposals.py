"""Proposals for a live centre: planned, tried out, and kept only when they clearly help."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from math import ceil
from typing import Final

from msgspec.structs import replace

from counters.rebalancing.expectation_of import expectation_of
from counters.rebalancing.plan import Limits, plan
from counters.rebalancing.situation import Change, Situation
from counters.rebalancing.situation_of import situation_of
from counters.rebalancing.trials import Trials, plans_with
from counters.simulation.expectation import DayExpectation
from counters.simulation.present import Present, present_of
from queue_server.core.centre import Centre
from queue_server.core.hours import serving_ends_at
from queue_server.core.identifiers import CounterId, FieldId
from queue_server.core.proposals import Proposal

MOST_PROPOSALS: Final = 2
CLOSING_GAIN: Final = 10.0
"""Minutes of work that a closed counter is worth to the plan; a change costs it 4."""
CLOSING_COST_S: Final = 10.0
"""A closed counter surely costs everybody less than this in the mean wait,"""
FIELD_CLOSING_COST_S: Final = 60.0
"""and the field that loses most less than this."""
QUARTER_S: Final = 900


def proposals_for(
    centre: Centre, now: datetime, expectation: DayExpectation | None = None
) -> tuple[Proposal, ...]:
    """The proposals worth a manager's time, the one that helps everybody most first.

    Args:
        centre: The live centre; only read.
        now: The instant.
        expectation: What the day is like; None takes what is known of it.
    """
    present = present_of(centre, now, expectation or expectation_of(centre, now))
    situation = situation_of(centre, present, now)
    seeds = range(centre.facts.rebalancing.trials)
    helping = tried(centre, present, _changes(centre, situation, now), seeds)
    # A counter is closed only while no change would help anybody.
    return helping or tried(centre, present, _closings(centre, situation, now), seeds)


def _changes(centre: Centre, situation: Situation, now: datetime) -> list[Proposal]:
    """What would shorten waits, by the plan."""
    if not situation.has_room or not centre.waiting:
        return []
    limits = Limits(max_changes=centre.facts.rebalancing.max_changes)
    # Opening needs somebody who is free, so what those present can do is planned on its own too.
    changes = dict.fromkeys((*plan(_as_staffed(situation), limits), *plan(situation, limits)))
    return [draft(centre, change, now) for change in changes]


def _closings(centre: Centre, situation: Situation, now: datetime) -> list[Proposal]:
    """The counter that would be missed least, by the plan; none in the last while of a day."""
    if not situation.may_close or situation.horizon_s < centre.facts.rebalancing.horizon_s:
        return []
    limits = Limits(max_changes=1, closing_gain=CLOSING_GAIN)
    changes = plan(_as_staffed(situation), limits)
    return [draft(centre, change, now) for change in changes if change.closes]


def _as_staffed(situation: Situation) -> Situation:
    """The situation if no other counter can be opened."""
    counters = tuple(replace(counter, may_open=False) for counter in situation.counters)
    return replace(situation, counters=counters)


def tried(
    centre: Centre, present: Present, drafts: Sequence[Proposal], seeds: Sequence[int]
) -> tuple[Proposal, ...]:
    """Those of the drafts that clearly help, with what they bring."""
    if not drafts:
        return ()
    trials = Trials(present, seeds)
    measured = [_measured(centre, present, trials, each) for each in drafts]
    least_gain_s = centre.facts.rebalancing.least_gain_s
    sure = [each for each in measured if helps(each, least_gain_s)]
    helping = sorted(sure, key=lambda each: each.all_effect.mean_s)
    best = _best_of_each_counter(helping)
    return tuple(sorted(_chosen(best), key=best.index))


def _best_of_each_counter(helping: Sequence[Proposal]) -> Sequence[Proposal]:
    """The first of each counter: two plans may want different changes of the same one."""
    best: dict[CounterId, Proposal] = {}
    for each in helping:
        best.setdefault(each.counter, each)
    return list(best.values())


def _chosen(helping: Sequence[Proposal]) -> Sequence[Proposal]:
    """The best few; where it can be, one of them needs nobody who is not at a counter already."""
    best = list(helping[:MOST_PROPOSALS])
    at_hand = next((each for each in helping if not each.opens), None)
    if at_hand is not None and at_hand not in best:
        best[-1] = at_hand
    return best


def helps(proposal: Proposal, least_gain_s: float) -> bool:
    """Whether waits surely fall, over all people and noticeably where it is meant to help.

    A counter that closes surely costs next to nothing, over all people and in every field.
    """
    of_all, of_field = proposal.all_effect, proposal.field_effect
    if proposal.closes:
        is_free = of_all.mean_s + of_all.within_s < CLOSING_COST_S
        return is_free and of_field.mean_s + of_field.within_s < FIELD_CLOSING_COST_S
    is_sure = of_all.mean_s + of_all.within_s < 0 and of_field.mean_s + of_field.within_s < 0
    return is_sure and of_field.mean_s <= -least_gain_s


def _measured(centre: Centre, present: Present, trials: Trials, proposal: Proposal) -> Proposal:
    fields: Sequence[FieldId] = tuple(proposal.takes)
    field, of_field, of_others, of_all = trials.effects(
        plans_with(centre, present, proposal), fields, of_worst=proposal.closes
    )
    return replace(
        proposal, field=field, field_effect=of_field, others_effect=of_others, all_effect=of_all
    )


def draft(centre: Centre, change: Change, now: datetime) -> Proposal:
    """What the plan wants, as a proposal nobody has tried yet."""
    facts = centre.facts.counters[change.counter]
    return Proposal(
        id=f"{centre.offset}-{change.counter}-{_words(change)}",
        counter=change.counter,
        takes={field: facts.trained_fields[field] for field in change.takes},
        drops=change.drops,
        opens=change.opens,
        closes=change.closes,
        until=until_of(centre, now),
    )


def _words(change: Change) -> str:
    """The change as a part of a name, such as "takes-land-drops-civil"."""
    if change.opens or change.closes:
        return "opens" if change.opens else "closes"
    toggled = (("takes", change.takes), ("drops", change.drops))
    return "-".join("-".join((verb, *fields)) for verb, fields in toggled if fields)


def until_of(centre: Centre, now: datetime) -> datetime:
    """When a change that is accepted now ends: at a quarter of an hour, at closing time at most."""
    lasts_s = centre.facts.rebalancing.change_for_s
    ends_s = ceil((now.timestamp() + lasts_s) / QUARTER_S) * QUARTER_S
    ends = now + timedelta(seconds=ends_s - now.timestamp())
    closes = serving_ends_at(centre.facts, now)
    return ends if closes is None else min(ends, closes)
