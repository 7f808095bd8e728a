"""The view `hall`: the lobby for the reception; who may come back, what paper is missing."""

from collections import Counter as Count
from datetime import timedelta
from itertools import islice

from counters.hall.values import (
    AbsentTicket,
    BookedTicket,
    Hall,
    HallCounter,
    HallField,
    IssuedTicket,
    PaperTrouble,
    ParkedTicket,
)
from counters.missing_paper import missing_paper, missing_since
from queue_server.accounts.principal import Principal
from queue_server.api.access import reception
from queue_server.core.centre import Centre
from queue_server.core.configuration import Texts
from queue_server.core.identifiers import PrinterId
from queue_server.core.printing import printer_notices
from queue_server.core.ticket import TicketState
from queue_server.hub.outlook import Outlook
from queue_server.hub.views import ViewKind

PACE_S = 0.2
RECENT = 8


def hall(centre: Centre, _: str, outlook: Outlook) -> Hall:
    """The lobby; an empty one while the centre has no configuration."""
    facts = centre.configuration
    if facts is None:
        return Hall(centre=centre.id, is_configured=False)
    return Hall(
        centre=centre.id,
        is_configured=True,
        is_open=centre.day is not None and centre.day.is_open,
        waiting=len(centre.waiting),
        fields=_fields(centre, outlook),
        absent=_absent(centre),
        booked=_booked(centre),
        parked=_parked(centre),
        paper=_paper(centre),
        printers=printer_notices(facts, centre.printers),
        recent=_recent(centre),
        counters=tuple(HallCounter(one.id, one.number) for one in facts.counters.values()),
    )


def may_watch_hall(principal: Principal, centre: Centre, _: str) -> bool:
    """Staff who meet citizens."""
    return principal.kind == "staff" and reception(principal, centre.id)


KIND = ViewKind(name="hall", compute=hall, may_watch=may_watch_hall, pace_s=PACE_S)


def _fields(centre: Centre, outlook: Outlook) -> tuple[HallField, ...]:
    waiting = Count(centre.waiting.values())
    return tuple(
        HallField(
            id=field.id,
            letter=field.series.letter,
            name=field.name,
            waiting=waiting[field.id],
            forecast=outlook.by_field.get(field.id),
            issued=centre.issued.get(field.id, 0),
            capacity=field.daily_capacity,
        )
        for field in centre.facts.fields.values()
    )


def _absent(centre: Centre) -> tuple[AbsentTicket, ...]:
    window = timedelta(seconds=centre.facts.limits.reinstate_within_s)
    tickets = (centre.tickets[ticket] for ticket in centre.absent)
    return tuple(
        AbsentTicket(
            id=ticket.id,
            number=ticket.number,
            procedure=ticket.procedure,
            no_show_at=ticket.no_show_at,
            until=ticket.no_show_at + window,
        )
        for ticket in tickets
        if ticket.no_show_at is not None
    )


def _booked(centre: Centre) -> tuple[BookedTicket, ...]:
    booked = [
        BookedTicket(
            id=ticket.id,
            number=ticket.number,
            procedure=ticket.procedure,
            appointment_at=ticket.appointment_at,
        )
        for ticket in centre.tickets.values()
        if ticket.state is TicketState.BOOKED and ticket.appointment_at is not None
    ]
    return tuple(sorted(booked, key=lambda ticket: ticket.appointment_at))


def _parked(centre: Centre) -> tuple[ParkedTicket, ...]:
    return tuple(
        ParkedTicket(
            id=ticket_id,
            number=centre.tickets[ticket_id].number,
            counter_number=centre.counter_facts(counter).number,
            until=centre.tickets[ticket_id].parked_until,
            reason=centre.tickets[ticket_id].park_reason,
        )
        for ticket_id, counter in centre.parked.items()
    )


def _paper(centre: Centre) -> tuple[PaperTrouble, ...]:
    return tuple(
        PaperTrouble(
            job=job.id,
            kind=job.kind,
            ticket=job.ticket,
            number=centre.tickets[job.ticket].number,
            printer=_printer_name(centre, job.printer),
            result=job.result,
            detail=job.detail,
            at=job.at,
            since=missing_since(job),
        )
        for job in missing_paper(centre)
        if job.ticket in centre.tickets
    )


def _printer_name(centre: Centre, printer: PrinterId | None) -> Texts:
    found = None if printer is None else centre.facts.printers.get(printer)
    return {} if found is None else found.name


def _recent(centre: Centre) -> tuple[IssuedTicket, ...]:
    return tuple(
        IssuedTicket(
            id=ticket.id,
            number=ticket.number,
            procedure=ticket.procedure,
            state=ticket.state,
            issued_at=ticket.issued_at,
        )
        for ticket in islice(reversed(centre.tickets.values()), RECENT)
    )
