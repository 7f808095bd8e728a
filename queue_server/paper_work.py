"""What is on the paper of a print job, and the picture of it."""

from PIL import Image

from printers.document import Document
from printers.drawing import draw
from printers.printer_model import model_of
from printers.receipt import receipt_for
from printers.shortfall import form_for
from printers.slip import Slip, slip_for
from printers.trial_page import trial_page
from printers.trial_page_drawing import draw_trial_page
from queue_server.core.centre import Centre
from queue_server.core.counter import Availability
from queue_server.core.events import FormWritten
from queue_server.core.hours import local_time
from queue_server.core.identifiers import DossierCode
from queue_server.core.paper_versions import templates_of_job
from queue_server.core.printing import PrintJob
from queue_server.core.ticket import Ticket
from queue_server.workshop import Workshop


def picture_of(shop: Workshop, centre: Centre, job: PrintJob) -> Image.Image:
    """The paper of a job as wide as its printer's head."""
    configured = None if job.printer is None else centre.facts.printers.get(job.printer)
    model = model_of(configured)
    if job.kind == "trial":
        name = configured.name.get("vi", configured.id) if configured else ""
        has_letters = configured is not None and configured.is_device and not model.is_document
        own = model.code_page if has_letters else None
        page = trial_page(name, model.title, model.dots, local_time(centre.facts, job.at), own)
        return draw_trial_page(page, model.dots)
    return draw(_paper(shop, centre, job), model.dots)


def _paper(shop: Workshop, centre: Centre, job: PrintJob) -> Slip | Document:
    ticket = centre.ticket(job.ticket)
    if job.form is not None:
        return _form(shop, centre, job, centre.forms[job.form].written)
    if job.dossier is not None:
        return _receipt(shop, centre, job, job.dossier)
    return slip_for(
        centre.facts,
        ticket,
        ahead=_ahead(centre, ticket),
        counters=_counters(centre, ticket),
        public_url=shop.settings.server.public_url,
        copy=job.copy,
        printed_at=job.at,
        templates=templates_of_job(centre, job.template),
    )


def _form(shop: Workshop, centre: Centre, job: PrintJob, written: FormWritten) -> Document:
    ticket = centre.ticket(job.ticket)
    person = None if written.person is None else shop.register.person(written.person)
    return form_for(
        centre.facts,
        written,
        person_name=person.name if person else None,
        phone=person.phone if person else None,
        counter_number=centre.counter_facts(written.counter).number,
        ticket_number=ticket.number,
        language=ticket.language,
        copy=job.copy,
        templates=templates_of_job(centre, job.template),
    )


def _receipt(shop: Workshop, centre: Centre, job: PrintJob, code: DossierCode) -> Document:
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
        templates=templates_of_job(centre, job.template),
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
