"""A simulated day in the live core, on which everybody who takes a number is told a wait.

The estimator is given what a centre knows: who waits and since when, who is served since when,
planned breaks, booked appointments, the usual profile, mix and means, and how fast its clerks
are. It is not given how busy the day is going to be, how long anybody will take, who will not
come, or that there is a surge.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from counters.estimates.estimator import RollForwardEstimator
from counters.estimates.table import PRIORITY_CLASS, WALK_IN_CLASS
from counters.routing.standing import Seat
from counters.simulation.centre_of import centre_of, rules_of_centre
from counters.simulation.core_hall import CoreHall
from counters.simulation.day import day_of
from counters.simulation.engine import Conditions, Engine
from counters.simulation.plans import CounterPlan
from counters.simulation.policies import policy_of
from counters.simulation.scenario import Scenario
from counters.simulation.turns import Turn
from counters.simulation.visits import Visit
from queue_server.core import commands as c
from queue_server.core.configuration import Break, CentreConfiguration
from queue_server.core.hours import WEEKDAYS
from queue_server.core.identifiers import FieldId, StaffId, TicketId
from queue_server.core.learned import HALF_HOURS, LearnedParameters, QuantileRow
from queue_server.core.ticket import Channel, ForecastKind
from queue_server.scenarios import bench_scenarios

MIDNIGHT: Final = datetime(2026, 11, 23, tzinfo=UTC)
SURGES: Final[Mapping[str, Mapping[str, float]]] = {"SURGE": {"land": 2.0}}
"""What a centre could not have learned on the days before."""
Quantiles = Mapping[str, tuple[QuantileRow, ...]]


class Told(Struct, frozen=True, gc=False):
    """One citizen: what was computed and told, what the last called had waited, what came."""

    kind: str
    """The table it is looked up in."""
    computed_s: float
    about_s: float | None
    at_most_s: float | None
    last_called_s: float
    actual_s: float


class EstimatedHall(CoreHall):
    """The live core with its estimator, and what became of each estimate."""

    def __init__(
        self,
        configuration: CentreConfiguration,
        learned: LearnedParameters,
        visits: Sequence[Visit],
    ) -> None:
        super().__init__(configuration, MIDNIGHT)
        self._rules = replace(self._rules, estimator=RollForwardEstimator())
        self._do(c.LearnParameters(parameters=learned), 0.0)
        self._booked = [visit for visit in visits if visit.slot_s is not None]
        self._last_called_s: dict[FieldId, float] = {}
        self._known: dict[TicketId, tuple[float, float]] = {}
        self.told: list[Told] = []

    def open(self, seat: Seat, now_s: float) -> None:
        """Who has an appointment is in the book before the first counter opens."""
        booked, self._booked = self._booked, []
        for visit in booked:
            leg = visit.legs[0]
            at = MIDNIGHT + timedelta(seconds=visit.slot_s or 0.0)
            self._do(
                c.IssueTicket(
                    ticket=TicketId(str(visit.id)),
                    procedure=leg.procedure,
                    channel=Channel.APPOINTMENT,
                    priority_class=visit.priority_class,
                    appointment_at=at,
                    print_slip=False,
                ),
                now_s,
            )
        super().open(seat, now_s)

    def join(self, turn: Turn, now_s: float) -> None:
        """Take a number, or check in; what the last called had waited is noted."""
        ticket = turn.standing.ticket
        if turn.visit.slot_s is not None:
            self._turns[ticket] = turn
            self._do(c.CheckIn(ticket=ticket), now_s)
            return
        super().join(turn, now_s)
        self._known[ticket] = (now_s, self._last_called_s.get(turn.standing.series, 0.0))

    def call(self, seat: Seat, now_s: float) -> Turn | None:
        """Compare the first call of each ticket with what was told."""
        turn = super().call(seat, now_s)
        if turn is None:
            return None
        self._last_called_s[turn.standing.series] = max(0.0, now_s - turn.joined_s)
        known = self._known.pop(turn.standing.ticket, None)
        if known is not None:
            self._compare(turn, now_s - known[0], known[1])
        return turn

    def _compare(self, turn: Turn, actual_s: float, last_called_s: float) -> None:
        forecast = self.centre.tickets[turn.standing.ticket].forecast
        if forecast is None or forecast.kind is ForecastKind.NO_COUNTER_OPEN:
            return
        told = Told(
            PRIORITY_CLASS if turn.visit.priority_class else WALK_IN_CLASS,
            forecast.computed_s or 0.0,
            forecast.about_s,
            forecast.at_most_s,
            last_called_s,
            actual_s,
        )
        self.told.append(told)


def learned_of(day: Scenario, quantiles: Quantiles) -> LearnedParameters:
    """What a centre with such days knows of them: no surge, no day's own business."""
    surges = SURGES.get(day.name, {})
    usual = {field.id: field.visits / surges.get(field.id, 1.0) for field in day.fields}
    total = sum(usual.values())
    profiles = {}
    width_s = (day.last_ticket_s - day.opens_s) / len(day.profile)
    for field, visits in usual.items():
        profile = [0.0] * HALF_HOURS
        for place, share in enumerate(day.profile):
            half_hour = int((day.opens_s + place * width_s) // 1800)
            profile[half_hour] += visits * (1 - day.p_appointment) * share
        profiles[field] = tuple(profile)
    return LearnedParameters(
        learned_on=date(2026, 11, 23),
        days=30,
        mean_transaction_time_s={code: load.mean_s for code, load in day.procedures.items()},
        transaction_time_cv=day.service_cv,
        clerk_factors={StaffId(f"clerk-{post.id}"): post.clerk_factor for post in day.posts},
        demand={
            code: usual[load.field] * load.share / total for code, load in day.procedures.items()
        },
        arrivals=dict.fromkeys(WEEKDAYS, profiles),
        no_show_share=day.p_noshow,
        priority_share=day.p_priority,
        again_share=day.p_transfer + day.p_noshow * day.p_return,
        quantiles=quantiles,
    )


def told_on(day: Scenario, seed: int, quantiles: Quantiles) -> list[Told]:
    """Everybody who took a number on that day under D1 and had to wait."""
    policy = policy_of("D1")
    plans, visits = policy.plans(day), day_of(day, seed)
    configuration = _with_breaks(centre_of(day, plans, policy.routing), plans)
    hall = EstimatedHall(configuration, learned_of(day, quantiles), visits)
    conditions = Conditions(
        rules=rules_of_centre(hall.centre),
        slowdown=day.slowdown,
        noshow_s=day.noshow_s,
        seed=seed,
    )
    Engine(visits, plans, hall, conditions).run()
    return [told for told in hall.told if told.actual_s > 0]


def bench_day(name: str) -> Scenario:
    """The bench centre's day of that name."""
    return {each.name: each for each in bench_scenarios()}[name]


def _with_breaks(
    configuration: CentreConfiguration, plans: Sequence[CounterPlan]
) -> CentreConfiguration:
    counters = dict(configuration.counters)
    for plan in plans:
        breaks = tuple(
            Break(begins=_time(begins), ends=_time(ends)) for begins, ends in plan.breaks
        )
        counters[plan.id] = replace(counters[plan.id], breaks=breaks)
    return replace(configuration, counters=counters)


def _time(seconds: float) -> time:
    minutes = round(seconds / 60)
    return time(minutes // 60, minutes % 60)
