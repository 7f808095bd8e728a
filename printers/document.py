"""Forms 01, 02 and 03 as values: every word of them. Drawings put them on a roll or a sheet.

They carry the fields of the forms of Circular 03/2025/TT-VPCP but do not claim to be the
official print of them. Vietnamese comes first, because the papers have legal weight.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Final, Literal

from msgspec import Struct

from printers.line import Line, Writer
from printers.paper_texts import long_moment_text, reprint_text
from printers.phrases import phrases_for
from queue_server.core.configuration import CentreConfiguration
from queue_server.core.identifiers import Language
from queue_server.core.paper import (
    FORM_LABELS,
    DocumentPart,
    DocumentTemplate,
    FormKind,
    Templates,
    parts_of,
)

MOTTO: Final = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập – Tự do – Hạnh phúc")


class Code(Struct, frozen=True, tag=True):
    """Code of the dossier or number of the form; the QR code holds nothing else."""

    label: Line
    code: str
    place: str
    """Counter and ticket number."""


class Entry(Struct, frozen=True, tag=True):
    """A label and what was entered; an empty value is a dotted line to write on."""

    label: Line
    value: str
    is_strong: bool = False


Row = tuple[str, ...]


class Table(Struct, frozen=True, tag=True):
    """Papers received, or to be added. The second column is the widest and set flush left."""

    heading: Line
    columns: Row
    rows: tuple[Row, ...]
    shares: tuple[int, ...]
    """Widths of the columns."""


class Words(Struct, frozen=True, tag=True):
    """A sentence across the paper."""

    line: Line
    is_centred: bool = True


class Signatures(Struct, frozen=True, tag=True):
    """Room to sign for the citizen and the clerk."""

    signers: tuple[Line, Line]
    hint: str


Block = Code | Entry | Table | Words | Signatures


class Document(Struct, frozen=True, kw_only=True):
    """A form, ready to be drawn."""

    language: Language
    kind: FormKind
    motto: tuple[str, str]
    agency: str
    """Above the centre's name, as official papers have it; may be empty."""
    centre_name: str
    centre_line: str
    logo: str
    dated: str
    """Place-less date under the motto on sheets, e.g. ``ngày 23 tháng 11 năm 2026``."""
    title: Line
    code: str
    blocks: tuple[Block, ...]
    footer: tuple[str, ...]
    version: str
    """Form and template, at the foot."""
    reprint: str
    scale: float
    sheet: Literal["A5", "A4"]


Blocks = Mapping[DocumentPart, tuple[Block, ...]]


class Frame(Struct, frozen=True):
    """What all forms are made from."""

    configuration: CentreConfiguration
    writer: Writer
    templates: Templates
    copy: int = 1

    def moment(self, at: datetime | None) -> str:
        """An instant as official papers write it; empty for None."""
        zone = self.configuration.timezone
        return long_moment_text(at, zone, self.writer.first) if at else ""

    def document(
        self, kind: FormKind, title: Line, code: str, at: datetime, blocks: Blocks
    ) -> Document:
        """The form with its parts in the order that the template says."""
        configuration, writer = self.configuration, self.writer
        template = self.templates.documents.of(kind)
        ordered = (block for part in parts_of(kind, template) for block in blocks.get(part, ()))
        phrases = phrases_for(writer.first)
        return Document(
            language=writer.second or writer.first,
            kind=kind,
            motto=MOTTO,
            agency=writer.texts(template.header).text,
            centre_name=writer.texts(configuration.name).text,
            centre_line=writer.texts(configuration.address).text,
            logo=self.templates.logo if template.has_logo else "",
            dated=_dated(self, at),
            title=title,
            code=code,
            blocks=tuple(ordered),
            footer=tuple(_footer(self, template))
            if DocumentPart.FOOTER in parts_of(kind, template)
            else (),
            version=phrases.form.format(number=FORM_LABELS[kind], version=template.version),
            reprint=reprint_text(self.copy),
            scale=template.text_size.scale,
            sheet=template.sheet,
        )


def _dated(frame: Frame, at: datetime) -> str:
    return frame.moment(at).partition(", ")[2]


def _footer(frame: Frame, template: DocumentTemplate) -> Iterator[str]:
    own = frame.writer.texts(template.footer)
    yield from (text for text in (own.text, own.small) if text)
    if hotline := frame.configuration.hotline:
        yield phrases_for(frame.writer.first).hotline.format(hotline=hotline)


def person_entries(
    writer: Writer, label: Line, name: str | None, phone: str | None
) -> tuple[Block, ...]:
    """Whose dossier it is; the address is written by hand, since it is kept nowhere."""
    return (
        Entry(label, name or "", is_strong=bool(name)),
        Entry(writer.phrase(lambda p: p.address), ""),
        Entry(writer.phrase(lambda p: p.phone), phone or ""),
    )


def procedure_entry(frame: Frame, code: str) -> Entry:
    """What was asked for, with its code."""
    procedure = {str(key): each for key, each in frame.configuration.procedures.items()}.get(code)
    name = frame.writer.texts(procedure.name).text if procedure else ""
    value = f"{name} ({code})" if name else code
    return Entry(frame.writer.phrase(lambda p: p.procedure), value)


def signatures(writer: Writer) -> Signatures:
    """Room for citizen and clerk to sign."""
    signers = (writer.phrase(lambda p: p.submitter), writer.phrase(lambda p: p.receiver))
    return Signatures(signers, phrases_for(writer.first).sign)


def place_text(writer: Writer, counter: str, ticket: str) -> str:
    """Counter and ticket number, e.g. ``Quầy 3 · A012``."""
    sign = phrases_for(writer.first).counter.format(numbers=counter)
    return " · ".join(part for part in (sign, ticket) if part)
