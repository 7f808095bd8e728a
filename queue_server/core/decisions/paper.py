"""Decisions about print jobs and printers.

What makes paper come out at most once is here: a job is begun by whoever's `StartPrint` the journal
takes first, and a job that was begun is never open again unless its sender is certain that nothing
left.
"""

from datetime import timedelta
from typing import Final

from queue_server.core import commands as c
from queue_server.core import events as e
from queue_server.core.centre import Centre, unknown
from queue_server.core.decisions.tickets import require_printer
from queue_server.core.errors import InvalidValue, PrintTaken
from queue_server.core.identifiers import TicketId
from queue_server.core.printing import MOST_MOVES, TOO_OLD, PrintJob, wanted_until
from queue_server.core.protocols import Circumstances

LONGEST_SENDING: Final = timedelta(seconds=75)
"""Longer than any sender waits for a printer: whoever began it has died."""
_BEGUN: Final = frozenset({"sending", "unknown"})
_ENDED: Final = frozenset({"printed", "kept"})


def start_print(centre: Centre, command: c.StartPrint, at: Circumstances) -> tuple[e.Event, ...]:
    """Let one sender begin; refuse every other one."""
    job = _job(centre, command.job)
    if job.printer != command.printer:
        message = f"expected the printer {job.printer} for {job.id}, got {command.printer}"
        raise PrintTaken(message, job=job.id)
    _require_open(job)
    if at.now >= wanted_until(centre.facts, job):
        return (e.PrintRecorded(job=job.id, result="not_sent", detail=TOO_OLD),)
    return (e.PrintStarted(job=job.id, printer=command.printer, sender=command.sender),)


def move_print(centre: Centre, command: c.MovePrint, at: Circumstances) -> tuple[e.Event, ...]:
    """Give a job that was not begun to another printer of the same zone."""
    job = _job(centre, command.job)
    require_printer(centre, command.printer)
    if job.printer == command.printer or job.kind == "trial":
        return ()
    _require_open(job)
    own = None if job.printer is None else centre.facts.printers.get(job.printer)
    other = centre.facts.printers[command.printer]
    if own is None or own.zone is None or own.zone != other.zone:
        message = f"expected a printer of the zone of {job.printer}, got {other.id}"
        raise InvalidValue(message, printer=other.id)
    if job.moves >= MOST_MOVES or at.now >= wanted_until(centre.facts, job):
        return ()
    return (e.PrintMoved(job=job.id, printer=other.id),)


def drop_print(centre: Centre, command: c.DropPrint, at: Circumstances) -> tuple[e.Event, ...]:
    """Say of a job that it is over: too old, or begun by somebody who is gone."""
    job = _job(centre, command.job)
    if job.is_open and at.now >= wanted_until(centre.facts, job):
        return (e.PrintRecorded(job=job.id, result="not_sent", detail=TOO_OLD),)
    started_at = job.started_at
    is_lost = job.result == "sending" and started_at is not None
    if is_lost and started_at is not None and at.now - started_at >= LONGEST_SENDING:
        return (e.PrintRecorded(job=job.id, result="unknown", detail="interrupted"),)
    return ()


def record_print(centre: Centre, command: c.RecordPrint, _: Circumstances) -> tuple[e.Event, ...]:
    """Keep what became of a print job; what is known of paper stands, a try that failed may not."""
    job = _job(centre, command.job)
    is_known = job.result == command.result
    if is_known and command.result == "not_sent" and job.is_open:
        is_known = job.detail == command.detail
    if job.result in _ENDED or is_known:
        return ()
    if command.printer is not None and command.printer != job.printer:
        return ()
    is_its_sender = bool(command.sender) and command.sender == job.sender
    if command.result == "not_sent" and job.result in _BEGUN and not is_its_sender:
        return ()
    return (e.PrintRecorded(job=job.id, result=command.result, detail=command.detail),)


def report_printer(
    centre: Centre, command: c.ReportPrinter, _: Circumstances
) -> tuple[e.Event, ...]:
    """Keep how a printer is when that changes."""
    require_printer(centre, command.printer)
    state = centre.printers.get(command.printer)
    if state is not None and state.condition is command.condition:
        return ()
    return (e.PrinterReported(printer=command.printer, condition=command.condition),)


def print_trial(centre: Centre, command: c.PrintTrial, _: Circumstances) -> tuple[e.Event, ...]:
    """Ask for a test print; each is a job of its own."""
    require_printer(centre, command.printer)
    return (
        e.PrintRequested(
            job=f"trial-{command.trial}",
            kind="trial",
            ticket=TicketId(""),
            printer=command.printer,
        ),
    )


def _job(centre: Centre, name: str) -> PrintJob:
    job = centre.prints.get(name)
    if job is None:
        raise unknown("print job", name, centre.prints)
    return job


def _require_open(job: PrintJob) -> None:
    if not job.is_open:
        message = f"expected a print job that was not begun, {job.id} is {job.result}"
        raise PrintTaken(message, job=job.id, result=job.result)
