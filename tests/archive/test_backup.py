"""Backups made while commits come in, and what comes out of them."""

import asyncio
import tarfile
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from sqlalchemy import Engine, select

from queue_server.archive.backup import BackupFailed, Installation, Manifest, backup
from queue_server.archive.database import open_database, reading
from queue_server.archive.follower import ArchiveFollower
from queue_server.archive.migrate import migrate
from queue_server.archive.recorder import Recorder
from queue_server.archive.restore import NotEmpty, replay, replay_one, unpack
from queue_server.archive.tables import COMMITS, VISITS
from queue_server.clock import SystemClock
from queue_server.core import commands as c
from queue_server.core.apply import apply
from queue_server.core.centre import Centre
from queue_server.core.commit import Commit, Position
from queue_server.core.identifiers import CentreId, CounterId
from queue_server.core.ticket import Outcome
from queue_server.journal.memory_journal import MemoryJournal
from queue_server.journal.protocol import Journal
from queue_server.journal.snapshot import Snapshot
from tests.support.archives import hall_of, write_down
from tests.support.centres import COPY, MORNING, Hall

TWO = CounterId("2")


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    engine = open_database(f"sqlite:///{tmp_path / 'queue.db'}")
    migrate(engine)
    yield engine
    engine.dispose()


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    path = tmp_path / "secret"
    path.write_bytes(b"thirty-two random bytes, or so..")
    return path


def some_visits(hall: Hall, count: int) -> None:
    for _ in range(count):
        hall.issue(COPY)
        hall.later(seconds=30)
        hall.do(c.CallNext(counter=TWO))
        hall.do(c.StartServing(counter=TWO))
        hall.later(seconds=30)
        hall.do(c.Complete(counter=TWO, outcome=Outcome.DOSSIER_ACCEPTED))


def state_of(centre: CentreId, commits: list[Commit]) -> bytes:
    folded = Centre(id=centre)
    for commit in commits:
        apply(folded, commit)
    return msgspec.json.encode(folded)


async def made(target: Path, engine: Engine, journal: Journal, secret: Path) -> Manifest:
    installation = Installation(engine=engine, journal=journal, secret=secret)
    return await backup(target, installation, now=MORNING, release="0.1.0")


async def test_a_backup_made_during_writes_folds_to_the_same_state(
    journal: Journal, centre: CentreId, engine: Engine, secret: Path, tmp_path: Path
) -> None:
    hall = hall_of(centre)
    some_visits(hall, 60)
    await write_down(hall, journal)
    follower = ArchiveFollower(journal, Recorder(engine))
    await follower.follow()
    some_visits(hall, 40)
    writing = asyncio.create_task(write_down(hall, journal))

    manifest = await made(tmp_path / "b.tar.gz", engine, journal, secret)
    await writing
    [part] = [one for one in manifest.journals if one.centre == centre]
    fresh = MemoryJournal(SystemClock())
    assert unpack(tmp_path / "b.tar.gz", tmp_path / "out") == manifest
    await replay(manifest, tmp_path / "out", fresh)

    restored = await fresh.read(centre, after=0, limit=10_000)
    assert restored[-1].offset == part.last_offset == part.count >= 240
    assert state_of(centre, restored) == state_of(centre, hall.commits[: part.last_offset])
    assert {commit.epoch for commit in restored} == {(await fresh.heads([centre]))[centre].epoch}
    assert (await fresh.cursors(centre))["archive"].offset == part.cursors["archive"]
    check_files(tmp_path, secret)


def check_files(folder: Path, secret: Path) -> None:
    """The secret came through; nobody else may read the backup; nothing is left beside it."""
    assert (folder / "out" / "secret").read_bytes() == secret.read_bytes()
    assert (folder / "b.tar.gz").stat().st_mode & 0o777 == 0o600
    assert list(folder.glob(".backup-*")) == []


async def test_the_restored_archive_recognises_the_restored_journal(
    journal: Journal, centre: CentreId, engine: Engine, secret: Path, tmp_path: Path
) -> None:
    hall = hall_of(centre)
    some_visits(hall, 3)
    await write_down(hall, journal)
    await ArchiveFollower(journal, Recorder(engine)).follow()
    some_visits(hall, 2)
    await write_down(hall, journal)
    manifest = await made(tmp_path / "b.tar.gz", engine, journal, secret)

    unpack(tmp_path / "b.tar.gz", tmp_path / "out")
    fresh = MemoryJournal(SystemClock())
    await replay(manifest, tmp_path / "out", fresh)
    restored = open_database(f"sqlite:///{tmp_path / 'out' / 'queue.sqlite3'}")
    await ArchiveFollower(fresh, Recorder(restored)).follow()

    with reading(restored) as connection:
        assert not any(connection.scalars(select(COMMITS.c.is_void)))
        statement = select(VISITS.c.number).where(VISITS.c.centre == centre)
        assert len(list(connection.scalars(statement))) == 5
    restored.dispose()


