"""Forms 02 and 03 as values: what is missing, or why a dossier is not received."""

from typing import Final

from printers.document import (
    Block,
    Code,
    Document,
    Entry,
    Frame,
    Table,
    Words,
    person_entries,
    place_text,
    procedure_entry,
    signatures,
)
from printers.line import Line, vietnamese_first
from printers.phrase_files import VIETNAMESE
from printers.phrases import phrases_for
from queue_server.core.configuration import CentreConfiguration
from queue_server.core.events import FormWritten
from queue_server.core.identifiers import Language
from queue_server.core.paper import DocumentPart, FormKind, Templates

SHARES: Final = (8, 52, 40)


def form_for(  # noqa: PLR0913 - each is one fact of the form, and named
    configuration: CentreConfiguration,
    written: FormWritten,
    *,
    person_name: str | None,
    phone: str | None,
    counter_number: str,
    ticket_number: str = "",
    language: Language = VIETNAMESE,
    copy: int = 1,
    templates: Templates | None = None,
) -> Document:
    """The request for a supplement or the refusal that was `written`; as `receipt_for`."""
    kind = FormKind(written.kind)
    writer = vietnamese_first(language)
    frame = Frame(configuration, writer, templates or Templates(), copy)
    is_refusal = kind is FormKind.REFUSAL
    place = place_text(writer, counter_number, ticket_number)
    reason = writer.phrase(lambda p: p.refusal_reason if is_refusal else p.reason)
    person = writer.phrase(lambda p: p.dossier_of)
    advice = _advice(frame, is_refusal=is_refusal)
    return frame.document(
        kind,
        writer.phrase(lambda p: p.refusal_title if is_refusal else p.supplement_title),
        written.form,
        written.written_at,
        {
            DocumentPart.CODE: (Code(writer.phrase(lambda p: p.form_number), written.form, place),),
            DocumentPart.PERSON: person_entries(writer, person, person_name, phone),
            DocumentPart.PROCEDURE: (procedure_entry(frame, written.procedure),),
            DocumentPart.PAPERS: _papers(frame, written),
            DocumentPart.REASON: (Entry(reason, written.reason, is_strong=is_refusal),),
            DocumentPart.BASIS: (Entry(writer.phrase(lambda p: p.basis), written.basis),),
            DocumentPart.TIMES: (
                Entry(writer.phrase(lambda p: p.written_at), frame.moment(written.written_at)),
            ),
            DocumentPart.SIGNATURES: (signatures(writer),),
            DocumentPart.ADVICE: (Words(advice),),
        },
    )


def _papers(frame: Frame, written: FormWritten) -> tuple[Block, ...]:
    """What has to be added; nothing where the reason alone says it."""
    if not written.papers:
        return ()
    phrases = phrases_for(frame.writer.first)
    heading = frame.writer.phrase(lambda p: p.to_complete)
    rows = tuple(
        (str(position), paper.name, paper.note)
        for position, paper in enumerate(written.papers, start=1)
    )
    return (Table(heading, phrases.missing_columns, rows, SHARES),)


def _advice(frame: Frame, *, is_refusal: bool) -> Line:
    if is_refusal:
        return frame.writer.phrase(lambda p: p.look_up)
    return frame.writer.phrase(lambda p: p.come_back)
