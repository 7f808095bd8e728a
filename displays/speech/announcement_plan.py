"""What the loudspeaker says next, and when each clip starts. Pure.

The same specification as `static/announcement_plan.js`, for loudspeakers that the server drives
itself. Both are held to `tests/displays/speech/plan_vectors.json` and to each other. Times are
milliseconds of a clock that only grows; `now` is an argument.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Final, Literal

from msgspec import Struct, field
from msgspec.structs import replace

from displays.speech.announcement import ClipId, Spoken

Form = Literal["whole", "own", "first", "chime"]
"""How much is said: every language; the first and the citizen's own; the first; the chime."""


class Call(Struct, frozen=True, kw_only=True):
    """One calling of a ticket."""

    id: str
    """Of this calling: a recall has another id than the call before."""
    ticket: str
    """Whom it is for: a newer call of the same ticket takes its place."""
    spoken: tuple[Spoken, ...] = ()
    """In the order of speech."""
    language: str = ""
    """The citizen's own."""
    zone: str = ""
    """Where it is called; who speaks must own the sound there."""


class Entry(Struct, frozen=True, kw_only=True):
    """A call that waits to be spoken."""

    call: Call
    since_ms: float = field(name="since")
    """When it was called, by the clock of who speaks."""
    times_spoken: int = field(name="timesSpoken", default=0)


class Announcement(Struct, frozen=True, kw_only=True):
    """How a call is said."""

    form: Form
    with_chime: bool = field(name="withChime")
    spoken: tuple[Spoken, ...]


class Plan(Struct, frozen=True, kw_only=True):
    """What to do now."""

    next: Entry | None
    """The entry to speak, taken out of the queue."""
    announcement: Announcement | None
    queue: tuple[Entry, ...]
    """What keeps waiting."""
    dropped: tuple[Entry, ...]
    """Too old to be of use: the screen still shows them."""


class PlanRules(Struct, frozen=True, kw_only=True, rename="camel"):
    """When calls become shorter; see the figures in `announcement_plan.js`. Waits in ms."""

    own_backlog: int = 1
    """More calls than this behind the next one: the first language and the citizen's own alone."""
    own_wait: float = 8_000
    """A call that waited longer: the same."""
    first_backlog: int = 5
    """More calls than this behind the next one: the first language alone."""
    first_wait: float = 20_000
    chime_backlog: int = 12
    """More calls than this behind the next one: the chime alone, and the screen."""
    chime_wait: float = 40_000
    max_age: float = 60_000
    """A call that waited longer is dropped and reported."""
    times_when_idle: int = 2
    """How often an announcement is said while nobody else waits."""


class Gaps(Struct, frozen=True, kw_only=True):
    """Pauses in ms."""

    character: float = 70
    phrase: float = 130
    language: float = 300
    chime: float = 100
    call: float = 600
    repeat: float = 1_000


class Timed(Struct, frozen=True, kw_only=True):
    """A clip with its start after the start of the announcement, in ms."""

    key: str
    start_ms: float = field(name="start")
    duration_ms: float = field(name="duration")


class Timeline(Struct, frozen=True, kw_only=True):
    """The clips of an announcement, none over another."""

    clips: tuple[Timed, ...]
    duration_ms: float = field(name="duration")
    missing: tuple[ClipId, ...]


CHIME: Final = "chime"
RULES: Final = PlanRules()
GAPS: Final = Gaps()

_CHARACTER = re.compile(r"/(letter|digit)-")
_NUMBER_PART = re.compile(r"/(letter|digit|number)-")


def with_call(queue: Sequence[Entry], call: Call, since_ms: float) -> tuple[Entry, ...]:
    """The queue with a call added.

    A newer call of the same ticket replaces the older one and keeps its place in the row, but is
    as fresh as it is: however often somebody presses *recall*, one announcement waits.
    """
    entry = Entry(call=call, since_ms=since_ms)
    if all(waiting.call.ticket != call.ticket for waiting in queue):
        return (*queue, entry)
    return tuple(entry if waiting.call.ticket == call.ticket else waiting for waiting in queue)


