"""Ways to a printer as lines of bytes: a TCP connection, a device of the system."""

import errno
import os
import select
import socket
from collections.abc import Callable
from time import monotonic, sleep
from typing import Final, Protocol

STANDARD_PORT: Final = 9100
"""Where network printers take bytes as they are."""
CHUNK: Final = 4096
SILENT_FOR_S: Final = 0.01
"""A USB printer with nothing to say reads as nothing at once: it is not asked more often."""
_NOTHING_TO_READ: Final = frozenset({errno.EAGAIN, errno.EINVAL})
"""The latter of printers that only listen."""


class Line(Protocol):
    """An open way to a printer. All of it may raise OSError; afterwards it is to be closed."""

    def send(self, data: bytes, timeout_s: float) -> None:
        """Send everything within the time; after an OSError some bytes may have left."""
        ...

    def receive(self, timeout_s: float) -> bytes:
        """What has come; empty when nothing comes in time.

        Raises:
            OSError: The other side has gone.
        """
        ...

    def close(self) -> None:
        """End it."""
        ...


OpenLine = Callable[[float], Line]
"""Opens a line within so many seconds, or raises OSError when the printer cannot be reached."""


class TcpLine:
    """A connection to a network printer."""

    def __init__(self, host: str, port: int, timeout_s: float) -> None:
        self._socket = socket.create_connection((host, port), timeout=timeout_s)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def send(self, data: bytes, timeout_s: float) -> None:
        """Send everything; see `Line`."""
        self._socket.settimeout(timeout_s)
        self._socket.sendall(data)

    def receive(self, timeout_s: float) -> bytes:
        """What has come; see `Line`."""
        self._socket.settimeout(timeout_s)
        try:
            data = self._socket.recv(CHUNK)
        except (TimeoutError, BlockingIOError):
            return b""
        if not data:
            raise ConnectionResetError("the printer closed the connection")
        return data

    def close(self) -> None:
        """Hang up."""
        self._socket.close()


class DeviceLine:
    """A character device of the system, such as ``/dev/usb/lp0``: no driver, no library."""

    def __init__(self, path: str) -> None:
        self._descriptor = os.open(path, os.O_RDWR | os.O_NONBLOCK | os.O_NOCTTY)

    def send(self, data: bytes, timeout_s: float) -> None:
        """Send everything; see `Line`."""
        deadline = monotonic() + timeout_s
        rest = memoryview(data)
        while rest:
            left_s = deadline - monotonic()
            if left_s <= 0 or not select.select([], [self._descriptor], [], left_s)[1]:
                raise TimeoutError("the printer took no more bytes")
            try:
                rest = rest[os.write(self._descriptor, rest) :]
            except BlockingIOError:
                continue

    def receive(self, timeout_s: float) -> bytes:
        """What has come; see `Line`."""
        if not select.select([self._descriptor], [], [], timeout_s)[0]:
            return b""
        try:
            data = os.read(self._descriptor, CHUNK)
        except OSError as error:
            if error.errno not in _NOTHING_TO_READ:
                raise
            data = b""
        if not data:
            sleep(min(timeout_s, SILENT_FOR_S))
        return data

    def close(self) -> None:
        """Let go of the device."""
        os.close(self._descriptor)
