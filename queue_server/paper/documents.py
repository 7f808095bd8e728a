"""What forms of a centre say: from the journal today, from the register on later days."""

import asyncio
from typing import cast

from msgspec.structs import replace
from starlette.requests import Request

from printers.document import Document
from printers.receipt import receipt_for
from printers.shortfall import form_for
from queue_server.core.centre import Centre
from queue_server.core.decisions.forms import form_of
from queue_server.core.errors import UnknownName
from queue_server.core.events import DossierOpened
from queue_server.core.identifiers import CounterId, DossierCode, FormId, Language, PersonRef
from queue_server.core.paper_versions import templates_of
from queue_server.hub.replicas import Replicas
from queue_server.intake.dossier import Dossier, Person
from queue_server.intake.register import Register
from queue_server.journal.errors import CommitsTrimmed

VIETNAMESE = Language("vi")


async def receipt_of(request: Request, centre: Centre, code: DossierCode) -> Document:
    """The receipt of a dossier of any day.

    Raises:
        UnknownName: The centre opened no such dossier.
    """
    opened = await _opened_today(request, centre, code)
    if opened is None:
        dossier = await asyncio.to_thread(_register(request).dossier, code)
        if dossier.centre != centre.id:
            message = f"expected the code of a dossier opened here, got {code!r}"
            raise UnknownName(message, dossier=code)
        opened = _as_opened(dossier)
    person = await _person(request, opened.person)
    ticket = centre.tickets.get(opened.ticket)
    return receipt_for(
        centre.facts,
        opened,
        person_name=person.name if person else None,
        phone=person.phone if person else None,
        counter_number=_counter_number(centre, opened.counter),
        ticket_number=ticket.number if ticket else "",
        language=ticket.language if ticket else VIETNAMESE,
        templates=templates_of(centre.facts),
    )


async def form_document_of(request: Request, centre: Centre, form: FormId) -> Document:
    """A form 02 or 03 of today.

    Raises:
        UnknownName: There is none.
    """
    found = form_of(centre, form)
    written, ticket = found.written, centre.tickets.get(found.written.ticket)
    person = await _person(request, written.person)
    return form_for(
        centre.facts,
        written,
        person_name=person.name if person else None,
        phone=person.phone if person else None,
        counter_number=_counter_number(centre, written.counter),
        ticket_number=found.number,
        language=ticket.language if ticket else VIETNAMESE,
        templates=templates_of(centre.facts),
    )


async def _opened_today(
    request: Request, centre: Centre, code: DossierCode
) -> DossierOpened | None:
    """The event that opened it, if the centre's state still knows where it is."""
    known = centre.dossiers.get(code)
    if known is None:
        return None
    journal = cast("Replicas", request.state.replicas).journal
    try:
        commits = await journal.read(centre.id, after=known.offset - 1, limit=1)
    except CommitsTrimmed:
        return None
    events = commits[0].events if commits else ()
    return next(
        (event for event in events if isinstance(event, DossierOpened) and event.code == code), None
    )


def _as_opened(dossier: Dossier) -> DossierOpened:
    return DossierOpened(
        code=dossier.code,
        ticket=dossier.ticket,
        counter=dossier.counter,
        procedure=dossier.procedure,
        received_at=dossier.received_at,
        due_at=dossier.due_at,
        term=dossier.term,
        components=dossier.components,
        sets=dossier.sets,
        person=dossier.person_ref,
        return_by=dossier.return_by,
        note=dossier.note,
    )


async def _person(request: Request, reference: PersonRef | None) -> Person | None:
    if reference is None:
        return None
    return await asyncio.to_thread(_register(request).person, reference)


def _register(request: Request) -> Register:
    return cast("Register", request.state.register)


def _counter_number(centre: Centre, counter: CounterId) -> str:
    """The number on its sign; its id where it is known no more."""
    known = {**centre.retired_counters, **centre.facts.counters}.get(counter)
    return known.number if known else counter


def on_sheet(document: Document, sheet: str) -> Document:
    """The form on paper of that size; the template's own for an empty one."""
    match sheet.upper():
        case "A4":
            return replace(document, sheet="A4")
        case "A5":
            return replace(document, sheet="A5")
        case _:
            return document
