"""The engine agrees with queueing theory and with another simulator."""

import math
from heapq import heappop, heappush
from random import Random  # noqa: TID251

import ciw
import numpy as np
import pytest
from scipy.sparse import lil_matrix
from scipy.sparse.linalg import spsolve

from counters.routing.choice import Order, order_of
from counters.simulation.bare_hall import BareHall
from counters.simulation.engine import Conditions, Engine, FreeChoice
from counters.simulation.outcome import Outcome
from counters.simulation.plans import CounterPlan, Levels, Stretch
from counters.simulation.policies import clocks_of
from counters.simulation.turns import Rules
from counters.simulation.visits import PRIORITY_CLASS, Leg, Visit
from queue_server.core.configuration import Level, PriorityClass
from queue_server.core.identifiers import CounterId, FieldId, ProcedureCode
from queue_server.core.routing_rules import RoutingRules

A, B = ProcedureCode("a"), ProcedureCode("b")
BOTH = {A: Level.PRIMARY, B: Level.PRIMARY}
SAME_PACE = dict.fromkeys(Level, 1.0)


def rules(strategy: str = "longest_waiting") -> Rules:
    order: Order = order_of(RoutingRules(strategy=strategy))
    classes = (PriorityClass(id=PRIORITY_CLASS, name={}, basis={}),)
    return Rules(order=order, clocks=clocks_of(order.parameters, classes), factors={A: 1.0, B: 1.0})


def visit(
    number: int, at_s: float, procedure: ProcedureCode, work_s: float, *, is_priority: bool = False
) -> Visit:
    leg = Leg(FieldId(procedure), procedure, work_s)
    priority = PRIORITY_CLASS if is_priority else None
    return Visit(id=number, arrives_s=at_s, legs=(leg,), priority_class=priority)


def run(
    visits: list[Visit],
    levels: list[Levels],
    strategy: str = "longest_waiting",
    slowdown: dict[Level, float] = SAME_PACE,
) -> Outcome:
    plans = [
        CounterPlan(id=CounterId(str(number)), stretches=(Stretch(0.0, each),))
        for number, each in enumerate(levels, 1)
    ]
    ours = rules(strategy)
    conditions = Conditions(rules=ours, slowdown=slowdown, free_choice=FreeChoice.LONGEST_FREE)
    return Engine(visits, plans, BareHall(ours), conditions).run()


def mean_wait_s(outcome: Outcome, *, priority: bool | None = None, skip: int = 1000) -> float:
    waits = [
        call.waited_s
        for call in outcome.calls
        if call.turn.visit.id >= skip
        and (priority is None or (call.turn.visit.priority_class is not None) is priority)
    ]
    return sum(waits) / len(waits)


def erlang_c(servers: int, load: float) -> float:
    """Probability that somebody must wait; `load` in Erlang."""
    blocked = 1.0
    for number in range(1, servers + 1):
        blocked = load * blocked / (number + load * blocked)
    return blocked / (1 - load / servers * (1 - blocked))


def poisson_visits(
    seed: int, count: int, gap_s: float, mean_s: float, priority_share: float = 0.0
) -> list[Visit]:
    """Exponential gaps and times, scaled to have exactly these means: that halves the noise."""
    rng = Random(seed)  # noqa: S311
    gaps = [rng.expovariate(1.0) for _ in range(count)]
    times = [rng.expovariate(1.0) for _ in range(count)]
    gap_scale, time_scale = gap_s * count / sum(gaps), mean_s * count / sum(times)
    at_s, visits = 0.0, []
    for number, (gap, time) in enumerate(zip(gaps, times, strict=True)):
        at_s += gap * gap_scale
        is_priority = rng.random() < priority_share
        visits.append(visit(number, at_s, A, time * time_scale, is_priority=is_priority))
    return visits


@pytest.mark.parametrize(
    ("servers", "busy", "tolerance"), [(4, 0.8, 0.05), (16, 0.85, 0.07)], ids=["4", "16"]
)
def test_waits_as_erlang_says(servers: int, busy: float, tolerance: float) -> None:
    mean_s = 300.0
    visits = poisson_visits(7, 60_000, mean_s / servers / busy, mean_s)

    found = mean_wait_s(run(visits, [BOTH] * servers))

    expected = erlang_c(servers, servers * busy) * mean_s / (servers * (1 - busy))
    assert found == pytest.approx(expected, rel=tolerance)


def test_waits_exactly_as_the_recursion_for_first_come_first_served() -> None:
    """Kiefer and Wolfowitz: who comes next is served by whichever counter is free first."""
    visits = poisson_visits(2, 5_000, 40.0, 300.0)

    outcome = run(visits, [BOTH] * 8)

    free_s = [0.0] * 8
    waits_s = []
    for each in visits:
        begins_s = max(heappop(free_s), each.arrives_s)
        heappush(free_s, begins_s + round(each.legs[0].work_s, 3))
        waits_s.append(begins_s - each.arrives_s)
    found = {call.turn.visit.id: call.waited_s for call in outcome.calls}
    assert [found[number] for number in range(5_000)] == pytest.approx(waits_s, abs=1e-6)


