"""Accounts with a clock set by hand, on a SQLite file; `accounts_anywhere` on each database."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from queue_server.accounts.accounts import Accounts
from tests.support.accounts import QUICK, HandClock, open_file
from tests.support.databases import (
    database,
    empty_database_url,
    migrated_template,
    postgresql_server,
)

__all__ = ["database", "empty_database_url", "migrated_template", "postgresql_server"]


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    opened = open_file(tmp_path)
    yield opened
    opened.dispose()


@pytest.fixture
def accounts(engine: Engine, clock: HandClock) -> Accounts:
    return Accounts(engine, clock, hasher=QUICK)


@pytest.fixture
def accounts_anywhere(database: Engine, clock: HandClock) -> Accounts:
    return Accounts(database, clock, hasher=QUICK)
