"""The live core makes the calls of the bare engine, one for one."""

import pytest

from counters.simulation.core_day import CoreDay, calls_of
from counters.simulation.day import day_of
from counters.simulation.policies import POLICIES
from queue_server.core.ticket import FINISHED, TicketState
from tests.support.scenarios import bench


def core_day(name: str, policy: str, seed: int) -> CoreDay:
    scenario = bench(name)
    return CoreDay(scenario, day_of(scenario, seed), POLICIES[policy], seed)


@pytest.mark.parametrize(
    ("name", "policy", "seed"),
    [
        ("H1000", "D1", 5),
        ("S350", "D1", 200),
        ("SURGE", "D3", 1),
        ("M700", "c", 2),
        ("X1200", "L1", 3),
    ],
)
def test_the_core_makes_the_same_calls(name: str, policy: str, seed: int) -> None:
    day = core_day(name, policy, seed)

    assert calls_of(day.run()) == calls_of(day.run_bare())


def test_every_ticket_of_the_core_ends_exactly_once() -> None:
    day = core_day("S350", "D1", 3)
    hall, outcome = day.hall, day.run()

    states = [ticket.state for ticket in hall.centre.tickets.values()]
    ended = {*FINISHED, TicketState.NO_SHOW}
    assert set(states) <= ended
    assert states.count(TicketState.COMPLETED) == outcome.completed
    assert states.count(TicketState.NO_SHOW) == outcome.lost
    assert [commit.offset for commit in hall.commits] == list(range(1, len(hall.commits) + 1))
