"""The receipt of a dossier (form 01), as a value: dossier received, appointment for the result."""

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
from printers.phrase_files import VIETNAMESE, Phrases
from printers.phrases import phrases_for, text_in
from queue_server.core.configuration import CentreConfiguration, Term
from queue_server.core.events import DossierOpened
from queue_server.core.identifiers import Language
from queue_server.core.paper import DocumentPart, FormKind, Templates

SHARES: Final = (8, 52, 28, 12)


def receipt_for(  # noqa: PLR0913 - each is one fact of the receipt, and named
    configuration: CentreConfiguration,
    opened: DossierOpened,
    *,
    person_name: str | None,
    phone: str | None,
    counter_number: str,
    ticket_number: str = "",
    language: Language = VIETNAMESE,
    copy: int = 1,
    templates: Templates | None = None,
) -> Document:
    """The receipt of the dossier that was `opened`.

    Args:
        configuration: The centre now.
        opened: The event that allotted the code.
        person_name: None leaves a line to write on.
        phone: None leaves a line to write on.
        counter_number: Where the dossier was received, e.g. ``3``.
        ticket_number: Number of the visit, if there was one.
        language: Glosses in this language are added to the Vietnamese text.
        copy: 1 for the first print; later ones are marked as reprints.
        templates: How it looks; None for the usual look.
    """
    writer = vietnamese_first(language)
    frame = Frame(configuration, writer, templates or Templates(), copy)
    phrases = phrases_for(writer.first)
    code = Code(
        writer.phrase(lambda p: p.dossier_code),
        opened.code,
        place_text(writer, counter_number, ticket_number),
    )
    papers = Table(
        writer.phrase(lambda p: p.components),
        phrases.component_columns,
        _rows(opened, phrases),
        SHARES,
    )
    person = writer.phrase(lambda p: p.received_from)
    note = Entry(writer.phrase(lambda p: p.note), opened.note)
    return frame.document(
        FormKind.RECEIPT,
        writer.phrase(lambda p: p.receipt_title),
        opened.code,
        opened.received_at,
        {
            DocumentPart.CODE: (code,),
            DocumentPart.PERSON: person_entries(writer, person, person_name, phone),
            DocumentPart.PROCEDURE: (procedure_entry(frame, opened.procedure),),
            DocumentPart.PAPERS: (papers,),
            DocumentPart.TIMES: _times(frame, opened),
            DocumentPart.RESULT: (_result(frame, opened),),
            DocumentPart.FEE: (_fee(frame, opened),),
            DocumentPart.NOTE: (note,) if opened.note else (),
            DocumentPart.REGISTER: (Words(Line(phrases.register), is_centred=False),),
            DocumentPart.SIGNATURES: (signatures(writer),),
            DocumentPart.ADVICE: (Words(writer.phrase(lambda p: p.bring)),),
        },
    )


def _rows(opened: DossierOpened, phrases: Phrases) -> tuple[tuple[str, ...], ...]:
    kinds = phrases.component_kinds
    return tuple(
        (str(position), paper.name, kinds.get(paper.kind, paper.kind), str(paper.copies))
        for position, paper in enumerate(opened.components, start=1)
    )


def _times(frame: Frame, opened: DossierOpened) -> tuple[Block, ...]:
    writer = frame.writer
    return (
        Entry(writer.phrase(lambda p: p.sets), f"{opened.sets:02}"),
        Entry(writer.phrase(lambda p: p.received_at), frame.moment(opened.received_at)),
        Entry(writer.phrase(lambda p: p.due_at), frame.moment(opened.due_at), is_strong=True),
        Entry(writer.phrase(lambda p: p.term), _term(opened.term, writer.first)),
    )


def _result(frame: Frame, opened: DossierOpened) -> Entry:
    ways = phrases_for(frame.writer.first).ways_of_return
    return Entry(frame.writer.phrase(lambda p: p.return_by), ways[opened.return_by])


def _fee(frame: Frame, opened: DossierOpened) -> Entry:
    procedure = frame.configuration.procedures.get(opened.procedure)
    note = text_in(procedure.fee_note, frame.writer.first) if procedure else ""
    return Entry(frame.writer.phrase(lambda p: p.fee), note)


def _term(term: Term | None, language: Language) -> str:
    """The term in words; an unchecked one is told as the usual one."""
    if term is None:
        return ""
    phrases = phrases_for(language)
    text = phrases.terms[term.unit].format(amount=term.amount)
    if case := text_in(term.case, language):
        text = f"{text} ({case})"
    return text if term.is_certain else phrases.usual_term.format(term=text)
