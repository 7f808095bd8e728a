"""The rest of a live centre's day, drawn by a seed and run by the order in force.

The same seed gives the same people and the same times whatever is changed, so changes can be
compared in pairs.
"""

import math
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from random import Random  # noqa: TID251  # made here from the seed
from statistics import NormalDist

from msgspec import Struct
from msgspec.structs import replace

from counters.simulation.bare_hall import BareHall
from counters.simulation.engine import Conditions, Engine, Start, Under
from counters.simulation.outcome import Outcome
from counters.simulation.plans import CounterPlan
from counters.simulation.present import Busy, Present
from counters.simulation.turns import Rules, Turn, turn_of
from counters.simulation.visits import Leg, Visit
from queue_server.core.identifiers import FieldId, ProcedureCode
from queue_server.core.learned import HALF_HOUR_S
from queue_server.core.ticket import Ticket

APPOINTMENT_EARLY_S = 360.0
"""People with an appointment come 6 ± 6 minutes before it."""


class Rest(Struct, frozen=True, kw_only=True):
    """The rest of a day, drawn."""

    visits: tuple[Visit, ...]
    """Who will still come."""
    start: Start


def run_rest(
    present: Present,
    seed: int,
    plans: Sequence[CounterPlan] | None = None,
    rules: Rules | None = None,
) -> Outcome:
    """The rest of the day with that seed; `plans` and `rules` in place of the present ones."""
    chosen = rules or present.rules
    rest = rest_of(present, seed, chosen)
    conditions = Conditions(
        rules=chosen,
        slowdown=present.expectation.slowdown,
        noshow_s=present.expectation.no_show_s,
        seed=seed,
    )
    chosen_plans = present.plans if plans is None else plans
    return Engine(rest.visits, chosen_plans, BareHall(chosen), conditions, rest.start).run()


def rest_of(present: Present, seed: int, rules: Rules | None = None) -> Rest:
    """Who comes and how long everything takes, drawn with the seed."""
    drawing = _Drawing(present, rules or present.rules, seed)
    waiting = tuple(drawing.turn(ticket) for ticket in present.waiting)
    under = {busy.counter: drawing.under(busy) for busy in present.busy}
    away = tuple(drawing.away())
    visits = (*drawing.booked(), *drawing.coming())
    return Rest(
        visits=visits,
        start=Start(now_s=present.now_s, waiting=waiting, under=under, away=away),
    )


