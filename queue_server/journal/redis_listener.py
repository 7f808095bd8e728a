"""Hears the commits that the append script publishes, on a connection of its own."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta

import structlog

from queue_server.core.codec import UnreadableCommit
from queue_server.core.commit import Commit
from queue_server.core.errors import QueueError, StoreUnavailable
from queue_server.core.identifiers import CentreId
from queue_server.journal import keys
from queue_server.journal.store_connection import LINE_FAULTS, StoreConnection
from queue_server.journal.store_line import Command, Reply

log = structlog.get_logger()

FIRST_PAUSE_S = 0.05
LONGEST_PAUSE_S = 1.0
"""Between attempts to reconnect: heads are compared once a second anyway."""


class RedisListener:
    """See `Listener`."""

    def __init__(  # its line, and whom it tells
        self,
        open_connection: Callable[[], Awaitable[StoreConnection]],
        decode: Callable[[bytes], Commit],
        on_commit: Callable[[Commit], None],
        on_reconnected: Callable[[], None],
        reply_timeout: timedelta,
    ) -> None:
        self._open_connection = open_connection
        self._decode = decode
        self._on_commit = on_commit
        self._on_reconnected = on_reconnected
        self._reply_timeout_s = reply_timeout.total_seconds()
        self._connection: StoreConnection | None = None
        self._heard: dict[str, asyncio.Event] = {}
        self._unconfirmed: set[str] = set()
        self._is_lost = False

    async def run(self) -> None:
        """See `Listener.run`."""
        pause_s = FIRST_PAUSE_S
        while True:
            try:
                async with asyncio.timeout(self._reply_timeout_s):
                    self._connection = await self._open_connection()
                pause_s = FIRST_PAUSE_S
                await self._listen(self._connection)
            except (*LINE_FAULTS, QueueError) as fault:
                if not self._is_lost:
                    log.warning("the line on which commits are heard is lost", reason=str(fault))
                self._is_lost = True
            finally:
                await self._hang_up()
            await asyncio.sleep(pause_s)
            pause_s = min(2 * pause_s, LONGEST_PAUSE_S)

    async def watch(self, centre: CentreId) -> None:
        """See `Listener.watch`."""
        channel = keys.published(centre)
        if channel not in self._heard:
            self._heard[channel] = asyncio.Event()
            self._unconfirmed.add(channel)
            await self._tell(("SUBSCRIBE", channel))
        try:
            async with asyncio.timeout(self._reply_timeout_s):
                await self._heard[channel].wait()
        except TimeoutError:
            message = f"expected the store to confirm listening to {centre} in time, it did not"
            raise StoreUnavailable(message) from None

    async def unwatch(self, centre: CentreId) -> None:
        """See `Listener.unwatch`."""
        channel = keys.published(centre)
        if self._heard.pop(channel, None) is not None:
            self._unconfirmed.discard(channel)
            await self._tell(("UNSUBSCRIBE", channel))

    async def _tell(self, command: Command) -> None:
        """Send a command if there is a line; a broken one is noticed by the task that listens."""
        if self._connection is not None:
            try:
                self._connection.send([command])
            except LINE_FAULTS as fault:
                log.info("a wish to listen waits for the line to come back", reason=str(fault))

    async def _listen(self, connection: StoreConnection) -> None:
        """Subscribe to all that is watched, then hear until the line breaks or falls silent."""
        self._unconfirmed = set(self._heard)
        if self._unconfirmed:
            connection.send([("SUBSCRIBE", *self._unconfirmed)])
        self._tell_if_all_heard()
        while True:
            self._hear(await self._receive(connection))

    async def _receive(self, connection: StoreConnection) -> Reply:
        """The next message; a line that is silent is asked for a sign of life."""
        message = await connection.receive_within(self._reply_timeout_s)
        if message is None:
            connection.send([("PING",)])
            message = await connection.receive_within(self._reply_timeout_s)
        if message is None:
            raise TimeoutError("the store gave no sign of life")
        return message

    def _hear(self, message: Reply) -> None:
        match message:
            case [b"message", bytes(), bytes(data)]:
                self._pass_on(data)
            case [b"subscribe", bytes(channel), _]:
                self._confirm(channel.decode())
            case _:
                pass

    def _pass_on(self, data: bytes) -> None:
        try:
            commit = self._decode(data)
        except UnreadableCommit:
            # Not skipped: the owner sees the head and meets the same commit when it reads.
            log.exception("a published commit cannot be read")
            return
        if keys.published(commit.centre) in self._heard:
            self._on_commit(commit)

    def _confirm(self, channel: str) -> None:
        if channel in self._heard:
            self._heard[channel].set()
        self._unconfirmed.discard(channel)
        self._tell_if_all_heard()

    def _tell_if_all_heard(self) -> None:
        if self._is_lost and not self._unconfirmed:
            self._is_lost = False
            log.info("the line on which commits are heard is back", centres=len(self._heard))
            self._on_reconnected()

    async def _hang_up(self) -> None:
        for event in self._heard.values():
            event.clear()
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.close()