def test_priority_waits_as_cobham_says() -> None:
    servers, mean_s, busy, share = 8, 300.0, 0.75, 0.3
    visits = poisson_visits(3, 60_000, mean_s / servers / busy, mean_s, share)

    outcome = run(visits, [BOTH] * servers, "strict_priority")

    first = erlang_c(servers, servers * busy) * mean_s / servers
    priority = first / (1 - busy * share)
    others = priority / (1 - busy)
    assert mean_wait_s(outcome, priority=True) == pytest.approx(priority, rel=0.08)
    assert mean_wait_s(outcome, priority=False) == pytest.approx(others, rel=0.12)


N_RATES = (1 / 500.0, 1 / 900.0)
"""Arrivals a second of class a, which both counters serve, and of b, which the second serves."""
N_MEANS = (300.0, 420.0)
N_SLOWER = 1.25
"""The second counter takes that much longer for a."""


def test_skills_wait_as_the_exact_chain_says() -> None:
    rng, arrivals = Random(5), []  # noqa: S311
    for kind, rate in enumerate(N_RATES):
        at_s = 0.0
        while at_s < 700 * 40_000:
            at_s += rng.expovariate(rate)
            arrivals.append((at_s, kind))
    visits = [
        visit(number, at_s, (A, B)[kind], rng.expovariate(1 / N_MEANS[kind]), is_priority=kind == 1)
        for number, (at_s, kind) in enumerate(sorted(arrivals))
    ]
    slower = {Level.PRIMARY: 1.0, Level.SECONDARY: N_SLOWER, Level.BACK_UP: 1.0}

    one, two = {A: Level.PRIMARY}, {A: Level.SECONDARY, B: Level.PRIMARY}
    outcome = run(visits, [one, two], "strict_priority", slower)

    wait_a, wait_b = n_design_waits_s()
    assert mean_wait_s(outcome, priority=False) == pytest.approx(wait_a, rel=0.05)
    assert mean_wait_s(outcome, priority=True) == pytest.approx(wait_b, rel=0.05)


def n_design_waits_s(most: int = 45) -> tuple[float, float]:
    """Mean waits of a and b by the stationary distribution of the Markov chain.

    A state is what each counter serves ("" for nothing), how many of a and b wait, and which
    counter has been free for longer where both are. The second counter takes b first.
    """
    start = ("", "", 0, 0, 1)
    index, ahead = {start: 0}, [start]
    moves: list[tuple[int, int, float]] = []
    while ahead:
        state = ahead.pop()
        for following, rate in n_design_moves(*state, most):
            if following not in index:
                index[following] = len(index)
                ahead.append(following)
            moves.append((index[state], index[following], rate))
    size = len(index)
    balance = lil_matrix((size, size))
    for origin, target, rate in moves:
        balance[target, origin] += rate
        balance[origin, origin] -= rate
    balance[0, :] = 1.0
    total = np.zeros(size)
    total[0] = 1.0
    chance = spsolve(balance.tocsr(), total)
    waiting_a = sum(chance[place] * state[2] for state, place in index.items())
    waiting_b = sum(chance[place] * state[3] for state, place in index.items())
    return waiting_a / N_RATES[0], waiting_b / N_RATES[1]


State = tuple[str, str, int, int, int]


def n_design_moves(  # noqa: PLR0913, PLR0917  # the parts of a state
    one: str, two: str, a: int, b: int, first: int, most: int
) -> list[tuple[State, float]]:
    moves: list[tuple[State, float]] = []
    takes_one = not one and (two or first == 1)
    if takes_one:
        moves.append((("a", two, a, b, 0 if two else 2), N_RATES[0]))
    elif not two:
        moves.append(((one, "a", a, b, 0 if one else 1), N_RATES[0]))
    elif a < most:
        moves.append(((one, two, a + 1, b, first), N_RATES[0]))
    if not two:
        moves.append(((one, "b", a, b, 1), N_RATES[1]))
    elif b < most:
        moves.append(((one, two, a, b + 1, first), N_RATES[1]))
    if one:
        after = ("a", two, a - 1, b, first) if a else ("", two, 0, b, 1 if two else 2)
        moves.append((after, 1 / N_MEANS[0]))
    if two:
        rate = 1 / N_MEANS[1] if two == "b" else 1 / (N_MEANS[0] * N_SLOWER)
        if b:
            moves.append(((one, "b", a, b - 1, first), rate))
        elif a:
            moves.append(((one, "a", a - 1, b, first), rate))
        else:
            moves.append(((one, "", 0, 0, 2 if one else 1), rate))
    return moves


def test_waits_as_another_simulator_does() -> None:
    servers, mean_s, busy, cv, count = 8, 300.0, 0.85, 0.7, 25_000
    sigma = math.sqrt(math.log1p(cv**2))
    mu = math.log(mean_s) - sigma**2 / 2
    rate = servers * busy / mean_s
    rng, at_s, visits = Random(11), 0.0, []  # noqa: S311
    for number in range(count):
        at_s += rng.expovariate(rate)
        visits.append(visit(number, at_s, A, rng.lognormvariate(mu, sigma)))

    found = mean_wait_s(run(visits, [BOTH] * servers))

    ciw.seed(4)
    network = ciw.create_network(
        arrival_distributions=[ciw.dists.Exponential(rate)],
        service_distributions=[ciw.dists.Lognormal(mu, sigma)],
        number_of_servers=[servers],
    )
    other = ciw.Simulation(network)
    other.simulate_until_max_customers(count, method="Finish")
    waits = [record.waiting_time for record in other.get_all_records()][1000:]
    assert found == pytest.approx(sum(waits) / len(waits), rel=0.1)
