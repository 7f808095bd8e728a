"""A recorded day as visits and counters, so that it can go on under other rules."""

from collections.abc import Iterable
from datetime import datetime

from msgspec import Struct
from msgspec.structs import replace

from counters.simulation.bare_hall import BareHall
from counters.simulation.centre_of import rules_of_centre
from counters.simulation.engine import Conditions, Engine
from counters.simulation.figures import DayFigures, day_figures
from counters.simulation.plans import CounterPlan, Stretch
from counters.simulation.visits import Leg, Visit
from queue_server.core import events as e
from queue_server.core.apply import apply_event
from queue_server.core.centre import Centre
from queue_server.core.commit import Commit
from queue_server.core.configuration import Level
from queue_server.core.counter import Availability
from queue_server.core.hours import local_time
from queue_server.core.identifiers import CounterId, ProcedureCode, TicketId
from queue_server.core.routing_rules import RoutingRules


class RecordedDay(Struct, frozen=True, kw_only=True):
    """A day's visits and counters out of its journal. Seconds since the local midnight."""

    visits: tuple[Visit, ...]
    plans: tuple[CounterPlan, ...]
    centre: Centre
    """As the day left it."""
    ended_s: float
    left_out: int
    """Visits that were never served: nobody knows how long they would have taken."""


def recorded_day(centre: Centre, commits: Iterable[Commit]) -> RecordedDay:
    """What happened on the day that nobody's order decided.

    A service takes as long as it took, from the call to its end, wherever it is done.

    Args:
        centre: As it was before the first commit; it is folded forward, in place.
        commits: In the order of their offsets, with the opening of the day.
    """
    notes = _Notes(centre)
    for commit in commits:
        centre.offset, centre.changed_at = commit.offset, commit.at
        for event in commit.events:
            notes.before(event, commit.at)
            apply_event(centre, event, commit.at)
            notes.after(event, commit.at)
    return notes.day()


def run_recorded(recorded: RecordedDay, rules: RoutingRules) -> DayFigures:
    """The day's visits under the rules, with counters that are open as they were.

    Counters call as soon as they are free and somebody waits, and whoever was served takes as
    long at any counter: both arms of a comparison share these simplifications.
    """
    centre = recorded.centre
    other = replace(centre, configuration=replace(centre.facts, routing=rules))
    order = rules_of_centre(other)
    same_pace = dict.fromkeys(Level, 1.0)
    conditions = Conditions(rules=order, slowdown=same_pace)
    plans = recorded.plans
    outcome = Engine(recorded.visits, plans, BareHall(order), conditions).run()
    return day_figures(recorded.ended_s, outcome)


class _Notes:
    """Takes down legs, absences and the counters' hours while the day is folded."""

    def __init__(self, centre: Centre) -> None:
        self._centre = centre
        self._legs: dict[TicketId, list[Leg]] = {}
        self._missed: dict[TicketId, datetime] = {}
        self._back_s: dict[TicketId, float] = {}
        self._hours: dict[CounterId, list[Stretch]] = {}
        self._ended_s = 0.0
        self._done: set[TicketId] = set()

    def before(self, event: e.Event, at: datetime) -> None:
        """Note a transaction that ends with the event."""
        if isinstance(event, e.TicketCompleted | e.TicketTransferred):
            ticket = self._centre.tickets[event.ticket]
            called_at = ticket.first_called_at or at
            taken_s = max((at - called_at).total_seconds(), 1.0)
            leg = Leg(ticket.field, ticket.procedure, taken_s)
            self._legs.setdefault(ticket.id, []).append(leg)
            self._ended_s = self._since_midnight(at)
            if isinstance(event, e.TicketCompleted):
                self._done.add(ticket.id)

    def after(self, event: e.Event, at: datetime) -> None:
        """Note absences, and what a counter does from the event on."""
        match event:
            case e.NoShowMarked():
                self._missed[event.ticket] = at
            case e.TicketReinstated() if event.ticket in self._missed:
                self._back_s[event.ticket] = (at - self._missed[event.ticket]).total_seconds()
            case e.CounterOpened() | e.CounterPaused() | e.CounterClosed() | e.WorkProfileChanged():
                self._note_counter(event.counter, at)
            case _:
                pass

    def day(self) -> RecordedDay:
        """Everything noted."""
        tickets = self._centre.tickets.values()
        served = [ticket for ticket in tickets if self._legs.get(ticket.id)]
        visits = []
        for ticket in sorted(served, key=lambda each: (each.issued_at, each.sequence)):
            booked_at = ticket.appointment_at
            visits.append(
                Visit(
                    id=ticket.sequence,
                    arrives_s=self._since_midnight(ticket.issued_at),
                    legs=tuple(self._legs[ticket.id]),
                    priority_class=ticket.priority_class,
                    slot_s=None if booked_at is None else self._since_midnight(booked_at),
                    is_absent=ticket.id in self._missed,
                    returns_after_s=self._back_s.get(ticket.id),
                    dossiers=ticket.dossiers,
                    language=ticket.language,
                )
            )
        return RecordedDay(
            visits=tuple(visits),
            plans=tuple(
                CounterPlan(id=counter, stretches=tuple(stretches), breaks=())
                for counter, stretches in self._hours.items()
            ),
            centre=self._centre,
            ended_s=self._ended_s,
            left_out=len(tickets) - len(served),
        )

    def _note_counter(self, counter: CounterId, at: datetime) -> None:
        state = self._centre.counters[counter]
        levels: dict[ProcedureCode, Level] | None = None
        if state.availability is Availability.OPEN:
            known = self._centre.facts.procedures.values()
            found = {each.code: state.profile.level_of(each) for each in known}
            levels = {code: level for code, level in found.items() if level is not None}
        self._hours.setdefault(counter, []).append(Stretch(self._since_midnight(at), levels))

    def _since_midnight(self, instant: datetime) -> float:
        local = local_time(self._centre.facts, instant)
        midnight = local.replace(hour=0, minute=0, second=0, microsecond=0)
        return (local - midnight).total_seconds()
