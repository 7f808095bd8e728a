"""Files that are there whole or not at all, and go when they are old."""

import os
from datetime import datetime
from pathlib import Path


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


def make_durable(folder: Path) -> None:
    """Make the folder's entries survive a power cut."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def remove_before(folder: Path, instant: datetime) -> int:
    """Remove the folder's files that were last written before `instant`; their number."""
    old = [path for path in folder.iterdir() if path.stat().st_mtime < instant.timestamp()]
    for path in old:
        path.unlink(missing_ok=True)
    return len(old)
