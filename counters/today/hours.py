"""The counters' hours of a day, folded from its commits: who sat there, open, paused, serving.

Availability is chosen, activity is derived: a counter that pauses while somebody is served goes
on serving, and what it chose shows when they leave.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from counters.today.values import CounterHours, Doing, Presence, Stretch
from queue_server.core import events as e
from queue_server.core.centre import Centre
from queue_server.core.commit import Commit
from queue_server.core.identifiers import CounterId, TicketId
from queue_server.core.ticket import AT_COUNTER, TicketState

LEAST_S: Final = 1
"""Shorter stretches are nobody's memory: called and served in one press."""


class CounterDay:
    """One counter's day as it goes on."""

    def __init__(self) -> None:
        self._chosen: Doing | None = None
        self._reason = ""
        self._at_counter: Doing | None = None
        self._stretches: list[Stretch] = []
        self._doing: tuple[Doing, datetime, str] | None = None
        self._people: list[Presence] = []
        self._seated: tuple[str, datetime] | None = None

    def choose(self, chosen: Doing | None, at: datetime, midnight: datetime, why: str = "") -> None:
        """Open (free), paused, or closed (None)."""
        self._chosen, self._reason = chosen, why
        self._go_on(at, midnight)

    def hold(self, activity: Doing | None, at: datetime, midnight: datetime) -> None:
        """Somebody is called or served there, or nobody any more."""
        self._at_counter = activity
        self._go_on(at, midnight)

    def seat(self, name: str | None, at: datetime, midnight: datetime) -> None:
        """Somebody sits down, or nobody is there."""
        if self._seated is not None:
            before, since = self._seated
            self._people.append(Presence(before, _s(since, midnight), _s(at, midnight)))
        self._seated = None if name is None else (name, at)

    def shown(self, midnight: datetime) -> tuple[tuple[Presence, ...], tuple[Stretch, ...]]:
        """People and stretches, with what goes on at the end."""
        people, stretches = list(self._people), list(self._stretches)
        if self._seated is not None:
            people.append(Presence(self._seated[0], _s(self._seated[1], midnight), None))
        if self._doing is not None:
            doing, since, why = self._doing
            stretches.append(Stretch(doing, _s(since, midnight), None, why))
        return tuple(people), tuple(stretches)

    def _go_on(self, at: datetime, midnight: datetime) -> None:
        doing = self._at_counter or self._chosen
        why = self._reason if doing == "paused" else ""
        if self._doing is not None:
            before, since, reason = self._doing
            if (before, reason) == (doing, why):
                return
            if (at - since).total_seconds() >= LEAST_S:
                stretch = Stretch(before, _s(since, midnight), _s(at, midnight), reason)
                self._stretches.append(stretch)
        self._doing = None if doing is None else (doing, at, why)


class DayHours:
    """The fold over a day's commits. `offset` is the last that is in it."""

    def __init__(self, midnight: datetime, offset: int) -> None:
        self.offset = offset
        self._midnight = midnight
        self._counters: dict[CounterId, CounterDay] = {}
        self._places: dict[TicketId, CounterId] = {}

    def add(self, commits: Iterable[Commit]) -> None:
        """Go on with the next commits."""
        for commit in commits:
            for event in commit.events:
                self._add(event, commit.at)
            self.offset = commit.offset

    def hours(self, centre: Centre) -> tuple[CounterHours, ...]:
        """Of every counter in the configured order."""
        found = []
        for counter in centre.counters:
            people, stretches = self._counter(counter).shown(self._midnight)
            number = centre.counter_facts(counter).number
            hours = CounterHours(id=counter, number=number, people=people, stretches=stretches)
            found.append(hours)
        return tuple(found)

    def _counter(self, counter: CounterId) -> CounterDay:
        return self._counters.setdefault(counter, CounterDay())

    def _add(self, event: e.Event, at: datetime) -> None:
        match event:
            case e.CounterTaken() | e.CounterLeft():
                name = event.name or event.staff if isinstance(event, e.CounterTaken) else None
                self._counter(event.counter).seat(name, at, self._midnight)
            case e.CounterOpened():
                self._counter(event.counter).choose("free", at, self._midnight)
            case e.CounterPaused():
                self._counter(event.counter).choose("paused", at, self._midnight, event.reason)
            case e.CounterClosed():
                self._counter(event.counter).choose(None, at, self._midnight)
            case e.TicketCalled() | e.TicketResumed():
                self._hold(event.counter, event.ticket, "calling", at)
            case e.ServingStarted():
                self._hold(event.counter, event.ticket, "serving", at)
            case e.CounterActionUndone():
                self._undo(event, at)
            case (
                e.NoShowMarked()
                | e.TicketRequeued()
                | e.TicketGivenBack()
                | e.TicketParked()
                | e.TicketTransferred()
                | e.TicketCompleted()
                | e.TicketCancelled()
                | e.TicketExpired()
            ):
                self._release(event.ticket, at)
            case _:
                pass

    def _hold(self, counter: CounterId, ticket: TicketId, doing: Doing, at: datetime) -> None:
        self._places[ticket] = counter
        self._counter(counter).hold(doing, at, self._midnight)

    def _release(self, ticket: TicketId, at: datetime) -> None:
        counter = self._places.pop(ticket, None)
        if counter is not None:
            self._counter(counter).hold(None, at, self._midnight)

    def _undo(self, event: e.CounterActionUndone, at: datetime) -> None:
        """The ticket is as it was before: at the counter, or not."""
        state = event.ticket.state
        if state not in AT_COUNTER:
            self._release(event.ticket.id, at)
            return
        doing: Doing = "serving" if state is TicketState.SERVING else "calling"
        self._hold(event.counter, event.ticket.id, doing, at)


def _s(instant: datetime, midnight: datetime) -> int:
    return round((instant - midnight).total_seconds())
