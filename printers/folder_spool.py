"""The spool's memory as a folder: one small file per job, on disk before `begin` returns."""

import fcntl
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec

from printers.kept_files import file_of_job, make_durable, write_once, write_whole
from printers.printer import Verdict
from printers.printer_status import Trouble

SENDING = b""
"""Content of a job's file while it is being sent, or was when the program ended."""
IDENTITY = "identity"


class FolderSpool:
    """Remembers print jobs in a folder that all processes of this machine share.

    Files are a few dozen bytes; `kept_files.remove_before` removes those of past days.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    @property
    def identity(self) -> str:
        """A name for this folder that no other has: who finds its jobs elsewhere knows nothing."""
        path = self._folder.with_name(f"{self._folder.name}.{IDENTITY}")
        if not path.exists():
            write_once(path, secrets.token_hex(8).encode())
        return path.read_text("ascii")

    @contextmanager
    def turn(self, name: str, *, waits: bool = True) -> Iterator[bool]:
        """One process of this machine at a time has the printer of that name.

        Yields:
            Whether it is our turn; False only for who does not wait.
        """
        with file_of_job(self._folder, name, ".lock").open("wb") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | (0 if waits else fcntl.LOCK_NB))
            except BlockingIOError:
                yield False
                return
            yield True

    def begin(self, job_id: str) -> Verdict | None:
        """Note that the job is being sent; see `spool.SpoolStore`."""
        path = self._path(job_id)
        try:
            descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        except FileExistsError:
            return self._earlier(path)
        os.close(descriptor)
        make_durable(self._folder)
        return None

    def record(self, job_id: str, verdict: Verdict) -> None:
        """Note what became of the job; see `spool.SpoolStore`."""
        path = self._path(job_id)
        if verdict.result == "not_sent":
            path.unlink(missing_ok=True)
            make_durable(self._folder)
        else:
            write_whole(path, msgspec.json.encode(verdict))

    def recall(self, job_id: str) -> Verdict | None:
        """What became of the job; see `spool.SpoolStore`."""
        path = self._path(job_id)
        return self._earlier(path) if path.exists() else None

    def _earlier(self, path: Path) -> Verdict:
        content = path.read_bytes()
        if content == SENDING:
            return Verdict("unknown", Trouble.INTERRUPTED)
        return msgspec.json.decode(content, type=Verdict)

    def _path(self, job_id: str) -> Path:
        return file_of_job(self._folder, job_id, ".json")
