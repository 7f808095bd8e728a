"""Single values of a centre file: how each kind is read, and how it is spoken of."""

import math
import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from typing import Final

from msgspec import Struct, inspect

_CLOCK: Final = re.compile(r"[0-2][0-9]:[0-5][0-9](:[0-5][0-9])?")
_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_LARGEST: Final = 2**53
"""Whole numbers beyond it are not kept exactly by every reader of JSON."""
_SHOWN: Final = 40


class Leaf(Struct, frozen=True):
    """One kind of value."""

    read: Callable[[object], object | None]
    """The value in its Python type, or None if it is of another kind (TOML has no null)."""
    expected: str
    stand_in: object
    """A value of this kind, used to go on after one that did not fit."""


def leaf_of(kind: inspect.Type) -> Leaf:
    """The rules for a kind of value.

    Raises:
        KeyError: A Struct has a kind that a centre file cannot hold; the rules need a new row.
    """
    match kind:
        case inspect.EnumType():
            return _choice([str(each.value) for each in kind.cls])
        case inspect.LiteralType():
            return _choice([str(each) for each in kind.values])
        case _:
            return _LEAVES[type(kind)]


def _choice(choices: list[str]) -> Leaf:
    def read(value: object) -> object | None:
        return value if isinstance(value, str) and value in choices else None

    return Leaf(read, f"one of {', '.join(choices)}", choices[-1])


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None


def _truth(value: object) -> bool | None:
    return value if isinstance(value, bool) else None


def _whole(value: object) -> int | None:
    if isinstance(value, bool) or not isinstance(value, int):
        return None
    return value if abs(value) <= _LARGEST else None


def _number(value: object) -> float | None:
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    whole = _whole(value)
    return None if whole is None else float(whole)


def read_date(value: object) -> date | None:
    """A date, written as such or as text."""
    if isinstance(value, str):
        try:
            return date.fromisoformat(value) if _DAY.fullmatch(value) else None
        except ValueError:
            return None
    return value if isinstance(value, date) and not isinstance(value, datetime) else None


def _time(value: object) -> time | None:
    """A time of day, also as text: TOML 1.0 itself wants seconds, which people leave out."""
    if isinstance(value, str):
        try:
            return time.fromisoformat(value) if _CLOCK.fullmatch(value) else None
        except ValueError:
            return None
    return value if isinstance(value, time) else None


_LEAVES: Final[Mapping[type[inspect.Type], Leaf]] = {
    inspect.StrType: Leaf(_text, 'a text in quotes, "…"', ""),
    inspect.BoolType: Leaf(_truth, "true or false", stand_in=False),
    inspect.IntType: Leaf(_whole, "a whole number", 0),
    inspect.FloatType: Leaf(_number, "a number", 0.0),
    inspect.DateType: Leaf(read_date, "a date such as 2026-11-24", date.min),
    inspect.TimeType: Leaf(_time, 'a time of day such as "07:30"', time.min),
}


def said(value: object) -> str:  # noqa: PLR0911
    """What was written, in words fit for a sentence."""
    match value:
        case bool():
            return str(value).lower()
        case str():
            return f"the text {_shortened(value)!r}"
        case int() if _whole(value) is None:
            return "a number that is too large"
        case int() | float():
            return f"the number {value}"
        case dict():
            return "a table"
        case list():
            return "a list"
        case _:
            return str(value)


def _shortened(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…"
