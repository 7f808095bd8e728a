"""A serial line to a printer, by pyserial."""

from typing import Final

import serial

BITS_PER_BYTE: Final = 10
"""With start and stop bit."""


class SerialLine:
    """A serial port, 8 bits, no parity, with hardware flow control where the cable has it."""

    def __init__(self, path: str, baud: int) -> None:
        self._port = serial.Serial(path, baud, timeout=0, exclusive=True)

    def send(self, data: bytes, timeout_s: float) -> None:
        """Send everything; see `lines.Line`."""
        self._port.write_timeout = timeout_s
        self._port.write(data)

    def receive(self, timeout_s: float) -> bytes:
        """What has come; see `lines.Line`."""
        self._port.timeout = timeout_s
        first: bytes = self._port.read(1)
        more: bytes = self._port.read(self._port.in_waiting) if first else b""
        return first + more

    def close(self) -> None:
        """Let go of the port."""
        self._port.close()


def transmission_s(size: int, baud: int) -> float:
    """How long so many bytes take."""
    return size * BITS_PER_BYTE / baud
