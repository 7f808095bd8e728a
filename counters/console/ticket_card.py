"""The ticket at a counter, as its clerk needs it: what for, what to check, how it came here."""

from datetime import datetime

from msgspec import Struct

from queue_server.core.centre import Centre
from queue_server.core.configuration import PaperItem, Term, Texts
from queue_server.core.identifiers import Language, ProcedureCode, TicketId, TicketNumber
from queue_server.core.ticket import Channel, Ticket, TicketState


class ProcedureCard(Struct, frozen=True, kw_only=True):
    """What is asked of the clerk: the procedure with its checklist."""

    code: ProcedureCode
    name: Texts
    field: Texts
    papers: tuple[PaperItem, ...]
    terms: tuple[Term, ...]
    fee_note: Texts
    opens_dossier: bool


class Priority(Struct, frozen=True):
    """The class a citizen claims, and what it rests on."""

    name: Texts
    basis: Texts
    proof: Texts


class History(Struct, frozen=True, kw_only=True):
    """How often things were done with the ticket."""

    transactions: int
    calls: int
    delays: int
    was_transferred: bool


class TicketCard(Struct, frozen=True, kw_only=True):
    """The ticket called to or served at a counter. Instants only; the screen counts."""

    id: TicketId
    number: TicketNumber
    state: TicketState
    procedure: ProcedureCard
    language: Language
    channel: Channel
    dossiers: int
    priority: Priority | None
    history: History
    issued_at: datetime
    first_queued_at: datetime
    wait_began_at: datetime
    first_called_at: datetime | None
    called_at: datetime | None
    serving_at: datetime | None
    appointment_at: datetime | None
    park_reason: str


def ticket_card(centre: Centre, ticket: Ticket) -> TicketCard:
    """The card of a ticket."""
    return TicketCard(
        id=ticket.id,
        number=ticket.number,
        state=ticket.state,
        procedure=_procedure_card(centre, ticket.procedure),
        language=ticket.language,
        channel=ticket.channel,
        dossiers=ticket.dossiers,
        priority=_priority(centre, ticket),
        history=_history(ticket),
        issued_at=ticket.issued_at,
        first_queued_at=ticket.first_queued_at,
        wait_began_at=ticket.wait_began_at,
        first_called_at=ticket.first_called_at,
        called_at=ticket.called_at,
        serving_at=ticket.serving_at,
        appointment_at=ticket.appointment_at,
        park_reason=ticket.park_reason,
    )


def _procedure_card(centre: Centre, code: ProcedureCode) -> ProcedureCard:
    procedure = centre.procedure(code)
    return ProcedureCard(
        code=code,
        name=procedure.name,
        field=centre.field(procedure.field).name,
        papers=procedure.papers,
        terms=procedure.terms,
        fee_note=procedure.fee_note,
        opens_dossier=procedure.opens_dossier,
    )


def _priority(centre: Centre, ticket: Ticket) -> Priority | None:
    if ticket.priority_class is None:
        return None
    chosen = centre.facts.priority_classes.get(ticket.priority_class)
    return None if chosen is None else Priority(chosen.name, chosen.basis, chosen.proof)


def _history(ticket: Ticket) -> History:
    return History(
        transactions=ticket.transactions,
        calls=ticket.calls,
        delays=ticket.delays,
        was_transferred=ticket.was_transferred,
    )
