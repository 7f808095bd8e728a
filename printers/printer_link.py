"""One talk with a printer over a line: sends bytes, tells its kinds of replies apart."""

from collections import deque
from time import monotonic
from types import TracebackType
from typing import Self, TypeVar

from printers.lines import Line
from printers.replies import Replies

T = TypeVar("T")


class PrinterLink:
    """A connected printer. Leaving its `with` block closes the line, unless it is to be kept.

    What came before, e.g. a late answer to an earlier job on a line that is kept, is forgotten.
    """

    def __init__(self, line: Line, *, is_kept: bool = False) -> None:
        self._line = line
        self._is_kept = is_kept
        while line.receive(0):
            pass
        self.replies = Replies()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        exception_type: type[BaseException] | None,
        exception: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if not self._is_kept or exception is not None:
            self._line.close()

    def send(self, commands: bytes, timeout_s: float) -> None:
        """Send everything within the time.

        Raises:
            OSError: The line was lost or the printer took no more; some bytes may have left.
        """
        self._line.send(commands, timeout_s)

    def ask_now(self, question: bytes, timeout_s: float) -> int | None:
        """The answer to a question that the printer answers at once, or None when none comes.

        Some take dots of a picture for such a question: what they answered before is forgotten.
        """
        while data := self._line.receive(0):
            self.replies.feed(data)
        self.replies.real_time.clear()
        self.send(question, timeout_s)
        return self._next(self.replies.real_time, timeout_s)

    def fence_reply(self, timeout_s: float) -> int | None:
        """The answer to the fence, or None when it does not come in time."""
        return self._next(self.replies.fences, timeout_s)

    def process_id(self, timeout_s: float) -> bytes | None:
        """The name of the next job that is on paper, or None when none comes in time."""
        return self._next(self.replies.process_ids, timeout_s)

    def information(self, timeout_s: float) -> bytes | None:
        """The answer to GS I, or None when none comes in time."""
        return self._next(self.replies.information, timeout_s)

    def _next(self, kind: deque[T], timeout_s: float) -> T | None:
        deadline = monotonic() + timeout_s
        while not kind:
            left_s = deadline - monotonic()
            if left_s <= 0:
                return None
            self.replies.feed(self._line.receive(left_s))
        return kind.popleft()