def plan(
    queue: Sequence[Entry], now_ms: float, spoken: Entry | None = None, rules: PlanRules = RULES
) -> Plan:
    """What to say next.

    The longer the row, the shorter the call: whole and twice, whole, fewer languages, the chime.
    A call that was spoken comes again only while nobody else waits, so a repeat delays nobody
    who is already called.

    Args:
        queue: Oldest first.
        now_ms: By the clock of the entries.
        spoken: The entry spoken last.
        rules: When to shorten.
    """
    fresh = [entry for entry in queue if now_ms - entry.since_ms <= rules.max_age]
    dropped = tuple(entry for entry in queue if now_ms - entry.since_ms > rules.max_age)
    if fresh:
        first, *rest = fresh
        form = form_of(len(rest), now_ms - first.since_ms, rules)
        said = _wording(first, form)
        return Plan(next=first, announcement=said, queue=tuple(rest), dropped=dropped)
    if _may_repeat(spoken, now_ms, rules):
        assert spoken is not None  # noqa: S101 (`_may_repeat` says so)
        said = replace(_wording(spoken, "whole"), with_chime=False)
        return Plan(next=spoken, announcement=said, queue=(), dropped=dropped)
    return Plan(next=None, announcement=None, queue=(), dropped=dropped)


def form_of(backlog: int, wait_ms: float, rules: PlanRules = RULES) -> Form:
    """How much is said of a call that waited so long with so many behind it."""
    if backlog > rules.chime_backlog or wait_ms > rules.chime_wait:
        return "chime"
    if backlog > rules.first_backlog or wait_ms > rules.first_wait:
        return "first"
    if backlog > rules.own_backlog or wait_ms > rules.own_wait:
        return "own"
    return "whole"


def timeline(
    announcement: Announcement,
    duration_of: Callable[[str], float | None],
    gaps: Gaps = GAPS,
) -> Timeline:
    """The clips of an announcement with their starts.

    A missing phrase is skipped. A missing letter, digit or counter silences its language, since
    half a number calls the wrong person; if nothing is left to say, the chime sounds.

    Args:
        announcement: What is said.
        duration_of: Milliseconds of a clip; None when it is missing.
        gaps: Pauses between them.
    """
    ids = [id_ for spoken in announcement.spoken for id_ in spoken.clips]
    missing = tuple(id_ for id_ in ids if duration_of(id_) is None)
    languages = [
        [id_ for id_ in spoken.clips if id_ not in missing]
        for spoken in announcement.spoken
        if not any(_NUMBER_PART.search(id_) and id_ in missing for id_ in spoken.clips)
    ]
    said: list[list[str]] = [[str(id_) for id_ in clips] for clips in languages if clips]
    lines = [[CHIME], *said] if announcement.with_chime or not said else said
    clips, end = _timed(lines, duration_of, gaps)
    return Timeline(clips=tuple(clips), duration_ms=end, missing=missing)


def _timed(
    lines: Sequence[Sequence[str]], duration_of: Callable[[str], float | None], gaps: Gaps
) -> tuple[list[Timed], float]:
    clips: list[Timed] = []
    end = 0.0
    for line in lines:
        for place, key in enumerate(line):
            duration = duration_of(key)
            if duration is None:
                continue
            before = clips[-1].key if clips else None
            in_line = line[place - 1] if place else None
            start = end + (0 if before is None else _gap_before(key, in_line, before, gaps))
            clips.append(Timed(key=key, start_ms=start, duration_ms=duration))
            end = start + duration
    return clips, end


def _gap_before(key: str, in_line: str | None, before: str, gaps: Gaps) -> float:
    if in_line is None:
        return gaps.chime if before == CHIME else gaps.language
    is_inside = _CHARACTER.search(key) and _CHARACTER.search(in_line)
    return gaps.character if is_inside else gaps.phrase


def _may_repeat(spoken: Entry | None, now_ms: float, rules: PlanRules) -> bool:
    if spoken is None:
        return False
    is_fresh = now_ms - spoken.since_ms <= rules.max_age
    return is_fresh and spoken.times_spoken < rules.times_when_idle


def _wording(entry: Entry, form: Form) -> Announcement:
    spoken = entry.call.spoken
    kept: Mapping[Form, tuple[Spoken, ...]] = {
        "whole": spoken,
        "own": spoken[:1] + tuple(s for s in spoken[1:] if s.language == entry.call.language),
        "first": spoken[:1],
        "chime": (),
    }
    return Announcement(form=form, with_chime=form in {"whole", "chime"}, spoken=kept[form])
