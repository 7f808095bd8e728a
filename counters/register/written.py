"""Forms 02 and 03 of the day as lines of the register. No names, as everywhere in it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Literal

from msgspec import Struct

from counters.register.entry import Receipt, counter_number
from queue_server.core.centre import Centre, Form
from queue_server.core.identifiers import FormId, ProcedureCode, TicketNumber
from queue_server.core.printing import PrintJob


class Written(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One line."""

    form: FormId
    kind: Literal["supplement", "refusal"]
    number: TicketNumber
    procedure: ProcedureCode
    counter: str
    """The counter's number."""
    written_at: datetime
    is_void: bool = False
    paper: Receipt = "none"
    copies: int = 0
    """Papers asked for."""


def written_forms(centre: Centre, most: int) -> tuple[Written, ...]:
    """The newest forms of the day, newest first."""
    papers = {job.form: job for job in centre.prints.values() if job.form is not None}
    newest = list(centre.forms.values())[-most:][::-1]
    return tuple(_line(centre, form, papers) for form in newest)


def _line(centre: Centre, form: Form, papers: Mapping[FormId, PrintJob]) -> Written:
    written, paper = form.written, papers.get(form.written.form)
    return Written(
        form=written.form,
        kind=written.kind,
        number=form.number,
        procedure=written.procedure,
        counter=counter_number(centre, written.counter),
        written_at=written.written_at,
        is_void=form.is_void,
        paper="none" if paper is None else paper.result,
        copies=0 if paper is None else paper.copy,
    )
