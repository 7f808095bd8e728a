"""``queue-server backup`` and ``restore`` on real data folders."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from config.settings import Settings, StoreSettings
from queue_server.__main__ import main
from queue_server.archive.backup import BackupFailed
from queue_server.archive.database import open_database
from queue_server.archive.migrate import migrate
from queue_server.archive.recorder import Recorder
from queue_server.archive.restore import NotEmpty
from queue_server.backups import back_up, restore
from queue_server.core.commit import Commit
from queue_server.core.identifiers import CentreId
from queue_server.journal.embedded_redis import EmbeddedRedis
from queue_server.journal.errors import AlreadyRunning
from queue_server.journal.redis_journal import RedisJournal
from queue_server.places import Places
from tests.support.archives import hall_of, write_down
from tests.support.clocks import HandSetClock

pytestmark = pytest.mark.redis

CENTRE = CentreId("an-binh")


def settings_for(folder: Path) -> Settings:
    return Settings(store=StoreSettings(data_folder=folder))


@asynccontextmanager
async def running(folder: Path) -> AsyncIterator[RedisJournal]:
    """The store of a running server, which says where it is."""
    places = Places(folder)
    store = EmbeddedRedis(places.store, min_free_bytes=0)
    url = await store.start()
    places.running_store.write_text(url, encoding="utf-8")
    journal = RedisJournal(url)
    try:
        yield journal
    finally:
        await journal.close()
        await store.stop()
        places.running_store.unlink()


async def written(folder: Path, journal: RedisJournal) -> list[Commit]:
    """A day's beginning in journal and SQL, and the installation's secret."""
    hall = hall_of(CENTRE)
    hall.issue()
    commits = await write_down(hall, journal)
    engine = open_database(Places(folder).database_url(settings_for(folder)))
    migrate(engine)
    Recorder(engine).record(commits)
    engine.dispose()
    Places(folder).secret.write_bytes(b"s" * 32)
    return commits


async def test_a_backup_that_cannot_be_written_is_refused_in_words(tmp_path: Path) -> None:
    async with running(tmp_path / "old"):
        with pytest.raises(BackupFailed, match=r"expected to write .*nowhere/b\.tar\.gz, got: "):
            await back_up(
                settings_for(tmp_path / "old"), tmp_path / "nowhere" / "b.tar.gz", HandSetClock()
            )


KEPT = {
    "tls/authority.pem": b"authority",
    "push.key": b"key",
    "voices/centres/an-binh/recorded-vi/a.wav": b"RIFF",
}


async def test_keys_and_recorded_voices_come_along(tmp_path: Path) -> None:
    old, new, file = tmp_path / "old", tmp_path / "new", tmp_path / "b.tar.gz"
    half_written = "voices/.recorded-vi.0123/a.wav"
    for name in (*KEPT, half_written):
        (old / name).parent.mkdir(parents=True, exist_ok=True)
        (old / name).write_bytes(KEPT.get(name, b""))
    async with running(old) as journal:
        await written(old, journal)
        await back_up(settings_for(old), file, HandSetClock())

    await restore(settings_for(new), file, HandSetClock())

    assert {name: (new / name).read_bytes() for name in KEPT} == KEPT
    assert (new / "push.key").stat().st_mode & 0o777 == 0o600
    assert not (new / half_written).exists()


async def test_a_running_installation_moves_to_a_new_folder(tmp_path: Path) -> None:
    old, new, file = tmp_path / "old", tmp_path / "new", tmp_path / "b.tar.gz"
    async with running(old) as journal:
        commits = await written(old, journal)
        await back_up(settings_for(old), file, HandSetClock())
        with pytest.raises(AlreadyRunning):
            await restore(settings_for(old), file, HandSetClock(), put_aside=True)

    await restore(settings_for(new), file, HandSetClock())

    marker = json.loads((new / "restored").read_bytes())
    assert marker["centres"] == [CENTRE]
    assert not (new / "restoring").exists()
    assert Places(new).secret.read_bytes() == b"s" * 32
    engine = open_database(Places(new).database_url(settings_for(new)))
    assert Recorder(engine).commits_of(CENTRE) == commits
    engine.dispose()
    async with running(new) as journal:
        restored = await journal.read(CENTRE, after=0)
    assert [commit.events for commit in restored] == [commit.events for commit in commits]


async def test_what_is_there_is_refused_or_put_aside_and_never_deleted(tmp_path: Path) -> None:
    old, file = tmp_path / "old", tmp_path / "b.tar.gz"
    async with running(old) as journal:
        await written(old, journal)
    await back_up(settings_for(old), file, HandSetClock())
    Places(old).secret.write_bytes(b"another")

    with pytest.raises(NotEmpty):
        await restore(settings_for(old), file, HandSetClock())
    assert Places(old).secret.read_bytes() == b"another"
    assert not (old / "restored").exists()

    await restore(settings_for(old), file, HandSetClock(), put_aside=True)
    aside = old / "before-restore-20261123T010000"
    assert (aside / "secret").read_bytes() == b"another"
    assert (aside / "queue.sqlite3").exists()
    assert Places(old).secret.read_bytes() == b"s" * 32


def test_the_command_line_says_what_it_did(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    old, new, file = tmp_path / "old", tmp_path / "new", tmp_path / "b.tar.gz"
    monkeypatch.setenv("QUEUE_DATA_FOLDER", str(old))

    async def begin() -> None:
        async with running(old) as journal:
            await written(old, journal)

    asyncio.run(begin())

    assert main(["backup", str(file), "--data-folder", str(old)]) == 0
    assert "7 commits of an-binh" in capsys.readouterr().out
    assert main(["restore", str(file), "--data-folder", str(new)]) == 0
    assert "an-binh restored as of" in capsys.readouterr().out
    assert main(["restore", str(file), "--data-folder", str(new)]) == 1
    assert "--put-aside" in capsys.readouterr().err
    assert main(["restore", str(tmp_path / "no.tar.gz"), "--data-folder", str(new)]) == 1
    assert "expected a backup" in capsys.readouterr().err
