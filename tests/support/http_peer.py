"""A small HTTP server on the loopback that answers as a test tells it and keeps what it got."""

import socket
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import NamedTuple


class Received(NamedTuple):
    """One request."""

    head: str
    """In small letters."""
    body: bytes
    exact_head: str = ""
    """As it was sent."""


class HttpPeer:
    """Answers each connection with the next of `answers`, raw bytes; None never answers.

    Each answer closes its connection, so that the next request is a new one.
    """

    def __init__(self, answers: Sequence[bytes | None]) -> None:
        self.received: list[Received] = []
        self._answers = list(answers)
        self._open: list[socket.socket] = []
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._thread = threading.Thread(target=self._serve)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._listener.getsockname()[1]}/hand-overs"

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        # Wakes the accept, which closing alone would not.
        self._listener.shutdown(socket.SHUT_RDWR)
        self._thread.join()
        self._listener.close()
        for connection in self._open:
            connection.close()

    def _serve(self) -> None:
        for answer in self._answers:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            self._open.append(connection)
            self.received.append(_request(connection))
            if answer is not None:
                # A client that has read enough may hang up.
                with suppress(OSError):
                    connection.sendall(answer)
                    connection.shutdown(socket.SHUT_WR)


def _request(connection: socket.socket) -> Received:
    with connection.makefile("rb") as stream:
        lines = []
        while (line := stream.readline().strip()) != b"":
            lines.append(line.decode("latin-1"))
        exact = "\n".join(lines)
        head = exact.lower()
        length = head.partition("content-length: ")[2].partition("\n")[0]
        return Received(head, stream.read(int(length or 0)), exact)


def answer(status: int, body: str = "", *headers: str) -> bytes:
    """A well-formed answer."""
    lines = [f"HTTP/1.1 {status} Any", f"Content-Length: {len(body.encode())}", *headers]
    return ("\r\n".join([*lines, "Connection: close", "", ""]) + body).encode()


@contextmanager
def http_peer(*answers: bytes | None) -> Iterator[HttpPeer]:
    """A peer that runs for the block."""
    peer = HttpPeer(answers)
    peer.start()
    try:
        yield peer
    finally:
        peer.stop()
