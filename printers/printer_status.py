"""What a printer is asked and what its bytes mean (Epson, *ESC/POS command reference*)."""

from collections.abc import Callable
from enum import StrEnum

from escpos.constants import (
    GS,
    RT_STATUS,
    RT_STATUS_ONLINE,
    RT_STATUS_PAPER,
)
from msgspec import Struct

from queue_server.core.printing import Condition

ASK_ONLINE: bytes = RT_STATUS_ONLINE
ASK_PAPER: bytes = RT_STATUS_PAPER
ASK_CAUSE: bytes = RT_STATUS + b"\x02"
ASK_ERROR: bytes = RT_STATUS + b"\x03"
FENCE: bytes = GS + b"r\x01"
"""Asks for the paper sensor *in the queue of print data*: it is answered when all is printed."""


DISCARD: bytes = b"\x10\x14\x08\x01\x03\x14\x01\x06\x02\x08"
"""Empties the printer's buffer at once (DLE DC4 8): what it holds does not come out late."""
ASK_MAKER: bytes = GS + b"I\x42"
ASK_MODEL: bytes = GS + b"I\x43"
CUTTER_STUCK, ERROR_STATE = 0x08, 0x40


def ask_process_id(tag: bytes) -> bytes:
    """The question (GS ( H 48) that is answered with the tag when all before it is on paper.

    Args:
        tag: Four printable characters.
    """
    return bytes(GS + b"(H\x06\x00\x30\x30" + tag)


class Trouble(StrEnum):
    """Why something was not printed, or may not have been."""

    UNREACHABLE = "unreachable"
    PAPER_OUT = "paper_out"
    COVER_OPEN = "cover_open"
    CUTTER = "cutter"
    """The knife is stuck."""
    ERROR = "error"
    """A jam, a hot head."""
    OFFLINE = "offline"
    """Off line for another reason, e.g. the feed button."""
    CONNECTION_LOST = "connection_lost"
    NO_ANSWER = "no_answer"
    MUTE = "mute"
    """A printer that never answers; nobody but a person can know."""
    NO_STATUS = "no_status"
    """Handed to a service that never tells what came out."""
    INTERRUPTED = "interrupted"
    """The program ended while sending."""
    TOO_OLD = "too_old"


class Status(Struct, frozen=True):
    """What a printer said of itself; None in all for a mute one."""

    online: int | None = None
    paper: int | None = None
    cause: int | None = None
    error: int | None = None
    """Asked only when the cause is an error."""

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
        if cause & ERROR_STATE:
            return Trouble.CUTTER if (self.error or 0) & CUTTER_STUCK else Trouble.ERROR
        return Trouble.OFFLINE if online & 0x08 else None

    @property
    def warning(self) -> str:
        """``paper_near_end`` when the roll is to be changed soon, else empty."""
        return "paper_near_end" if (self.paper or 0) & 0x0C else ""

    @property
    def condition(self) -> Condition:
        """The same in one word."""
        if self.is_mute:
            return Condition.MUTE
        trouble = self.trouble
        if trouble is not None:
            return Condition(trouble.value)
        return Condition(self.warning) if self.warning else Condition.READY


def status_from(ask: Callable[[bytes], int | None]) -> Status:
    """The status of a printer that `ask` puts questions to; None is no answer."""
    online, paper, cause = ask(ASK_ONLINE), ask(ASK_PAPER), ask(ASK_CAUSE)
    error = ask(ASK_ERROR) if (cause or 0) & ERROR_STATE else None
    return Status(online=online, paper=paper, cause=cause, error=error)


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