async def test_a_trimmed_journal_is_restored_with_its_snapshot(
    journal: Journal, centre: CentreId, engine: Engine, secret: Path, tmp_path: Path
) -> None:
    hall = hall_of(centre)
    some_visits(hall, 3)
    await write_down(hall, journal)
    head = (await journal.heads([centre]))[centre]
    at = Position(head.epoch, head.offset - 2)
    await journal.save_snapshot(centre, Snapshot.of(at, 1, b'{"folded": true}'))
    await journal.trim(centre, head.offset - 3)

    manifest = await made(tmp_path / "b.tar.gz", engine, journal, secret)
    unpack(tmp_path / "b.tar.gz", tmp_path / "out")
    fresh = MemoryJournal(SystemClock())
    await replay(manifest, tmp_path / "out", fresh)

    new = (await fresh.heads([centre]))[centre]
    assert new.offset == head.offset
    snapshot = await fresh.load_snapshot(centre)
    assert snapshot is not None
    assert snapshot.position == Position(new.epoch, head.offset - 2)
    assert snapshot.state == b'{"folded": true}'
    assert len(await fresh.read(centre, after=head.offset - 4)) == 4


async def test_a_restored_journal_takes_the_next_commit(
    journal: Journal, centre: CentreId, engine: Engine, secret: Path, tmp_path: Path
) -> None:
    """The other way round: from memory into each journal."""
    hall = hall_of(centre)
    some_visits(hall, 60)
    source = MemoryJournal(SystemClock())
    await write_down(hall, source)
    manifest = await made(tmp_path / "b.tar.gz", engine, source, secret)
    unpack(tmp_path / "b.tar.gz", tmp_path / "out")
    await journal.settle(centre)

    [part] = manifest.journals
    await replay_into(journal, manifest, tmp_path / "out")
    hall.issue()
    await write_down(hall, journal)

    commits = await journal.read(centre, after=0)
    assert len(commits) == part.count + 1
    assert state_of(centre, commits) == state_of(centre, hall.commits)


async def replay_into(journal: Journal, manifest: Manifest, folder: Path) -> None:
    """Replay beside the centres that other tests have left in the same store."""
    used = await journal.heads(await journal.centres())
    if any(head.offset for head in used.values()):
        with pytest.raises(NotEmpty):
            await replay(manifest, folder, journal)
        for part in manifest.journals:
            await replay_one(part, folder, journal)
    else:
        await replay(manifest, folder, journal)


@pytest.mark.parametrize("damage", ["changed", "missing", "cut", "other"])
async def test_a_damaged_backup_is_refused(
    damage: str, engine: Engine, secret: Path, tmp_path: Path
) -> None:
    hall = hall_of(CentreId("test"))
    journal = MemoryJournal(SystemClock())
    await write_down(hall, journal)
    whole = tmp_path / "b.tar.gz"
    await made(whole, engine, journal, secret)
    spoilt = tmp_path / "spoilt.tar.gz"
    if damage == "cut":
        spoilt.write_bytes(whole.read_bytes()[:2000])
    elif damage == "other":
        spoilt.write_bytes(b"holiday pictures")
    else:
        repack(whole, spoilt, tmp_path / "inside", is_missing=damage == "missing")

    with pytest.raises(BackupFailed):
        unpack(spoilt, tmp_path / "out")


@pytest.mark.parametrize("path", ["../outside", "/etc/outside", ""])
async def test_a_file_outside_the_data_folder_is_refused(
    path: str, engine: Engine, secret: Path, tmp_path: Path
) -> None:
    installation = Installation(
        engine=engine, journal=MemoryJournal(SystemClock()), secret=secret, kept={path: secret}
    )
    file = tmp_path / "b.tar.gz"
    await backup(file, installation, now=SystemClock().now(), release="0")

    with pytest.raises(BackupFailed, match="below the data folder"):
        unpack(file, tmp_path / "out")


def repack(whole: Path, spoilt: Path, inside: Path, *, is_missing: bool) -> None:
    with tarfile.open(whole) as tar:
        tar.extractall(inside, filter="data")
    journal = inside / "journal-test.jsonl"
    if is_missing:
        journal.unlink()
    else:
        journal.write_bytes(journal.read_bytes().replace(b"lan", b"lon"))
    with tarfile.open(spoilt, "w:gz") as tar:
        for path in inside.iterdir():
            tar.add(path, arcname=path.name)


async def test_postgresql_is_left_to_its_administrator(
    database: Engine, secret: Path, tmp_path: Path
) -> None:
    manifest = await made(tmp_path / "b.tar.gz", database, MemoryJournal(SystemClock()), secret)

    if database.dialect.name == "postgresql":
        assert manifest.database is None
        assert "pg_dump" in manifest.database_note
    else:
        assert manifest.database is not None
        assert manifest.database_note == ""
