"""What each counter does on a simulated day: when it is open, and what it serves then."""

from collections.abc import Mapping

from msgspec import Struct

from counters.simulation.scenario import Post, Scenario, Span
from queue_server.core.configuration import Level
from queue_server.core.identifiers import CounterId, FieldId, Language, ProcedureCode

Levels = Mapping[ProcedureCode, Level]
"""What a counter serves, and how well."""


class Stretch(Struct, frozen=True):
    """From an instant on the counter serves this; None: it is closed."""

    from_s: float
    levels: Levels | None


class CounterPlan(Struct, frozen=True, kw_only=True):
    """A counter's day. Instants in seconds since midnight."""

    id: CounterId
    stretches: tuple[Stretch, ...]
    """In the order of time; before the first it is closed."""
    breaks: tuple[Span, ...] = ()
    clerk_factor: float = 1.0
    """Above 1 for a clerk who takes longer."""
    busy_s: float = 0.0
    """Seconds it was busy before the simulation begins."""
    languages: tuple[Language, ...] = ()
    """Spoken there; empty for all."""


def field_levels(post: Post, *, is_trained: bool) -> dict[FieldId, Level]:
    """Primary is the first active field, secondary the other active ones, back-up the rest."""
    levels = dict.fromkeys(post.trained, Level.BACK_UP) if is_trained else {}
    levels.update(dict.fromkeys(post.active[1:], Level.SECONDARY))
    levels.update(dict.fromkeys(post.active[:1], Level.PRIMARY))
    return levels


def levels_of(scenario: Scenario, fields: Mapping[FieldId, Level]) -> Levels:
    """Levels of the fields for each of their procedures."""
    return {
        load.code: fields[load.field]
        for load in scenario.procedures.values()
        if load.field in fields
    }


def plan_of(scenario: Scenario, post: Post, fields: Mapping[FieldId, Level]) -> CounterPlan:
    """The counter serves the same all day, if it is open."""
    levels = levels_of(scenario, fields)
    stretches = (Stretch(scenario.opens_s, levels),) if post.is_open else ()
    return CounterPlan(
        id=post.id, stretches=stretches, breaks=post.breaks, clerk_factor=post.clerk_factor
    )


def plans_of(scenario: Scenario, *, is_trained: bool) -> tuple[CounterPlan, ...]:
    """All counters, on what they are trained for or on their active fields alone."""
    return tuple(
        plan_of(scenario, post, field_levels(post, is_trained=is_trained))
        for post in scenario.posts
    )
