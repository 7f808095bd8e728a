"""The visits of a day, drawn from a scenario by a seed: the same seed gives the same day.

Source: routing study §2.1. Day and fields vary by gamma factors that nobody knows in advance;
arrivals are a Poisson process along the day's profile; serving times are lognormal.
"""

import math
from collections.abc import Iterator, Sequence
from itertools import accumulate
from random import Random  # noqa: TID251  # made here from the seed, for all that is drawn
from statistics import NormalDist

from msgspec.structs import replace

from counters.simulation.scenario import FieldLoad, ProcedureLoad, Scenario
from counters.simulation.visits import Leg, Visit

SLOT_S = 900.0
"""Appointments are given for quarters of an hour."""
APPOINTMENT_EARLY_S = 360.0
APPOINTMENT_SPREAD_S = 360.0
"""People with an appointment come 6 ± 6 minutes before it."""


def day_of(scenario: Scenario, seed: int) -> tuple[Visit, ...]:
    """The visits of the scenario's day with that seed, in the order of arrival."""
    # the name too: else all centres would have their busy days with the same seeds
    rng = Random(f"{scenario.name} {seed}")  # noqa: S311  # a simulation, not a secret
    draws = Draws(scenario, rng)
    day_factor, *mix = factors_of(scenario, seed)
    visits = sum(field.visits for field in scenario.fields)
    mixed = sum(field.visits * of for field, of in zip(scenario.fields, mix, strict=True))
    arrivals: list[tuple[float, FieldLoad]] = []
    for field, factor in zip(scenario.fields, mix, strict=True):
        expected = field.visits * day_factor * factor * (visits / mixed if mixed else 1.0)
        arrivals.extend((instant_s, field) for instant_s in _instants(scenario, rng, expected))
    drawn = [draws.visit(instant_s, field) for instant_s, field in sorted(arrivals, key=_first)]
    drawn.sort(key=lambda visit: visit.arrives_s)
    return tuple(_numbered(drawn))


class Draws:
    """Draws visits of a scenario one by one."""

    def __init__(self, scenario: Scenario, rng: Random) -> None:
        self._scenario = scenario
        self._rng = rng
        self._sigma = math.sqrt(math.log1p(scenario.service_cv**2))
        self._fields = [field for field in scenario.fields if field.procedures]
        self._weights = [field.visits for field in self._fields]
        self._shares = {
            field.id: list(accumulate(load.share for load in field.procedures))
            for field in self._fields
        }

    def visit(self, instant_s: float, field: FieldLoad) -> Visit:
        """A visit that comes at the instant; an appointment around its slot."""
        scenario, rng = self._scenario, self._rng
        legs = [self.leg(field, self.procedure(field))]
        kind = rng.random()
        slot_s = None
        if kind < scenario.p_appointment:
            slot_s = max(scenario.opens_s, instant_s // SLOT_S * SLOT_S)
            early_s = rng.gauss(APPOINTMENT_EARLY_S, APPOINTMENT_SPREAD_S)
            instant_s = min(max(scenario.opens_s, slot_s - early_s), scenario.last_ticket_s - 1)
        is_priority = rng.random() < scenario.p_priority
        is_absent = rng.random() < scenario.p_noshow
        returns, delay_s = rng.random() < scenario.p_return, rng.uniform(*scenario.return_delay_s)
        if rng.random() < scenario.p_transfer:
            legs.append(self._transfer(field, legs[0]))
        return Visit(
            id=0,
            arrives_s=round(instant_s, 3),
            legs=tuple(legs),
            priority_class=scenario.priority_class if is_priority else None,
            slot_s=slot_s,
            is_absent=is_absent,
            returns_after_s=round(delay_s, 3) if is_absent and returns else None,
        )

    def procedure(self, field: FieldLoad) -> ProcedureLoad:
        """A procedure of the field, by its share."""
        shares = self._shares[field.id]
        (chosen,) = self._rng.choices(field.procedures, cum_weights=shares)
        return chosen

    def leg(self, field: FieldLoad, procedure: ProcedureLoad) -> Leg:
        """A transaction with its serving time."""
        return Leg(field.id, procedure.code, self.work_s(procedure.mean_s))

    def work_s(self, mean_s: float) -> float:
        """A serving time of that mean."""
        if self._sigma == 0:
            return mean_s
        mu = math.log(mean_s) - self._sigma**2 / 2
        return round(self._rng.lognormvariate(mu, self._sigma), 3)

    def _transfer(self, field: FieldLoad, first: Leg) -> Leg:
        others = [each for each in self._fields if each is not field]
        if others and self._rng.random() < self._scenario.p_transfer_other_field:
            weights = [each.visits for each in others]
            target = self._rng.choices(others, weights=weights)[0] if any(weights) else others[0]
            return self.leg(target, self.procedure(target))
        siblings = [load for load in field.procedures if load.code != first.procedure]
        return self.leg(field, self._rng.choice(siblings or field.procedures))


def factors_of(scenario: Scenario, seed: int) -> list[float]:
    """How busy the day is, and how much of it each field has, as factors of what is usual.

    Gamma factors of mean 1, spread evenly over consecutive seeds: twenty days in a row are a fair
    sample of quiet and busy ones, where twenty independent draws may miss the busy ones. That is
    a sequence of low discrepancy (Roberts 2018, after Kronecker): multiples of the powers of the
    root of ``x^(d+1) = x + 1``, modulo 1.
    """
    spreads = [scenario.day_cv, *[scenario.field_cv] * len(scenario.fields)]
    step = _root(len(spreads))
    begin = Random(scenario.name)  # noqa: S311  # a simulation, not a secret
    factors = []
    for dimension, cv in enumerate(spreads, 1):
        place = (begin.random() + (seed + 1) * step**-dimension) % 1.0
        factors.append(gamma_quantile(min(max(place, 1e-9), 1 - 1e-9), cv))
    return factors


def _root(dimensions: int) -> float:
    """The root above 1 of ``x^(d+1) = x + 1``."""
    root = 2.0
    for _ in range(40):
        root = (1 + root) ** (1 / (dimensions + 1))
    return root


def gamma_quantile(share: float, cv: float) -> float:
    """Quantile of the gamma distribution of mean 1; good to 0.1 % for a cv up to 0.3.

    Source: Wilson and Hilferty 1931.
    """
    ninth = cv**2 / 9
    return max(0.0, 1 - ninth + NormalDist().inv_cdf(share) * math.sqrt(ninth)) ** 3


def _instants(scenario: Scenario, rng: Random, expected: float) -> Iterator[float]:
    """A Poisson process along the profile: unit steps mapped through the expected count."""
    if expected <= 0:
        return
    width_s = (scenario.last_ticket_s - scenario.opens_s) / len(scenario.profile)
    reached, step = 0.0, rng.expovariate(1.0)
    for index, share in enumerate(scenario.profile):
        until = reached + expected * share
        while step < until:
            yield scenario.opens_s + (index + (step - reached) / (expected * share)) * width_s
            step += rng.expovariate(1.0)
        reached = until


def _numbered(visits: Sequence[Visit]) -> Iterator[Visit]:
    for index, visit in enumerate(visits):
        yield replace(visit, id=index)


def _first(arrival: tuple[float, FieldLoad]) -> float:
    return arrival[0]
