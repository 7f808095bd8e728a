"""What a lobby board is: where it hangs, what it shows, how far away people sit."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from msgspec import Struct

from queue_server.core.identifiers import BoardId, ZoneId
from queue_server.core.problems import Problem, Severity, problem_at

HEIGHT_PER_METRE_MM: Final = 12.2
"""Height of a number for each metre to its reader: 0.7 degrees (EN 301 549, 5.1.4)."""
_TALLEST_SHARE: Final = 0.1
"""Of the diagonal: the tallest number that still has its counter beside or below it."""
_INCH_MM: Final = 25.4


class BoardLayout(StrEnum):
    """What a board gives its room to. A screen that stands upright has its own form of each."""

    CALLS = "calls"
    """The newest call large, the calls before it in a list."""
    COUNTERS = "counters"
    """Every counter with the number it calls or serves: for a board above a row of counters."""
    WAITS = "waits"
    """How many wait in each field and how long: for a board at the door."""


class BoardConfiguration(Struct, frozen=True, kw_only=True):
    """A screen in the lobby."""

    id: BoardId
    name: Mapping[str, str] = {}
    zones: tuple[ZoneId, ...] = ()
    """Zones whose calls it shows; empty for the whole centre."""
    layout: BoardLayout = BoardLayout.CALLS
    diagonal_inch: float = 43.0
    farthest_seat_m: float = 5.0
    """Numbers are shown high enough to be read from there."""
    has_sound: bool = True
    has_notices: bool = True
    """Whether notices take turns at its foot."""

    @property
    def readable_to_m(self) -> float:
        """From how far away numbers can be read on a screen of this size, in metres."""
        return self.diagonal_inch * _INCH_MM * _TALLEST_SHARE / HEIGHT_PER_METRE_MM


def doubt_about(board: BoardConfiguration) -> Problem | None:
    """Why the farthest seat is too far from this screen; None when it is not."""
    if board.farthest_seat_m <= board.readable_to_m:
        return None
    needed = board.diagonal_inch * board.farthest_seat_m / board.readable_to_m
    return problem_at(
        "farthest_seat_m",
        "numbers on %(inches)s inches can be read from %(readable)s m, not from %(seat)s m: "
        "take %(needed)s inches, or a second board",
        severity=Severity.WARNING,
        inches=f"{board.diagonal_inch:g}",
        readable=f"{board.readable_to_m:.1f}",
        seat=f"{board.farthest_seat_m:g}",
        needed=f"{needed:.0f}",
    )
