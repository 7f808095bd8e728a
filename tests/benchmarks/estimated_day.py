"""A simulated day on which every arrival is told a wait, by the estimator that runs live.

The estimator is given what a centre knows: who waits and since when, who is served since when,
breaks and appointments, the usual profile, mix and means, and how fast its clerks are. It is not
given how busy the day is going to be, how long anybody will take, who will not come, or a surge.
"""

from collections import Counter as Count
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from counters.estimates.expected import HORIZON_S, Mix, adjustment, newcomers
from counters.estimates.hall import LEVEL_TIME, Arrival, Desk, Hall
from counters.estimates.waits import computed_waits_s
from counters.estimates.table import PRIORITY_CLASS, WALK_IN_CLASS
from counters.routing.standing import APPOINTMENT, PRIORITY, Seat, Standing
from counters.routing.standing import WALK_IN as WALK_IN_LINE
from counters.simulation.bare_hall import BareHall
from counters.simulation.day import day_of
from counters.simulation.engine import Conditions, Engine
from counters.simulation.plans import CounterPlan
from counters.simulation.policies import policy_of, rules_of
from counters.simulation.scenario import Scenario
from counters.simulation.scenario_file import scenarios_of
from counters.simulation.turns import Rules, Turn
from counters.simulation.visits import PRIORITY_CLASS as ELDERLY
from counters.simulation.visits import Visit
from queue_server.core.configuration import Level
from queue_server.core.identifiers import CounterId, FieldId, ProcedureCode, TicketId
from queue_server.core.learned import HALF_HOURS

SCENARIOS: Final = Path("config/scenarios/bench_centre.json")


ROLLS = int(__import__("os").environ.get("ROLLS", "8"))


class Told(Struct, gc=False):
    """One arrival: what was computed, what the last to be called had waited, what came."""

    line: str
    computed_s: float
    last_called_s: float
    actual_s: float
    at_s: float = 0.0
    field: str = ""

    @property
    def table(self) -> str:
        """The class it is judged in."""
        return PRIORITY_CLASS if self.line.startswith(PRIORITY) else WALK_IN_CLASS


def scenario(name: str) -> Scenario:
    """The bench centre's day of that name."""
    found = {each.name: each for each in scenarios_of(SCENARIOS.read_bytes())}
    return found[name]