class _Drawing:
    """Draws what is not known, in a fixed order, from one seed."""

    def __init__(self, present: Present, rules: Rules, seed: int) -> None:
        self._present = present
        self._expected = present.expectation
        self._rules = rules
        self._rng = Random(f"rest {seed}")  # noqa: S311  # a simulation, not a secret
        self._sigma = math.sqrt(math.log1p(self._expected.cv**2))
        self._next_id = present.next_id
        self._mix: dict[FieldId, list[tuple[ProcedureCode, float]]] = {}
        for code, field in present.procedures.items():
            self._mix.setdefault(field, []).append((code, self._expected.mix.get(code, 0.0)))

    def turn(self, ticket: Ticket) -> Turn:
        """A ticket that waits, with the time it will take."""
        visit = self._visit_of(ticket, self._legs(ticket))
        since_s = self._at(ticket.queued_at)
        turn = turn_of(
            self._rules, visit, len(visit.legs) - 1, since_s, self._at(ticket.wait_began_at)
        )
        self._mark(turn, ticket)
        turn.is_return = ticket.first_called_at is not None
        return turn

    def under(self, busy: Busy) -> Under:
        """A service that goes on: the rest of a time of which so much has passed."""
        ticket, present = busy.ticket, self._present
        turn = self.turn(ticket)
        turn.is_return = True
        mean_s = present.mean_s[ticket.procedure] * ticket.dossiers
        mean_s *= self._expected.slowdown[busy.level]
        mean_s *= self._expected.clerk_factors.get(busy.counter, 1.0)
        elapsed_s = present.now_s - busy.called_s
        return Under(turn, busy.called_s, present.now_s + self._residual_s(mean_s, elapsed_s))

    def away(self) -> Iterator[Turn]:
        """Of those who missed their call, the ones who come back."""
        low_s, high_s = self._expected.return_delay_s
        for ticket in self._present.absent:
            comes, delay_s = self._rng.random(), self._rng.uniform(low_s, high_s)
            turn = self.turn(ticket)
            missed_s = self._at(ticket.no_show_at or ticket.queued_at)
            if comes < self._expected.return_share and missed_s + delay_s > self._present.now_s:
                turn.joined_s = missed_s + delay_s
                turn.standing.since_s = self._at(ticket.called_at or ticket.queued_at)
                turn.is_return = True
                yield turn

    def booked(self) -> Iterator[Visit]:
        """Who has an appointment and will come a little before it."""
        for ticket in self._present.booked:
            slot_s = self._at(ticket.appointment_at or ticket.queued_at)
            early_s = self._rng.gauss(APPOINTMENT_EARLY_S, APPOINTMENT_EARLY_S)
            visit = self._visit_of(ticket, (self._leg(ticket.procedure, ticket.dossiers),))
            is_absent = self._rng.random() < self._expected.no_show_share
            arrives_s = max(slot_s - early_s, self._present.now_s)
            if not is_absent:
                yield replace(visit, arrives_s=round(arrives_s, 3), is_absent=False)

    def coming(self) -> Iterator[Visit]:
        """Who comes without an appointment, as a Poisson process along the expectation."""
        present, rng = self._present, self._rng
        drawn: list[tuple[float, FieldId]] = []
        for field, half_hours in self._expected.arrivals.items():
            if field in self._mix:
                drawn += [(instant_s, field) for instant_s in self._instants(half_hours)]
        for instant_s, field in sorted(drawn):
            legs = [self._leg(self._procedure(field))]
            is_priority = rng.random() < self._expected.priority_share
            is_absent = rng.random() < self._expected.no_show_share
            comes, delay_s = rng.random(), rng.uniform(*self._expected.return_delay_s)
            if rng.random() < self._expected.transfer_share:
                legs.append(self._leg(self._procedure(rng.choice(list(self._mix)))))
            self._next_id += 1
            is_back = is_absent and comes < self._expected.return_share
            yield Visit(
                id=self._next_id,
                arrives_s=round(instant_s, 3),
                legs=tuple(legs),
                priority_class=present.priority_class if is_priority else None,
                is_absent=is_absent,
                returns_after_s=delay_s if is_back else None,
            )

    def _instants(self, half_hours: Sequence[float]) -> Iterator[float]:
        present, rng = self._present, self._rng
        reached, step = 0.0, rng.expovariate(1.0)
        for index, count in enumerate(half_hours):
            begins_s = max(index * HALF_HOUR_S, present.now_s)
            ends_s = min((index + 1) * HALF_HOUR_S, present.tickets_until_s)
            if ends_s <= begins_s or count <= 0:
                continue
            expected = count * (ends_s - begins_s) / HALF_HOUR_S
            while step < reached + expected:
                yield begins_s + (step - reached) / expected * (ends_s - begins_s)
                step += rng.expovariate(1.0)
            reached += expected

    def _procedure(self, field: FieldId) -> ProcedureCode:
        codes, weights = zip(*self._mix[field], strict=True)
        chosen: ProcedureCode = self._rng.choices(codes, weights if any(weights) else None)[0]
        return chosen

    def _leg(self, procedure: ProcedureCode, dossiers: int = 1) -> Leg:
        mean_s = self._present.mean_s[procedure] * dossiers
        mu = math.log(mean_s) - self._sigma**2 / 2
        work_s = round(self._rng.lognormvariate(mu, self._sigma), 3)
        return Leg(self._present.procedures[procedure], procedure, work_s)

    def _residual_s(self, mean_s: float, elapsed_s: float) -> float:
        """What is left of a lognormal time that has lasted so long already."""
        chance = self._rng.random()
        if self._sigma == 0:
            return max(mean_s - elapsed_s, 1.0)
        times = NormalDist(math.log(mean_s) - self._sigma**2 / 2, self._sigma)
        passed = times.cdf(math.log(elapsed_s)) if elapsed_s > 0 else 0.0
        share = min(passed + chance * (1 - passed), 1 - 1e-9)
        whole_s = math.exp(times.inv_cdf(max(share, 1e-9)))
        return round(max(whole_s - elapsed_s, 1.0), 3)

    def _legs(self, ticket: Ticket) -> tuple[Leg, ...]:
        """The transaction that is due; one that was transferred has one behind it."""
        leg = self._leg(ticket.procedure, ticket.dossiers)
        leg = Leg(ticket.field, leg.procedure, leg.work_s)
        return (leg, leg) if ticket.was_transferred else (leg,)

    def _visit_of(self, ticket: Ticket, legs: tuple[Leg, ...]) -> Visit:
        booked_at, expected = ticket.appointment_at, self._expected
        is_absent = self._rng.random() < expected.no_show_share
        comes, delay_s = self._rng.random(), self._rng.uniform(*expected.return_delay_s)
        is_back = is_absent and comes < expected.return_share
        return Visit(
            id=ticket.sequence,
            arrives_s=self._at(ticket.issued_at),
            legs=legs,
            priority_class=ticket.priority_class,
            slot_s=None if booked_at is None else self._at(booked_at),
            is_absent=is_absent,
            returns_after_s=delay_s if is_back else None,
            dossiers=ticket.dossiers,
            language=ticket.language,
        )

    def _mark(self, turn: Turn, ticket: Ticket) -> None:
        standing = turn.standing
        standing.skipped = ticket.skipped
        standing.reserved_for = ticket.reserved_for
        standing.language = ticket.language
        if ticket.dossiers > 1:
            standing.factor /= ticket.dossiers**self._rules.order.parameters.length_exponent

    def _at(self, instant: datetime) -> float:
        return (instant - self._present.midnight) / timedelta(seconds=1)
