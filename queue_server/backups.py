"""``queue-server backup FILE`` and ``restore FILE``: which store, which folder, what is refused."""

import asyncio
import os
import shutil
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import msgspec
from sqlalchemy.engine import make_url

from config.settings import Settings
from queue_server.administration.findings import Backup
from queue_server.app import VERSION
from queue_server.archive.backup import BackupFailed, Installation, Manifest, backup
from queue_server.archive.database import open_database
from queue_server.archive.migrate import migrate
from queue_server.archive.restore import NotEmpty, begin, finish, replay, unpack
from queue_server.clock import Clock
from queue_server.journal.embedded_redis import EmbeddedRedis
from queue_server.journal.errors import AlreadyRunning
from queue_server.journal.redis_journal import RedisJournal
from queue_server.journal.store_folder import StoreFolder
from queue_server.places import Places

ASIDE = "before-restore-"


async def back_up(settings: Settings, target: Path, clock: Clock) -> Manifest:
    """Back up the installation, whether its server runs or not.

    Raises:
        QueueError: It cannot be made; no file was written.
    """
    places = Places(settings.store.data_folder)
    engine = open_database(places.database_url(settings))
    try:
        await asyncio.to_thread(migrate, engine)
        async with _journal(settings, places) as journal:
            manifest = await backup(
                target,
                Installation(
                    engine=engine, journal=journal, secret=places.secret, kept=kept_files(places)
                ),
                now=clock.now(),
                release=VERSION,
            )
        await asyncio.to_thread(_note, places, manifest, target)
    except OSError as error:
        message = f"expected to write {target}, got: {error.strerror or error}"
        raise BackupFailed(message) from error
    finally:
        engine.dispose()
    return manifest


def kept_files(places: Places) -> dict[str, Path]:
    """What nobody could make again: the centre's own authority, its push key, its voices."""
    found = [path for root in (places.tls, places.voice_packs) for path in root.rglob("*")]
    files = {
        path.relative_to(places.folder).as_posix(): path
        for path in (*found, places.push_key)
        if path.is_file()
    }
    return {name: path for name, path in files.items() if "/." not in name}  # half written


def _note(places: Places, manifest: Manifest, target: Path) -> None:
    """Let the administrator's page know when there was a backup."""
    made = Backup(manifest.made_at, target.stat().st_size)
    places.backed_up.write_bytes(msgspec.json.encode(made))


async def restore(
    settings: Settings, source: Path, clock: Clock, *, put_aside: bool = False
) -> Manifest:
    """Make the data folder what it was when the backup was made.

    Args:
        settings: Where the data folder, the store and the database are.
        source: The backup.
        clock: For the name of a folder that is put aside.
        put_aside: Rename a data folder that is not empty; nothing is ever deleted.

    Raises:
        AlreadyRunning: A server uses the folder.
        NotEmpty: The folder, or a configured store, is not empty.
        BackupFailed: The backup is damaged; nothing was changed.
    """
    places = Places(settings.store.data_folder)
    with tempfile.TemporaryDirectory(prefix="queue-server-restore-") as name:
        unpacked = Path(name)
        manifest = await asyncio.to_thread(unpack, source, unpacked)
        _require_stopped(places)
        _make_room(places.folder, clock, put_aside=put_aside)
        database = _database_file(settings, places)
        _require_absent(database)
        begin(places.folder)
        async with _journal(settings, places) as journal:
            await replay(manifest, unpacked, journal)
        if manifest.secret is not None:
            _place(unpacked / manifest.secret.name, places.secret)
        for kept in manifest.kept:
            _place(unpacked / kept.file.name, places.folder / kept.path)
        if manifest.database is not None and database is not None:
            _place(unpacked / manifest.database.name, database)
        finish(places.folder, manifest)
    return manifest


@asynccontextmanager
async def _journal(settings: Settings, places: Places) -> AsyncIterator[RedisJournal]:
    """The installation's journal: a private store for now, or the one of its running server."""
    store: EmbeddedRedis | None = None
    url = settings.store.redis_url
    if url is None:
        try:
            store = EmbeddedRedis(places.store, binary=settings.store.store_binary)
            url = await store.start()
        except AlreadyRunning:
            store, url = None, places.store_url(settings)
    journal = RedisJournal(url)
    try:
        yield journal
    finally:
        await journal.close()
        if store is not None:
            await store.stop()


def _require_stopped(places: Places) -> None:
    """Refuse a folder that a server, or the store of one that was killed, uses."""
    if not places.store.exists():
        return
    store = StoreFolder(places.store)
    os.close(store.lock_for_application())
    if store.has_server():
        message = f"expected no store running in {places.store}: start and stop the server first"
        raise AlreadyRunning(message)
    places.running_store.unlink(missing_ok=True)


def _make_room(folder: Path, clock: Clock, *, put_aside: bool) -> None:
    """An empty data folder; what was in it is moved into a folder of its own inside.

    Inside, because a data folder may be a volume, which cannot be renamed.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    old = [path for path in folder.iterdir() if not path.name.startswith(ASIDE)]
    if not old:
        return
    if not put_aside:
        message = f"expected an empty folder, {folder} has files; --put-aside keeps them aside"
        raise NotEmpty(message)
    aside = folder / f"{ASIDE}{clock.now():%Y%m%dT%H%M%S}"
    aside.mkdir(mode=0o700)
    for path in old:
        path.rename(aside / path.name)


def _database_file(settings: Settings, places: Places) -> Path | None:
    """The SQLite file; None for a database that its administrator restores."""
    url = make_url(places.database_url(settings))
    is_file = url.get_backend_name() == "sqlite" and url.database is not None
    return Path(str(url.database)) if is_file else None


def _require_absent(path: Path | None) -> None:
    if path is not None and path.exists():
        message = f"expected no database at {path}"
        raise NotEmpty(message)


def _place(source: Path, target: Path) -> None:
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    shutil.copyfile(source, target)
    target.chmod(0o600)
