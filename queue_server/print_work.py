"""Printing on this machine's printers: a job at most once, and how each printer is.

What is told to the journal before the first byte, and what the spool remembers, see
`printers.spool`.
"""

from contextlib import suppress

import structlog

from printers.printer import NotYours, Printer, Verdict, Watch
from printers.spool import interrupted, print_job
from queue_server.core.centre import Centre
from queue_server.core.commands import RecordPrint, ReportPrinter, StartPrint
from queue_server.core.errors import PrintTaken, UnknownName
from queue_server.core.events import PrintStarted
from queue_server.core.identifiers import CentreId, PrinterId
from queue_server.core.printing import Condition, PrintJob, is_stopped
from queue_server.paper_offers import print_queues, queue_of, queues_start
from queue_server.paper_work import picture_of
from queue_server.workshop import Workshop

log = structlog.get_logger()
NO_PRINTER = PrinterId("pictures")


def print_paper(shop: Workshop, name: CentreId, job_id: str) -> None:
    """Print a job at most once and record what became of it; a job that is over is left alone."""
    with shop.turn:
        centre = shop.centre(name)
        job = centre.prints.get(job_id)
        if job is None:
            return
        with shop.spool.turn(job.printer or NO_PRINTER):
            if job.result == "sending":
                _settle(shop, name, job)
            elif job.is_open:
                _print(shop, name, centre, job)


def settle(shop: Workshop, name: CentreId, printer: PrinterId) -> None:
    """Say of each job that this machine began on the printer and did not end what is known.

    For a start: whoever sent them is gone.
    """
    with shop.turn, shop.spool.turn(printer):
        for job in list(shop.centre(name).prints.values()):
            if job.printer == printer and job.result == "sending":
                _settle(shop, name, job)


def look(shop: Workshop, name: CentreId, printer: PrinterId) -> Condition | None:
    """How the printer is now; None while it prints or is configured no more."""
    if not shop.turn.acquire(blocking=False):
        return None
    try:
        with shop.spool.turn(printer, waits=False) as is_ours:
            row = shop.centre(name).facts.printers.get(printer)
            return shop.printers.printer(row).condition() if is_ours and row else None
    finally:
        shop.turn.release()


def report(shop: Workshop, name: CentreId, printer: PrinterId, condition: Condition) -> None:
    """Record how a printer is, if that changed."""
    with shop.turn:
        state = shop.centre(name).printers.get(printer)
        if state is None or state.condition is not condition:
            with suppress(UnknownName):  # configured no more
                shop.submit(name, ReportPrinter(printer=printer, condition=condition))


def printer_of_queue(shop: Workshop, queue: str) -> tuple[CentreId, PrinterId] | None:
    """The centre and printer that a queue is for; None for any other queue."""
    with shop.turn:
        for name in shop.centres():
            if not queue.startswith(queues_start(name)):
                continue  # a province's other centres are not read for one printer
            centre = shop.centre(name)
            if queue not in print_queues(centre):
                continue
            for printer in centre.facts.printers.values():
                if queue_of(centre, printer) == queue:
                    return name, printer.id
    return None


def _print(shop: Workshop, name: CentreId, centre: Centre, job: PrintJob) -> None:
    row = None if job.printer is None else centre.facts.printers.get(job.printer)
    printer: Printer = shop.printers.printer(row)
    if job.printer is not None and is_stopped(centre.printers, job.printer):
        condition = printer.condition()  # before a picture is drawn for nothing
        report(shop, name, job.printer, condition)
        if condition.is_stopped:
            _record(shop, name, job, Verdict("not_sent", condition.value))
            return
    try:
        verdict = print_job(
            job.id, picture_of(shop, centre, job), printer, shop.spool, _Told(shop, name, job)
        )
    except NotYours as taken:
        log.info("a print job is not begun", job=job.id, reason=str(taken))
        return
    _record(shop, name, job, verdict)


def _settle(shop: Workshop, name: CentreId, job: PrintJob) -> None:
    """Record what this machine's spool knows of a job; of another's nothing is known here."""
    if job.sender != shop.spool.identity:
        return
    verdict = interrupted(job.id, shop.spool)
    if verdict.result == "unknown" and job.printer is not None:
        shop.printers.printer(shop.centre(name).facts.printers.get(job.printer)).distrust()
    _record(shop, name, job, verdict)


def _record(shop: Workshop, name: CentreId, job: PrintJob, verdict: Verdict) -> None:
    shop.submit(
        name,
        RecordPrint(
            job=job.id,
            result=verdict.result,
            detail=verdict.warning or verdict.detail,
            printer=job.printer,
            sender=shop.spool.identity if verdict.detail == "interrupted" else "",
        ),
    )


class _Told(Watch):
    """Tells the journal that a job begins, and how its printer is."""

    def __init__(self, shop: Workshop, name: CentreId, job: PrintJob) -> None:
        self._shop = shop
        self._name = name
        self._job = job
        self._known = shop.centre(name).printers

    def before_first_byte(self) -> None:
        job = self._job
        start = StartPrint(job=job.id, printer=job.printer, sender=self._shop.spool.identity)
        try:
            commit = self._shop.submit(self._name, start, was_read=True)
        except PrintTaken as taken:
            raise NotYours(taken.message) from taken
        if commit is None or not any(isinstance(each, PrintStarted) for each in commit.events):
            raise NotYours("too old")

    def seen(self, condition: Condition) -> None:
        state = None if self._job.printer is None else self._known.get(self._job.printer)
        if self._job.printer is not None and (state is None or state.condition is not condition):
            report(self._shop, self._name, self._job.printer, condition)
