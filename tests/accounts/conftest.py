"""Accounts on every kind of database in turn, with a clock set by hand."""

import pytest
from argon2 import PasswordHasher
from sqlalchemy import Engine

from queue_server.accounts.accounts import Accounts
from tests.accounts.support import QUICK, HandClock
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
def hasher() -> PasswordHasher:
    return QUICK


@pytest.fixture
def accounts(database: Engine, clock: HandClock, hasher: PasswordHasher) -> Accounts:
    return Accounts(database, clock, hasher=hasher)
