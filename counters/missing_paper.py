"""Paper that citizens lack: print jobs that ended without any, and were not made good since."""

from datetime import datetime

from queue_server.core.centre import Centre
from queue_server.core.printing import PrintJob
from queue_server.core.ticket import FINISHED

TROUBLES = frozenset({"not_sent", "unknown"})
"""Results after which nobody knows of paper. `kept` is no trouble: there is no printer."""

_Paper = tuple[str, str, str | None, str | None]


def missing_paper(centre: Centre) -> list[PrintJob]:
    """Jobs of the day without paper, oldest first.

    Left out are those of which a later copy came out, and slips of visits that are over.
    """
    came_out: dict[_Paper, datetime] = {}
    for job in centre.prints.values():
        if job.result in {"printed", "kept"}:
            came_out[_paper_of(job)] = job.at
    return [job for job in centre.prints.values() if _is_missing(centre, job, came_out)]


def _is_missing(centre: Centre, job: PrintJob, came_out: dict[_Paper, datetime]) -> bool:
    if job.result not in TROUBLES or job.kind == "trial" or job.detail == "no_status":
        return False  # what nobody can ever know is no news
    good_at = came_out.get(_paper_of(job))
    if good_at is not None and good_at >= job.at:
        return False
    ticket = centre.tickets.get(job.ticket)
    return job.kind != "slip" or (ticket is not None and ticket.state not in FINISHED)


def _paper_of(job: PrintJob) -> _Paper:
    return (job.kind, job.ticket, job.dossier, job.form)
