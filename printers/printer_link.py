"""One connection to a network printer: sends bytes, tells its three kinds of replies apart."""

import socket
from collections.abc import Callable
from time import monotonic
from types import TracebackType
from typing import Self

from printers.printer_status import is_automatic, is_fence, is_real_time

REST_OF_AUTOMATIC = 3
"""Bytes that follow the first one of an automatic status message."""


class PrinterLink:
    """A connected printer. Close it by leaving its `with` block.

    Printers may send automatic status messages unasked, whose bytes look like the answer to the
    fence; they are skipped, since taking one for the answer would report a slip as printed.
    """

    def __init__(self, host: str, port: int, connect_timeout_s: float) -> None:
        self._socket = socket.create_connection((host, port), timeout=connect_timeout_s)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._skip = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        exception_type: type[BaseException] | None,
        exception: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._socket.close()

    def send(self, commands: bytes, timeout_s: float) -> None:
        """Send everything within the time.

        Raises:
            OSError: The connection was lost or the printer took no more; some bytes may have left.
        """
        self._socket.settimeout(timeout_s)
        self._socket.sendall(commands)

    def real_time_reply(self, timeout_s: float) -> int | None:
        """The next answer to DLE EOT, or None when none comes in time."""
        return self._reply(is_real_time, timeout_s)

    def fence_reply(self, timeout_s: float) -> int | None:
        """The answer to the fence, or None when it does not come in time."""
        return self._reply(is_fence, timeout_s)

    def _reply(self, is_wanted: Callable[[int], bool], timeout_s: float) -> int | None:
        deadline = monotonic() + timeout_s
        while (left := deadline - monotonic()) > 0:
            self._socket.settimeout(left)
            try:
                received = self._socket.recv(1)
            except TimeoutError:
                return None
            if not received:
                raise ConnectionResetError("the printer closed the connection")
            reply = received[0]
            if self._skip:
                self._skip -= 1
            elif is_automatic(reply):
                self._skip = REST_OF_AUTOMATIC
            elif is_wanted(reply):
                return reply
        return None
