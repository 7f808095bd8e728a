"""Accounts with a clock set by hand, on a SQLite file; `accounts_anywhere` on each database."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import httpx2
import pytest
from sqlalchemy import Engine

from queue_server.accounts.accounts import Accounts
from queue_server.accounts.routes import ROUTES
from queue_server.hub.replicas import Replicas
from queue_server.hub.sound import SoundDesk
from queue_server.journal.leases import MemoryLeases
from queue_server.journal.memory_journal import MemoryJournal
from tests.support.accounts import QUICK, client_of, open_file
from tests.support.centres import rules
from tests.support.clocks import HandSetClock
from tests.support.databases import (
    database,
    empty_database_url,
    migrated_template,
    postgresql_server,
)

__all__ = ["database", "empty_database_url", "migrated_template", "postgresql_server"]


@pytest.fixture
def clock() -> HandSetClock:
    return HandSetClock()


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    opened = open_file(tmp_path)
    yield opened
    opened.dispose()


@pytest.fixture
def accounts(engine: Engine, clock: HandSetClock) -> Accounts:
    return Accounts(engine, clock, hasher=QUICK)


@pytest.fixture
def accounts_anywhere(database: Engine, clock: HandSetClock) -> Accounts:
    return Accounts(database, clock, hasher=QUICK)


@pytest.fixture
def replicas(clock: HandSetClock) -> Replicas:
    return Replicas(MemoryJournal(clock), rules(), clock, lambda _, __: None)


@pytest.fixture
def sound(clock: HandSetClock) -> SoundDesk:
    """Where connected devices say whether they can be heard."""
    return SoundDesk(MemoryLeases(clock), clock)


@pytest.fixture
async def client(
    accounts: Accounts,
    clock: HandSetClock,
    replicas: Replicas,
    sound: SoundDesk,
) -> AsyncIterator[httpx2.AsyncClient]:
    state = {"accounts": accounts, "clock": clock, "replicas": replicas, "sound": sound}
    async with client_of(state, ROUTES) as opened:
        yield opened
