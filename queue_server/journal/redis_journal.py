"""The journal in Redis or Valkey: one stream per centre, one script that appends to it.

Read `append_commit.lua` first, then `RedisJournal.append`.
"""

from collections.abc import Callable, Collection, Mapping
from datetime import UTC, datetime, timedelta
from typing import Final

import msgspec
from redis.exceptions import NoScriptError, ResponseError

from queue_server.core.codec import decode_commit, encode_commit
from queue_server.core.commit import Commit, Position
from queue_server.core.errors import QueueError, StoreUnavailable
from queue_server.core.identifiers import CentreId, Epoch
from queue_server.journal import keys
from queue_server.journal.epoch import random_epoch
from queue_server.journal.errors import CommitsTrimmed, EpochChanged, Stale
from queue_server.journal.grouped_commands import GroupedCommands
from queue_server.journal.own_commits import OwnCommits
from queue_server.journal.protocol import Settled
from queue_server.journal.redis_listener import RedisListener
from queue_server.journal.scripts import Script, load_script
from queue_server.journal.snapshot import Snapshot, decode_snapshot, encode_snapshot
from queue_server.journal.store_connection import THIS_RUN, StoreConnection, items, raw, text
from queue_server.journal.store_line import Command, Reply
from queue_server.journal.trimming import check_trim

APPEND: Final = load_script("append_commit.lua")
SETTLE: Final = load_script("settle_epoch.lua")
DAY_MS: Final = 86_400_000
REPLY_TIMEOUT: Final = timedelta(seconds=5)
"""A healthy store answers in milliseconds; a disk that stalls for this long is a fault."""


