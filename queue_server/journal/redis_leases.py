"""Leases and notes in Redis or Valkey, whose own clock ends them."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Final

from redis.exceptions import NoScriptError, ResponseError

from queue_server.core.errors import StoreUnavailable
from queue_server.core.identifiers import CentreId
from queue_server.journal import keys
from queue_server.journal.grouped_commands import GroupedCommands
from queue_server.journal.scripts import Script, load_script
from queue_server.journal.store_connection import StoreConnection, items, text
from queue_server.journal.store_line import Command, Reply

HOLD: Final = load_script("hold_lease.lua")
RELEASE: Final = load_script("release_lease.lua")
REPLY_TIMEOUT: Final = timedelta(seconds=2)
"""Less than a lease lasts: an answer that comes later is of no use."""


class RedisLeases:
    """See `Leases`. Connects on demand; `close` it in the task that ends the process."""

    def __init__(self, url: str, *, reply_timeout: timedelta = REPLY_TIMEOUT) -> None:
        self._url = url
        self._commands = GroupedCommands(self._connect, reply_timeout)

    async def close(self) -> None:
        """Hang up."""
        await self._commands.close()

    async def hold(self, centre: CentreId, name: str, holder: str, rank: int, for_ms: int) -> bool:
        """See `Leases.hold`."""
        names = (keys.lease(centre, name), keys.lease_wish(centre, name))
        return await self._run(HOLD, names, (holder, rank, for_ms)) == 1

    async def release(self, centre: CentreId, name: str, holder: str) -> None:
        """See `Leases.release`."""
        await self._run(RELEASE, (keys.lease(centre, name),), (holder,))

    async def holder(self, centre: CentreId, name: str) -> str | None:
        """See `Leases.holder`."""
        [holder] = await self._execute(("HGET", keys.lease(centre, name), "holder"))
        return None if holder is None else text(holder)

    async def note(
        self, centre: CentreId, topic: str, name: str, words: bytes, for_ms: int
    ) -> None:
        """See `Leases.note`."""
        await self._execute(
            ("SET", keys.note(centre, topic, name), words, "PX", for_ms),
            ("SADD", keys.notes(centre, topic), name),
        )

    async def forget(self, centre: CentreId, topic: str, name: str) -> None:
        """See `Leases.forget`."""
        await self._execute(
            ("DEL", keys.note(centre, topic, name)), ("SREM", keys.notes(centre, topic), name)
        )

    async def notes(self, centre: CentreId, topic: str) -> Mapping[str, bytes]:
        """See `Leases.notes`."""
        [members] = await self._execute(("SMEMBERS", keys.notes(centre, topic)))
        names = sorted(text(name) for name in items(members))
        if not names:
            return {}
        [found] = await self._execute(("MGET", *(keys.note(centre, topic, n) for n in names)))
        kept = dict(zip(names, items(found), strict=True))
        faded = [name for name, words in kept.items() if words is None]
        if faded:
            await self._execute(("SREM", keys.notes(centre, topic), *faded))
        return {name: words for name, words in kept.items() if isinstance(words, bytes)}

    async def _connect(self) -> StoreConnection:
        return await StoreConnection.open(self._url)

    async def _run(self, script: Script, names: tuple[str, ...], arguments: Command) -> Reply:
        rest = (len(names), *names, *arguments)
        [reply] = await self._commands.execute(("EVALSHA", script.sha, *rest))
        if isinstance(reply, NoScriptError):
            [reply] = await self._commands.execute(("EVAL", script.text, *rest))
        return _taken(reply)

    async def _execute(self, *commands: Command) -> list[Reply]:
        return [_taken(reply) for reply in await self._commands.execute(*commands)]


def _taken(reply: Reply) -> Reply:
    if isinstance(reply, ResponseError):
        message = f"expected the store to take a command, it said: {reply}"
        raise StoreUnavailable(message)
    return reply
