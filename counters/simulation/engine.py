"""Runs a day: visits arrive, counters call, serve, pause; the hall says who is next.

An event loop over one heap. Citizens and clerks behave here and nowhere else, so the bare hall
and the live core see the very same day.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from enum import IntEnum, StrEnum
from heapq import heapify, heappop, heappush
from random import Random  # noqa: TID251  # made here from the seed, for ties among free counters
from typing import Any, Final

from msgspec import Struct

from counters.routing.standing import Seat
from counters.simulation.hall import Hall
from counters.simulation.outcome import Called, Outcome, Worked
from counters.simulation.plans import CounterPlan, Levels
from counters.simulation.turns import Rules, Turn, arrival_of, turn_of
from counters.simulation.visits import Visit
from queue_server.core.configuration import Level
from queue_server.core.identifiers import CounterId


class FreeChoice(StrEnum):
    """Which of several free counters takes somebody who arrives."""

    LEAST_BUSY = "least_busy"
    """The one that was busy for the shortest time today."""
    BEST_LEVEL = "best_level"
    """The same, where each level below primary counts as five more busy minutes."""
    LONGEST_FREE = "longest_free"
    """The one that has been free for longest; usual elsewhere."""


class Conditions(Struct, frozen=True, kw_only=True):
    """What is the same for all who come and serve."""

    rules: Rules
    slowdown: Mapping[Level, float]
    """How many times as long a service takes at a counter of that level."""
    noshow_s: float = 45.0
    """How long a counter waits for somebody who is absent."""
    free_choice: FreeChoice = FreeChoice.LEAST_BUSY
    seed: int = 0
    """Breaks ties among free counters."""


class Under(Struct, frozen=True):
    """A service under way when the simulation begins."""

    turn: Turn
    called_s: float
    ends_s: float
    is_missed: bool = False


class Start(Struct, frozen=True, kw_only=True):
    """Where the simulation begins, if not before the doors open."""

    now_s: float = 0.0
    waiting: tuple[Turn, ...] = ()
    under: Mapping[CounterId, Under] = {}
    away: tuple[Turn, ...] = ()
    """Absent when called, and coming back."""


class _Kind(IntEnum):
    SHIFT, BREAK, BREAK_END, ARRIVE, RETURN, END = range(6)


class _Counter(Struct, gc=False):
    """A counter at work."""

    plan: CounterPlan
    seat: Seat
    is_open: bool = False
    is_away: bool = False
    called: Called | None = None
    break_until_s: float = 0.0
    """End of the last break: a counter that opens before it is away until then."""
    break_s: float = 0.0
    """Length of a break that waits for the end of a service."""
    busy_s: float = 0.0
    open_s: float = 0.0
    open_since_s: float = 0.0


class Engine:
    """One day, once."""

    def __init__(
        self,
        visits: Iterable[Visit],
        plans: Sequence[CounterPlan],
        hall: Hall,
        conditions: Conditions,
        start: Start | None = None,
    ) -> None:
        self._hall = hall
        self._rules = conditions.rules
        self._conditions = conditions
        self._ties = Random(conditions.seed)  # noqa: S311  # a simulation, not a secret
        self._start = start or Start()
        self._outcome = Outcome()
        self._waiting: dict[int, Turn] = {}
        self._idle: dict[CounterId, _Counter] = {}
        self._counters = [
            _Counter(plan, Seat(plan.id, {}, plan.languages), busy_s=plan.busy_s) for plan in plans
        ]
        self._heap: list[tuple[float, int, int, Any]] = []
        self._pushed = 0
        self._plan_ahead(visits)

    def run(self) -> Outcome:
        """Everything that happens until nobody comes, waits or is served any more."""
        heap = self._heap
        done: tuple[Callable[[Any, float], None], ...] = (
            self._shift, self._break, self._end_break, self._arrive, self._return, self._end_service
        )  # fmt: skip
        while heap:
            now_s, kind, _, subject = heappop(heap)
            done[kind](subject, now_s)
        outcome = self._outcome
        outcome.unserved = list(self._waiting.values())
        outcome.worked = tuple(self._worked(each) for each in self._counters)
        return outcome

    # -- what will happen -------------------------------------------------------------------

    def _plan_ahead(self, visits: Iterable[Visit]) -> None:
        now_s = self._start.now_s
        for turn in self._start.waiting:
            self._waiting[turn.visit.id] = turn
            self._hall.join(turn, now_s)
        for counter in self._counters:
            for stretch in counter.plan.stretches:
                self._push(max(stretch.from_s, now_s), _Kind.SHIFT, (counter, stretch.levels))
            for begins_s, ends_s in counter.plan.breaks:
                if ends_s > now_s:
                    self._push(max(begins_s, now_s), _Kind.BREAK, (counter, ends_s))
            self._take_over(counter)
        for turn in self._start.away:
            self._push(turn.joined_s, _Kind.RETURN, turn)
        for visit in visits:
            self._push(visit.arrives_s, _Kind.ARRIVE, visit)
        heapify(self._heap)

    def _take_over(self, counter: _Counter) -> None:
        """Go on with what is under way at the counter."""
        under = self._start.under.get(counter.plan.id)
        if under is not None:
            called = Called(
                under.turn, counter.plan.id, under.called_s, under.ends_s, under.is_missed
            )
            counter.called = called
            self._push(under.ends_s, _Kind.END, counter)

    def _push(self, at_s: float, kind: _Kind, subject: object) -> None:
        self._pushed += 1
        heappush(self._heap, (at_s, kind, self._pushed, subject))

    # -- citizens ---------------------------------------------------------------------------

    def _arrive(self, visit: Visit, now_s: float) -> None:
        turn = arrival_of(self._rules, visit)
        self._hall.join(turn, now_s)
        self._offer(turn, now_s)

    def _return(self, turn: Turn, now_s: float) -> None:
        self._hall.return_after_miss(turn, now_s)
        self._offer(turn, now_s)

    def _offer(self, turn: Turn, now_s: float) -> None:
        """Let the free counter that was least busy today call, while the turn still waits."""
        self._waiting[turn.visit.id] = turn
        if not self._idle:
            return
        able = [each for each in self._idle.values() if each.seat.level_of(turn.standing)]
        while able and turn.visit.id in self._waiting:
            equals = self._first_of(able, turn)
            chosen = equals[0] if len(equals) == 1 else self._ties.choice(equals)
            able.remove(chosen)
            self._call(chosen, now_s)

    def _first_of(self, able: list[_Counter], turn: Turn) -> list[_Counter]:
        """The free counters that come first; several when they tie."""
        choice = self._conditions.free_choice
        if choice is FreeChoice.LONGEST_FREE:
            return able[:1]
        busy_s = [each.busy_s for each in able]
        if choice is FreeChoice.BEST_LEVEL:
            busy_s = [each.busy_s + _behind_s(each.seat, turn) for each in able]
        least_s = min(busy_s)
        return [each for each, spent_s in zip(able, busy_s, strict=True) if spent_s == least_s]

    # -- counters ---------------------------------------------------------------------------

    def _call(self, counter: _Counter, now_s: float) -> None:
        """Call somebody, or be free."""
        turn = self._hall.call(counter.seat, now_s)
        if turn is None:
            self._idle.setdefault(counter.plan.id, counter)
            return
        self._idle.pop(counter.plan.id, None)
        visit = turn.visit
        del self._waiting[visit.id]
        is_missed = visit.is_absent and not turn.leg and not turn.is_return
        if is_missed:
            takes_s = self._conditions.noshow_s
        else:
            level = counter.seat.level_of(turn.standing)
            slowdown = self._conditions.slowdown[level or Level.BACK_UP]
            takes_s = round(turn.work.work_s * slowdown * counter.plan.clerk_factor, 3)
            self._hall.start(counter.seat, turn, now_s)
        called = Called(turn, counter.plan.id, now_s, now_s + takes_s, is_missed)
        counter.called = called
        self._outcome.calls.append(called)
        self._push(called.ended_s, _Kind.END, counter)

    def _end_service(self, counter: _Counter, now_s: float) -> None:
        called = counter.called
        if called is None:
            return
        counter.called = None
        counter.busy_s += now_s - called.at_s
        self._outcome.ended_s = now_s
        turn = called.turn
        if called.is_missed:
            self._end_missed(counter, called, now_s)
        elif turn.leg + 1 < len(turn.visit.legs):
            following = turn_of(self._rules, turn.visit, turn.leg + 1, now_s, now_s)
            self._hall.transfer(counter.seat, following, now_s)
            self._offer(following, now_s)
        else:
            self._hall.complete(counter.seat, turn, now_s)
            self._outcome.completed += 1
        self._go_on(counter, now_s)

    def _end_missed(self, counter: _Counter, called: Called, now_s: float) -> None:
        turn = called.turn
        self._hall.miss(counter.seat, turn, now_s)
        after_s = turn.visit.returns_after_s
        if after_s is None:
            self._outcome.lost += 1
            return
        back_s = now_s + after_s
        returning = turn_of(self._rules, turn.visit, turn.leg, called.at_s, back_s)
        returning.is_return = True
        returning.standing.skipped = turn.standing.skipped
        self._push(back_s, _Kind.RETURN, returning)

    def _go_on(self, counter: _Counter, now_s: float) -> None:
        """After a service: begin a break that is due, close, or call."""
        if not counter.is_open:
            self._count_open(counter, now_s)
            self._hall.close(counter.seat, now_s)
        else:
            self._call_or_rest(counter, now_s)

    def _call_or_rest(self, counter: _Counter, now_s: float) -> None:
        """Begin a break that is due, in full if a service was in its way, or call."""
        counter.break_s = counter.break_s or max(counter.break_until_s - now_s, 0.0)
        if counter.break_s > 0:
            self._begin_break(counter, now_s)
        else:
            self._call(counter, now_s)

    def _break(self, subject: tuple[_Counter, float], now_s: float) -> None:
        counter, until_s = subject
        counter.break_until_s = until_s
        if not counter.is_open:
            return
        counter.break_s = until_s - now_s
        if counter.called is None:
            self._begin_break(counter, now_s)

    def _begin_break(self, counter: _Counter, now_s: float) -> None:
        self._idle.pop(counter.plan.id, None)
        self._count_open(counter, now_s)
        counter.is_away = True
        self._hall.pause(counter.seat, now_s)
        counter.break_until_s = now_s + counter.break_s
        self._push(counter.break_until_s, _Kind.BREAK_END, counter)

    def _end_break(self, counter: _Counter, now_s: float) -> None:
        if not counter.is_away or now_s < counter.break_until_s:
            return
        counter.is_away = False
        counter.break_s = 0.0
        if counter.is_open:
            self._begin(counter, now_s)

    def _shift(self, subject: tuple[_Counter, Levels | None], now_s: float) -> None:
        """Open, close, or serve something else from the next call on."""
        counter, levels = subject
        was_open, counter.is_open = counter.is_open, levels is not None
        if levels is None:
            if was_open and counter.called is None and not counter.is_away:
                self._idle.pop(counter.plan.id, None)
                self._count_open(counter, now_s)
                self._hall.close(counter.seat, now_s)
            return
        counter.seat = Seat(counter.plan.id, levels, counter.plan.languages)
        self._hall.change(counter.seat, now_s)
        if counter.called is not None:
            counter.open_since_s = now_s if not was_open else counter.open_since_s
        elif not counter.is_away:
            self._begin(counter, now_s, is_new=not was_open)

    def _begin(self, counter: _Counter, now_s: float, *, is_new: bool = True) -> None:
        if is_new:
            counter.open_since_s = now_s
            self._hall.open(counter.seat, now_s)
        self._call_or_rest(counter, now_s)

    def _count_open(self, counter: _Counter, now_s: float) -> None:
        counter.open_s += now_s - counter.open_since_s
        counter.open_since_s = now_s

    def _worked(self, counter: _Counter) -> Worked:
        if counter.is_open and not counter.is_away:
            self._count_open(counter, max(counter.open_since_s, self._outcome.ended_s))
        return Worked(counter.plan.id, counter.busy_s, counter.open_s)


LEVEL_BEHIND_S: Final = {Level.PRIMARY: 0.0, Level.SECONDARY: 300.0, Level.BACK_UP: 600.0}
"""Busy seconds that a level counts for in `FreeChoice.BEST_LEVEL`; more would spread the work
less evenly (found on seeds 0 to 60 of the routing benchmark)."""


def _behind_s(seat: Seat, turn: Turn) -> float:
    return LEVEL_BEHIND_S[seat.level_of(turn.standing) or Level.BACK_UP]