class RedisJournal:
    """See `Journal`. Connects on demand; `close` it in the task that ends the process.

    Appends have a connection of their own, so that a long read never delays a call.
    """

    def __init__(
        self,
        url: str,
        *,
        new_epoch: Callable[[], Epoch] = random_epoch,
        reply_timeout: timedelta = REPLY_TIMEOUT,
    ) -> None:
        self._url = url
        self._new_epoch = new_epoch
        self._reply_timeout = reply_timeout
        self._own = OwnCommits()
        self._writes = GroupedCommands(self._connect, reply_timeout)
        self._reads = GroupedCommands(self._connect, reply_timeout)

    @property
    def write_groups(self) -> int:
        """Groups of commands that were sent to write; with many writers far fewer than appends."""
        return self._writes.groups_sent

    async def close(self) -> None:
        """Hang up. Whoever still waits is told `StoreUnavailable`."""
        await self._writes.close()
        await self._reads.close()

    async def settle(self, centre: CentreId) -> Settled:
        """See `Journal.settle`."""
        await self._write("SADD", keys.CENTRES, centre)
        reply = await self._run(SETTLE, (keys.head(centre),), (THIS_RUN, self._new_epoch()), centre)
        epoch, offset, is_renewed = items(reply)
        return Settled(Position(Epoch(text(epoch)), int(text(offset))), is_renewed == 1)

    async def begin(self, centre: CentreId, after: int) -> None:
        """See `Journal.begin`. Nobody else may use the store meanwhile."""
        head = (await self.heads([centre])).get(centre)
        if head is None or head.offset:
            raise Stale(centre, head)
        await self._write("HSET", keys.head(centre), "offset", after)

    async def append(self, commit: Commit) -> None:
        """See `Journal.append`."""
        centre, data = commit.centre, encode_commit(commit)
        self._own.sent(data, commit)
        await self._run(
            APPEND,
            (keys.head(centre), keys.commits(centre)),
            (commit.offset, commit.epoch, THIS_RUN, data, keys.published(centre)),
            centre,
        )

    async def read(self, centre: CentreId, after: int, limit: int = 1000) -> list[Commit]:
        """See `Journal.read`."""
        head, entries = await self._reads.execute(
            ("HGET", keys.head(centre), "offset"),
            ("XRANGE", keys.commits(centre), f"{after + 1}-0", "+", "COUNT", limit),
        )
        found = [_commit(entry) for entry in items(entries)]
        last = 0 if head is None else int(text(head))
        next_offset = found[0].offset if found else last + 1
        if next_offset > after + 1:
            raise CommitsTrimmed(centre, after)
        return found

    async def heads(self, centres: Collection[CentreId]) -> Mapping[CentreId, Position]:
        """See `Journal.heads`."""
        if not centres:
            return {}
        asked = list(centres)
        replies = await self._reads.execute(
            *(("HMGET", keys.head(centre), "epoch", "offset") for centre in asked)
        )
        heads = zip(asked, map(_head, replies), strict=True)
        return {centre: head for centre, head in heads if head is not None}

    async def centres(self) -> list[CentreId]:
        """See `Journal.centres`."""
        names = items(await self._read("SMEMBERS", keys.CENTRES))
        return sorted(CentreId(text(name)) for name in names)

    def listener(
        self, on_commit: Callable[[Commit], None], on_reconnected: Callable[[], None]
    ) -> RedisListener:
        """See `Journal.listener`."""
        return RedisListener(
            self._connect, self._own.heard, on_commit, on_reconnected, self._reply_timeout
        )

    async def save_snapshot(self, centre: CentreId, snapshot: Snapshot) -> None:
        """See `Journal.save_snapshot`."""
        await self._write("SET", keys.snapshot(centre), encode_snapshot(snapshot))

    async def load_snapshot(self, centre: CentreId) -> Snapshot | None:
        """See `Journal.load_snapshot`."""
        data = await self._read("GET", keys.snapshot(centre))
        snapshot = decode_snapshot(data) if isinstance(data, bytes) else None
        if snapshot is None or not await self._is_own_history(centre, snapshot.position):
            return None
        return snapshot

    async def save_cursor(self, centre: CentreId, name: str, position: Position) -> None:
        """See `Journal.save_cursor`."""
        await self._write("HSET", keys.cursors(centre), name, msgspec.json.encode(position))

    async def cursors(self, centre: CentreId) -> Mapping[str, Position]:
        """See `Journal.cursors`."""
        flat = items(await self._read("HGETALL", keys.cursors(centre)))
        pairs = zip(flat[::2], flat[1::2], strict=True)
        return {text(name): msgspec.json.decode(text(at), type=Position) for name, at in pairs}

    async def save_signs_of_life(self, centre: CentreId, heard: Mapping[str, datetime]) -> None:
        """See `Journal.save_signs_of_life`."""
        key = keys.signs_of_life(centre)
        scores = [part for name, at in heard.items() for part in (_milliseconds(at), name)]
        stale = max(map(_milliseconds, heard.values())) - DAY_MS
        replies = await self._writes.execute(
            ("ZADD", key, *scores), ("ZREMRANGEBYSCORE", key, "-inf", stale)
        )
        for reply in replies:
            _accepted(reply)

    async def signs_of_life(self, centre: CentreId) -> Mapping[str, datetime]:
        """See `Journal.signs_of_life`."""
        flat = items(await self._read("ZRANGE", keys.signs_of_life(centre), 0, -1, "WITHSCORES"))
        pairs = zip(flat[::2], flat[1::2], strict=True)
        return {text(name): _instant(text(score)) for name, score in pairs}

    async def trim(self, centre: CentreId, below: int) -> None:
        """See `Journal.trim`."""
        snapshot = await self.load_snapshot(centre)
        needed = [0 if snapshot is None else snapshot.position.offset]
        needed += [
            cursor.offset if await self._is_own_history(centre, cursor) else 0
            for cursor in (await self.cursors(centre)).values()
        ]
        check_trim(centre, below, needed)
        await self._write("XTRIM", keys.commits(centre), "MINID", "=", f"{below}-0")

    async def now(self) -> datetime:
        """See `Journal.now`."""
        seconds, microseconds = items(await self._read("TIME"))
        instant = datetime.fromtimestamp(int(text(seconds)), UTC)
        return instant + timedelta(microseconds=int(text(microseconds)))

    async def _is_own_history(self, centre: CentreId, position: Position) -> bool:
        """Whether the commit at `position` is still there and of the same epoch."""
        if position.offset == 0:
            return True
        at = f"{position.offset}-0"
        entries = items(await self._read("XRANGE", keys.commits(centre), at, at))
        return any(_commit(entry).epoch == position.epoch for entry in entries)

    async def _connect(self) -> StoreConnection:
        return await StoreConnection.open(self._url)

    async def _read(self, *command: str | bytes | int) -> Reply:
        [reply] = await self._reads.execute(command)
        return _accepted(reply)

    async def _write(self, *command: str | bytes | int) -> None:
        [reply] = await self._writes.execute(command)
        _accepted(reply)

    async def _run(
        self, script: Script, names: tuple[str, ...], arguments: Command, centre: CentreId
    ) -> Reply:
        """Reply of a script; the text travels only to a server that has not seen it yet."""
        rest = (len(names), *names, *arguments)
        [reply] = await self._writes.execute(("EVALSHA", script.sha, *rest))
        if isinstance(reply, NoScriptError):
            [reply] = await self._writes.execute(("EVAL", script.text, *rest))
        if isinstance(reply, ResponseError):
            raise _script_refusal(str(reply), centre)
        return reply


def _script_refusal(error: str, centre: CentreId) -> QueueError:
    """The exception for an error of a script, by its first word."""
    match error.split():
        case ["STALE", epoch, offset]:
            return Stale(centre, Position(Epoch(epoch), int(offset)))
        case ["EPOCH", epoch, offset]:
            return EpochChanged(centre, Position(Epoch(epoch), int(offset)))
        case ["UNSETTLED", *_]:
            return EpochChanged(centre, None)
        case _:
            return _not_taken(error)


def _accepted(reply: Reply) -> Reply:
    """The reply, unless it is a refusal."""
    if isinstance(reply, ResponseError):
        raise _not_taken(str(reply))
    return reply


def _not_taken(error: str) -> StoreUnavailable:
    return StoreUnavailable(f"expected the store to take a command, it said: {error}")


def _commit(entry: Reply) -> Commit:
    """The commit in a stream entry: its id and the pair of field and value."""
    _, fields = items(entry)
    _, data = items(fields)
    return decode_commit(raw(data))


def _milliseconds(instant: datetime) -> int:
    """Milliseconds since 1970."""
    return int(instant.timestamp() * 1000)


def _instant(milliseconds: str) -> datetime:
    return datetime.fromtimestamp(float(milliseconds) / 1000, UTC)


def _head(reply: Reply) -> Position | None:
    epoch, offset = items(reply)
    return None if epoch is None else Position(Epoch(text(epoch)), int(text(offset)))
