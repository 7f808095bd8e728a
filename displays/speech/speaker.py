"""What a loudspeaker of the server does from moment to moment: `announcer.js` without the sound.

No clock and no sound: `next` says what to play now, whoever plays it says `ended`. Times are
milliseconds of a clock that only grows.
"""

from collections.abc import Callable, Collection, Iterable

from msgspec import Struct
from msgspec.structs import replace

from displays.speech.announcement_plan import (
    GAPS,
    RULES,
    Announcement,
    Call,
    Entry,
    Gaps,
    PlanRules,
    Timeline,
    plan,
    timeline,
    with_call,
)

REMEMBERED_CALLS = 500


class Utterance(Struct, frozen=True):
    """What to play now."""

    entry: Entry
    announcement: Announcement
    timeline: Timeline


class Speaker:
    """The row of calls before one loudspeaker.

    Args:
        duration_of: Milliseconds of a clip; None when it is missing.
        may_speak: Whether this loudspeaker owns the sound of the call's zone.
        rules: When calls become shorter.
        gaps: Pauses.
    """

    def __init__(
        self,
        duration_of: Callable[[str], float | None],
        may_speak: Callable[[Call], bool] = lambda _: True,
        rules: PlanRules = RULES,
        gaps: Gaps = GAPS,
    ) -> None:
        self._duration_of = duration_of
        self._may_speak = may_speak
        self.rules = rules
        self._gaps = gaps
        self._heard: dict[str, None] = {}
        self._queue: tuple[Entry, ...] = ()
        self._current: Entry | None = None
        self._is_over = False
        self._last: Entry | None = None
        self._free_at_ms = 0.0
        self.dropped: list[Call] = []
        """Calls that grew too old; whoever reads them empties the list."""

    @property
    def backlog(self) -> int:
        """Calls that wait."""
        return len(self._queue)

    def hear(self, call: Call, since_ms: float) -> None:
        """Speak a call when its turn comes; nothing if it was given before."""
        if not self._remember(call.id):
            return
        self._queue = with_call(self._queue, call, since_ms)
        if self._last is not None and self._last.call.ticket == call.ticket:
            self._last = None

    def keep(self, tickets: Collection[str]) -> None:
        """Say no more about other tickets: whoever had them has arrived, or was not meant.

        What is being spoken is spoken to its end.
        """
        self._queue = tuple(entry for entry in self._queue if entry.call.ticket in tickets)
        if self._last is not None and self._last.call.ticket not in tickets:
            self._last = None
        if self._current is not None and self._current.call.ticket not in tickets:
            self._is_over = True

    def was_spoken(self, ids: Iterable[str]) -> None:
        """These calls were spoken by another device."""
        for id_ in ids:
            self._remember(id_)
        self._queue = tuple(entry for entry in self._queue if entry.call.id not in set(ids))

    def next(self, now_ms: float) -> Utterance | None:
        """What to play now; None while something is played, in a pause, or with nothing to say."""
        if self._current is not None or now_ms < self._free_at_ms:
            return None
        mine = [entry for entry in self._queue if self._may_speak(entry.call)]
        last = self._last if self._last and self._may_speak(self._last.call) else None
        planned = plan(mine, now_ms, last, self.rules)
        self.dropped += [entry.call for entry in planned.dropped]
        self._queue = tuple(
            entry
            for entry in self._queue
            if entry is not planned.next and now_ms - entry.since_ms <= self.rules.max_age
        )
        self._last = None
        if planned.next is None or planned.announcement is None:
            return None
        self._current = planned.next
        self._is_over = False
        line = timeline(planned.announcement, self._duration_of, self._gaps)
        return Utterance(planned.next, planned.announcement, line)

    def ended(self, now_ms: float) -> Call | None:
        """What was played is over; the call that was spoken."""
        entry, self._current = self._current, None
        if entry is None:
            return None
        if not self._is_over:
            self._last = replace(entry, times_spoken=entry.times_spoken + 1)
        is_awaited = any(self._may_speak(waiting.call) for waiting in self._queue)
        self._free_at_ms = now_ms + (self._gaps.call if is_awaited else self._gaps.repeat)
        return entry.call

    def yielded(self) -> None:
        """What was played was cut short: another device speaks it."""
        if self._current is not None and not self._is_over:
            self._queue = (self._current, *self._queue)
        self._current = None

    def keep_quiet(self) -> list[Call]:
        """Forget what would be spoken now: the volume is 0. The calls that are not spoken."""
        mine = [entry for entry in self._queue if self._may_speak(entry.call)]
        self._queue = tuple(entry for entry in self._queue if entry not in mine)
        self._last = None
        return [entry.call for entry in mine]

    def wait_ms(self, now_ms: float) -> float | None:
        """How long until something may be said; None for until something is heard."""
        if self._current is not None:
            return None
        if self._queue or self._last is not None:
            return max(0.0, self._free_at_ms - now_ms)
        return None

    def _remember(self, id_: str) -> bool:
        if id_ in self._heard:
            return False
        self._heard[id_] = None
        if len(self._heard) > REMEMBERED_CALLS:
            del self._heard[next(iter(self._heard))]
        return True
