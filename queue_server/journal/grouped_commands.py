"""Commands that are pending at the same moment travel to the store together.

With every commit flushed to the disk before it is acknowledged, commits that travel in one
pipeline share one flush. While a group is on its way the next one gathers: nobody waits for a
timer, and the busier the process the larger the groups.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta

from redis.exceptions import ReadOnlyError
from redis.exceptions import TimeoutError as StoreTimeoutError

from queue_server.core.errors import QueueError, StoreUnavailable
from queue_server.journal.store_connection import LINE_FAULTS, StoreConnection
from queue_server.journal.store_line import Command, Reply

_CLOSED = "expected a reply of the store, the line was closed"


class _Waiting:
    """Commands of one caller and the future that gets their replies."""

    __slots__ = ("commands", "replies")

    def __init__(self, commands: Sequence[Command]) -> None:
        self.commands = commands
        self.replies: asyncio.Future[list[Reply]] = asyncio.get_running_loop().create_future()


class GroupedCommands:
    """One connection, shared by all callers, opened on demand and reopened after a fault."""

    def __init__(
        self, open_connection: Callable[[], Awaitable[StoreConnection]], reply_timeout: timedelta
    ) -> None:
        self._open_connection = open_connection
        self._reply_timeout_s = reply_timeout.total_seconds()
        self._connection: StoreConnection | None = None
        self._waiting: list[_Waiting] = []
        self._sending: asyncio.Task[None] | None = None
        self.groups_sent = 0

    async def execute(self, *commands: Command) -> list[Reply]:
        """The replies to `commands`, which are sent once and never repeated.

        Raises:
            StoreUnavailable: No replies came in time. The commands may have been executed.
        """
        waiting = _Waiting(commands)
        self._waiting.append(waiting)
        if self._sending is None:
            self._sending = asyncio.create_task(self._send_all())
        return await waiting.replies

    async def close(self) -> None:
        """Hang up; who still waits is refused."""
        if self._sending is not None:
            self._sending.cancel()
            await asyncio.wait([self._sending])
        self._sending = None
        _refuse(self._waiting, StoreUnavailable(_CLOSED))  # a task may end before it begins
        self._waiting = []
        await self._hang_up()

    async def _send_all(self) -> None:
        """Send group after group until nobody waits; after a fault refuse all who do."""
        group: list[_Waiting] = []
        reason: QueueError = StoreUnavailable(_CLOSED)
        try:
            while self._waiting:
                group, self._waiting = self._waiting, []
                await self._send_group([one for one in group if not one.replies.done()])
        except QueueError as fault:
            reason = fault
        except LINE_FAULTS as fault:
            reason = _refusal(fault, self._reply_timeout_s)
        finally:
            self._sending = None
            _refuse(group + self._waiting, reason)
            self._waiting = []

    async def _send_group(self, group: Sequence[_Waiting]) -> None:
        commands = [command for one in group for command in one.commands]
        try:
            async with asyncio.timeout(self._reply_timeout_s):
                connection = await self._connected()
                self.groups_sent += 1
                replies = await connection.execute(commands)
        except BaseException:
            await self._hang_up()
            raise
        if any(isinstance(reply, ReadOnlyError) for reply in replies):
            await self._hang_up()  # a demoted primary: the next connection finds the new one
        begin = 0
        for one in group:
            end = begin + len(one.commands)
            if not one.replies.done():
                one.replies.set_result(replies[begin:end])
            begin = end

    async def _connected(self) -> StoreConnection:
        """The connection; a new one when the server hung up while nothing was under way."""
        if self._connection is not None and not self._connection.is_usable():
            await self._hang_up()
        if self._connection is None:
            self._connection = await self._open_connection()
        return self._connection

    async def _hang_up(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.close()


def _refuse(group: Sequence[_Waiting], reason: QueueError) -> None:
    for one in group:
        if not one.replies.done():
            one.replies.set_exception(type(reason)(reason.message))


def _refusal(fault: Exception, timeout_s: float) -> StoreUnavailable:
    if isinstance(fault, TimeoutError | StoreTimeoutError):
        return StoreUnavailable(f"expected a reply of the store within {timeout_s} s, got none")
    return StoreUnavailable(f"expected the store to answer, got {fault}")
