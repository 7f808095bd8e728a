"""Folds the events of paper: what became of print jobs, and how printers are."""

from datetime import datetime

from msgspec.structs import replace

from queue_server.core import events as e
from queue_server.core.centre import Centre
from queue_server.core.printing import PrinterState, PrintJob

Event = e.PrintRequested | e.PrintStarted | e.PrintMoved | e.PrintRecorded | e.PrinterReported


def apply_event(centre: Centre, event: Event, at: datetime) -> None:
    """Change the centre in place."""
    match event:
        case e.PrintRequested():
            centre.prints[event.job] = PrintJob(
                id=event.job,
                kind=event.kind,
                ticket=event.ticket,
                printer=event.printer,
                copy=event.copy,
                at=at,
                dossier=event.dossier,
                form=event.form,
                template=event.template,
            )
        case e.PrinterReported():
            centre.printers[event.printer] = PrinterState(condition=event.condition, since=at)
        case e.PrintStarted() | e.PrintMoved() | e.PrintRecorded():
            job = centre.prints.get(event.job)
            if job is not None:
                centre.prints[event.job] = _changed(job, event, at)


def _changed(
    job: PrintJob, event: e.PrintStarted | e.PrintMoved | e.PrintRecorded, at: datetime
) -> PrintJob:
    match event:
        case e.PrintStarted():
            return replace(job, result="sending", detail="", started_at=at, sender=event.sender)
        case e.PrintMoved():
            return replace(
                job,
                printer=event.printer,
                moved_from=job.moved_from or job.printer,
                moves=job.moves + 1,
                result="pending",
                detail="",
            )
        case e.PrintRecorded():
            return replace(job, result=event.result, detail=event.detail, ended_at=at)
