"""What a printer says, byte by byte, sorted by kind: the kinds share one line without frames.

Printers may send automatic status messages unasked, whose bytes look like the answer to the fence;
they are skipped, since taking one for the answer would report a slip as printed.
"""

from collections import deque
from typing import Final

from printers.printer_status import is_automatic, is_fence, is_real_time

REST_OF_AUTOMATIC: Final = 3
"""Bytes that follow the first one of an automatic status message."""
BLOCK: Final = 0x37
"""Begins a process id (with 22h), or another block that ends with NUL."""
INFORMATION: Final = 0x5F
"""Begins the answer to GS I; a text that ends with NUL."""
PROCESS_ID: Final = 0x22
LONGEST_BLOCK: Final = 80


class Replies:
    """The answers that have come and were not taken yet."""

    def __init__(self) -> None:
        self.real_time: deque[int] = deque()
        """Answers to DLE EOT."""
        self.fences: deque[int] = deque()
        """Answers to GS r."""
        self.process_ids: deque[bytes] = deque()
        """Names of jobs that are on paper."""
        self.information: deque[bytes] = deque()
        """Answers to GS I."""
        self._skip = 0
        self._block: bytearray | None = None

    def feed(self, data: bytes) -> None:
        """Sort what has come."""
        for byte in data:
            self._take(byte)

    def _take(self, byte: int) -> None:
        if self._skip:
            self._skip -= 1
        elif self._block is not None:
            self._continue(self._block, byte)
        elif byte in {BLOCK, INFORMATION}:
            self._block = bytearray([byte])
        elif is_automatic(byte):
            self._skip = REST_OF_AUTOMATIC
        elif is_real_time(byte):
            self.real_time.append(byte)
        elif is_fence(byte):
            self.fences.append(byte)

    def _continue(self, block: bytearray, byte: int) -> None:
        if byte:
            block.append(byte)
            if len(block) > LONGEST_BLOCK:
                self._block = None
            return
        self._block = None
        if block[0] == INFORMATION:
            self.information.append(bytes(block[1:]))
        elif block[1:2] == bytes((PROCESS_ID,)):
            self.process_ids.append(bytes(block[2:]))
