"""ESC/POS bytes read back into dots, independently of how the project writes them."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from PIL import Image

LENGTHS = {
    b"\x1b@": 2,
    b"\x1bJ": 3,
    b"\x1bd": 3,
    b"\x1ba": 3,
    b"\x1bt": 3,
    b"\x1c.": 2,
    b"\x1dr": 3,
    b"\x1dI": 3,
    b"\x10\x04": 3,
    b"\x10\x14": 10,
}
"""Commands of a fixed length, by their first two bytes."""
LINE = 30
"""Dots of a line feed."""


@dataclass
class Decoder:
    """Cuts a stream of bytes into commands; bytes of no known command are kept in `unknown`.

    After a code page was chosen bytes are letters, up to the end of the line.
    """

    pending: bytes = b""
    unknown: bytes = b""
    lines: list[tuple[int, bytes]] = field(default_factory=list)
    """Lines in the printer's own letters, each with its code page."""
    page: int | None = None
    letters: bytes = b""

    def feed(self, data: bytes) -> Iterator[bytes]:
        self.pending += data
        while self.pending and (length := self._length()) is not None:
            if len(self.pending) < length:
                return
            command, self.pending = self.pending[:length], self.pending[length:]
            if length == 1 and self.page is not None:
                self._write(self.page, command)
            elif length == 1:
                self.unknown += command.strip(b"\0")  # which printers ignore
            else:
                self.page = command[2] if command[:2] == b"\x1bt" else self.page
                yield command

    def _write(self, page: int, letter: bytes) -> None:
        if letter != b"\n":
            self.letters += letter
            return
        self.lines.append((page, self.letters))
        self.page, self.letters = None, b""

    def _length(self) -> int | None:
        head = self.pending[:2]
        if len(head) < 2:
            return None if head in (b"\x1b", b"\x1c", b"\x1d", b"\x10") else 1
        if head == b"\x1dV":
            return None if len(self.pending) < 3 else 4 if self.pending[2] in (65, 66) else 3
        if head == b"\x1d(":
            return None if len(self.pending) < 5 else 5 + _little(self.pending[3:5])
        if head == b"\x1dv":
            return None if len(self.pending) < 8 else 8 + _raster_bytes(self.pending)
        return LENGTHS.get(head, 1)


@dataclass
class Paper:
    """Paper under a print head, in rows of dots."""

    dots: int
    rows: list[bytes] = field(default_factory=list)
    receipts: list[Image.Image] = field(default_factory=list)

    def execute(self, command: bytes) -> None:
        match command[:2]:
            case b"\x1dv":
                self._raster(command)
            case b"\x1bJ":
                self._feed(command[2])
            case b"\x1bd":
                self._feed(command[2] * LINE)
            case b"\x1dV":
                self.tear_off()
            case _:
                """Nothing that is seen on paper."""

    def tear_off(self) -> None:
        """The receipt as a one-bit picture, 0 for black as Pillow has it."""
        data = bytes(byte ^ 0xFF for row in self.rows for byte in row)
        self.receipts.append(Image.frombytes("1", (self.dots, len(self.rows)), data))
        self.rows = []

    def _raster(self, command: bytes) -> None:
        across = int.from_bytes(command[4:6], "little")
        for start in range(8, len(command), across):
            row = command[start : start + across]
            self.rows.append(row.ljust(self.dots // 8, b"\0")[: self.dots // 8])

    def _feed(self, dots: int) -> None:
        self.rows += [bytes(self.dots // 8)] * dots


def decoded(data: bytes, dots: int) -> list[Image.Image]:
    """The receipts that `data` prints.

    Raises:
        AssertionError: Some bytes are no command.
    """
    decoder, paper = Decoder(), Paper(dots)
    for command in decoder.feed(data):
        paper.execute(command)
    assert decoder.unknown + decoder.pending == b""
    if paper.rows:
        paper.tear_off()
    return paper.receipts


def _raster_bytes(header: bytes) -> int:
    return _little(header[4:6]) * _little(header[6:8])


def _little(number: bytes) -> int:
    return int.from_bytes(number, "little")
