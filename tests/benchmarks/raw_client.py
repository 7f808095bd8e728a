"""The least a client can do on a socket, so that little of what is measured is its own."""

import asyncio
import base64
import os
import re
from collections.abc import Callable
from time import perf_counter
from typing import cast

_OFFSET = re.compile(rb'"type":"view".{0,300}?"offset":(\d+)')
_LENGTH = re.compile(rb"content-length: (\d+)")
PATIENCE_S = 15.0
LONGEST_HEAD = 300
"""Bytes of a view before its body; a frame may come in pieces, or two at once."""


class Poster:
    """One HTTP connection, one request at a time."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader = reader
        self._writer = writer

    @classmethod
    async def open(cls, port: int) -> "Poster":
        """Connect."""
        return cls(*await asyncio.open_connection("127.0.0.1", port))

    async def post(self, request: bytes) -> bytes:
        """The body of the answer to a whole request.

        Raises:
            RuntimeError: The answer is a refusal.
        """
        self._writer.write(request)
        async with asyncio.timeout(PATIENCE_S):
            head = await self._reader.readuntil(b"\r\n\r\n")
            length = _LENGTH.search(head)
            body = await self._reader.readexactly(int(length[1]) if length else 0)
        if not head.startswith(b"HTTP/1.1 2"):
            raise RuntimeError((head + body).decode())
        return body

    def close(self) -> None:
        """Hang up."""
        self._writer.close()


class Socket(asyncio.Protocol):
    """A websocket that notes when it was sent a view of which offset, and when anything came."""

    def __init__(self, path: str, token: str) -> None:
        key = base64.b64encode(os.urandom(16)).decode()
        self._hello = (
            f"GET {path} HTTP/1.1\r\nhost: 127.0.0.1\r\nconnection: Upgrade\r\n"
            "upgrade: websocket\r\nsec-websocket-version: 13\r\n"
            f"sec-websocket-key: {key}\r\nauthorization: Bearer {token}\r\n\r\n"
        ).encode()
        self._transport: asyncio.Transport | None = None
        self._came = asyncio.Event()
        self.is_open = False
        self._tail = b""
        self.offset = 0
        self.seen_at: dict[int, float] = {}
        self.last_at = 0.0

    @classmethod
    async def open(cls, port: int, path: str, token: str) -> "Socket":
        """Connect, and wait until the server has agreed."""
        loop = asyncio.get_running_loop()
        _, socket = await loop.create_connection(lambda: cls(path, token), "127.0.0.1", port)
        await socket.wait_for(lambda: socket.is_open)
        return socket

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)  # uvloop's is no subclass
        self._transport.write(self._hello)

    def data_received(self, data: bytes) -> None:
        self.last_at = perf_counter()
        self.is_open = True
        data = self._tail + data
        self._tail = data[-LONGEST_HEAD:]
        for found in _OFFSET.finditer(data):
            self.offset = int(found[1])
            self.seen_at.setdefault(self.offset, self.last_at)
        self._came.set()

    def send(self, payload: bytes) -> None:
        """Send a short text, masked with zeros."""
        assert self._transport is not None
        size = len(payload)
        head = bytes((0x81, 0x80 | size)) if size < 126 else b"\x81\xfe" + size.to_bytes(2, "big")
        self._transport.write(head + b"\0\0\0\0" + payload)

    async def wait_for(self, is_so: Callable[[], bool]) -> None:
        """Return when what has come makes it so."""
        async with asyncio.timeout(PATIENCE_S):
            while not is_so():
                self._came.clear()
                await self._came.wait()

    async def wait_for_offset(self, offset: int) -> None:
        """Return when a view of the offset or a later one has come."""
        await self.wait_for(lambda: self.offset >= offset)

    def close(self) -> None:
        """Hang up."""
        if self._transport is not None:
            self._transport.abort()
