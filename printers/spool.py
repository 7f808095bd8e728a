"""A print job at most once, whatever dies in between.

That a job is about to be sent is written down before its first byte leaves. A job that is found
in that state again was interrupted: nobody knows what came out, so staff are asked and nothing
is sent.
"""

from datetime import datetime, timedelta
from typing import Protocol

from PIL import Image

from printers.printer import Printer, Verdict
from printers.printer_status import Trouble

OLDEST = timedelta(minutes=10)
"""A slip that comes out later than this would only confuse: its owner has the number on a screen
or in hand already."""


class SpoolStore(Protocol):
    """Remembers, durably, what became of each print job."""

    def begin(self, job_id: str) -> Verdict | None:
        """Note that the job is being sent, for one caller only.

        Returns:
            None: it is yours, send it. A verdict: it was sent before, with this result.
        """
        ...

    def record(self, job_id: str, verdict: Verdict) -> None:
        """Note what became of the job; after `not_sent` it can be begun again."""
        ...


def print_job(  # noqa: PLR0913 - the job, its three partners and two instants, all named
    job_id: str,
    picture: Image.Image,
    printer: Printer,
    store: SpoolStore,
    *,
    requested_at: datetime,
    now: datetime,
    oldest: timedelta = OLDEST,
) -> Verdict:
    """Print a job at most once, however often this is called.

    Only after `not_sent` may it be called again for the same job with any effect.

    Args:
        job_id: Id of the event `PrintRequested`.
        picture: The paper, as wide as the printer's head.
        printer: Where it is printed.
        store: Remembers what became of each job.
        requested_at: When the paper was asked for.
        now: The present instant.
        oldest: Jobs asked for longer ago are dropped.
    """
    earlier = store.begin(job_id)
    if earlier is not None:
        return earlier
    if now - requested_at > oldest:
        verdict = Verdict("not_sent", Trouble.TOO_OLD)
    else:
        verdict = printer.print(job_id, picture)
    store.record(job_id, verdict)
    return verdict
