"""A snapshot that cannot be read, over a journal that was trimmed: folded from the archive."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from queue_server.archive.database import open_database
from queue_server.archive.follower import ArchiveFollower
from queue_server.archive.migrate import migrate
from queue_server.archive.recorder import Recorder
from queue_server.core.commit import SCHEMA
from queue_server.core.identifiers import CentreId
from queue_server.hub import replica as hub
from queue_server.hub.replica import Replica
from queue_server.journal.errors import CommitsTrimmed
from queue_server.journal.protocol import Journal
from queue_server.journal.snapshot import Snapshot
from tests.support.archives import hall_of, served, write_down
from tests.support.centres import Hall, rules
from tests.support.clocks import HandSetClock
from tests.support.histories import state_of


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    engine = open_database(f"sqlite:///{tmp_path / 'queue.db'}")
    migrate(engine)
    yield engine
    engine.dispose()


@pytest.fixture
def recorder(engine: Engine) -> Recorder:
    return Recorder(engine)


@pytest.fixture
def hall(centre: CentreId) -> Hall:
    hall = hall_of(centre)
    for _ in range(3):
        hall.issue()
        served(hall)
    return hall


def replica_of(journal: Journal, centre: CentreId, recorder: Recorder | None) -> Replica:
    return Replica(
        centre,
        journal=journal,
        rules=rules(),
        clock=HandSetClock(),
        on_change=lambda _, __: None,
        archived=None if recorder is None else recorder.commits_of,
    )


async def trim_and_spoil_the_snapshot(journal: Journal, recorder: Recorder, hall: Hall) -> None:
    """The journal keeps its last three commits; its snapshot is of another release."""
    await write_down(hall, journal)
    await ArchiveFollower(journal, recorder).follow()
    replica = replica_of(journal, hall.centre.id, None)
    await replica.load()
    await replica.save_snapshot(force=True)
    await journal.trim(hall.centre.id, below=len(hall.commits) - 2)
    await journal.save_snapshot(
        hall.centre.id, Snapshot.of(replica.position, SCHEMA + 1, b"of another release")
    )


@pytest.mark.parametrize("at_once", [5, hub.READ_AT_ONCE])
async def test_what_was_trimmed_is_folded_from_the_archive(
    journal: Journal,
    recorder: Recorder,
    hall: Hall,
    monkeypatch: pytest.MonkeyPatch,
    at_once: int,
) -> None:
    monkeypatch.setattr(hub, "READ_AT_ONCE", at_once)
    await trim_and_spoil_the_snapshot(journal, recorder, hall)

    replica = replica_of(journal, hall.centre.id, recorder)
    await replica.load()

    assert state_of(replica.centre) == state_of(hall.centre)
    assert replica.centre.offset == len(hall.commits)
    assert len(replica.remembered) == len(hall.commits)


async def test_an_archive_that_began_later_is_no_help(
    journal: Journal, recorder: Recorder, hall: Hall, centre: CentreId
) -> None:
    """Half a history would be a wrong centre: the start is refused."""
    await trim_and_spoil_the_snapshot(journal, recorder, hall)
    replica = replica_of(journal, centre, None)
    replica._archived = lambda name, after, limit: recorder.commits_of(name, after + 1, limit)

    with pytest.raises(CommitsTrimmed):
        await replica.load()


async def test_without_an_archive_the_trimmed_journal_is_refused(
    journal: Journal, recorder: Recorder, hall: Hall, centre: CentreId
) -> None:
    await trim_and_spoil_the_snapshot(journal, recorder, hall)

    with pytest.raises(CommitsTrimmed):
        await replica_of(journal, centre, None).load()
