"""What a print agent remembers over a power cut: each job's state and verdict, in SQLite.

A job is *asked* (the server is asked whether it may begin; certainly no byte left), then *sending*
(bytes may have left), then *ended* with a verdict, until the server has taken that.
"""

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import msgspec
from msgspec import Struct

from printers.printer import Verdict
from printers.printer_status import Trouble

KEPT: Final = 500
LAYOUT: Final = """
    CREATE TABLE IF NOT EXISTS jobs (
        number INTEGER PRIMARY KEY AUTOINCREMENT,
        id TEXT NOT NULL UNIQUE,
        state TEXT NOT NULL CHECK (state IN ('asked', 'sending', 'ended')),
        verdict TEXT NOT NULL DEFAULT '',
        is_told INTEGER NOT NULL DEFAULT 0
    ) STRICT
"""


class Ended(Struct, frozen=True):
    """A verdict that the server has not taken yet."""

    job_id: str
    verdict: Verdict


class AgentQueue:
    """The agent's jobs in a file; each change is on disk before the method returns.

    Args:
        path: The file.
        kept: Jobs that the server knows about and that are still remembered here.
    """

    def __init__(self, path: Path, *, kept: int = KEPT) -> None:
        self._kept = kept
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._file = sqlite3.connect(path, isolation_level=None)
        self._file.execute("PRAGMA journal_mode = DELETE")
        self._file.execute("PRAGMA synchronous = EXTRA")
        self._file.execute(LAYOUT)

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    def settle(self) -> bool:
        """After a start: say of what was under way what is known of it.

        Returns:
            Whether a paper was being sent: the printer may have half of it.
        """
        was_sending = self._file.execute("SELECT 1 FROM jobs WHERE state = 'sending'").fetchone()
        for state, verdict in (
            ("asked", Verdict("not_sent", Trouble.INTERRUPTED)),
            ("sending", Verdict("unknown", Trouble.INTERRUPTED)),
        ):
            self._file.execute(
                "UPDATE jobs SET state = 'ended', verdict = ?, is_told = 0 WHERE state = ?",
                (_text(verdict), state),
            )
        return was_sending is not None

    def ask(self, job_id: str) -> None:
        """Note that the server is about to be asked whether the job may begin."""
        self._file.execute(
            "INSERT INTO jobs (id, state) VALUES (?, 'asked') ON CONFLICT (id) DO UPDATE SET"
            " state = 'asked', is_told = 0 WHERE verdict LIKE '%\"not_sent\"%'",
            (job_id,),
        )

    def begin(self, job_id: str) -> Verdict | None:
        """Note that the job is being sent; see `spool.SpoolStore`."""
        changed = self._file.execute(
            "UPDATE jobs SET state = 'sending', verdict = '' WHERE id = ? AND state = 'asked'",
            (job_id,),
        )
        if changed.rowcount == 1:
            return None
        return self.recall(job_id) or Verdict("not_sent", Trouble.INTERRUPTED)

    def record(self, job_id: str, verdict: Verdict) -> None:
        """Note what became of the job, for the server; see `spool.SpoolStore`."""
        self._file.execute(
            "INSERT INTO jobs (id, state, verdict) VALUES (?, 'ended', ?) ON CONFLICT (id) DO"
            " UPDATE SET state = 'ended', verdict = excluded.verdict, is_told = 0",
            (job_id, _text(verdict)),
        )

    def recall(self, job_id: str) -> Verdict | None:
        """What became of the job; see `spool.SpoolStore`."""
        row = self._file.execute(
            "SELECT state, verdict FROM jobs WHERE id = ?", (job_id,)
        ).fetchone()
        if row is None or row[0] == "asked":
            return None
        if row[0] == "sending":
            return Verdict("unknown", Trouble.INTERRUPTED)
        verdict = _verdict(row[1])
        return None if verdict.result == "not_sent" else verdict

    def untold(self) -> Iterator[Ended]:
        """Verdicts that the server has not taken, oldest first."""
        rows = self._file.execute(
            "SELECT id, verdict FROM jobs WHERE state = 'ended' AND is_told = 0 ORDER BY number"
        ).fetchall()
        for job_id, verdict in rows:
            yield Ended(job_id, _verdict(verdict))

    def tell_again(self, job_id: str) -> None:
        """The server does not know the job's verdict after all."""
        self._file.execute("UPDATE jobs SET is_told = 0 WHERE id = ?", (job_id,))

    def told(self, job_id: str) -> None:
        """The server has taken the verdict."""
        self._file.execute("UPDATE jobs SET is_told = 1 WHERE id = ?", (job_id,))
        self._file.execute(
            "DELETE FROM jobs WHERE is_told = 1 AND number <= (SELECT max(number) FROM jobs) - ?",
            (self._kept,),
        )


def _text(verdict: Verdict) -> str:
    return msgspec.json.encode(verdict).decode()


def _verdict(text: str) -> Verdict:
    return msgspec.json.decode(text, type=Verdict)
