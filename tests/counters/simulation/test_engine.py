"""Nobody gets lost on a simulated day, breaks wait for services, numbers keep their order."""

from collections import Counter as Count
from itertools import pairwise

import pytest

from counters.simulation.day import day_of
from counters.simulation.figures import day_figures, overtakes_of
from counters.simulation.outcome import Called, Outcome
from counters.simulation.policies import POLICIES, policy_of, simulate
from queue_server.core.errors import InvalidValue
from tests.support.scenarios import bench, small


@pytest.mark.parametrize("policy", list(POLICIES))
def test_every_visit_ends_exactly_once(policy: str) -> None:
    scenario = bench("M700")
    visits = day_of(scenario, 11)

    outcome = simulate(scenario, visits, POLICIES[policy], 11)

    last = Count(call.turn.visit.id for call in outcome.calls if _is_end(call.turn.leg, call))
    assert outcome.completed + outcome.lost + len(outcome.unserved) == len(visits)
    assert set(last) == {visit.id for visit in visits}
    assert set(last.values()) == {1}


def _is_end(leg: int, call: Called) -> bool:
    turn = call.turn
    if call.is_missed:
        return turn.visit.returns_after_s is None
    return leg == len(turn.visit.legs) - 1


@pytest.mark.parametrize("policy", ["c", "D1", "D3", "g"])
def test_no_counter_serves_two_at_once(policy: str) -> None:
    scenario = bench("H1000")

    outcome = simulate(scenario, day_of(scenario, 2), POLICIES[policy], 2)

    by_counter: dict[str, list[tuple[float, float]]] = {}
    for call in outcome.calls:
        by_counter.setdefault(call.counter, []).append((call.at_s, call.ended_s))
    for spans in by_counter.values():
        assert all(one[1] <= other[0] for one, other in pairwise(spans))


def test_the_same_seed_gives_the_same_calls() -> None:
    first, second = (calls_of(run("D1", 5)) for _ in range(2))

    assert first == second
    assert first != calls_of(run("D1", 6))


def test_numbers_of_a_series_are_never_overtaken_unless_allowed() -> None:
    for name in ("D1", "D2", "R0", "c", "b"):
        assert overtakes_of(run(name, 4))[0] == 0, name
    assert overtakes_of(run("D3", 4))[0] > 0


def test_a_break_begins_when_the_service_ends_and_is_not_shortened() -> None:
    scenario = small(p_noshow=0, p_transfer=0)
    breaks = {post.id: post.breaks for post in scenario.posts}
    outcome = simulate(scenario, day_of(scenario, 1), policy_of("c"), 1)

    for counter, spans in breaks.items():
        for begins_s, ends_s in spans:
            under = [
                c for c in outcome.calls if c.counter == counter and c.at_s < begins_s < c.ended_s
            ]
            left_s = under[0].ended_s if under else begins_s
            back_s = left_s + ends_s - begins_s - 1e-6
            assert not [
                c for c in outcome.calls if c.counter == counter and left_s <= c.at_s < back_s
            ]


def test_who_is_absent_costs_a_counter_time_and_may_come_back() -> None:
    scenario = small(p_noshow=1, p_return_after_noshow=1, p_transfer=0)
    visits = day_of(scenario, 1)

    outcome = simulate(scenario, visits, policy_of("D1"), 1)

    missed = [call for call in outcome.calls if call.is_missed]
    assert len(missed) == len(visits) == outcome.completed
    assert all(call.ended_s - call.at_s == pytest.approx(45.0) for call in missed)
    back = [call for call in outcome.calls if call.turn.is_return]
    assert {call.turn.visit.id for call in back} == {visit.id for visit in visits}


def test_nobody_waits_where_everybody_serves_everything_and_few_come() -> None:
    scenario = small(visitors_per_day=4)

    assert (
        day_figures(scenario.closes_s, simulate(scenario, day_of(scenario, 1), POLICIES["g"])).mean
        < 1
    )


def test_an_unknown_policy_is_refused_with_the_known_ones() -> None:
    with pytest.raises(InvalidValue, match="expected a policy of a, b, c"):
        policy_of("z")


def run(policy: str, seed: int) -> Outcome:
    scenario = bench("H1000")
    return simulate(scenario, day_of(scenario, seed), POLICIES[policy], seed)


def calls_of(outcome: Outcome) -> list[tuple[int, str, float]]:
    return [(call.turn.visit.id, call.counter, call.at_s) for call in outcome.calls]
