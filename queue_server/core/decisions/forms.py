"""Decisions about forms 02 and 03: a supplement is asked for, or a dossier is not received."""

from msgspec.structs import replace

from queue_server.core import commands as c
from queue_server.core import events as e
from queue_server.core.centre import Centre, Form, unknown
from queue_server.core.decisions.tickets import require_printer
from queue_server.core.errors import InvalidValue
from queue_server.core.hours import local_time
from queue_server.core.identifiers import FormId, TicketId
from queue_server.core.paper import FORM_LABELS, FormKind
from queue_server.core.paper_versions import template_version
from queue_server.core.protocols import Circumstances
from queue_server.core.ticket import Outcome, Ticket

KINDS = {Outcome.SUPPLEMENT_NEEDED: FormKind.SUPPLEMENT, Outcome.REFUSED: FormKind.REFUSAL}
"""Outcomes that come with a form."""


def write_form(
    centre: Centre, ticket: Ticket, command: c.Complete, at: Circumstances
) -> tuple[e.Event, ...]:
    """Write the form of the outcome and ask for its paper.

    What is missing, or why somebody is refused, goes to the citizen on paper even where the
    clerk asked for no form.
    """
    kind = KINDS.get(command.outcome)
    if kind is None:
        if command.form is not None:
            message = f"expected no form with the outcome {command.outcome}"
            raise InvalidValue(message)
        return ()
    content = command.form or c.FormContent()
    reason = (content.reason or command.note).strip()
    if command.form is None and not _says_something(kind, command, reason):
        return ()
    _require_content(kind, command, reason)
    written = e.FormWritten(
        form=_number(centre, kind, at),
        kind="supplement" if kind is FormKind.SUPPLEMENT else "refusal",
        ticket=ticket.id,
        counter=command.counter,
        procedure=centre.procedure(content.procedure or ticket.procedure).code,
        written_at=at.now,
        papers=command.missing,
        reason=reason,
        basis=content.basis.strip(),
        person=content.person or ticket.person,
    )
    if not content.print_form:
        return (written,)
    return (written, _paper(centre, written, copy=1))


def _says_something(kind: FormKind, command: c.Complete, reason: str) -> bool:
    return bool(reason) if kind is FormKind.REFUSAL else bool(command.missing)


def _require_content(kind: FormKind, command: c.Complete, reason: str) -> None:
    """A form must say what to do, or why not."""
    if any(not paper.name.strip() for paper in command.missing):
        raise InvalidValue("expected each missing paper by its name, got an empty one")
    if kind is FormKind.REFUSAL and not reason:
        raise InvalidValue("expected the reason of the refusal: form 03 must say it")
    if not command.missing and not reason:
        raise InvalidValue("expected missing papers or a reason: form 02 must say what to add")


def _number(centre: Centre, kind: FormKind, at: Circumstances) -> FormId:
    """Number of the next form: form, date of the opened day, running number of the day."""
    day = centre.day.date if centre.day else local_time(centre.facts, at.now).date()
    return FormId(f"{FORM_LABELS[kind]}-{day:%y%m%d}-{centre.forms_written + 1:04}")


def _paper(centre: Centre, written: e.FormWritten, *, copy: int) -> e.PrintRequested:
    return e.PrintRequested(
        job=f"{written.kind}-{written.form}-{copy}",
        kind=written.kind,
        ticket=written.ticket,
        printer=centre.counter_facts(written.counter).printer,
        copy=copy,
        form=written.form,
        template=template_version(centre),
    )


def void_forms(centre: Centre, ticket: TicketId) -> tuple[e.Event, ...]:
    """Void what the undone completion had written; the numbers are never used again."""
    return tuple(
        e.FormVoided(form=form.written.form, ticket=ticket)
        for form in centre.forms.values()
        if form.written.ticket == ticket and not form.is_void
    )


def reprint_form(centre: Centre, command: c.ReprintForm, _: Circumstances) -> tuple[e.Event, ...]:
    """Ask for a form again; a new job with the next copy number."""
    form = form_of(centre, command.form)
    if form.is_void:
        message = f"form {command.form} was written by mistake and is void"
        raise InvalidValue(message, form=command.form)
    require_printer(centre, command.printer)
    copies = [job.copy for job in centre.prints.values() if job.form == command.form]
    paper = _paper(centre, form.written, copy=max(copies, default=0) + 1)
    return (replace(paper, printer=command.printer or paper.printer),)


def form_of(centre: Centre, form: FormId) -> Form:
    """The form of that number.

    Raises:
        UnknownName: There is none today.
    """
    found = centre.forms.get(form)
    if found is None:
        raise unknown("form", form, centre.forms)
    return found
