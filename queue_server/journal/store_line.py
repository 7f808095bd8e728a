"""A line to the store: bytes out, replies in, nothing repeated.

Everything that happens on it is told by the event loop, so that a reply costs no task, no stream
and no timer; the client library's connection took five times as long for each.
"""

import asyncio
from collections import deque
from collections.abc import Mapping, Sequence
from typing import Final, TypeAlias, cast

import hiredis
from redis.asyncio import Connection, ConnectionPool, SSLConnection, UnixDomainSocketConnection
from redis.exceptions import (
    AuthenticationError,
    BusyLoadingError,
    NoScriptError,
    ReadOnlyError,
    RedisError,
    ResponseError,
)
from redis.exceptions import ConnectionError as StoreConnectionError

Command: TypeAlias = tuple[str | bytes | int, ...]
Reply: TypeAlias = "bytes | int | list[Reply] | ResponseError | None"

_KINDS: Final[Mapping[str, type[RedisError]]] = {
    "LOADING": BusyLoadingError,
    "NOAUTH": AuthenticationError,
    "NOSCRIPT": NoScriptError,
    "READONLY": ReadOnlyError,
    "WRONGPASS": AuthenticationError,
}
"""Exception by the first word of an error; every other is a `ResponseError`."""


def _error(told: str) -> RedisError:
    return _KINDS.get(told.partition(" ")[0], ResponseError)(told)


class StoreLine(asyncio.Protocol):
    """One connected socket. Replies are kept in order until somebody takes them."""

    def __init__(self) -> None:
        self._parser = hiredis.Reader(protocolError=StoreConnectionError, replyError=_error)
        self._replies: deque[Reply | RedisError] = deque()
        self._more: asyncio.Future[None] | None = None
        self._transport: asyncio.Transport | None = None

    @classmethod
    async def open(cls, url: str) -> "StoreLine":
        """Connect, give the password and choose the database that the address names.

        The client library reads the address, so that every option it knows is understood.
        """
        pool = ConnectionPool.from_url(url)
        address: Connection = pool.make_connection()  # type: ignore[no-untyped-call]
        line = await cls._connected(address)
        try:
            for command in _introduction(address):
                line.write(packed(command))
                _require_accepted(await line.receive())
        except BaseException:
            line.close()
            raise
        return line

    @classmethod
    async def _connected(cls, address: Connection) -> "StoreLine":
        loop = asyncio.get_running_loop()
        if isinstance(address, UnixDomainSocketConnection):
            _, line = await loop.create_unix_connection(cls, address.path)
        else:
            tls = address.ssl_context.get() if isinstance(address, SSLConnection) else None
            _, line = await loop.create_connection(cls, address.host, address.port, ssl=tls)
        return line

    @property
    def is_open(self) -> bool:
        """Whether bytes can be sent; the other end may have gone silently."""
        return self._transport is not None and not self._transport.is_closing()

    @property
    def has_reply(self) -> bool:
        """Whether a reply has come that nobody has taken."""
        return bool(self._replies)

    def write(self, data: bytes) -> None:
        """Send without waiting.

        Raises:
            StoreConnectionError: The line is closed.
        """
        if self._transport is None or self._transport.is_closing():
            raise StoreConnectionError("the line to the store is closed")
        self._transport.write(data)

    async def receive(self) -> Reply:
        """The next reply; a refusal of the server is returned, not raised.

        Raises:
            RedisError: The line is closed, or the server serves nobody now.
        """
        while not self._replies:
            if not self.is_open:
                raise StoreConnectionError("the store hung up")
            self._more = asyncio.get_running_loop().create_future()
            await self._more
        reply = self._replies.popleft()
        if isinstance(reply, RedisError) and not isinstance(reply, ResponseError):
            raise reply
        return reply

    def close(self) -> None:
        """Hang up without waiting; what was written is still sent."""
        if self._transport is not None:
            self._transport.close()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Told by the event loop."""
        self._transport = cast("asyncio.Transport", transport)  # uvloop's is no subclass

    def data_received(self, data: bytes) -> None:
        """Told by the event loop."""
        self._parser.feed(data)
        try:
            while (reply := self._parser.gets()) is not False:
                self._replies.append(reply)
        except StoreConnectionError:
            self.close()
        self._wake()

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002  # the loop's signature
        """Told by the event loop."""
        self._wake()

    def _wake(self) -> None:
        more, self._more = self._more, None
        if more is not None and not more.done():
            more.set_result(None)


def packed(command: Command) -> bytes:
    """The command as bytes for the line."""
    # The stub says one part; the function takes any number.
    data: bytes = hiredis.pack_command(command)  # type: ignore[arg-type]
    return data


def _introduction(address: Connection) -> Sequence[Command]:
    """The commands that the address asks for before any other."""
    commands: list[Command] = []
    if address.password:
        user = (address.username,) if address.username else ()
        commands.append(("AUTH", *user, address.password))
    if address.db:
        commands.append(("SELECT", address.db))
    return commands


def _require_accepted(reply: Reply) -> None:
    if isinstance(reply, ResponseError):
        raise StoreConnectionError(str(reply))
