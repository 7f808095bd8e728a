"""The receipt of a dossier (form 01), as a value: dossier received, appointment for the result.

It carries the fields of form 01 of Circular 03/2025/TT-VPCP but does not claim to be the
official print of it. Vietnamese comes first, because the paper has legal weight.
"""

from collections.abc import Mapping
from datetime import datetime

from msgspec import Struct

from printers.line import Line, Writer, vietnamese_first
from printers.paper_texts import long_moment_text, reprint_text
from printers.phrases import VIETNAMESE, phrases_for, text_in
from queue_server.core.configuration import CentreConfiguration, Term
from queue_server.core.events import Component, DossierOpened
from queue_server.core.identifiers import Language

MOTTO = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập – Tự do – Hạnh phúc")


class Entry(Struct, frozen=True):
    """A label and what was entered; an empty value is a dotted line to write on."""

    label: Line
    value: str
    is_strong: bool = False


class Row(Struct, frozen=True):
    """One paper of the component table."""

    position: str
    name: str
    kind: str
    copies: str


class Receipt(Struct, frozen=True, kw_only=True):
    """A receipt, ready to be drawn."""

    language: Language
    motto: tuple[str, str]
    centre_name: str
    centre_line: str
    title: Line
    code: str
    """Dossier code; the QR code holds nothing else."""
    code_label: Line
    place: str
    """Counter and ticket number."""
    before_components: tuple[Entry, ...]
    components_heading: Line
    component_columns: tuple[str, str, str, str]
    components: tuple[Row, ...]
    after_components: tuple[Entry, ...]
    register: str
    signatures: tuple[Line, Line]
    """Whom to sign: submitter, receiver."""
    sign: str
    bring: Line
    hotline: str
    reprint: str


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
) -> Receipt:
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
    """
    writer = vietnamese_first(language)
    phrases = phrases_for(writer.first)
    counter = phrases.counter.format(numbers=counter_number)
    return Receipt(
        language=language,
        motto=MOTTO,
        centre_name=writer.texts(configuration.name).text,
        centre_line=writer.texts(configuration.address).text,
        title=writer.phrase(lambda p: p.receipt_title),
        code=opened.code,
        code_label=writer.phrase(lambda p: p.dossier_code),
        place=" · ".join(part for part in (counter, ticket_number) if part),
        before_components=(
            Entry(writer.phrase(lambda p: p.received_from), person_name or ""),
            Entry(writer.phrase(lambda p: p.phone), phone or ""),
            Entry(writer.phrase(lambda p: p.procedure), _procedure(configuration, opened)),
        ),
        components_heading=writer.phrase(lambda p: p.components),
        component_columns=phrases.component_columns,
        components=_rows(opened.components, phrases.component_kinds),
        after_components=_after_components(writer, configuration, opened),
        register=phrases.register,
        signatures=(writer.phrase(lambda p: p.submitter), writer.phrase(lambda p: p.receiver)),
        sign=phrases.sign,
        bring=writer.phrase(lambda p: p.bring),
        hotline=phrases.hotline.format(hotline=configuration.hotline)
        if configuration.hotline
        else "",
        reprint=reprint_text(copy),
    )


def _procedure(configuration: CentreConfiguration, opened: DossierOpened) -> str:
    procedure = configuration.procedures.get(opened.procedure)
    name = text_in(procedure.name, VIETNAMESE) if procedure else ""
    return f"{name} ({opened.procedure})" if name else opened.procedure


def _rows(components: tuple[Component, ...], kinds: Mapping[str, str]) -> tuple[Row, ...]:
    return tuple(
        Row(
            str(position),
            component.name,
            kinds.get(component.kind, component.kind),
            str(component.copies),
        )
        for position, component in enumerate(components, start=1)
    )


def _after_components(
    writer: Writer, configuration: CentreConfiguration, opened: DossierOpened
) -> tuple[Entry, ...]:
    def moment(at: datetime | None) -> str:
        return long_moment_text(at, configuration.timezone, writer.first) if at else ""

    phrases = phrases_for(writer.first)
    procedure = configuration.procedures.get(opened.procedure)
    entries = [
        Entry(writer.phrase(lambda p: p.sets), f"{opened.sets:02}"),
        Entry(writer.phrase(lambda p: p.received_at), moment(opened.received_at)),
        Entry(writer.phrase(lambda p: p.due_at), moment(opened.due_at), is_strong=True),
        Entry(writer.phrase(lambda p: p.term), _term(opened.term, writer.first)),
        Entry(writer.phrase(lambda p: p.return_by), phrases.ways_of_return[opened.return_by]),
        Entry(
            writer.phrase(lambda p: p.fee),
            text_in(procedure.fee_note, writer.first) if procedure else "",
        ),
    ]
    if opened.note:
        entries.append(Entry(writer.phrase(lambda p: p.note), opened.note))
    return tuple(entries)


def _term(term: Term | None, language: Language) -> str:
    """The term in words; an unchecked one is told as the usual one."""
    if term is None:
        return ""
    phrases = phrases_for(language)
    text = phrases.terms[term.unit].format(amount=term.amount)
    if case := text_in(term.case, language):
        text = f"{text} ({case})"
    return text if term.is_certain else phrases.usual_term.format(term=text)
