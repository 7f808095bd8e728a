"""What can be wrong with a configuration, as a value, and the two commonest ways to be wrong."""

from collections.abc import Collection, Iterator, Mapping
from difflib import get_close_matches
from enum import StrEnum

from msgspec import Struct

Fact = str | int | float


def N_(message: str) -> str:  # noqa: N802 - gettext's own name
    """Mark a text for the catalogues; it is translated where it is shown."""
    return message


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
    template: str = ""
    """The reason with names for its facts, which catalogues translate; empty: English only."""
    facts: Mapping[str, Fact] = {}


def problem_at(
    key: str, template: str, *, severity: Severity = Severity.ERROR, **facts: object
) -> Problem:
    """A problem whose reason is the template filled with the facts; screens translate it."""
    said: dict[str, Fact] = {
        name: fact if isinstance(fact, int | float) else str(fact) for name, fact in facts.items()
    }
    return Problem(key, template % said, severity, template, said)


Problems = Iterator[Problem]


def reference(key: str, name: str | None, known: Collection[str]) -> Problems:
    """A name that does not exist."""
    if name is not None and name not in known:
        for near in get_close_matches(name, known, 1):
            yield problem_at(
                key, "'%(name)s' does not exist; did you mean '%(near)s'?", name=name, near=near
            )
            return
        yield problem_at(key, "'%(name)s' does not exist", name=name)


def within(key: str, value: float | None, lowest: int, highest: int, unit: str = "") -> Problems:
    """A number out of its range; None is always within."""
    if value is not None and not lowest <= value <= highest:
        yield problem_at(
            key,
            "expected %(lowest)s to %(highest)s%(unit)s, got %(got)s",
            lowest=lowest,
            highest=highest,
            unit=unit,
            got=value,
        )
