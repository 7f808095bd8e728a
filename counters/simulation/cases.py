"""What is simulated: days, counters and an order, put together from a scenario or from a centre."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

from msgspec import Struct
from msgspec.structs import replace

from counters.routing.choice import order_of
from counters.routing.parameters import TYPICAL_TARGET_S
from counters.simulation.bare_hall import BareHall
from counters.simulation.centre_of import clocks_of_centre
from counters.simulation.changes import Ground
from counters.simulation.engine import Conditions, Engine, FreeChoice
from counters.simulation.expectation import DayExpectation, usual_expectation
from counters.simulation.outcome import Outcome
from counters.simulation.plans import CounterPlan, Levels, Stretch, field_levels, levels_of
from counters.simulation.policies import Policy, rules_of
from counters.simulation.present import Present
from counters.simulation.scenario import FieldLoad, ProcedureLoad, Scenario
from counters.simulation.turns import Rules
from counters.simulation.visits import Visit
from queue_server.core.centre import Centre
from queue_server.core.configuration import CentreConfiguration, Counter
from queue_server.core.errors import InvalidValue
from queue_server.core.hours import local_time, sessions_of
from queue_server.core.identifiers import CounterId, FieldId


class Case(Struct, frozen=True, kw_only=True):
    """Days of a scenario under an order."""

    scenario: Scenario
    rules: Rules
    ground: Ground
    """The counters, and what changes can be made to them."""
    free_choice: FreeChoice = FreeChoice.LEAST_BUSY

    def run(self, visits: Iterable[Visit], plans: tuple[CounterPlan, ...], seed: int) -> Outcome:
        """One day with those plans."""
        conditions = Conditions(
            rules=self.rules,
            slowdown=self.scenario.slowdown,
            noshow_s=self.scenario.noshow_s,
            free_choice=self.free_choice,
            seed=seed,
        )
        return Engine(visits, plans, BareHall(self.rules), conditions).run()


def case_of_scenario(scenario: Scenario, policy: Policy) -> Case:
    """The scenario's days under a policy."""
    everybody = replace(
        scenario, posts=tuple(replace(post, is_open=True) for post in scenario.posts)
    )
    usual = {plan.id: plan.stretches[0].levels or {} for plan in policy.plans(everybody)}
    able = {
        post.id: levels_of(scenario, field_levels(post, is_trained=True)) for post in scenario.posts
    }
    ground = Ground(
        plans=policy.plans(scenario),
        numbers={post.id: post.id for post in scenario.posts},
        usual=usual,
        able=able,
        fields={field.id: (field.id,) for field in scenario.fields},
        procedures={
            field.id: tuple(load.code for load in field.procedures) for field in scenario.fields
        },
        from_s=scenario.opens_s,
        until_s=scenario.closes_s,
    )
    rules = rules_of(scenario, policy.routing)
    return Case(scenario=scenario, rules=rules, ground=ground, free_choice=policy.free_choice)


def case_of_centre(
    configuration: CentreConfiguration, day: datetime, expectation: DayExpectation | None = None
) -> Case:
    """A whole day of a real centre, with every counter open as it is configured.

    Raises:
        InvalidValue: The centre is closed on that day.
    """
    expected = expectation or usual_expectation(configuration, day)
    scenario = _scenario_of(configuration, day, expected)
    plans = tuple(
        _plan(configuration, counter, scenario, expected)
        for counter in configuration.counters.values()
    )
    order = order_of(configuration.routing)
    rules = Rules(
        order=order,
        clocks=clocks_of_centre(configuration, order.parameters),
        factors={
            code: (scenario.reference_s / load.mean_s) ** order.parameters.length_exponent
            * (TYPICAL_TARGET_S / load.target_s)
            for code, load in scenario.procedures.items()
        },
    )  # fmt: skip
    usual = {plan.id: plan.stretches[0].levels or {} for plan in plans}
    spans = (scenario.opens_s, scenario.closes_s)
    ground = _ground_of(configuration, plans, usual, spans)
    return Case(scenario=scenario, rules=rules, ground=ground)


