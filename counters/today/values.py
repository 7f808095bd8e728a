"""The day so far as values. Seconds count from the day's local midnight."""

from datetime import date, datetime
from typing import Literal

from msgspec import Struct

from queue_server.core.identifiers import CounterId, FieldId

Doing = Literal["calling", "serving", "free", "paused"]


class Stretch(Struct, frozen=True, array_like=True):
    """What a counter did from when to when; None for what goes on. A closed counter has none."""

    doing: Doing
    from_s: int
    until_s: int | None
    reason: str = ""
    """Of a pause: a key of the configured reasons, or what the system saw."""


class Presence(Struct, frozen=True, array_like=True):
    """Who sat at a counter from when to when; None for who is there."""

    name: str
    from_s: int
    until_s: int | None


class CounterHours(Struct, frozen=True, kw_only=True):
    """A counter's day."""

    id: CounterId
    number: str
    people: tuple[Presence, ...]
    stretches: tuple[Stretch, ...]


class FieldCurve(Struct, frozen=True, kw_only=True):
    """Who came and comes for a field, and how long people waited."""

    id: FieldId
    arrivals: tuple[int, ...]
    """In each half hour from `Today.from_s` on up to the present one."""
    expected: tuple[float, ...]
    """Who will still come, in the rest of the present half hour and in each of the next ones."""
    waits_s: tuple[int | None, ...]
    """Mean wait of those who were called, in each ten minutes; None where nobody was."""
    calls: tuple[int, ...]
    """How many they were."""


class Today(Struct, frozen=True, kw_only=True):
    """The centre's day up to `at`."""

    at: datetime
    date: date
    midnight: datetime
    now_s: int
    from_s: int
    """Begin of the first half hour: when the doors open, or when somebody came before."""
    closes_s: int
    half_hour_s: int
    waits_step_s: int
    fields: tuple[FieldCurve, ...]
    counters: tuple[CounterHours, ...]
