"""A real day through other rules: what the journal says, decided again.

`replayed` folds a day's commits and asks the order before every call whom it would have called:
with the rules of the day it names the same ticket each time; with others it shows where they
differ. `recorded_day` takes the visits, times and counters out of the journal, so that the engine
can let the day go on under other rules.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from counters.routing.router import StrategyRouter
from counters.simulation.plans import CounterPlan, Stretch
from counters.simulation.visits import Leg, Visit
from queue_server.core import events as e
from queue_server.core.apply import apply_event
from queue_server.core.centre import Centre
from queue_server.core.commit import Commit
from queue_server.core.configuration import Level, RoutingRules
from queue_server.core.counter import Availability
from queue_server.core.hours import local_time
from queue_server.core.identifiers import CounterId, ProcedureCode, TicketId, TicketNumber


class CallAgain(Struct, frozen=True, kw_only=True):
    """A call of the journal, and whom the rules would have called in its place."""

    at: datetime
    counter: CounterId
    called: TicketNumber
    chosen: TicketNumber | None
    """None: nobody, though somebody was called."""
    is_out_of_order: bool
    """The clerk named the ticket: the order was not asked."""

    @property
    def is_same(self) -> bool:
        """Whether the rules call the same ticket."""
        return self.called == self.chosen


def replayed(
    centre: Centre, commits: Iterable[Commit], rules: RoutingRules | None = None
) -> Iterator[CallAgain]:
    """Every call of the commits again.

    Args:
        centre: As it was before the first commit; it is folded forward, in place.
        commits: In the order of their offsets.
        rules: In place of those of the centre; None asks the rules that were in force.
    """
    router = StrategyRouter()
    for commit in commits:
        centre.offset, centre.changed_at = commit.offset, commit.at
        for event in commit.events:
            if isinstance(event, e.TicketCalled):
                yield _again(centre, commit, event, router, rules)
            apply_event(centre, event, commit.at)


def _again(
    centre: Centre,
    commit: Commit,
    event: e.TicketCalled,
    router: StrategyRouter,
    rules: RoutingRules | None,
) -> CallAgain:
    asked = _asked(centre, rules)
    choice = router.choose(asked, event.counter, commit.at)
    chosen = event.ticket if choice and _is_equal(event, choice.candidates, choice.equals) else None
    if chosen is None and choice is not None:
        chosen = choice.ticket
    return CallAgain(
        at=commit.at,
        counter=event.counter,
        called=centre.tickets[event.ticket].number,
        chosen=None if chosen is None else centre.tickets[chosen].number,
        is_out_of_order=bool(event.reason),
    )


def _asked(centre: Centre, rules: RoutingRules | None) -> Centre:
    """The centre with other rules; counters are as they are."""
    if rules is None:
        return centre
    facts = replace(centre.facts, routing=rules)
    return replace(centre, configuration=facts)


def _is_equal(event: e.TicketCalled, candidates: Sequence[Any], equals: int) -> bool:
    """Whether the call was drawn among equals that are equals now."""
    return event.equals > 1 and event.ticket in {each.ticket for each in candidates[:equals]}


class RecordedDay(Struct, frozen=True, kw_only=True):
    """A day's visits and counters out of its journal. Seconds since the local midnight."""

    visits: tuple[Visit, ...]
    plans: tuple[CounterPlan, ...]
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
