"""Ways to the printer emulator other than TCP, and one that breaks: a device, a proxy that dies."""

import os
import socket
import tty
from contextlib import suppress
from threading import Event, Thread
from types import TracebackType
from typing import Self

from printers.escpos_printer import Address

CHUNK = 4096
FULL_AFTER_S = 0.3
"""A queue with room takes a call of this machine at once."""


class PrinterDevice:
    """A character device that leads to a printer, as the system makes one of USB or serial."""

    def __init__(self, address: Address) -> None:
        self._near, far = os.openpty()
        tty.setraw(far)
        self._far = far
        self.path = os.ttyname(far)
        self._address = address
        self._is_unplugged = Event()
        self._printer = socket.create_connection((address.host, address.port))
        self._threads = [Thread(target=each, daemon=True) for each in (self._there, self._back)]

    def _there(self) -> None:
        with suppress(OSError):
            while data := os.read(self._near, CHUNK):
                with suppress(OSError):
                    self._printer.sendall(data)

    def _back(self) -> None:
        """Carry answers; a printer that was switched off and on again is the same device."""
        with suppress(OSError):
            while not self._is_unplugged.is_set():
                with suppress(OSError):
                    while data := self._printer.recv(CHUNK):
                        os.write(self._near, data)
                if not self._is_unplugged.wait(0.02):
                    self._connect()

    def _connect(self) -> None:
        with suppress(OSError):
            self._printer = socket.create_connection((self._address.host, self._address.port))

    def unplug(self) -> None:
        """Take the cable away."""
        self._is_unplugged.set()
        with suppress(OSError):
            self._printer.shutdown(socket.SHUT_RDWR)
        self._printer.close()
        for descriptor in (self._near, self._far):
            with suppress(OSError):
                os.close(descriptor)

    def __enter__(self) -> Self:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(
        self,
        exception_type: type[BaseException] | None,
        exception: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.unplug()


class DyingProxy:
    """A TCP proxy before a printer that resets both sides after so many bytes have gone through."""

    def __init__(self, address: Address, dies_after: int | None = None) -> None:
        self._printer = address
        self.dies_after = dies_after
        self._server = socket.create_server(("127.0.0.1", 0))
        self._ends: list[socket.socket] = []
        self._thread = Thread(target=self._accept, daemon=True)

    @property
    def address(self) -> Address:
        return Address("127.0.0.1", self._server.getsockname()[1])

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                near, _ = self._server.accept()
                far = socket.create_connection((self._printer.host, self._printer.port))
                self._ends += [near, far]
                Thread(target=self._pump, args=(near, far, True), daemon=True).start()
                Thread(target=self._pump, args=(far, near, False), daemon=True).start()

    def _pump(self, source: socket.socket, target: socket.socket, is_counted: bool) -> None:  # noqa: FBT001
        passed = 0
        with suppress(OSError):
            while data := source.recv(256):
                passed += len(data) * is_counted
                if self.dies_after is not None and passed > self.dies_after:
                    self._hang_up(source, target)
                    return
                target.sendall(data)
        with suppress(OSError):
            target.shutdown(socket.SHUT_WR)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        exception_type: type[BaseException] | None,
        exception: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._hang_up(self._server, *self._ends)
        for end in (self._server, *self._ends):
            end.close()

    @staticmethod
    def _hang_up(*ends: socket.socket) -> None:
        """For both sides at once; a thread that reads one of them wakes up."""
        for end in ends:
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)


class SwitchedOff:
    """An address that swallows every call, as that of a printer without power does.

    A listener whose queue is full: the system drops what comes after, and answers nothing.
    """

    def __init__(self, port: int = 0) -> None:
        self._server = socket.socket()
        self._server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self._server.bind(("127.0.0.1", port))
        self._server.listen(0)
        self.address = Address("127.0.0.1", self._server.getsockname()[1])
        self._callers: list[socket.socket] = []

    def __enter__(self) -> Self:
        while True:
            caller = socket.socket()
            self._callers.append(caller)
            caller.settimeout(FULL_AFTER_S)
            try:
                caller.connect((self.address.host, self.address.port))
            except TimeoutError:
                return self

    def __exit__(
        self,
        exception_type: type[BaseException] | None,
        exception: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        for each in (*self._callers, self._server):
            each.close()
