"""Reads a backup back: everything is checked before anything is touched.

The commits are replayed into a fresh journal: offsets are kept, the epoch is the new store's,
and the consumers' cursors stand where they stood, so nothing is printed or handed over again.
The archive finds by itself that its commits are those of the new journal.
"""

import asyncio
import tarfile
from collections.abc import Iterator
from hashlib import file_digest
from itertools import islice
from pathlib import Path, PurePosixPath
from typing import Final

import msgspec
from msgspec.structs import replace

from queue_server.archive.backup import FORMAT, MANIFEST, BackupFailed, JournalPart, Manifest, Part
from queue_server.core.codec import decode_commit
from queue_server.core.commit import Commit, Position
from queue_server.journal.protocol import Journal
from queue_server.journal.snapshot import Snapshot

RESTORED: Final = "restored"
"""Marker in the data folder: numbers may have been printed after the backup; skip ahead once."""
RESTORING: Final = "restoring"
"""Marker in a data folder whose restore has not ended."""
APPENDED_AT_ONCE: Final = 200


class NotEmpty(BackupFailed):
    """There is something where the backup would go."""

    code = "not_empty"


def unpack(source: Path, folder: Path) -> Manifest:
    """Unpack the backup into `folder` and check every file; its manifest.

    Raises:
        BackupFailed: It is no backup, of a later format, damaged or incomplete.
    """
    try:
        with tarfile.open(source, "r:gz") as tar:
            tar.extractall(folder, filter="data")
        manifest = msgspec.json.decode((folder / MANIFEST).read_bytes(), type=Manifest)
    except (tarfile.TarError, OSError, EOFError, msgspec.DecodeError) as error:
        message = f"expected a backup of this system in {source.name}: {error}"
        raise BackupFailed(message) from error
    if manifest.format > FORMAT:
        message = f"expected a backup of format {FORMAT} or earlier, got {manifest.format}"
        raise BackupFailed(message)
    for part in manifest.parts():
        _check(folder, part)
    for kept in manifest.kept:
        if not _is_below(kept.path):
            message = f"the backup is damaged: expected a path below the data folder, {kept.path!r}"
            raise BackupFailed(message)
    return manifest


def _is_below(path: str) -> bool:
    parts = PurePosixPath(path).parts
    return bool(parts) and not path.startswith("/") and ".." not in parts


def _check(folder: Path, part: Part) -> None:
    path = folder / part.name
    if Path(part.name).name != part.name or not path.is_file():
        message = f"the backup is incomplete: expected {part.name}"
        raise BackupFailed(message)
    with path.open("rb") as file:
        if file_digest(file, "sha256").hexdigest() != part.sha256:
            message = f"the backup is damaged: {part.name} is not what was written"
            raise BackupFailed(message)


async def require_fresh(journal: Journal) -> None:
    """Refuse a journal that has commits.

    Raises:
        NotEmpty: It has, of the centres that are named.
    """
    heads = await journal.heads(await journal.centres())
    used = [centre for centre, head in heads.items() if head.offset]
    if used:
        message = f"expected an empty store, it has the journal of {', '.join(used)}"
        raise NotEmpty(message)


async def replay(manifest: Manifest, folder: Path, journal: Journal) -> None:
    """Append every commit of the backup to a fresh journal.

    Raises:
        NotEmpty: The journal has commits.
        BackupFailed: The backup's commits are not consecutive.
    """
    await require_fresh(journal)
    for part in manifest.journals:
        await replay_one(part, folder, journal)


async def replay_one(part: JournalPart, folder: Path, journal: Journal) -> None:
    """Append the commits of one centre, its snapshot and its cursors.

    Raises:
        Stale: The centre has commits.
        BackupFailed: The backup's commits are not consecutive.
    """
    epoch = (await journal.settle(part.centre)).position.epoch
    if part.first_offset > 1:
        await journal.begin(part.centre, part.first_offset - 1)
    expected = part.first_offset
    for commits in _commits(folder / part.commits.name):
        for commit in commits:
            if commit.offset != expected or commit.centre != part.centre:
                message = f"expected commit {expected} of {part.centre}, got {commit.offset}"
                raise BackupFailed(message)
            expected += 1
        # Sent in their order and made durable together.
        own = [replace(commit, epoch=epoch) for commit in commits]
        await asyncio.gather(*(journal.append(commit) for commit in own))
    if part.snapshot is not None:
        state = (folder / part.snapshot.state.name).read_bytes()
        at = Position(epoch, part.snapshot.offset)
        await journal.save_snapshot(part.centre, Snapshot.of(at, part.snapshot.schema, state))
    for name, reached in part.cursors.items():
        await journal.save_cursor(part.centre, name, Position(epoch, reached))


def _commits(path: Path) -> Iterator[list[Commit]]:
    """The commits in portions, the first of one: with it the store learns the script."""
    with path.open("rb") as file:
        size = 1
        while lines := list(islice(file, size)):
            yield [decode_commit(line) for line in lines]
            size = APPENDED_AT_ONCE


def begin(folder: Path) -> None:
    """Leave a marker: a folder that was restored halfway is told from a whole one."""
    (folder / RESTORING).touch()


def finish(folder: Path, manifest: Manifest) -> None:
    """Leave the marker that sends the numbers ahead at the next start."""
    unfinished = folder / RESTORING
    centres = [part.centre for part in manifest.journals]
    unfinished.write_bytes(msgspec.json.encode({"made_at": manifest.made_at, "centres": centres}))
    unfinished.replace(folder / RESTORED)
