"""What tests of the accounts build with."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from argon2 import PasswordHasher
from sqlalchemy import Engine, event

from queue_server.accounts.accounts import Accounts
from queue_server.accounts.principal import Role
from queue_server.archive.database import open_database
from queue_server.archive.migrate import migrate
from queue_server.core.identifiers import CentreId

AN_BINH = CentreId("an-binh")
AN_PHU = CentreId("an-phu")
PASSWORD = "con mèo ăn cá khô"  # noqa: S105  # of nobody
QUICK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
"""Argon2id with too little work for anything but tests."""


class HandClock:
    """A clock that stands still until it is set."""

    def __init__(self) -> None:
        self.at = datetime(2026, 11, 2, 1, 0, tzinfo=UTC)

    def now(self) -> datetime:
        return self.at

    def pass_(self, time: timedelta) -> None:
        self.at += time


async def signed_in(
    accounts: Accounts,
    login: str = "lan",
    *roles: Role,
    centre: CentreId | None = AN_BINH,
) -> str:
    """Token of the session of somebody new."""
    link = await accounts.create_staff(login, f"Trần {login}", roles or (Role.CLERK,), centre)
    return await accounts.choose_password(link, PASSWORD)


@contextmanager
def statements(engine: Engine) -> Iterator[list[str]]:
    """The SQL that is said to the database meanwhile."""
    said: list[str] = []

    def note(*args: object) -> None:
        said.append(str(args[2]))

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield said
    finally:
        event.remove(engine, "before_cursor_execute", note)


def open_file(folder: Path) -> Engine:
    """A migrated SQLite file."""
    engine = open_database(f"sqlite:///{folder / 'queue.db'}")
    migrate(engine)
    return engine
