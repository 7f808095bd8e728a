"""The archive follows the journal: through restarts, losses, trimming, and without SQL."""

import asyncio
import copy
import secrets
from collections.abc import AsyncIterator, Callable, Iterator
from datetime import timedelta
from pathlib import Path

import psycopg
import pytest
import redis.asyncio as redis
from sqlalchemy import Engine, func, select

from queue_server.archive.database import open_database, reading
from queue_server.archive.follower import ArchiveFollower
from queue_server.archive.migrate import migrate
from queue_server.archive.recorder import Recorder
from queue_server.archive.tables import COMMITS, VISITS
from queue_server.core import commands as c
from queue_server.core.commit import Position
from queue_server.core.identifiers import CentreId
from queue_server.journal import keys
from queue_server.journal.errors import CommitsTrimmed
from queue_server.journal.first_kept import first_kept
from queue_server.journal.memory_journal import MemoryJournal
from queue_server.journal.protocol import Journal
from queue_server.journal.redis_journal import RedisJournal
from queue_server.journal.snapshot import Snapshot
from tests.support.archives import forget_last, hall_of, write_down
from tests.support.centres import Hall
from tests.support.clocks import HandSetClock
from tests.support.postgresql import create_database


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    engine = open_database(f"sqlite:///{tmp_path / 'queue.db'}")
    migrate(engine)
    yield engine
    engine.dispose()


@pytest.fixture
def hall(centre: CentreId) -> Hall:
    return hall_of(centre)


@pytest.fixture
def recorder(engine: Engine) -> Recorder:
    return Recorder(engine)


@pytest.fixture
def follower(journal: Journal, recorder: Recorder) -> ArchiveFollower:
    return ArchiveFollower(journal, recorder)


def visits(engine: Engine, centre: CentreId) -> list[str]:
    statement = select(VISITS.c.number).where(VISITS.c.centre == centre).order_by(VISITS.c.number)
    with reading(engine) as connection:
        return list(connection.scalars(statement))


def void(engine: Engine) -> int:
    statement = select(func.count()).where(COMMITS.c.is_void)
    with reading(engine) as connection:
        return connection.execute(statement).scalar_one()


async def test_what_is_appended_is_recorded_and_the_journal_knows(
    journal: Journal, hall: Hall, recorder: Recorder, follower: ArchiveFollower
) -> None:
    centre = hall.centre.id
    hall.issue()
    await write_down(hall, journal)

    await follower.follow()

    head = (await journal.heads([centre]))[centre]
    assert recorder.last_position(centre) == head
    assert (await journal.cursors(centre))["archive"] == head
    assert follower.lag[centre] == 0
    assert len(recorder.commits_of(centre)) == len(hall.commits)


async def test_a_new_follower_goes_on_where_the_last_one_was(
    journal: Journal, hall: Hall, engine: Engine, follower: ArchiveFollower
) -> None:
    hall.issue()
    await write_down(hall, journal)
    await follower.follow()
    hall.issue()
    await write_down(hall, journal)

    await ArchiveFollower(journal, Recorder(engine)).follow()

    assert visits(engine, hall.centre.id) == ["H001", "H002"]


class FasterRecorder(Recorder):
    """Another process records what came after this one asked for the heads."""

    def __init__(self, engine: Engine, faster: Callable[[], None]) -> None:
        super().__init__(engine)
        self._faster = faster

    def last_position(self, centre: CentreId) -> Position | None:
        self._faster()
        return super().last_position(centre)


async def test_what_another_process_recorded_meanwhile_is_not_void(
    hall: Hall, engine: Engine, recorder: Recorder
) -> None:
    """Both begin at once on one database: nothing was lost, one is only a little behind."""
    journal = MemoryJournal(HandSetClock())
    hall.issue()
    await write_down(hall, journal)

    def faster() -> None:
        hall.issue()
        asyncio.run(write_down(hall, journal))
        recorder.record(asyncio.run(journal.read(hall.centre.id, after=0)))

    await ArchiveFollower(journal, FasterRecorder(engine, faster)).follow()

    assert void(engine) == 0
    assert visits(engine, hall.centre.id) == ["H001", "H002"]


