"""What a printer's status bytes mean (Epson, *ESC/POS command reference*: DLE EOT, GS r)."""

from collections.abc import Callable
from enum import StrEnum

from escpos.constants import (
    GS,
    RT_STATUS,
    RT_STATUS_ONLINE,
    RT_STATUS_PAPER,
)
from msgspec import Struct

ASK_ONLINE: bytes = RT_STATUS_ONLINE
ASK_PAPER: bytes = RT_STATUS_PAPER
ASK_CAUSE: bytes = RT_STATUS + b"\x02"
FENCE: bytes = GS + b"r\x01"
"""Asks for the paper sensor *in the queue of print data*: it is answered when all is printed."""


class Trouble(StrEnum):
    """Why something was not printed, or may not have been."""

    UNREACHABLE = "unreachable"
    PAPER_OUT = "paper_out"
    COVER_OPEN = "cover_open"
    ERROR = "error"
    """A jam, a hot head, the knife."""
    OFFLINE = "offline"
    """Off line for another reason, e.g. the feed button."""
    CONNECTION_LOST = "connection_lost"
    NO_ANSWER = "no_answer"
    MUTE = "mute"
    """A printer that never answers; nobody but a person can know."""
    INTERRUPTED = "interrupted"
    """The program ended while sending."""
    TOO_OLD = "too_old"


class Status(Struct, frozen=True):
    """What a printer said of itself; None in all for a mute one."""

    online: int | None = None
    paper: int | None = None
    cause: int | None = None

    @property
    def is_mute(self) -> bool:
        """Whether it answered nothing at all."""
        return self.online is None and self.paper is None and self.cause is None

    @property
    def trouble(self) -> Trouble | None:
        """Why it cannot print now; None when it can, or is mute."""
        online, paper, cause = self.online or 0, self.paper or 0, self.cause or 0
        if paper & 0x60 or cause & 0x20:
            return Trouble.PAPER_OUT
        if cause & 0x04:
            return Trouble.COVER_OPEN
        if cause & 0x40:
            return Trouble.ERROR
        return Trouble.OFFLINE if online & 0x08 else None

    @property
    def warning(self) -> str:
        """``paper_near_end`` when the roll is to be changed soon, else empty."""
        return "paper_near_end" if (self.paper or 0) & 0x0C else ""


def status_from(ask: Callable[[bytes], int | None]) -> Status:
    """The status of a printer that `ask` puts questions to; None is no answer."""
    return Status(online=ask(ASK_ONLINE), paper=ask(ASK_PAPER), cause=ask(ASK_CAUSE))


def is_real_time(reply: int) -> bool:
    """Whether the byte answers DLE EOT."""
    return reply & 0x93 == 0x12  # noqa: PLR2004 - the fixed bits of that answer


def is_automatic(reply: int) -> bool:
    """Whether the byte starts an automatic status message of four bytes."""
    return reply & 0x93 == 0x10  # noqa: PLR2004 - the fixed bits of its first byte


def is_fence(reply: int) -> bool:
    """Whether the byte answers GS r."""
    return reply & 0x90 == 0


def fence_warning(reply: int) -> str:
    """What the answer to the fence says of the paper."""
    return "paper_near_end" if reply & 0x0F else ""
