"""What became of paper: the slip of a ticket, and the receipts of the dossiers accepted here."""

from datetime import datetime
from typing import Final

from msgspec import Struct

from queue_server.core.centre import Centre, Dossier
from queue_server.core.configuration import Texts
from queue_server.core.counter import CounterState
from queue_server.core.identifiers import DossierCode, TicketId, TicketNumber
from queue_server.core.printing import PrintJob

RECENT_DOSSIERS: Final = 3


class PaperState(Struct, frozen=True, kw_only=True):
    """The last copy that was asked for."""

    result: str
    """``pending``, ``printed``, ``kept``, ``not_sent``, ``unknown``."""
    why: str
    """A trouble of the printer, by its name; empty where there is none."""
    copy: int
    asked_at: datetime
    printer: Texts


class DoneDossier(Struct, frozen=True, kw_only=True):
    """A dossier opened here, and what became of its receipt."""

    code: DossierCode
    number: TicketNumber
    procedure: Texts
    opened_at: datetime
    due_at: datetime | None
    hand_over: str
    receipt: PaperState | None
    """None where no receipt was asked for."""
    is_of_today: bool
    """Only then its receipt can be printed again."""


def slip_state(centre: Centre, ticket: TicketId) -> PaperState | None:
    """The ticket's last slip."""
    jobs = (job for job in centre.prints.values() if job.kind == "slip" and job.ticket == ticket)
    return _state(centre, max(jobs, key=_copy, default=None))


def done_dossiers(centre: Centre, counter: CounterState) -> tuple[DoneDossier, ...]:
    """The last dossiers of the counter, the newest first, without those undone."""
    here = [
        dossier
        for dossier in centre.dossiers.values()
        if dossier.counter == counter.id and dossier.hand_over != "voided"
    ]
    return tuple(_done(centre, dossier) for dossier in reversed(here[-RECENT_DOSSIERS:]))


def _done(centre: Centre, dossier: Dossier) -> DoneDossier:
    jobs = (job for job in centre.prints.values() if job.dossier == dossier.code)
    return DoneDossier(
        code=dossier.code,
        number=dossier.number,
        procedure=centre.procedure(dossier.procedure).name,
        opened_at=dossier.opened_at,
        due_at=dossier.due_at,
        hand_over=dossier.hand_over,
        receipt=_state(centre, max(jobs, key=_copy, default=None)),
        is_of_today=dossier.ticket in centre.tickets,
    )


def _copy(job: PrintJob) -> int:
    return job.copy


def _state(centre: Centre, job: PrintJob | None) -> PaperState | None:
    if job is None:
        return None
    printer = None if job.printer is None else centre.facts.printers.get(job.printer)
    return PaperState(
        result=job.result,
        why=job.detail if job.result in {"not_sent", "unknown"} else "",
        copy=job.copy,
        asked_at=job.at,
        printer={} if printer is None else printer.name,
    )
