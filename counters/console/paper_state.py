"""What became of paper: the slip of a ticket, receipts of dossiers, requests and refusals."""

from collections.abc import Iterable
from datetime import datetime
from typing import Final, Literal

from msgspec import Struct

from queue_server.core.centre import Centre, Dossier, Form
from queue_server.core.configuration import Texts
from queue_server.core.counter import CounterState
from queue_server.core.identifiers import TicketId, TicketNumber
from queue_server.core.printing import (
    PrinterNotice,
    PrintJob,
    PrintResult,
    printer_notices,
)

RECENT_PAPERS: Final = 3


class PaperState(Struct, frozen=True, kw_only=True):
    """The last copy that was asked for."""

    result: PrintResult
    why: str
    """A condition or trouble of the printer, by its name; empty where there is none."""
    copy: int
    asked_at: datetime


class DonePaper(Struct, frozen=True, kw_only=True):
    """What the counter gave to a citizen: a dossier's receipt, a request for papers, a refusal."""

    kind: Literal["receipt", "supplement", "refusal"]
    code: str
    """Of the dossier, or the number of the form."""
    number: TicketNumber
    procedure: Texts
    at: datetime
    due_at: datetime | None
    paper: PaperState | None
    """None where none was asked for."""
    is_of_today: bool
    """Only then it can be printed again."""


def slip_state(centre: Centre, ticket: TicketId) -> PaperState | None:
    """The ticket's last slip."""
    jobs = (job for job in centre.prints.values() if job.kind == "slip" and job.ticket == ticket)
    return _state(jobs)


def done_papers(centre: Centre, counter: CounterState) -> tuple[DonePaper, ...]:
    """The last papers of the counter, the newest first, without what was undone."""
    dossiers = [
        _receipt(centre, dossier)
        for dossier in centre.dossiers.values()
        if dossier.counter == counter.id and dossier.hand_over != "voided"
    ]
    forms = [
        _form(centre, form)
        for form in centre.forms.values()
        if form.written.counter == counter.id and not form.is_void
    ]
    papers = sorted([*dossiers, *forms], key=lambda paper: paper.at)
    return tuple(reversed(papers[-RECENT_PAPERS:]))


def printer_to_see_to(centre: Centre, counter: CounterState) -> PrinterNotice | None:
    """The counter's own printer, when it stopped or its paper ends soon."""
    printer = centre.counter_facts(counter.id).printer
    notices = printer_notices(centre.facts, centre.printers)
    return next((notice for notice in notices if notice.id == printer), None)


def _receipt(centre: Centre, dossier: Dossier) -> DonePaper:
    return DonePaper(
        kind="receipt",
        code=dossier.code,
        number=dossier.number,
        procedure=centre.procedure(dossier.procedure).name,
        at=dossier.opened_at,
        due_at=dossier.due_at,
        paper=_state(job for job in centre.prints.values() if job.dossier == dossier.code),
        is_of_today=dossier.ticket in centre.tickets,
    )


def _form(centre: Centre, form: Form) -> DonePaper:
    written = form.written
    return DonePaper(
        kind=written.kind,
        code=written.form,
        number=form.number,
        procedure=centre.procedure(written.procedure).name,
        at=written.written_at,
        due_at=None,
        paper=_state(job for job in centre.prints.values() if job.form == written.form),
        is_of_today=True,
    )


def _state(jobs: Iterable[PrintJob]) -> PaperState | None:
    """Of the newest copy."""
    job = max(jobs, key=lambda job: job.copy, default=None)
    if job is None:
        return None
    is_told = job.result in {"pending", "not_sent", "unknown"}
    return PaperState(
        result=job.result, why=job.detail if is_told else "", copy=job.copy, asked_at=job.at
    )
