"""Decisions about the hand-over to intake: opened, voided, released, recorded, receipts again."""

from queue_server.core import commands as c
from queue_server.core import events as e
from queue_server.core.centre import Centre, Dossier, unknown
from queue_server.core.configuration import Term
from queue_server.core.decisions.tickets import require_printer
from queue_server.core.errors import InvalidValue, NothingToUndo
from queue_server.core.hours import local_time
from queue_server.core.identifiers import DossierCode, ProcedureCode, TicketId
from queue_server.core.paper_versions import template_version
from queue_server.core.protocols import Circumstances
from queue_server.core.ticket import Ticket


def open_dossiers(
    centre: Centre, ticket: Ticket, command: c.Complete, at: Circumstances
) -> tuple[e.Event, ...]:
    """Open the dossiers of an accepted visit and ask for their receipts."""
    intakes = command.dossiers or (c.DossierIntake(person=ticket.person),)
    events: list[e.Event] = []
    for n, intake in enumerate(intakes, start=1):
        code = _code(centre, n, at)
        opened = _opened(centre, (ticket, command), intake, code, at)
        events.append(opened)
        if intake.print_receipt:
            events.append(
                e.PrintRequested(
                    job=f"receipt-{opened.code}-1",
                    kind="receipt",
                    ticket=ticket.id,
                    printer=centre.counter_facts(command.counter).printer,
                    dossier=opened.code,
                    template=template_version(centre),
                )
            )
    return tuple(events)


def _code(centre: Centre, n: int, at: Circumstances) -> DossierCode:
    """Code of the n-th dossier of this commit; the running number restarts with every day.

    The date is the opened day's, even after midnight: the next day begins at 1 again.
    """
    day = centre.day.date if centre.day else local_time(centre.facts, at.now).date()
    agency = centre.facts.dossiers.agency
    return DossierCode(at.rules.dossier_code(agency, day, centre.dossiers_opened + n))


def _opened(
    centre: Centre,
    visit: tuple[Ticket, c.Complete],
    intake: c.DossierIntake,
    code: DossierCode,
    at: Circumstances,
) -> e.DossierOpened:
    ticket, command = visit
    procedure = centre.procedure(intake.procedure or ticket.procedure)
    if not procedure.opens_dossier:
        message = f"procedure {procedure.code} ends without a dossier: choose another outcome"
        raise InvalidValue(message, procedure=procedure.code)
    term = _term(centre, procedure.code, intake.term)
    due_at = None
    if term is not None:
        due_at = at.rules.due_dates.due_at(centre.facts, term, at.now)
    return e.DossierOpened(
        code=code,
        ticket=ticket.id,
        counter=command.counter,
        procedure=procedure.code,
        received_at=at.now,
        due_at=due_at,
        term=term,
        components=intake.components,
        sets=intake.sets,
        person=intake.person or ticket.person,
        return_by=intake.return_by,
        note=intake.note,
    )


def _term(centre: Centre, code: ProcedureCode, case: int) -> Term | None:
    """The chosen case of the procedure's term; None when its term is not known."""
    terms = centre.procedure(code).terms
    if not terms and case == 0:
        return None
    if not 0 <= case < len(terms):
        message = f"procedure {code} has {len(terms)} term cases, got index {case}"
        raise InvalidValue(message, procedure=code)
    return terms[case]


def void_dossiers(centre: Centre, ticket: TicketId) -> tuple[e.Event, ...]:
    """Void what the undone completion had opened; the codes are never used again.

    Raises:
        NothingToUndo: A dossier has been released to outside systems already.
    """
    opened = [
        dossier
        for dossier in centre.dossiers.values()
        if dossier.ticket == ticket and dossier.hand_over != "voided"
    ]
    for dossier in opened:
        if dossier.hand_over != "held":
            message = f"dossier {dossier.code} has gone to the dossier system"
            raise NothingToUndo(message, dossier=dossier.code)
    return tuple(e.DossierVoided(code=dossier.code, ticket=ticket) for dossier in opened)


def reprint_receipt(
    centre: Centre, command: c.ReprintReceipt, _: Circumstances
) -> tuple[e.Event, ...]:
    """Ask for a receipt again; a new job with the next copy number."""
    dossier = _dossier(centre, command.code)
    if dossier.hand_over == "voided":
        message = f"dossier {dossier.code} was opened by mistake and is void: it has no receipt"
        raise InvalidValue(message, dossier=dossier.code)
    if dossier.ticket not in centre.tickets:
        opened_on = local_time(centre.facts, dossier.opened_at).date()
        message = f"expected a dossier of today, {dossier.code} is of {opened_on}"
        raise InvalidValue(message, dossier=dossier.code)
    require_printer(centre, command.printer)
    copies = [job.copy for job in centre.prints.values() if job.dossier == dossier.code]
    copy = max(copies, default=0) + 1
    return (
        e.PrintRequested(
            job=f"receipt-{dossier.code}-{copy}",
            kind="receipt",
            ticket=dossier.ticket,
            printer=command.printer or centre.counter_facts(dossier.counter).printer,
            copy=copy,
            dossier=dossier.code,
            template=template_version(centre),
        ),
    )


def _dossier(centre: Centre, code: DossierCode) -> Dossier:
    dossier = centre.dossiers.get(code)
    if dossier is None:
        raise unknown("dossier", code, centre.dossiers)
    return dossier


def release_hand_over(
    centre: Centre, command: c.ReleaseHandOver, at: Circumstances
) -> tuple[e.Event, ...]:
    """Let the dossier go out: the system after the undo window, staff again after it failed."""
    dossier = _dossier(centre, command.code)
    may_go = "held" if at.actor.kind == "system" else "failed"
    if dossier.hand_over != may_go:
        return ()
    return (e.HandOverReleased(code=dossier.code),)


def record_hand_over(
    centre: Centre, command: c.RecordHandOver, _: Circumstances
) -> tuple[e.Event, ...]:
    """Keep what became of a hand-over."""
    dossier = _dossier(centre, command.code)
    if dossier.hand_over in {"delivered", "voided"}:
        return ()
    return (
        e.HandOverRecorded(
            code=dossier.code, result=command.result, system=command.system, detail=command.detail
        ),
    )
