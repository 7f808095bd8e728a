"""Faults that nobody thought of end neither the archive's follower nor the other centres' turn."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, func, select

from queue_server.archive.database import open_database, reading
from queue_server.archive.follower import ArchiveFollower
from queue_server.archive.migrate import migrate
from queue_server.archive.recorder import Recorder
from queue_server.archive.tables import VISITS
from queue_server.core.commit import Position
from queue_server.core.identifiers import CentreId
from queue_server.journal.protocol import Journal
from tests.support.archives import hall_of, write_down


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    engine = open_database(f"sqlite:///{tmp_path / 'queue.db'}")
    migrate(engine)
    yield engine
    engine.dispose()


def visits(engine: Engine, centre: CentreId) -> int:
    statement = select(func.count()).where(VISITS.c.centre == centre)
    with reading(engine) as connection:
        return connection.execute(statement).scalar_one()


class RecorderWithAFault(Recorder):
    """Fails at one centre as nobody thought of."""

    def __init__(self, engine: Engine, broken: CentreId) -> None:
        super().__init__(engine)
        self._broken = broken

    def last_position(self, centre: CentreId) -> Position | None:
        if centre == self._broken:
            raise LookupError(centre)
        return super().last_position(centre)


async def test_an_unexpected_fault_in_one_centre_holds_up_no_other(
    journal: Journal, engine: Engine, centre: CentreId
) -> None:
    broken, sound = hall_of(CentreId(f"a-{centre}")), hall_of(CentreId(f"b-{centre}"))
    for hall in (broken, sound):
        hall.issue()
        await write_down(hall, journal)

    await ArchiveFollower(journal, RecorderWithAFault(engine, broken.centre.id)).follow()

    assert visits(engine, sound.centre.id) == 1


class FaultOnce(ArchiveFollower):
    """Fails at the first round, then tells that it goes on."""

    def __init__(self, journal: Journal, recorder: Recorder) -> None:
        super().__init__(journal, recorder, every_s=0.001, longest_pause_s=0.002)
        self.rounds = 0
        self.goes_on = asyncio.Event()

    async def follow(self) -> None:
        self.rounds += 1
        if self.rounds == 1:
            raise LookupError
        self.goes_on.set()


async def test_the_follower_survives_what_nobody_thought_of(
    journal: Journal, engine: Engine
) -> None:
    follower = FaultOnce(journal, Recorder(engine))
    running = asyncio.create_task(follower.run())
    async with asyncio.timeout(5):
        await follower.goes_on.wait()
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)

    assert follower.rounds >= 2
