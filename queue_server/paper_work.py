"""Printing a slip or a receipt: the picture, the printer, the verdict."""

from datetime import timedelta

from printers.drawing import draw
from printers.folder_spool import FolderSpool
from printers.printer_choice import printer_for
from printers.printer_model import model_of
from printers.receipt import Receipt, receipt_for
from printers.slip import Slip, slip_for
from printers.spool import OLDEST, print_job
from queue_server.core.centre import Centre
from queue_server.core.commands import RecordPrint
from queue_server.core.counter import Availability
from queue_server.core.identifiers import CentreId, DossierCode
from queue_server.core.printer_configuration import PrinterConfiguration
from queue_server.core.printing import PrintJob
from queue_server.core.ticket import Ticket
from queue_server.workshop import Workshop

FINAL = frozenset({"printed", "kept", "unknown"})
OF_USE_ALL_DAY = timedelta(hours=12)


def print_paper(shop: Workshop, name: CentreId, job_id: str) -> None:
    """Print at most once and record the verdict; a job with a final one is left alone."""
    centre = shop.centre(name)
    job = centre.prints.get(job_id)
    if job is None or job.result in FINAL:
        return
    configured = None if job.printer is None else centre.facts.printers.get(job.printer)
    verdict = print_job(
        job.id,
        draw(_paper(shop, centre, job), model_of(configured).dots),
        printer_for(configured, shop.places.pictures),
        FolderSpool(shop.places.spool),
        requested_at=job.at,
        now=shop.clock.now(),
        oldest=_oldest(job, configured),
    )
    detail = verdict.warning or verdict.detail
    shop.submit(name, RecordPrint(job=job.id, result=verdict.result, detail=detail))


def _oldest(job: PrintJob, printer: PrinterConfiguration | None) -> timedelta:
    """Age from which the paper is not wanted any more.

    A slip that comes out late only confuses; a receipt and a picture are still of use.
    """
    is_kept = printer is None or printer.address is None
    return OF_USE_ALL_DAY if is_kept or job.kind == "receipt" else OLDEST


def _paper(shop: Workshop, centre: Centre, job: PrintJob) -> Slip | Receipt:
    ticket = centre.ticket(job.ticket)
    if job.dossier is not None:
        return _receipt(shop, centre, job, job.dossier)
    return slip_for(
        centre.facts,
        ticket,
        ahead=_ahead(centre, ticket),
        counters=_counters(centre, ticket),
        public_url=shop.settings.server.public_url,
        copy=job.copy,
    )


def _receipt(shop: Workshop, centre: Centre, job: PrintJob, code: DossierCode) -> Receipt:
    opened = shop.opened_event(centre, code)
    ticket = centre.ticket(job.ticket)
    person = None if opened.person is None else shop.register.person(opened.person)
    return receipt_for(
        centre.facts,
        opened,
        person_name=person.name if person else None,
        phone=person.phone if person else None,
        counter_number=centre.counter_facts(opened.counter).number,
        ticket_number=ticket.number,
        language=ticket.language,
        copy=job.copy,
    )


def _ahead(centre: Centre, ticket: Ticket) -> int:
    """People of the same field who wait with an earlier place."""
    place = (ticket.queued_at, ticket.sequence)
    return sum(
        other.field == ticket.field and (other.queued_at, other.sequence) < place
        for other in centre.waiting_tickets()
    )


def _counters(centre: Centre, ticket: Ticket) -> list[str]:
    """Numbers of the open counters that may call the ticket."""
    procedure = centre.procedure(ticket.procedure)
    return [
        centre.counter_facts(counter.id).number
        for counter in centre.counters.values()
        if counter.availability is Availability.OPEN and counter.profile.level_of(procedure)
    ]
