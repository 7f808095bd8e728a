"""A backup: journal, SQLite file, the installation's secret and its own files in one .tar.gz.

It is made while the server runs. SQL is copied first and the journal after it, so the journal
knows all that the archive knows; what it has beyond is recorded again after a restore.
`queue_server.archive.restore` reads it back.
"""

import asyncio
import os
import shutil
import sqlite3
import tarfile
import tempfile
from collections.abc import Mapping
from contextlib import closing, suppress
from datetime import datetime
from hashlib import file_digest
from pathlib import Path
from typing import Final

import msgspec
from msgspec import Struct
from sqlalchemy import Engine

from queue_server.core.codec import encode_commit
from queue_server.core.errors import QueueError
from queue_server.core.identifiers import CentreId
from queue_server.journal.errors import CommitsTrimmed
from queue_server.journal.first_kept import first_kept
from queue_server.journal.protocol import Journal
from queue_server.journal.snapshot import Snapshot

FORMAT: Final = 1
MANIFEST: Final = "manifest.json"
DATABASE: Final = "queue.sqlite3"
SECRET: Final = "secret"  # noqa: S105  # a file's name
READ_AT_ONCE: Final = 1000
ATTEMPTS: Final = 3
POSTGRESQL_NOTE: Final = (
    "the database is PostgreSQL and is not in this file: its administrator backs it up with pg_dump"
)


class BackupFailed(QueueError):
    """The backup cannot be made or read."""

    code = "backup_failed"


class Part(Struct, frozen=True, kw_only=True):
    """One file of the backup."""

    name: str
    sha256: str
    size: int
    """Bytes."""


class SnapshotPart(Struct, frozen=True, kw_only=True):
    """The folded state that a trimmed journal begins from."""

    state: Part
    offset: int
    schema: int


class JournalPart(Struct, frozen=True, kw_only=True):
    """The journal of one centre."""

    centre: CentreId
    commits: Part
    """JSON lines, one commit each, by offset."""
    first_offset: int
    """1, unless the journal was trimmed; then there is a snapshot."""
    last_offset: int
    count: int
    cursors: dict[str, int]
    """Offset of each consumer, so that nothing is printed or handed over twice."""
    snapshot: SnapshotPart | None = None


class KeptFile(Struct, frozen=True, kw_only=True):
    """A file of the installation that nothing could make again: a key, a recorded voice."""

    path: str
    """Below the data folder, with slashes."""
    file: Part


class Manifest(Struct, frozen=True, kw_only=True):
    """What is in a backup."""

    format: int
    made_at: datetime
    release: str
    journals: tuple[JournalPart, ...]
    database: Part | None
    database_note: str = ""
    secret: Part | None = None
    kept: tuple[KeptFile, ...] = ()

    def parts(self) -> list[Part]:
        """Every file but the manifest."""
        found = [self.database, self.secret, *(each.file for each in self.kept)]
        for journal in self.journals:
            found.append(journal.commits)
            found.append(journal.snapshot.state if journal.snapshot else None)
        return [part for part in found if part is not None]


class Installation(Struct, frozen=True, kw_only=True):
    """What is backed up."""

    engine: Engine
    journal: Journal
    secret: Path
    kept: Mapping[str, Path] = {}
    """Files to take along, by their paths below the data folder."""


async def backup(
    target: Path, installation: Installation, *, now: datetime, release: str
) -> Manifest:
    """Write the backup to `target`, readable by this user alone; a file there is replaced.

    Raises:
        StoreUnavailable: The journal cannot be read.
        BackupFailed: The journal changed its beginning again and again while it was read.
    """
    engine, journal = installation.engine, installation.journal
    with tempfile.TemporaryDirectory(prefix=".backup-", dir=target.parent) as name:
        folder = Path(name)
        is_file = engine.dialect.name == "sqlite"
        database = await asyncio.to_thread(_copy_database, engine, folder) if is_file else None
        journals = [await _copy_journal(journal, c, folder) for c in await journal.centres()]
        manifest = Manifest(
            format=FORMAT,
            made_at=now,
            release=release,
            journals=tuple(part for part in journals if part is not None),
            database=database,
            database_note="" if is_file else POSTGRESQL_NOTE,
            secret=_copy_secret(installation.secret, folder),
            kept=await asyncio.to_thread(_copy_kept, installation.kept, folder),
        )
        await asyncio.to_thread(_pack, manifest, folder, target)
    return manifest


