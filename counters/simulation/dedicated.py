"""Policy a: each counter serves one field and nothing else, as many offices still do.

Counters are shared out by work, to the field that has most work for each of its counters, to one
of the counters that can serve it best. A field with one counter has no lunch break there: the
comparison is kind to this policy.
"""

from msgspec.structs import replace

from counters.simulation.plans import CounterPlan, Stretch, field_levels, levels_of, plan_of
from counters.simulation.scenario import FieldLoad, Post, Scenario
from queue_server.core.configuration import Level
from queue_server.core.identifiers import FieldId

LUNCH_S = 2400.0
"""A break longer than 40 minutes is lunch."""
RANKS = {Level.PRIMARY: 0, Level.SECONDARY: 1, Level.BACK_UP: 2}


def dedicated(scenario: Scenario) -> tuple[CounterPlan, ...]:
    """Each counter's one field."""
    posts = [post for post in scenario.posts if post.is_open]
    given: dict[FieldId, list[Post]] = {field.id: [] for field in scenario.fields}
    left = list(posts)
    while left:
        needy = max(scenario.fields, key=lambda field: _need(field, len(given[field.id])))
        best = min(left, key=lambda post: _rank(post, needy.id))
        left.remove(best)
        given[needy.id].append(best)
    field_of = {post.id: field for field, own in given.items() for post in own}
    return tuple(_plan(scenario, post, field_of.get(post.id), given) for post in scenario.posts)


def _need(field: FieldLoad, counters: int) -> float:
    """Work for each counter; a field without one comes first."""
    work_s = field.visits * sum(load.share * load.mean_s for load in field.procedures)
    return work_s / counters if counters else work_s + 1e9


def _rank(post: Post, field: FieldId) -> int:
    level = field_levels(post, is_trained=True).get(field)
    return len(RANKS) if level is None else RANKS[level]


def _plan(
    scenario: Scenario, post: Post, field: FieldId | None, given: dict[FieldId, list[Post]]
) -> CounterPlan:
    if field is None:
        return plan_of(scenario, post, {})
    level = field_levels(post, is_trained=True).get(field, Level.BACK_UP)
    plan = plan_of(scenario, post, {field: level})
    if len(given[field]) > 1:
        return plan
    short = tuple(each for each in plan.breaks if each[1] - each[0] <= LUNCH_S)
    stretches = (Stretch(scenario.opens_s, levels_of(scenario, {field: level})),)
    return replace(plan, breaks=short, stretches=stretches)
