"""A server with the sample centre, a register and an archive."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from queue_server.archive.database import open_database
from queue_server.archive.migrate import migrate
from queue_server.intake.register import Register
from tests.support.live_servers import LiveServer
from tests.support.staff_pages import open_as

__all__ = ["engine", "live_server", "open_as"]


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    engine = open_database(f"sqlite:///{tmp_path / 'queue.sqlite3'}")
    migrate(engine)
    yield engine
    engine.dispose()


@pytest.fixture
def live_server(tmp_path: Path, engine: Engine) -> Iterator[LiveServer]:
    state = {"register": Register(engine), "engine": engine}
    with LiveServer(tmp_path, waiting=24, state=state) as server:
        yield server