def _copy_database(engine: Engine, folder: Path) -> Part:
    """A consistent copy of the SQLite file, by its own online backup."""
    raw = engine.raw_connection()
    try:
        source = raw.driver_connection
        if not isinstance(source, sqlite3.Connection):
            message = f"expected a connection to SQLite, got {type(source).__name__}"
            raise BackupFailed(message)
        with closing(sqlite3.connect(folder / DATABASE)) as copy:
            source.backup(copy)
    finally:
        raw.close()
    return part_of(folder / DATABASE)


async def _copy_journal(journal: Journal, centre: CentreId, folder: Path) -> JournalPart | None:
    """The journal up to where it is now; None for a centre without commits."""
    for _ in range(ATTEMPTS):
        # In this order: the snapshot is not beyond the head, the head not beyond the commits.
        snapshot = await journal.load_snapshot(centre)
        head = (await journal.heads([centre])).get(centre)
        if head is None or head.offset == 0:
            return None
        offsets = await first_kept(journal, centre), head.offset
        if offsets[0] == 1:
            snapshot = None  # all can be folded again
        elif snapshot is None or snapshot.position.offset < offsets[0]:
            continue  # it was trimmed below a newer one
        try:
            path = folder / f"journal-{centre}.jsonl"
            await _write_commits(journal, centre, path, offsets)
        except CommitsTrimmed:
            continue
        cursors = await journal.cursors(centre)
        return JournalPart(
            centre=centre,
            commits=part_of(path),
            first_offset=offsets[0],
            last_offset=head.offset,
            count=head.offset - offsets[0] + 1,
            cursors={name: min(at.offset, head.offset) for name, at in cursors.items()},
            snapshot=_copy_snapshot(snapshot, centre, folder),
        )
    message = f"expected a snapshot to begin the trimmed journal of {centre} from; try again"
    raise BackupFailed(message)


def _copy_snapshot(
    snapshot: Snapshot | None, centre: CentreId, folder: Path
) -> SnapshotPart | None:
    if snapshot is None:
        return None
    state = _write(folder / f"snapshot-{centre}.json", snapshot.state)
    return SnapshotPart(state=state, offset=snapshot.position.offset, schema=snapshot.schema)


async def _write_commits(
    journal: Journal, centre: CentreId, path: Path, offsets: tuple[int, int]
) -> None:
    after, last = offsets[0] - 1, offsets[1]
    with path.open("wb") as file:
        while after < last:
            limit = min(READ_AT_ONCE, last - after)
            commits = await journal.read(centre, after=after, limit=limit)
            file.writelines(encode_commit(commit) + b"\n" for commit in commits)
            after = commits[-1].offset


def _copy_secret(secret: Path, folder: Path) -> Part | None:
    return _write(folder / SECRET, secret.read_bytes()) if secret.exists() else None


def _copy_kept(kept: Mapping[str, Path], folder: Path) -> tuple[KeptFile, ...]:
    """The files, each under a plain name of its own; one that is gone by now is left out."""
    found = []
    for number, (path, source) in enumerate(sorted(kept.items())):
        copy = folder / f"kept-{number:04}"
        with suppress(FileNotFoundError):
            shutil.copyfile(source, copy)
            found.append(KeptFile(path=path, file=part_of(copy)))
    return tuple(found)


def _write(path: Path, content: bytes) -> Part:
    path.write_bytes(content)
    return part_of(path)


def part_of(path: Path) -> Part:
    """The file as it is named in the manifest."""
    with path.open("rb") as file:
        digest = file_digest(file, "sha256").hexdigest()
    return Part(name=path.name, sha256=digest, size=path.stat().st_size)


def _pack(manifest: Manifest, folder: Path, target: Path) -> None:
    """One file, durable before it takes its name."""
    (folder / MANIFEST).write_bytes(msgspec.json.format(msgspec.json.encode(manifest), indent=2))
    packed = folder / "packed"
    descriptor = os.open(packed, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        with tarfile.open(fileobj=file, mode="w:gz") as tar:
            for name in [MANIFEST, *(part.name for part in manifest.parts())]:
                tar.add(folder / name, arcname=name)
        file.flush()
        os.fsync(file.fileno())
    packed.replace(target)