class Habits(Struct, frozen=True):
    """What the centre learned on earlier days, without surges."""

    profiles: Mapping[FieldId, tuple[float, ...]]
    mixes: Mapping[FieldId, Mix]

    @classmethod
    def of(cls, day: Scenario, surges: Mapping[str, float]) -> "Habits":
        """Walk-ins by half hour, and the mix."""
        profiles, mixes = {}, {}
        for field in day.fields:
            visits = field.visits / surges.get(field.id, 1.0) * (1 - day.p_appointment)
            profile = [0.0] * HALF_HOURS
            width_s = (day.last_ticket_s - day.opens_s) / len(day.profile)
            for place, share in enumerate(day.profile):
                profile[int((day.opens_s + place * width_s) // 1800)] += visits * share
            profiles[field.id] = tuple(profile)
            mixes[field.id] = Mix.of([(load.code, load.share) for load in field.procedures])
        return cls(profiles, mixes)


SURGES: Final[Mapping[str, Mapping[str, float]]] = {"SURGE": {"land": 2.0}}


class _Place(Struct):
    """A counter as it is seen from outside."""

    plan: CounterPlan
    seat: Seat
    is_open: bool = False
    called: Turn | None = None
    called_at_s: float = 0.0
    busy_s: float = 0.0


class WatchedHall(BareHall):
    """The bare queue, with an estimate for everybody who arrives."""

    def __init__(self, day: Scenario, rules: Rules, plans: Sequence[CounterPlan], visits: Iterable[Visit]) -> None:
        super().__init__(rules)
        self._day = day
        self._rules = rules
        self._places = {plan.id: _Place(plan, Seat(plan.id, {})) for plan in plans}
        self._habits = Habits.of(day, SURGES.get(day.name, {}))
        self._needs = {code: load.mean_s for code, load in day.procedures.items()}
        self._seen: Count[FieldId] = Count()
        self._booked = sorted(
            (visit for visit in visits if visit.slot_s is not None), key=lambda each: each.slot_s or 0
        )
        self._arrived: set[int] = set()
        self._last_wait: dict[FieldId, float] = {}
        self._open: dict[str, tuple[Turn, float, float]] = {}
        self.told: list[Told] = []

    def join(self, turn: Turn, now_s: float) -> None:
        super().join(turn, now_s)
        self._arrived.add(turn.visit.id)
        if turn.leg or turn.is_return:
            return
        if turn.visit.slot_s is None:
            self._seen[turn.standing.series] += 1
            self._estimate(turn, now_s)

    return_after_miss = join
    def transfer(self, seat: Seat, turn: Turn, now_s: float) -> None:
        self._free(seat, now_s)
        super().transfer(seat, turn, now_s)

    def call(self, seat: Seat, now_s: float) -> Turn | None:
        turn = super().call(seat, now_s)
        if turn is None:
            return None
        place = self._places[seat.counter]
        place.called, place.called_at_s = turn, now_s
        self._last_wait[turn.standing.series] = max(0.0, now_s - turn.joined_s)
        told = self._open.pop(turn.standing.ticket, None)
        if told is not None:
            first, computed_s, last_s = told
            self.told.append(Told(first.standing.line, computed_s, last_s, now_s - first.joined_s, first.joined_s, first.standing.series))
        return turn

    def _free(self, seat: Seat, now_s: float) -> None:
        place = self._places[seat.counter]
        place.busy_s += now_s - place.called_at_s
        place.called = None

    def miss(self, seat: Seat, turn: Turn, now_s: float) -> None:
        self._free(seat, now_s)

    complete = miss

    def open(self, seat: Seat, now_s: float) -> None:
        place = self._places[seat.counter]
        place.seat, place.is_open = seat, True

    def pause(self, seat: Seat, now_s: float) -> None:
        self._places[seat.counter].is_open = False

    close = pause

    def change(self, seat: Seat, now_s: float) -> None:
        self._places[seat.counter].seat = seat

    # -- the estimate ------------------------------------------------------------------------

    def _estimate(self, turn: Turn, now_s: float) -> None:
        ticket = turn.standing.ticket
        waits = computed_waits_s(self.hall(now_s), [ticket], ROLLS)
        if ticket in waits:
            last_s = self._last_wait.get(turn.standing.series, 0.0)
            self._open[ticket] = (turn, waits[ticket], last_s)

    def hall(self, now_s: float) -> Hall:
        return Hall(
            now_s=now_s,
            order=self._rules.order,
            desks=list(self._desks(now_s)),
            waiting=list(self._lines),
            arrivals=self._arrivals(now_s),
            needs_s=self._needs,
            no_show_share=self._day.p_noshow,
        )

    def _desks(self, now_s: float):
        for place in self._places.values():
            away = tuple(span for span in place.plan.breaks if span[1] > now_s)
            on_break = bool(away) and away[0][0] <= now_s
            if not place.is_open and not (on_break and place.seat.levels):
                continue
            occupied_s, mean_s = None, 0.0
            if place.called is not None:
                level = place.seat.level_of(place.called.standing) or Level.BACK_UP
                mean_s = self._needs[place.called.work.procedure]
                mean_s *= self._day.slowdown[level] * place.plan.clerk_factor
                occupied_s = now_s - place.called_at_s
            elif place.is_open:
                away = tuple(span for span in away if span[0] > now_s)
            yield Desk(place.seat, occupied_s, mean_s, place.plan.clerk_factor, away, place.busy_s)

    def _arrivals(self, now_s: float) -> list[Arrival]:
        day = self._day
        until_s = min(now_s + HORIZON_S, day.last_ticket_s)
        coming = []
        for field, profile in self._habits.profiles.items():
            factor = adjustment(profile, now_s, self._seen[field])
            for new in newcomers(field, profile, self._habits.mixes[field], factor=factor, now_s=now_s, priority_share=day.p_priority, until_s=until_s):
                line = PRIORITY + ELDERLY if new.is_priority else WALK_IN_LINE
                coming.append(Arrival(new.at_s, self._standing(f"+{field}{len(coming)}", field, new.procedure, line, new.at_s, 10**6 + len(coming))))
        for visit in self._booked:
            slot_s = visit.slot_s or 0.0
            if visit.id not in self._arrived and now_s - 900 < slot_s <= now_s + HORIZON_S:
                leg = visit.legs[0]
                coming.append(Arrival(max(slot_s, now_s), self._standing(str(visit.id), leg.field, leg.procedure, APPOINTMENT, slot_s, visit.id)))
        coming.sort(key=lambda each: each.at_s)
        return coming

    def _standing(self, ticket: str, field: FieldId, procedure: ProcedureCode, line: str, since_s: float, sequence: int) -> Standing:
        rate, head_start_s = self._rules.clocks[line]
        return Standing(TicketId(ticket), field, procedure, line, since_s, sequence, rate, head_start_s, self._rules.factors[procedure])


def _copy(standing: Standing) -> Standing:
    return replace(standing)


def told_on(name: str, seed: int, policy: str = "D1") -> list[Told]:
    """Everybody's estimate on one day."""
    day = scenario(name)
    order = policy_of(policy)
    rules, plans = rules_of(day, order.routing), order.plans(day)
    visits = day_of(day, seed)
    hall = WatchedHall(day, rules, plans, visits)
    conditions = Conditions(rules=rules, slowdown=day.slowdown, noshow_s=day.noshow_s, seed=seed)
    Engine(visits, plans, hall, conditions).run()
    return [told for told in hall.told if told.actual_s > 0]
