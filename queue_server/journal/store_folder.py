"""The folder of the embedded store: who may use it, and what lies where.

Two locks, both dropped by the kernel when their holder dies, however it dies:
`app.lock` is held by the process of the project; `store.lock` is inherited by the server and
held exactly as long as some server may write the data. So a free `app.lock` beside a held
`store.lock` means a server whose application was killed.
"""

import fcntl
import hashlib
import os
import tempfile
from pathlib import Path

import msgspec
from msgspec import Struct

from queue_server.journal.errors import AlreadyRunning, StoreFailed

LONGEST_SOCKET_PATH = 100
"""Bytes; the kernels' limits are 104 and 108."""
LONGEST_LOG = 5_000_000
"""Bytes after which the server's log is put aside at the next start."""


class Marker(Struct, frozen=True):
    """Who wrote the data last, and where the server listens."""

    engine: str
    version: str
    socket: str


class StoreFolder:
    """Paths and locks."""

    def __init__(self, path: Path) -> None:
        self.path = path.absolute()
        self.data = self.path / "data"
        self.log = self.path / "store.log"
        self._marker = self.path / "store.json"

    def prepare(self) -> None:
        """Create the folders, readable by the owner alone, and put a long log aside."""
        for folder in (self.path, self.data):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            folder.chmod(0o700)
        if self.log.exists() and self.log.stat().st_size > LONGEST_LOG:
            self.log.replace(self.log.with_suffix(".log.1"))

    def lock_for_application(self) -> int:
        """Descriptor that keeps other processes of the project out until it is closed.

        Raises:
            AlreadyRunning: One is in; the message names its process id.
        """
        path = self.path / "app.lock"
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        if not _lock(descriptor):
            os.close(descriptor)
            owner = path.read_text(encoding="ascii").strip() or "unknown"
            message = f"expected the folder {self.path} to be free, process {owner} uses it"
            raise AlreadyRunning(message, process_id=owner)
        os.ftruncate(descriptor, 0)
        os.write(descriptor, f"{os.getpid()}\n".encode())
        return descriptor

    def lock_for_store(self) -> int | None:
        """Descriptor for a server to inherit; None when a server has one already."""
        descriptor = os.open(self.path / "store.lock", os.O_RDWR | os.O_CREAT, 0o600)
        if _lock(descriptor):
            return descriptor
        os.close(descriptor)
        return None

    def has_server(self) -> bool:
        """Whether some server may write the data."""
        descriptor = self.lock_for_store()
        if descriptor is None:
            return True
        os.close(descriptor)
        return False

    def new_socket(self) -> Path:
        """Where the next server shall listen: here, or in a short folder if the path is long."""
        here = self.path / "store.sock"
        if len(os.fsencode(here)) <= LONGEST_SOCKET_PATH:
            return here
        base = Path(os.environ.get("XDG_RUNTIME_DIR") or tempfile.gettempdir())
        short = base / f"queue-{hashlib.sha256(os.fsencode(self.path)).hexdigest()[:12]}"
        short.mkdir(mode=0o700, exist_ok=True)
        owner = short.lstat()
        if owner.st_uid != os.getuid() or owner.st_mode & 0o077 or short.is_symlink():
            message = f"expected {short} to be a folder of this user alone, it is not"
            raise StoreFailed(message)
        return short / "store.sock"

    def marker(self) -> Marker | None:
        """What the last server left, or None in a new folder."""
        try:
            return msgspec.json.decode(self._marker.read_bytes(), type=Marker)
        except FileNotFoundError:
            return None
        except msgspec.DecodeError as error:
            message = f"expected {self._marker} to be as it was written, got {error}"
            raise StoreFailed(message) from error

    def save_marker(self, marker: Marker) -> None:
        """Replace the marker as a whole."""
        draft = self._marker.with_suffix(".new")
        draft.write_bytes(msgspec.json.encode(marker))
        draft.replace(self._marker)

    def check_data(self) -> None:
        """Refuse to start empty where there was data before.

        Raises:
            StoreFailed: A server has run here, and its log of commands is gone.
        """
        if self.marker() is not None and not (self.data / "appendonlydir").is_dir():
            message = (
                f"expected the store's data in {self.data}, found none: restore them, "
                f"or remove {self._marker} to begin with nothing"
            )
            raise StoreFailed(message)

    def keeps_data_in(self, path: str) -> bool:
        """Whether `path` is this folder's place for data, by whatever name."""
        return Path(path).resolve() == self.data.resolve()

    def last_words(self) -> str:
        """The last line of the server's log."""
        try:
            with self.log.open("rb") as log:
                log.seek(max(0, self.log.stat().st_size - 2000))
                lines = log.read().decode(errors="replace").strip().splitlines()
        except FileNotFoundError:
            return ""
        return lines[-1] if lines else ""


def _lock(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
