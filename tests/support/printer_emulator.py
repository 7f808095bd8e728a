"""A network printer without paper: a TCP server that behaves, and misbehaves, as they do."""

import socket
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from threading import Condition, Lock, Thread
from time import perf_counter
from types import TracebackType
from typing import Self

from PIL import Image

from printers.escpos_printer import Address
from tests.support.escpos_decoder import Decoder, Paper

PATIENCE_S = 30.0
"""How long a test waits for something that must happen."""


@dataclass
class Faults:
    """What is wrong with the printer; set before or during a test."""

    paper_out: bool = False
    cover_open: bool = False
    offline: bool = False
    near_end: bool = False
    cutter_stuck: bool = False
    jammed: bool = False
    mute: bool = False
    """Prints, but answers nothing."""
    answers_only: bytes = b"\x01\x02\x03\x04"
    """Values of n for which DLE EOT n is answered."""
    dies_after_bytes: int | None = None
    """Resets the connection when so many bytes of a job have come."""
    paper_out_after_rows: int | None = None
    loses_fence_reply: bool = False
    """Prints, then the line goes down before the answer."""
    stops_reading: bool = False
    """Takes no more bytes after the status questions."""
    hangs_up: bool = False
    """Closes each connection at once, as print servers do that are in use."""
    answers_within_pictures: bool = False
    """Takes dots that look like DLE EOT for the question, and answers."""
    reports_unasked: bool = False
    """Sends an automatic status message before each answer and on its own."""
    names_no_jobs: bool = False
    """Does not know GS ( H, as clones do not."""
    names_another_job: bool = False
    """Answers GS ( H with the name of an earlier job."""


