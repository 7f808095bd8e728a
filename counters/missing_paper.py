"""Paper that citizens lack: print jobs without any, that were not made good since."""

from datetime import datetime, timedelta
from typing import Final

from queue_server.core.centre import Centre
from queue_server.core.printing import PrintJob
from queue_server.core.ticket import FINISHED

TROUBLES = frozenset({"not_sent", "unknown"})
"""Results after which nobody knows of paper. `kept` is no trouble: there is no printer."""
PATIENCE: Final = timedelta(minutes=2)
"""A job that waits longer than this is stuck, whatever holds it up."""

_Paper = tuple[str, str, str | None, str | None]


def missing_paper(centre: Centre) -> list[PrintJob]:
    """Jobs of the day without paper, oldest first; each is missing from `missing_since` on.

    Left out are those of which a later copy came out, and slips of visits that are over.
    """
    came_out: dict[_Paper, datetime] = {}
    for job in centre.prints.values():
        if job.result in {"printed", "kept"}:
            came_out[_paper_of(job)] = job.at
    return [job for job in centre.prints.values() if _is_missing(centre, job, came_out)]


def missing_since(job: PrintJob) -> datetime:
    """The instant from which on the paper is missing; one that waits may still come out."""
    return job.at + PATIENCE if job.result == "pending" else job.at


def _is_missing(centre: Centre, job: PrintJob, came_out: dict[_Paper, datetime]) -> bool:
    if (
        not (job.result in TROUBLES or _waits(centre, job))
        or job.kind == "trial"
        or job.detail == "no_status"
    ):
        return False  # what nobody can ever know is no news
    good_at = came_out.get(_paper_of(job))
    if good_at is not None and good_at >= job.at:
        return False
    ticket = centre.tickets.get(job.ticket)
    return job.kind != "slip" or (ticket is not None and ticket.state not in FINISHED)


def _waits(centre: Centre, job: PrintJob) -> bool:
    """Whether it waits for a printer; without one it only waits for its picture."""
    printer = None if job.printer is None else centre.facts.printers.get(job.printer)
    return job.result == "pending" and printer is not None and printer.is_device


def _paper_of(job: PrintJob) -> _Paper:
    return (job.kind, job.ticket, job.dossier, job.form)
