"""Halls, their commits in a journal that may forget some, and the rows the archive has of them."""

import secrets
from datetime import timedelta
from typing import Any

import redis.asyncio as redis
from msgspec.structs import replace
from sqlalchemy import Engine, Table, select

from queue_server.archive.database import reading
from queue_server.archive.tables import COMMITS, CURSORS, EVENTS, TRANSACTIONS, VISITS
from queue_server.core import commands as c
from queue_server.core.codec import encode_commit
from queue_server.core.commit import Commit
from queue_server.core.identifiers import CentreId, CommandId, CounterId
from queue_server.core.ticket import Outcome, Ticket
from queue_server.journal import keys
from queue_server.journal.memory_journal import MemoryJournal
from queue_server.journal.protocol import Journal
from tests.support.centres import Hall, small_configuration

ONE = CounterId("1")
NO_TIME = timedelta(0)


def hall_of(centre: CentreId) -> Hall:
    """A hall of a centre with that id and tickets of its own, two counters open."""
    hall = Hall(replace(small_configuration(), id=centre))
    hall.open("1", "lan")
    hall.open("2", "hoa")
    hall._tickets = secrets.randbits(64)
    return hall


def served(hall: Hall, counter: CounterId = ONE) -> None:
    """Call, serve for five minutes after one minute of way, complete."""
    hall.do(c.CallNext(counter=counter))
    hall.later(minutes=1)
    hall.do(c.StartServing(counter=counter))
    hall.later(minutes=5)
    hall.do(c.Complete(counter=counter, outcome=Outcome.ADVICE_ONLY))


def rows(engine: Engine, table: Table) -> list[dict[str, Any]]:
    with reading(engine) as connection:
        found = connection.execute(select(table).order_by(*table.primary_key.columns))
        return [dict(row._mapping) for row in found]


def transactions(engine: Engine, ticket: Ticket) -> list[dict[str, Any]]:
    return [row for row in rows(engine, TRANSACTIONS) if row["ticket"] == ticket.id]


def endings(engine: Engine, ticket: Ticket) -> list[str | None]:
    return [row["ending"] for row in transactions(engine, ticket)]


def visit(engine: Engine, ticket: Ticket) -> dict[str, Any]:
    [row] = [row for row in rows(engine, VISITS) if row["ticket"] == ticket.id]
    return row


def everything(engine: Engine) -> list[list[dict[str, Any]]]:
    return [rows(engine, table) for table in (COMMITS, EVENTS, VISITS, TRANSACTIONS, CURSORS)]


async def write_down(hall: Hall, journal: Journal, *, later: timedelta = NO_TIME) -> list[Commit]:
    """Append what the journal does not have yet, each under a command id of its own."""
    head = (await journal.settle(hall.centre.id)).position
    written: list[Commit] = []
    for commit in hall.commits[head.offset :]:
        command = CommandId(secrets.token_hex(16))
        own = replace(commit, epoch=head.epoch, command_id=command, at=commit.at + later)
        await journal.append(own)
        written.append(own)
    return written


async def forget_last(journal: Journal, url: str, centre: CentreId, count: int) -> None:
    """Let the store come back without its last commits, as after a crash of a weak disk."""
    if isinstance(journal, MemoryJournal):
        journal.restart(lost_commits=count)
        return
    head = (await journal.heads([centre]))[centre]
    kept = (await journal.read(centre, after=0))[: max(head.offset - count, 0)]
    client = redis.Redis.from_url(url)
    # A stream remembers its last id even when that entry is gone: it is made again.
    await client.delete(keys.commits(centre))
    for commit in kept:
        entry = {"commit": encode_commit(commit)}
        await client.xadd(keys.commits(centre), entry, id=f"{commit.offset}-0")  # type: ignore[arg-type]
    await client.hset(keys.head(centre), "offset", str(len(kept)))
    await client.hset(keys.head(centre), "run_id", "a life that is over")
    await client.aclose()
