"""Does every call of a day follow from what the journal says? Repeats each draw with the key.

Taken from the commits alone: who was called, among whom, with which claims. Whether the claims
themselves are right is answered by replaying the day through the rules.
Source: Chalendard, Fernandes, Raballand and Rijkers 2023: collusion shows as deviation from the
prescribed random assignment, so every draw is logged, auditable and compared per clerk.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from enum import StrEnum

from msgspec import Struct

from counters.routing.draw import draw
from queue_server.core import events as e
from queue_server.core.commit import Commit
from queue_server.core.draws import key_hash
from queue_server.core.identifiers import CounterId, StaffId, TicketId, TicketNumber
from queue_server.core.routing_rules import RoutingRules
from queue_server.core.ticket import Action

ROUNDING_S = 0.1
"""Claims are kept to a tenth of a second: at the edge of the window either answer is right."""


class DeviationKind(StrEnum):
    """What does not follow."""

    WRONG_DRAW = "wrong_draw"
    """Another of the equals was called than the key draws."""
    WRONG_EQUALS = "wrong_equals"
    """More or fewer were drawn from than are equal by their claims."""
    NOT_BEST = "not_best"
    """Nothing was to be drawn, and not the largest claim was called."""
    NOT_COMPARED = "not_compared"
    """Called by the rules, with nobody compared."""


class KeyVerdict(StrEnum):
    """Whether the key is the one that was promised."""

    RIGHT = "right"
    WRONG = "wrong"
    """The key at closing is not that of the hash at opening."""
    NOT_PUBLISHED = "not_published"
    """The day is not closed yet: nothing can be repeated."""
    WITHHELD = "withheld"
    """The day was closed without the key that was promised: nothing can be repeated."""
    NOT_PROMISED = "not_promised"
    """No hash was published at opening: nothing was drawn."""


class CallRecord(Struct, frozen=True, kw_only=True):
    """One call by the rules."""

    offset: int
    at: datetime
    counter: CounterId
    clerk: StaffId
    number: TicketNumber
    equals: int
    drawn: int
    """Place among the equals of who was called, from 0."""


class Deviation(Struct, frozen=True, kw_only=True):
    """One call that does not follow."""

    call: CallRecord
    kind: DeviationKind
    expected: TicketNumber | None
    """Who should have been called, where that is certain."""


class OutOfOrder(Struct, frozen=True, kw_only=True):
    """One call out of order: allowed, with its reason, and counted."""

    offset: int
    at: datetime
    counter: CounterId
    clerk: StaffId
    number: TicketNumber
    reason: str


class DayDraws(Struct, frozen=True, kw_only=True):
    """A day, checked."""

    day: date | None
    key: KeyVerdict
    draw_key_hash: str
    draw_key: str
    calls: tuple[CallRecord, ...]
    deviations: tuple[Deviation, ...]
    out_of_order: tuple[OutOfOrder, ...]
    taken_back: tuple[CallRecord, ...]
    """Calls that were undone or put back: whoever shops for a better draw does that."""
    names: dict[StaffId, str]

    @property
    def is_right(self) -> bool:
        """Whether nothing deviates, as far as it can be told yet."""
        return not self.deviations and self.key not in {KeyVerdict.WRONG, KeyVerdict.WITHHELD}


def check_day(commits: Iterable[Commit], routing: RoutingRules) -> DayDraws:
    """Check the commits of one day, from its opening on.

    Args:
        commits: From `DayOpened` to before the next one.
        routing: The rules in force at the opening.
    """
    checking = _Checking(routing)
    kept = list(commits)
    checking.learn_key(kept)
    for commit in kept:
        for event in commit.events:
            checking.take(commit, event)
    return checking.result()


class _Checking:
    """What is known while the day is gone through."""

    def __init__(self, routing: RoutingRules) -> None:
        self._window_s = routing.draw_window_s
        self._day: date | None = None
        self._hash = self._key = ""
        self._is_closed = False
        self._numbers: dict[TicketId, TicketNumber] = {}
        self._seated: dict[CounterId, StaffId] = {}
        self._names: dict[StaffId, str] = {}
        self._last: dict[TicketId, CallRecord] = {}
        self._calls: list[CallRecord] = []
        self._deviations: list[Deviation] = []
        self._out_of_order: list[OutOfOrder] = []
        self._taken_back: list[CallRecord] = []

    def learn_key(self, commits: Sequence[Commit]) -> None:
        for commit in commits:
            for event in commit.events:
                if isinstance(event, e.DayOpened):
                    self._day, self._hash = event.date, event.draw_key_hash
                elif isinstance(event, e.DayClosed):
                    self._key, self._is_closed = event.draw_key, True

    def take(self, commit: Commit, event: e.Event) -> None:
        match event:
            case e.ConfigurationApplied(configuration=configuration):
                self._window_s = configuration.routing.draw_window_s
            case e.RoutingChanged(routing=routing):
                self._window_s = routing.draw_window_s
            case e.TicketIssued(ticket=ticket, number=number):
                self._numbers[ticket] = number
            case e.CounterTaken(counter=counter, staff=staff, name=name):
                self._seated[counter] = staff
                self._names[staff] = name
            case e.CounterLeft(counter=counter):
                self._seated.pop(counter, None)
            case e.TicketCalled():
                self._called(commit, event)
            case e.TicketRequeued(ticket=ticket):
                self._put_back(ticket)
            case e.CounterActionUndone(action=Action.UNDO_CALL, ticket=before):
                self._put_back(before.id)
            case _:
                pass

    def _called(self, commit: Commit, event: e.TicketCalled) -> None:
        call = self._record(commit, event)
        if event.reason:
            self._out_of_order.append(
                OutOfOrder(
                    offset=call.offset,
                    at=call.at,
                    counter=call.counter,
                    clerk=call.clerk,
                    number=call.number,
                    reason=event.reason,
                )
            )
            return
        self._calls.append(call)
        self._last[event.ticket] = call
        kind, expected = self._deviation(commit.offset, event)
        if kind is not None:
            number = None if expected is None else self._numbers.get(expected)
            self._deviations.append(Deviation(call=call, kind=kind, expected=number))

    def _record(self, commit: Commit, event: e.TicketCalled) -> CallRecord:
        actor = commit.actor
        seated = self._seated.get(event.counter, StaffId(""))
        places = [candidate.ticket for candidate in event.candidates]
        return CallRecord(
            offset=commit.offset,
            at=commit.at,
            counter=event.counter,
            clerk=StaffId(actor.id) if actor.kind == "staff" else seated,
            number=self._numbers.get(event.ticket, TicketNumber("")),
            equals=event.equals,
            drawn=places.index(event.ticket) if event.ticket in places else -1,
        )

    def _deviation(
        self, offset: int, event: e.TicketCalled
    ) -> tuple[DeviationKind | None, TicketId | None]:
        """What is wrong with the call, and who should have been called."""
        candidates = event.candidates
        if not candidates:
            return DeviationKind.NOT_COMPARED, None
        first = candidates[0].ticket
        if candidates[0].claim_s < max(each.claim_s for each in candidates):
            return DeviationKind.NOT_BEST, max(candidates, key=lambda each: each.claim_s).ticket
        window_s = self._window_s if self._hash else 0
        least, most = _equals(event.candidates, window_s)
        if not least <= event.equals <= most:
            return DeviationKind.WRONG_EQUALS, None
        if event.equals == 1:
            return (None, None) if event.ticket == first else (DeviationKind.NOT_BEST, first)
        if not self._key:
            return None, None
        place = draw(bytes.fromhex(self._key), offset, event.equals)
        expected = candidates[place].ticket
        return (None, None) if event.ticket == expected else (DeviationKind.WRONG_DRAW, expected)

    def _put_back(self, ticket: TicketId) -> None:
        call = self._last.pop(ticket, None)
        if call is not None:
            self._taken_back.append(call)

    def result(self) -> DayDraws:
        return DayDraws(
            day=self._day,
            key=_verdict(self._hash, self._key, is_closed=self._is_closed),
            draw_key_hash=self._hash,
            draw_key=self._key,
            calls=tuple(self._calls),
            deviations=tuple(self._deviations),
            out_of_order=tuple(self._out_of_order),
            taken_back=tuple(self._taken_back),
            names=self._names,
        )


def _equals(candidates: Sequence[e.Candidate], window_s: float) -> tuple[int, int]:
    """At least and at most how many are equals, seen the rounding of the claims."""
    if window_s <= 0:
        return 1, 1
    edge_s = candidates[0].claim_s - window_s
    surely = sum(each.claim_s >= edge_s + ROUNDING_S for each in candidates)
    perhaps = sum(each.claim_s >= edge_s - ROUNDING_S for each in candidates)
    return max(surely, 1), perhaps


def _verdict(promised: str, key: str, *, is_closed: bool) -> KeyVerdict:
    if not promised:
        return KeyVerdict.NOT_PROMISED
    if not key:
        return KeyVerdict.WITHHELD if is_closed else KeyVerdict.NOT_PUBLISHED
    return KeyVerdict.RIGHT if key_hash(bytes.fromhex(key)) == promised else KeyVerdict.WRONG