async def test_what_the_store_lost_is_void_and_its_offsets_come_again(
    journal: Journal, journal_url: str, hall: Hall, engine: Engine, follower: ArchiveFollower
) -> None:
    centre = hall.centre.id
    hall.issue()
    await write_down(hall, journal)
    other = copy.deepcopy(hall)
    hall.issue()
    hall.issue()
    await write_down(hall, journal)
    await follower.follow()

    await forget_last(journal, journal_url, centre, 2)
    other._tickets += 100
    other.do(c.SkipNumbers())
    other.issue()
    await write_down(other, journal)
    await follower.follow()

    assert visits(engine, centre) == ["H001", "H052"]
    assert void(engine) == 2
    assert follower.lag[centre] == 0


async def test_a_restart_without_loss_makes_nothing_void(
    journal: Journal, journal_url: str, hall: Hall, engine: Engine, follower: ArchiveFollower
) -> None:
    hall.issue()
    await write_down(hall, journal)
    await follower.follow()

    await forget_last(journal, journal_url, hall.centre.id, 0)
    hall.issue()
    await write_down(hall, journal)
    await follower.follow()

    assert visits(engine, hall.centre.id) == ["H001", "H002"]
    assert void(engine) == 0


async def test_a_journal_that_begins_anew_leaves_a_closed_day(
    journal: Journal, journal_url: str, hall: Hall, engine: Engine, follower: ArchiveFollower
) -> None:
    centre = hall.centre.id
    hall.issue()
    hall.do(c.CloseDay())
    await write_down(hall, journal)
    await follower.follow()

    await forget_last(journal, journal_url, centre, 1000)
    anew = hall_of(centre)
    anew.issue()
    await write_down(anew, journal, later=timedelta(days=1))
    await follower.follow()
    anew.issue()
    await write_down(anew, journal, later=timedelta(days=1))
    await ArchiveFollower(journal, Recorder(engine)).follow()

    assert visits(engine, centre) == ["H001", "H001", "H002"]
    assert void(engine) == 0
    assert len(Recorder(engine).commits_of(centre)) == len(anew.commits)


async def test_the_journal_keeps_the_last_two_days(
    journal: Journal, hall: Hall, follower: ArchiveFollower
) -> None:
    centre = hall.centre.id
    begins = [2]
    for _ in range(2):
        hall.issue()
        hall.do(c.CloseDay())
        hall.later(minutes=24 * 60)
        hall.do(c.OpenDay())
        begins.append(len(hall.commits))
    await write_down(hall, journal)
    head = (await journal.heads([centre]))[centre]
    await follower.follow()
    assert await first_kept(journal, centre) == 1, "there is no snapshot yet"

    await journal.save_snapshot(centre, Snapshot.of(head, 1, b"state"))
    await journal.save_cursor(centre, "reactions", Position(head.epoch, begins[1] - 1))
    await follower.trim(centre)
    assert await first_kept(journal, centre) == begins[1] - 1, "somebody still stands there"

    await journal.save_cursor(centre, "reactions", head)
    await follower.trim(centre)
    assert await first_kept(journal, centre) == begins[1]


async def test_a_new_archive_takes_what_a_trimmed_journal_still_has(
    journal: Journal, hall: Hall, engine: Engine, follower: ArchiveFollower
) -> None:
    centre = hall.centre.id
    for _ in range(3):
        hall.issue()
    await write_down(hall, journal)
    head = (await journal.heads([centre]))[centre]
    await journal.save_snapshot(centre, Snapshot.of(head, 1, b"state"))
    await journal.trim(centre, head.offset - 1)
    with pytest.raises(CommitsTrimmed):
        await journal.read(centre, after=0)

    await follower.follow()
    hall.issue()
    await write_down(hall, journal)
    await ArchiveFollower(journal, Recorder(engine)).follow()

    assert visits(engine, centre) == ["H002", "H003", "H004"]
    assert void(engine) == 0


