"""Which print jobs are offered to which queue, and which are moved or given up.

A job is offered when it is asked for, when another printer takes it over, when its printer is well
again, and in steps for as long as it is wanted. Jobs of a printer with a print agent are offered
to nobody: the agent fetches them.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from queue_server.core import commands as c
from queue_server.core import events as e
from queue_server.core.centre import Centre
from queue_server.core.commit import Commit
from queue_server.core.decisions.paper import LONGEST_SENDING
from queue_server.core.identifiers import CentreId
from queue_server.core.printer_configuration import PrinterConfiguration
from queue_server.core.printing import (
    MOST_MOVES,
    PrintJob,
    is_stopped,
    stand_ins,
    wanted_until,
)
from queue_server.job import Job, job_id, steps_passed

PRINT_STEPS_S: Final = (10, 25, 45)
"""A slip that could not be sent is tried again while its owner may still stand at the kiosk."""
AGAIN_EVERY_S: Final = 60
"""Pause between later tries: an entry of the queue may be lost, and receipts are wanted all day."""
PICTURES: Final = "pictures"


def queues_start(centre: CentreId) -> str:
    """How the names of the print queues of a centre start."""
    return f"print-{centre}-"


def queue_of(centre: Centre, printer: PrinterConfiguration) -> str:
    """Name of the queue of a printer with a worker of its own."""
    return queues_start(centre.id) + printer.id


def print_queue(centre: Centre, job: PrintJob) -> str | None:
    """Name of the queue of the job's printer; what is only kept shares one, an agent has none."""
    printer = None if job.printer is None else centre.facts.printers.get(job.printer)
    if printer is None or not printer.is_device:
        return PICTURES
    return None if printer.has_agent else queue_of(centre, printer)


def print_queues(centre: Centre) -> list[str]:
    """Queues of the printers that this server prints on."""
    if centre.configuration is None:
        return []
    return [
        queue_of(centre, printer)
        for printer in centre.configuration.printers.values()
        if printer.is_device and not printer.has_agent
    ]


def print_attempts(
    centre: Centre, job: PrintJob, step: int | str, name: CentreId
) -> tuple[Job, ...]:
    """The n-th try of a print job at its present printer; none where an agent fetches it."""
    queue = print_queue(centre, job)
    if queue is None:
        return ()
    subject = f"{job.id}-m{job.moves}" if job.moves else job.id
    made_id = job_id("print", name, subject, step)
    return (Job(queue=queue, function="print_paper", id=made_id, arguments=(name, job.id)),)


def asked(commit: Commit, event: e.Event, centre: Centre) -> tuple[Job, ...]:
    """Paper is wanted, or another printer takes it over."""
    if not isinstance(event, e.PrintRequested | e.PrintMoved):
        return ()
    job = centre.prints.get(event.job)
    return () if job is None else print_attempts(centre, job, 0, commit.centre)


def ready_again(commit: Commit, event: e.Event, centre: Centre) -> tuple[Job, ...]:
    """A printer can print again: whoever still waits for paper gets it now."""
    if not isinstance(event, e.PrinterReported) or event.condition.is_stopped:
        return ()
    return tuple(
        attempt
        for job in centre.prints.values()
        if job.printer == event.printer and job.is_open
        for attempt in print_attempts(centre, job, f"w{commit.offset}", commit.centre)
    )


def overdue_prints(centre: Centre, now: datetime) -> Iterator[Job]:
    """Next tries of what is still wanted, and of what was begun and not ended."""
    for job in centre.prints.values():
        if not (job.is_open or job.result == "sending"):
            continue
        step = _tries_due(job.at, now)
        if 0 < step <= len(PRINT_STEPS_S) or (step and not _waits_for_printer(centre, job)):
            yield from print_attempts(centre, job, step, centre.id)


def _tries_due(at: datetime, now: datetime) -> int:
    """How many tries after the first one were due by now."""
    step = steps_passed(PRINT_STEPS_S, at, now)
    if step < len(PRINT_STEPS_S):
        return step
    passed_s = (now - at).total_seconds() - sum(PRINT_STEPS_S)
    return step + int(passed_s // AGAIN_EVERY_S)


def _waits_for_printer(centre: Centre, job: PrintJob) -> bool:
    """Whether its printer is stopped; a day's receipts are not tried in vain every minute.

    The report that it is well again offers them.
    """
    return job.printer is not None and is_stopped(centre.printers, job.printer)


def paper_commands(centre: Centre, now: datetime) -> Iterator[c.MovePrint | c.DropPrint]:
    """What is to be done about jobs that get nowhere: another printer, or an end that is told."""
    for job in centre.prints.values():
        if job.is_open and now >= wanted_until(centre.facts, job):
            yield c.DropPrint(job=job.id)
        elif job.is_open:
            yield from _moved(centre, job)
        elif job.result == "sending" and _is_lost(job, now):
            yield c.DropPrint(job=job.id)


def _moved(centre: Centre, job: PrintJob) -> Iterator[c.MovePrint]:
    printer = job.printer
    if printer is None or job.kind == "trial" or job.moves >= MOST_MOVES:
        return
    if is_stopped(centre.printers, printer):
        for other in stand_ins(centre.facts, centre.printers, printer):
            yield c.MovePrint(job=job.id, printer=other.id)
            return


def _is_lost(job: PrintJob, now: datetime) -> bool:
    return job.started_at is not None and now - job.started_at >= LONGEST_SENDING
