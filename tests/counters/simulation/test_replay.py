"""A day's journal replayed under its own rules gives its calls; under others, other calls."""

import pytest

from counters.simulation.core_day import CoreDay
from counters.simulation.day import day_of
from counters.simulation.policies import POLICIES
from counters.simulation.recorded import recorded_day, run_recorded
from counters.simulation.replay import replayed
from queue_server.core.centre import Centre
from queue_server.core.codec import decode_commit, encode_commit
from queue_server.core.commit import Commit
from queue_server.core.routing_rules import RoutingRules
from tests.support.scenarios import bench


@pytest.fixture(scope="module")
def commits() -> list[Commit]:
    """The journal of a day that the live core ran."""
    day = CoreDay(bench("S350"), day_of(bench("S350"), 8), POLICIES["D1"])
    day.run()
    return [decode_commit(encode_commit(each)) for each in day.hall.commits]


def before(commits: list[Commit]) -> Centre:
    return Centre(id=commits[0].centre)


def test_its_own_rules_make_every_call_again(commits: list[Commit]) -> None:
    calls = list(replayed(before(commits), commits))

    assert len(calls) > 300
    assert all(call.is_same for call in calls)


def test_other_rules_call_others(commits: list[Commit]) -> None:
    other = RoutingRules(strategy="longest_waiting")

    differing = [call for call in replayed(before(commits), commits, other) if not call.is_same]

    assert len(differing) > 5
    assert all(call.chosen is not None for call in differing)


def test_a_recorded_day_keeps_who_came_and_how_long_it_took(commits: list[Commit]) -> None:
    day = recorded_day(before(commits), commits)

    visits = {visit.id - 1: visit for visit in day_of(bench("S350"), 8)}
    assert len(day.visits) + day.left_out == len(visits)
    first = day.visits[0]
    assert first.arrives_s == pytest.approx(min(v.arrives_s for v in visits.values()), abs=120)
    assert len(day.plans) == 8
    assert day.ended_s > 16 * 3600


def test_a_recorded_day_goes_on_under_its_rules_much_as_it_was(commits: list[Commit]) -> None:
    day = recorded_day(before(commits), commits)
    waits = [tally.waiting_time_s for tally in day.centre.tallies.values() if tally.waits]

    again = run_recorded(day, day.centre.facts.routing)

    real = sum(waits) / 60
    assert sum(again.waits) == pytest.approx(real, rel=0.25)
