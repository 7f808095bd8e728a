"""Ways to the printer emulator other than TCP, and one that breaks: a device, a proxy that dies."""

import os
import socket
import tty
from contextlib import suppress
from threading import Thread
from types import TracebackType
from typing import Self

from printers.escpos_printer import Address

CHUNK = 4096


class PrinterDevice:
    """A character device that leads to a printer, as the system makes one of USB or serial."""

    def __init__(self, address: Address) -> None:
        self._near, far = os.openpty()
        tty.setraw(far)
        self._far = far
        self.path = os.ttyname(far)
        self._printer = socket.create_connection((address.host, address.port))
        self._threads = [Thread(target=each, daemon=True) for each in (self._there, self._back)]

    def _there(self) -> None:
        with suppress(OSError):
            while data := os.read(self._near, CHUNK):
                self._printer.sendall(data)

    def _back(self) -> None:
        with suppress(OSError):
            while data := self._printer.recv(CHUNK):
                os.write(self._near, data)

    def unplug(self) -> None:
        """Take the cable away."""
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
        self._thread = Thread(target=self._accept, daemon=True)

    @property
    def address(self) -> Address:
        return Address("127.0.0.1", self._server.getsockname()[1])

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                near, _ = self._server.accept()
                far = socket.create_connection((self._printer.host, self._printer.port))
                Thread(target=self._pump, args=(near, far, True), daemon=True).start()
                Thread(target=self._pump, args=(far, near, False), daemon=True).start()

    def _pump(self, source: socket.socket, target: socket.socket, is_counted: bool) -> None:  # noqa: FBT001
        passed = 0
        with suppress(OSError):
            while data := source.recv(256):
                passed += len(data) * is_counted
                if self.dies_after is not None and passed > self.dies_after:
                    for end in (source, target):
                        end.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
                        end.close()
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
        with suppress(OSError):
            self._server.shutdown(socket.SHUT_RDWR)
        self._server.close()
