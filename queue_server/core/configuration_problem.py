"""One thing that is wrong with a configuration, and the checks that every part makes."""

from collections.abc import Collection, Iterator
from difflib import get_close_matches
from enum import StrEnum
from typing import Final

from msgspec import Struct

ZONED: Final = "expected times of the centre's own zone, written without one"


class Severity(StrEnum):
    """Whether a problem refuses the configuration."""

    ERROR = "error"
    WARNING = "warning"


class Problem(Struct, frozen=True):
    """One thing that is wrong, where it is written and why it is wrong.

    `key` is written as in a centre file, entries of a list counted from 1:
    ``procedures."1.001193".papers[2].copies``.
    """

    key: str
    reason: str
    severity: Severity = Severity.ERROR


Problems = Iterator[Problem]


def reference(key: str, name: str | None, known: Collection[str]) -> Problems:
    """A name that must be among the known ones, or nothing."""
    if name is not None and name not in known:
        near = get_close_matches(name, known, 1)
        hint = f"; did you mean {near[0]!r}?" if near else ""
        yield Problem(key, f"{name!r} does not exist{hint}")


def within(key: str, value: float | None, lowest: int, highest: int, unit: str = "") -> Problems:
    """A number that must lie within bounds, or nothing."""
    if value is not None and not lowest <= value <= highest:
        yield Problem(key, f"expected {lowest} to {highest}{unit}, got {value}")
