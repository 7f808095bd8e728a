"""Files that are there whole or not at all, and go when they are old."""

import os
import secrets
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from queue_server.core.errors import InvalidValue


def file_of_job(folder: Path, job_id: str, suffix: str) -> Path:
    """The file of a print job in that folder.

    Raises:
        InvalidValue: The id could name a file elsewhere.
    """
    is_plain = all(letter.isalnum() or letter in "-_." for letter in job_id)
    if not job_id or not is_plain or job_id.startswith("."):
        message = f"expected a print job id of letters, digits, '-', '_' and '.', got {job_id!r}"
        raise InvalidValue(message, job=job_id)
    return folder / f"{job_id}{suffix}"


def write_whole(path: Path, content: bytes) -> None:
    """Write a file so that a crash or a power cut leaves the old one or the new one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f".{path.name}.{os.getpid()}")
    with unfinished.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    unfinished.replace(path)
    make_durable(path.parent)


def write_once(path: Path, content: bytes) -> None:
    """Write a file whole unless it is there already; of many who try at once, one does."""
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    write_whole(unfinished, content)
    with suppress(FileExistsError):
        os.link(unfinished, path)
    unfinished.unlink()
    make_durable(path.parent)


def make_durable(folder: Path) -> None:
    """Make the folder's entries survive a power cut; Windows does so by itself."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def remove_before(folder: Path, instant: datetime) -> int:
    """Remove files in and below the folder that were last written before `instant`; how many."""
    files = (path for path in folder.rglob("*") if path.is_file())
    old = [path for path in files if path.stat().st_mtime < instant.timestamp()]
    for path in old:
        path.unlink(missing_ok=True)
    return len(old)