def ground_of_present(centre: Centre, present: Present) -> Ground:
    """What changes can be made to for the rest of a live centre's day."""
    known = centre.facts.procedures.values()
    usual: dict[CounterId, Levels] = {}
    for counter in centre.facts.counters.values():
        levels = {each.code: counter.profile.level_of(each) for each in known}
        usual[counter.id] = {code: level for code, level in levels.items() if level is not None}
    spans = (present.now_s, present.closes_s)
    return _ground_of(centre.facts, present.plans, usual, spans)


def _ground_of(
    configuration: CentreConfiguration,
    plans: tuple[CounterPlan, ...],
    usual: Mapping[CounterId, Levels],
    spans: tuple[float, float],
) -> Ground:
    counters, known = configuration.counters, configuration.procedures.values()
    return Ground(
        plans=plans,
        numbers={counter.number: counter.id for counter in counters.values()},
        usual=usual,
        able={},
        fields={
            field.id: (field.id, *field.name.values()) for field in configuration.fields.values()
        },
        procedures={
            field: tuple(each.code for each in known if each.field == field)
            for field in configuration.fields
        },
        from_s=spans[0],
        until_s=spans[1],
    )


def _scenario_of(
    configuration: CentreConfiguration, day: datetime, expected: DayExpectation
) -> Scenario:
    local = local_time(configuration, day)
    sessions = sessions_of(configuration.hours, local.date())
    if not sessions:
        message = f"expected a day on which the centre is open, got {local.date()}"
        raise InvalidValue(message)
    opens = sessions[0].opens
    opens_s = opens.hour * 3600.0 + opens.minute * 60.0
    until, closes = sessions[-1].tickets_until, sessions[-1].closes
    last_s = until.hour * 3600.0 + until.minute * 60.0
    return Scenario(
        name=configuration.id,
        opens_s=opens_s,
        last_ticket_s=last_s,
        closes_s=closes.hour * 3600.0 + closes.minute * 60.0,
        fields=tuple(_loads(configuration, expected)),
        posts=(),
        profile=_profile(expected, opens_s, last_s),
        slowdown=expected.slowdown,
        service_cv=expected.cv,
        p_appointment=0.0,
        p_priority=expected.priority_share,
        priority_class=expected.priority_class or next(iter(configuration.priority_classes), None),
        p_noshow=expected.no_show_share,
        p_return=expected.return_share,
        return_delay_s=expected.return_delay_s,
        noshow_s=expected.no_show_s,
        p_transfer=expected.transfer_share,
    )


def _profile(expected: DayExpectation, opens_s: float, last_s: float) -> tuple[float, ...]:
    """The centre's visits by quarter of an hour from opening to the last ticket."""
    width_s, half_hour_s = 900.0, 1800.0
    counts = []
    for index in range(max(1, round((last_s - opens_s) / width_s))):
        half_hour = int((opens_s + index * width_s) // half_hour_s)
        counts.append(sum(each[half_hour] for each in expected.arrivals.values()) / 2)
    total = sum(counts)
    return tuple(count / total if total else 1 / len(counts) for count in counts)


def _loads(configuration: CentreConfiguration, expected: DayExpectation) -> Iterator[FieldLoad]:
    for field in configuration.fields.values():
        own = [each for each in configuration.procedures.values() if each.field == field.id]
        asked = [expected.mix.get(each.code, 0.0) for each in own]
        weights = asked if any(asked) else [1.0] * len(own)
        loads = tuple(
            ProcedureLoad(
                each.code,
                FieldId(field.id),
                expected.mean_s.get(each.code, each.mean_transaction_time_s),
                weight / sum(weights),
                each.target_waiting_time_s or field.target_waiting_time_s,
            )
            for each, weight in zip(own, weights, strict=True)
        )
        yield FieldLoad(field.id, sum(expected.arrivals.get(field.id, ())) if own else 0.0, loads)


def _plan(
    configuration: CentreConfiguration,
    counter: Counter,
    scenario: Scenario,
    expected: DayExpectation,
) -> CounterPlan:
    known = configuration.procedures.values()
    levels = {each.code: counter.profile.level_of(each) for each in known}
    served = {code: level for code, level in levels.items() if level is not None}
    return CounterPlan(
        id=counter.id,
        stretches=(Stretch(scenario.opens_s, served),),
        breaks=expected.breaks.get(counter.id, ()),
        clerk_factor=expected.clerk_factors.get(counter.id, 1.0),
        languages=counter.languages,
    )