@pytest.fixture
async def running() -> AsyncIterator[Callable[[ArchiveFollower], None]]:
    tasks: list[asyncio.Task[None]] = []
    yield lambda follower: tasks.append(asyncio.create_task(follower.run()))
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


class WatchedFollower(ArchiveFollower):
    """Tells when a round is over, so that a test need not guess."""

    def __init__(self, journal: Journal, recorder: Recorder) -> None:
        super().__init__(journal, recorder, every_s=0.01, longest_pause_s=0.05)
        self.ended = asyncio.Event()

    async def follow(self) -> None:
        try:
            await super().follow()
        finally:
            self.ended.set()

    async def until(self, holds: Callable[[], bool]) -> None:
        async with asyncio.timeout(20):
            while not holds():
                await self.ended.wait()
                self.ended.clear()


async def test_without_sql_the_journal_goes_on_and_the_archive_catches_up(
    postgresql_server: str,
    migrated_template: str,
    running: Callable[[ArchiveFollower], None],
    capsys: pytest.CaptureFixture[str],
) -> None:
    name = f"away_{secrets.token_hex(4)}"
    engine = open_database(create_database(postgresql_server, name, migrated_template))
    journal = MemoryJournal(HandSetClock())
    hall = hall_of(CentreId("test"))
    follower = WatchedFollower(journal, Recorder(engine))
    await write_down(hall, journal)
    running(follower)
    await follower.until(lambda: follower.lag == {"test": 0})

    allow_connections(postgresql_server, name, is_allowed=False)
    hall.issue()
    await write_down(hall, journal)
    await follower.until(lambda: follower.lag == {"test": 1} and not follower.is_well)
    hall.issue()
    await write_down(hall, journal)
    await follower.until(lambda: follower.lag == {"test": 2})

    allow_connections(postgresql_server, name, is_allowed=True)
    await follower.until(lambda: follower.lag == {"test": 0})
    assert visits(engine, CentreId("test")) == ["H001", "H002"]
    said = capsys.readouterr().out
    assert said.count("cannot be written now") == 1
    assert said.count("written again") == 1
    engine.dispose()


def allow_connections(server: str, name: str, *, is_allowed: bool) -> None:
    """Let the database accept connections, or refuse them and end those that are."""
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS {is_allowed}".encode())
        if not is_allowed:
            connection.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name]
            )


async def test_one_unreadable_centre_holds_up_no_other(
    redis_journal: RedisJournal, store_url: str, engine: Engine, centre: CentreId
) -> None:
    broken, sound = hall_of(CentreId(f"a-{centre}")), hall_of(CentreId(f"b-{centre}"))
    for hall in (broken, sound):
        hall.issue()
        await write_down(hall, redis_journal)
    client = redis.Redis.from_url(store_url)
    commits = keys.commits(broken.centre.id)
    await client.delete(commits)
    await client.xadd(commits, {"commit": b"not a commit"}, id=f"{len(broken.commits)}-0")
    await client.aclose()
    follower = ArchiveFollower(redis_journal, Recorder(engine))

    await follower.follow()

    assert visits(engine, sound.centre.id) == ["H001"]
    assert follower.lag[broken.centre.id] > 0
    assert follower.lag[sound.centre.id] == 0


async def test_a_journal_with_a_hole_is_reported_and_not_read_in_circles(
    redis_journal: RedisJournal, store_url: str, engine: Engine, centre: CentreId
) -> None:
    hall = hall_of(centre)
    hall.issue()
    await write_down(hall, redis_journal)
    client = redis.Redis.from_url(store_url)
    await client.xdel(keys.commits(centre), f"{len(hall.commits)}-0")
    await client.aclose()
    follower = ArchiveFollower(redis_journal, Recorder(engine))

    async with asyncio.timeout(60):  # it follows the centres of other tests too
        await follower.follow()
        await follower.follow()

    assert follower.lag[centre] == 1