@dataclass
class PrinterEmulator:
    """Use it in a `with` block; `receipts` are the pictures that came out at each cut."""

    dots: int = 576
    faults: Faults = field(default_factory=Faults)
    port: int = 0
    connections: int = 0
    job_bytes: int = 0
    last_byte_at: float = 0.0
    """Instant of `time.perf_counter` at which bytes came last."""
    discarded: int = 0
    """Times the buffer was emptied on demand."""

    def __post_init__(self) -> None:
        self._paper = Paper(self.dots)
        self._decoder = Decoder()
        self._waiting: list[tuple[bytes, socket.socket]] = []
        self._changed = Condition()
        self._turn = Lock()
        self._is_closing = False
        self._server = socket.create_server(("127.0.0.1", self.port))
        self.port = self._server.getsockname()[1]
        self._server.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 65_536)
        self._open: list[socket.socket] = []
        self._on_paper_out: Callable[[], None] | None = None
        self._threads = [Thread(target=self._accept, daemon=True)]

    @property
    def address(self) -> Address:
        return Address("127.0.0.1", self.port)

    @property
    def is_held(self) -> bool:
        """Whether what was sent waits in the buffer."""
        faults = self.faults
        return faults.paper_out or faults.cover_open or faults.cutter_stuck or faults.jammed

    @property
    def receipts(self) -> list[Image.Image]:
        with self._changed:
            return list(self._paper.receipts)

    def slips(self, height: int) -> list[Image.Image]:
        """What came out, without what was fed after `height` dots; torn off by hand if need be."""
        with self._changed:
            if self._paper.rows:
                self._paper.tear_off()
            return [paper.crop((0, 0, self.dots, height)) for paper in self._paper.receipts]

    @property
    def lines(self) -> list[tuple[int, bytes]]:
        """Lines in the printer's own letters, each with its code page."""
        return self._decoder.lines

    @property
    def unknown(self) -> bytes:
        return self._decoder.unknown

    def wait_until(self, is_so: Callable[[], bool]) -> None:
        with self._changed:
            assert self._changed.wait_for(is_so, PATIENCE_S)

    def wait_for_receipts(self, count: int) -> None:
        self.wait_until(lambda: len(self._paper.receipts) >= count)

    def when_paper_runs_out(self, act: Callable[[], None]) -> None:
        """Do something at the moment at which the roll ends in the middle of a job."""
        self._on_paper_out = act

    def change_roll(self) -> None:
        """Put in paper: what waits in the printer's buffer is printed."""
        with self._changed:
            self.faults.paper_out = False
            self.faults.paper_out_after_rows = None
            self._work()

    def fall_ill(self, faults: Faults) -> None:
        """Have these faults from now on."""
        with self._changed:
            self.faults = faults

    def recover(self) -> None:
        """Be well: what waits in the buffer is printed."""
        with self._changed:
            self.faults = Faults()
            self._work()

    def __enter__(self) -> Self:
        self._threads[0].start()
        return self

    def __exit__(
        self,
        exception_type: type[BaseException] | None,
        exception: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        with self._changed:
            self._is_closing = True
            self._changed.notify_all()
        for connection in (self._server, *self._open):
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
            connection.close()
        for thread in self._threads:
            thread.join(PATIENCE_S)

    def _accept(self) -> None:
        while not self._is_closing:
            try:
                connection, _ = self._server.accept()
            except OSError:
                return
            self.connections += 1
            if self.faults.hangs_up:
                connection.close()
                continue
            self._open.append(connection)
            thread = Thread(target=self._serve, args=(connection,), daemon=True)
            self._threads.append(thread)
            thread.start()

    def _serve(self, connection: socket.socket) -> None:
        """One connection after another: a second one waits until the first has ended."""
        with self._turn, suppress(OSError):
            while data := connection.recv(4096):
                with self._changed:
                    self._receive(connection, data)
                    if self.faults.stops_reading and self.job_bytes:
                        self._changed.wait_for(lambda: self._is_closing, PATIENCE_S)
        connection.close()

    def _receive(self, connection: socket.socket, data: bytes) -> None:
        self.last_byte_at = perf_counter()
        for command in self._decoder.feed(data):
            if command.startswith(b"\x10\x04"):
                self._answer_status(connection, command[2])
            elif command.startswith(b"\x10\x14"):
                self.discarded += 1
                self._waiting.clear()
            elif command.startswith(b"\x1dI"):
                self._answer_who(connection, command[2])
            else:
                if self.faults.answers_within_pictures:
                    for _ in range(command.count(b"\x10\x04\x01")):
                        self._answer_status(connection, 1)
                self._waiting.append((command, connection))
                self.job_bytes += 0 if command.startswith(b"\x1dr") else len(command)
        limit = self.faults.dies_after_bytes
        if limit is not None and self.job_bytes + len(self._decoder.pending) > limit:
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
            connection.close()
            raise ConnectionResetError
        self._work()
        self._changed.notify_all()

    def _work(self) -> None:
        """Execute what waits, as long as there is paper and the lid is closed."""
        while self._waiting and not self.is_held:
            command, connection = self._waiting.pop(0)
            if command.startswith(b"\x1dr"):
                self._answer_fence(connection)
            elif command.startswith(b"\x1d(H"):
                self._name_job(connection, command[7:11])
            self._paper.execute(command)
            limit = self.faults.paper_out_after_rows
            if limit is not None and len(self._paper.rows) >= limit:
                self.faults.paper_out = True
                if self._on_paper_out is not None:
                    self._on_paper_out()
        self._changed.notify_all()

    def _answer_status(self, connection: socket.socket, n: int) -> None:
        faults = self.faults
        is_in_error = faults.cutter_stuck or faults.jammed
        is_stopped = faults.paper_out or faults.cover_open or faults.offline or is_in_error
        bits = {
            1: 0x08 * is_stopped,
            2: 0x04 * faults.cover_open + 0x20 * faults.paper_out + 0x40 * is_in_error,
            3: 0x08 * faults.cutter_stuck + 0x40 * faults.jammed,
            4: 0x60 * faults.paper_out + 0x0C * (faults.near_end or faults.paper_out),
        }[n]
        if n in faults.answers_only:
            self._answer(connection, 0x12 | bits)

    def _answer_who(self, connection: socket.socket, n: int) -> None:
        text = {66: b"EMULATOR", 67: b"TM-T20III"}.get(n)
        if text is not None and not self.faults.mute:
            with suppress(OSError):
                connection.sendall(b"\x5f" + text + b"\0")

    def _name_job(self, connection: socket.socket, tag: bytes) -> None:
        faults = self.faults
        if faults.names_no_jobs or faults.mute or faults.loses_fence_reply:
            return
        tag = b"0000" if faults.names_another_job else tag
        with suppress(OSError):
            connection.sendall(b"\x37\x22" + tag + b"\0")

    def _answer_fence(self, connection: socket.socket) -> None:
        if self.faults.loses_fence_reply:
            connection.shutdown(socket.SHUT_RDWR)
        else:
            self._answer(connection, 0x03 * self.faults.near_end)

    def _answer(self, connection: socket.socket, reply: int) -> None:
        if self.faults.mute:
            return
        unasked = b"\x10\x00\x00\x0f" if self.faults.reports_unasked else b""
        with suppress(OSError):
            connection.sendall(unasked + bytes((reply,)) + unasked)
