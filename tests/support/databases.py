"""Fixtures that give a test each kind of database in turn; import them in a `conftest.py`.

`database` has the newest layout, `empty_database_url` has none. PostgreSQL is a private server
per test process; each test has a database of its own.
"""

from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import Engine

from queue_server.archive.database import open_database
from queue_server.archive.migrate import migrate
from tests.support.postgresql import create_database, private_postgresql

KINDS = ["sqlite", "postgresql"]
_names = count(1)


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[str]:
    with private_postgresql() as server:
        yield server


@pytest.fixture(scope="session")
def migrated_template(postgresql_server: str) -> str:
    engine = open_database(create_database(postgresql_server, "migrated"))
    migrate(engine)
    engine.dispose()
    return "migrated"


@pytest.fixture(params=KINDS)
def empty_database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'queue.db'}"
    server: str = request.getfixturevalue("postgresql_server")
    return create_database(server, f"test_{next(_names)}")


@pytest.fixture(params=KINDS)
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    if request.param == "sqlite":
        engine = open_database(f"sqlite:///{tmp_path / 'queue.db'}")
        migrate(engine)
    else:
        template: str = request.getfixturevalue("migrated_template")
        server: str = request.getfixturevalue("postgresql_server")
        engine = open_database(create_database(server, f"test_{next(_names)}", template))
    yield engine
    engine.dispose()
