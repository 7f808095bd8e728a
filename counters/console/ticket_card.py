"""The ticket at a counter, as its clerk needs it: what for, with which papers, how it came here."""

from datetime import datetime

from msgspec import Struct

from counters.console.paper_state import PaperState, slip_state
from counters.reason_texts import reason_texts
from queue_server.core.centre import Centre
from queue_server.core.configuration import PaperItem, Term, Texts
from queue_server.core.identifiers import Language, ProcedureCode, TicketId, TicketNumber
from queue_server.core.tallies import target_waiting_time_s
from queue_server.core.ticket import Action, Channel, Step, Ticket, TicketState


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


class PastStep(Struct, frozen=True, kw_only=True):
    """Something of the visit that did not go straight on: a transfer, a no-show, a parking."""

    at: datetime
    action: Action
    counter_number: str
    """Where; empty for what the citizen or the reception did."""
    procedure: Texts
    """What the visit was about until then."""
    reason: Texts


class History(Struct, frozen=True, kw_only=True):
    """How the visit went so far."""

    transactions: int
    calls: int
    delays: int
    steps: tuple[PastStep, ...]
    """Oldest first."""


class TicketCard(Struct, frozen=True, kw_only=True):
    """The ticket called to or served at a counter. Instants only; the screen counts."""

    id: TicketId
    number: TicketNumber
    state: TicketState
    procedure: ProcedureCard
    language: Language
    is_spoken_here: bool
    """Whether the counter speaks that language."""
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
    target_waiting_time_s: int
    usual_time_s: int
    """How long such a transaction usually occupies a counter, with all its dossiers."""
    slip: PaperState | None
    """None where no slip was asked for."""


def ticket_card(centre: Centre, ticket: Ticket) -> TicketCard:
    """The card of a ticket."""
    usual_s = centre.mean_transaction_time_s(ticket.procedure) * ticket.dossiers
    return TicketCard(
        id=ticket.id,
        number=ticket.number,
        state=ticket.state,
        procedure=_procedure_card(centre, ticket.procedure),
        language=ticket.language,
        is_spoken_here=_is_spoken_here(centre, ticket),
        channel=ticket.channel,
        dossiers=ticket.dossiers,
        priority=_priority(centre, ticket),
        history=_history(centre, ticket),
        issued_at=ticket.issued_at,
        first_queued_at=ticket.first_queued_at,
        wait_began_at=ticket.wait_began_at,
        first_called_at=ticket.first_called_at,
        called_at=ticket.called_at,
        serving_at=ticket.serving_at,
        appointment_at=ticket.appointment_at,
        target_waiting_time_s=target_waiting_time_s(centre, ticket),
        usual_time_s=round(usual_s),
        slip=slip_state(centre, ticket.id),
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


def _is_spoken_here(centre: Centre, ticket: Ticket) -> bool:
    spoken = () if ticket.counter is None else centre.counter_facts(ticket.counter).languages
    return not spoken or ticket.language in spoken


def _priority(centre: Centre, ticket: Ticket) -> Priority | None:
    if ticket.priority_class is None:
        return None
    chosen = centre.facts.priority_classes.get(ticket.priority_class)
    return None if chosen is None else Priority(chosen.name, chosen.basis, chosen.proof)


def _history(centre: Centre, ticket: Ticket) -> History:
    return History(
        transactions=ticket.transactions,
        calls=ticket.calls,
        delays=ticket.delays,
        steps=tuple(_past_step(centre, step) for step in ticket.steps),
    )


def _past_step(centre: Centre, step: Step) -> PastStep:
    return PastStep(
        at=step.at,
        action=step.action,
        counter_number="" if step.counter is None else centre.counter_facts(step.counter).number,
        procedure=centre.procedure(step.procedure).name,
        reason=reason_texts(step.reason, centre.facts.park_reasons),
    )
