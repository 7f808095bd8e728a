"""The view `found_ticket`: one ticket of today by what a person says, types or scans.

The subject is a ticket number in any spelling ("a 12" is A012) or the id from a slip's code.
"""

import re
from datetime import timedelta

from counters.hall.values import Found, FoundTicket, PrintedCopy
from counters.hall.view import may_watch_hall
from queue_server.core.centre import Centre
from queue_server.core.identifiers import TicketId, TicketNumber
from queue_server.core.numbering import ticket_number
from queue_server.core.ticket import NEXT_STATE, Action, Ticket, TicketState
from queue_server.hub.outlook import Outlook
from queue_server.hub.views import ViewKind

RECEPTION_MAY = (
    Action.CHECK_IN,
    Action.REINSTATE,
    Action.GIVE_BACK,
    Action.DELAY,
    Action.CANCEL,
)
PACE_S = 0.2
_SPOKEN = re.compile(r"([^\W\d_]+)0*([0-9]{1,6})")
_SCANNED = re.compile(r"[0-9a-f]{32}")


def found_ticket(centre: Centre, subject: str, _: Outlook) -> Found:
    """The ticket, or none where nothing of today fits."""
    ticket = _by_id(centre, subject) or _by_number(centre, subject)
    return Found(asked=subject, ticket=None if ticket is None else _facts(centre, ticket))


KIND = ViewKind(name="found_ticket", compute=found_ticket, may_watch=may_watch_hall, pace_s=PACE_S)


def _by_id(centre: Centre, text: str) -> Ticket | None:
    scanned = _SCANNED.search(text.lower())
    return None if scanned is None else centre.tickets.get(TicketId(scanned.group()))


def _by_number(centre: Centre, text: str) -> Ticket | None:
    return centre.tickets.get(centre.numbers.get(spelled(text), TicketId("")))


def spelled(text: str) -> TicketNumber:
    """The number as it is kept: "a 12", "A-0012" and "A012" are one."""
    plain = re.sub(r"[\W_]", "", text.upper())
    spoken = _SPOKEN.fullmatch(plain)
    if spoken is None:
        return TicketNumber(plain)
    return ticket_number(spoken.group(1), int(spoken.group(2)))


def _facts(centre: Centre, ticket: Ticket) -> FoundTicket:
    where = ticket.counter or ticket.reserved_for
    window = timedelta(seconds=centre.facts.limits.reinstate_within_s)
    is_absent = ticket.state is TicketState.NO_SHOW and ticket.no_show_at is not None
    return FoundTicket(
        id=ticket.id,
        number=ticket.number,
        state=ticket.state,
        field=ticket.field,
        procedure=ticket.procedure,
        language=ticket.language,
        channel=ticket.channel,
        priority_class=ticket.priority_class,
        dossiers=ticket.dossiers,
        issued_at=ticket.issued_at,
        waiting_since=ticket.wait_began_at,
        ahead=_ahead(centre, ticket),
        counter_number=None if where is None else centre.counter_facts(where).number,
        called_at=ticket.called_at,
        no_show_at=ticket.no_show_at,
        return_until=ticket.no_show_at + window if is_absent and ticket.no_show_at else None,
        appointment_at=ticket.appointment_at,
        ended_at=ticket.ended_at,
        outcome=ticket.outcome,
        copies=tuple(
            PrintedCopy(job.copy, job.result, job.at)
            for job in centre.prints.values()
            if job.ticket == ticket.id and job.kind == "slip"
        ),
        actions=_actions(ticket),
    )


def _actions(ticket: Ticket) -> tuple[Action, ...]:
    """What the table allows; a ticket at a counter is the clerk's to give back."""
    at_counter = ticket.state in {TicketState.CALLED, TicketState.SERVING}
    return tuple(
        action
        for action in RECEPTION_MAY
        if action in NEXT_STATE[ticket.state] and not (at_counter and action is Action.GIVE_BACK)
    )


def _ahead(centre: Centre, ticket: Ticket) -> int:
    if ticket.state is not TicketState.WAITING:
        return 0
    place = (ticket.queued_at, ticket.sequence)
    return sum(
        1
        for other in centre.waiting_tickets()
        if other.field == ticket.field and (other.queued_at, other.sequence) < place
    )
