"""One connection to the store, with the identity of the server at its other end.

The client library's pool reconnects and repeats commands by itself; a journal must know when
either happens.
"""

import asyncio
from collections.abc import Sequence
from typing import Self

from msgspec import Struct
from redis.exceptions import RedisError

from queue_server.core.errors import StoreUnavailable
from queue_server.journal.errors import StoreTooOld
from queue_server.journal.store_line import Command, Reply, StoreLine, packed

THIS_RUN = b"<this run>"
"""Stands in a command for the run id of the server that the command is sent to."""
OLDEST_VERSION = (7, 0)
"""6.2 starts empty on a folder of 7.0 and does not know what the journal's scripts need."""
LINE_FAULTS = (RedisError, OSError, TimeoutError)
"""What a broken or silent line raises; a server that is still loading its data counts as one."""


class Server(Struct, frozen=True):
    """Who is at the other end. `run_id` is new with every start of the server."""

    run_id: str
    engine: str
    version: str
    process_id: int


class StoreConnection:
    """A connection that never comes back by itself. The caller sets the time-outs."""

    def __init__(self, line: StoreLine, server: Server) -> None:
        self._line = line
        self._run_id = server.run_id.encode()
        self.server = server

    @classmethod
    async def open(cls, url: str) -> Self:
        """Connect, and learn who answers.

        Raises:
            StoreTooOld: The server's version is below `OLDEST_VERSION`.
        """
        line = await StoreLine.open(url)
        try:
            line.write(packed(("INFO", "server")))
            server = _server(text(await line.receive()))
            check_version(server)
        except BaseException:
            line.close()
            raise
        return cls(line, server)

    def is_usable(self) -> bool:
        """Whether the server has neither hung up nor said anything unasked."""
        return self._line.is_open and not self._line.has_reply

    def send(self, commands: Sequence[Command]) -> None:
        """Write the commands in one go, without waiting for replies."""
        self._line.write(b"".join([self._pack(command) for command in commands]))

    async def receive(self) -> Reply:
        """The next reply; a refusal of the server is returned, not raised."""
        return await self._line.receive()

    async def receive_within(self, timeout_s: float) -> Reply:
        """The next message of a subscribed line, or None after `timeout_s` of silence."""
        if self._line.has_reply:
            return await self._line.receive()
        try:
            async with asyncio.timeout(timeout_s):
                return await self._line.receive()
        except TimeoutError:
            return None

    async def execute(self, commands: Sequence[Command]) -> list[Reply]:
        """The replies to commands that travel together."""
        self.send(commands)
        return [await self._line.receive() for _ in commands]

    def _pack(self, command: Command) -> bytes:
        return packed(tuple([self._run_id if part is THIS_RUN else part for part in command]))

    def close(self) -> None:
        """Hang up without waiting."""
        self._line.close()


def raw(reply: Reply) -> bytes:
    """The reply as bytes.

    Raises:
        StoreUnavailable: The server refused, or sent something else.
    """
    if isinstance(reply, bytes):
        return reply
    raise _unexpected("text", reply)


def text(reply: Reply) -> str:
    """The reply as text; refuses as `raw` does."""
    return raw(reply).decode()


def items(reply: Reply) -> list[Reply]:
    """The reply as a list; refuses as `raw` does."""
    if isinstance(reply, list):
        return reply
    raise _unexpected("a list", reply)


def _unexpected(wanted: str, reply: Reply) -> StoreUnavailable:
    return StoreUnavailable(f"expected {wanted} from the store, got {reply!r}")


def check_version(server: Server) -> None:
    """Refuse a server that does not know what the journal needs.

    Raises:
        StoreTooOld: Its version is below `OLDEST_VERSION`.
    """
    major, minor = (int(part) for part in server.version.split(".")[:2])
    if (major, minor) < OLDEST_VERSION:
        message = f"expected Redis 7.0 or Valkey, got {server.engine} {server.version}"
        raise StoreTooOld(message)


def _server(about: str) -> Server:
    """Who answers, from the text of ``INFO server``."""
    pairs = (line.split(":", 1) for line in about.splitlines() if ":" in line)
    facts = {name: value.strip() for name, value in pairs}
    engine = facts.get("server_name", "redis")
    return Server(
        run_id=facts["run_id"],
        engine=engine,
        version=facts.get(f"{engine}_version", facts["redis_version"]),
        process_id=int(facts["process_id"]),
    )
