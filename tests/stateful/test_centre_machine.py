"""A whole centre under random days: whatever happens, nobody is lost and nobody is doubled."""

import asyncio
from datetime import timedelta
from typing import Any

import msgspec
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from queue_server.core import commands as c
from queue_server.core import events as e
from queue_server.core.apply import apply
from queue_server.core.centre import Centre
from queue_server.core.errors import QueueError
from queue_server.core.identifiers import CounterId, StaffId, TicketNumber
from queue_server.core.ticket import Outcome
from queue_server.core.timers import due_commands
from tests.stateful import invariants
from tests.support.centres import MANAGER, MORNING, SYSTEM, rules
from tests.support.steps import COMMON, FULL, RARE
from tests.support.submitters import DirectSubmitter, Submitter

NUMBERS = st.integers(0, 11)
MANY = 6
"""Waiting tickets from which it is worth working them all off."""


class CentreMachine(RuleBasedStateMachine):
    """Random commands and passing time. A subclass chooses how a commit is made."""

    def __init__(self) -> None:
        super().__init__()
        self.runner = asyncio.Runner()
        self.now = MORNING
        self.submitter = self.make_submitter()
        self.numbers_of_today: set[TicketNumber] = set()
        self._do(c.ApplyConfiguration(configuration=FULL))
        self._do(c.OpenDay())
        for number in ("1", "2", "3"):
            self._do(c.TakeCounter(counter=CounterId(number), staff=StaffId(f"s{number}")))
            self._do(c.OpenCounter(counter=CounterId(number)))

    def make_submitter(self) -> Submitter:
        """How a commit is made; here straight on a centre in memory."""
        return DirectSubmitter(FULL.id, rules())

    @property
    def centre(self) -> Centre:
        return self.submitter.centre

    def _do(self, command: c.Command, *, by_timer: bool = False) -> tuple[e.Event, ...]:
        """Submit; a refusal must leave no trace, a commit must be the next."""
        before, offset = msgspec.json.encode(self.centre), self.centre.offset
        actor = SYSTEM if by_timer else MANAGER
        expected = invariants.oldest_of_each_line(self.centre, command)
        try:
            events = self.runner.run(self.submitter.submit(command, self.now, actor))
        except QueueError:
            assert not by_timer, "what falls due must be possible"
            events = ()
        if not events:
            assert msgspec.json.encode(self.centre) == before
            return ()
        assert self.centre.offset == offset + 1
        self._watch_numbers(events)
        for event in events:
            if isinstance(event, e.TicketCalled) and not event.reason:
                assert event.ticket in expected, "the order within a series was broken"
        return events

    def _watch_numbers(self, events: tuple[e.Event, ...]) -> None:
        for event in events:
            if isinstance(event, e.DayOpened):
                self.numbers_of_today.clear()
            if isinstance(event, e.TicketIssued):
                assert event.number not in self.numbers_of_today, "a number was issued twice"
                self.numbers_of_today.add(event.number)

    @rule(kinds=st.lists(NUMBERS, min_size=2, max_size=6))
    def several_arrive(self, kinds: list[int]) -> None:
        for kind in kinds:
            self.now += timedelta(seconds=kind)
            self._do(COMMON["issue"](self.centre, self.now, kind, kind))

    @rule(turns=st.lists(st.tuples(NUMBERS, NUMBERS), min_size=3, max_size=8))
    def clerks_work(self, turns: list[tuple[int, int]]) -> None:
        for a, b in turns:
            self.now += timedelta(seconds=b)
            self._do(COMMON["work"](self.centre, self.now, a, b))

    @rule(kind=st.sampled_from(list(RARE)), a=NUMBERS, b=NUMBERS)
    def something_rare_happens(self, kind: str, a: int, b: int) -> None:
        if kind != "close_day" or a % 3 == b % 3:
            self._do(RARE[kind](self.centre, self.now, a, b))

    @rule(minutes=st.sampled_from([0.05, 0.1, 0.5, 2, 5, 25, 90]))
    def time_passes(self, minutes: float) -> None:
        """Timers do what has fallen due, twice over as two processes would."""
        self.now += timedelta(minutes=minutes)
        for _ in range(2):
            for due in due_commands(self.centre, self.now):
                self._do(due.command, by_timer=True)
        assert due_commands(self.centre, self.now) == ()
        invariants.nobody_is_stranded(self.centre, self.now)

    @precondition(lambda self: self.centre.day is not None and not self.centre.day.is_open)
    @rule()
    def next_working_day(self) -> None:
        while self.now.weekday() > 3:
            self.now += timedelta(days=1)
        self.now = (self.now + timedelta(days=1)).replace(hour=1, minute=0)
        self._do(c.OpenDay())
        assert self.centre.tickets == {}

    @precondition(lambda self: len(self.centre.waiting) > MANY)
    @rule()
    def everybody_works_until_nobody_can_be_called(self) -> None:
        """No starvation: each call takes one who waits, until no counter may call the rest."""
        counters = [each.id for each in self.centre.counters.values() if each.staff is not None]
        for counter in counters:
            self._do(c.StartServing(counter=counter))
            self._do(c.Complete(counter=counter, outcome=Outcome.ADVICE_ONLY))
            self._do(c.OpenCounter(counter=counter))
        waiting = len(self.centre.waiting)
        calls = 0
        while served := sum([self._serve(counter) for counter in counters]):
            calls += served
            assert calls <= waiting, "somebody is called for ever"
        left = list(self.centre.waiting_tickets())
        for counter in counters:
            assert not any(
                invariants.may_call(self.centre, self.centre.counters[counter], ticket)
                for ticket in left
            )

    def _serve(self, counter: CounterId) -> bool:
        is_called = bool(self._do(c.CallNext(counter=counter)))
        self._do(c.StartServing(counter=counter))
        self._do(c.Complete(counter=counter, outcome=Outcome.RESULT_RETURNED))
        return is_called

    @invariant()
    def nobody_is_lost_and_nobody_is_doubled(self) -> None:
        invariants.check(self.centre)

    def teardown(self) -> None:
        """The journal alone rebuilds the centre, also from a snapshot on the way."""
        try:
            commits = self.runner.run(self.submitter.history())
            rebuilt = Centre(id=self.centre.id)
            for n, commit in enumerate(commits):
                apply(rebuilt, commit)
                if n == len(commits) // 2:
                    rebuilt = msgspec.json.decode(msgspec.json.encode(rebuilt), type=Centre)
            assert rebuilt == self.centre
            assert msgspec.json.encode(rebuilt) == msgspec.json.encode(self.centre)
            self.runner.run(self.submitter.close())
        finally:
            self.runner.close()


def _rule_of(name: str) -> Any:
    def act(self: CentreMachine, a: int, b: int) -> None:
        self._do(COMMON[name](self.centre, self.now, a, b))

    act.__name__ = name
    return rule(a=NUMBERS, b=NUMBERS)(act)


for _name in COMMON:
    setattr(CentreMachine, _name, _rule_of(_name))


def test_a_centre_keeps_its_promises_whatever_happens() -> None:
    run_state_machine_as_test(
        CentreMachine,
        settings=settings(
            max_examples=120,
            stateful_step_count=40,
            suppress_health_check=list(HealthCheck),
        ),
    )
