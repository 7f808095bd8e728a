"""Templates drawn before they are saved: as pictures of the paper, or as the PDF itself."""

from datetime import datetime
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from printers.document import Document
from printers.document_sheet import draw_document_sheet
from printers.drawing import draw, png_bytes
from printers.picture_pen import PicturePen
from printers.slip import Slip
from queue_server.core.configuration import CentreConfiguration
from queue_server.core.errors import InvalidValue
from queue_server.core.identifiers import Language
from queue_server.core.paper import DocumentTemplates, FormKind, SlipTemplates
from queue_server.core.paper_check import paper_problems
from queue_server.paper.samples import sample_form, sample_slip

Size = Literal["58", "80", "A5", "A4"]
DOTS = {"58": 384, "80": 576}
PNG, PDF = "image/png", "application/pdf"


class Draft(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Templates that are not saved, and what to show of them."""

    logo: str = ""
    slips: SlipTemplates = SlipTemplates()
    documents: DocumentTemplates = DocumentTemplates()
    paper: Literal["ticket", "receipt", "supplement", "refusal"] = "ticket"
    size: Size = "80"
    """Width of a roll in millimetres, or a sheet; tickets come on rolls alone."""
    language: Language = Language("vi")
    format: Literal["png", "pdf"] = "png"
    """PDF for sheets alone; a picture shows the first page."""


class Drawn(Struct, frozen=True):
    """A preview and its media type."""

    body: bytes
    media_type: str


def preview(
    draft: Draft, facts: CentreConfiguration, *, now: datetime, public_url: str | None
) -> Drawn:
    """The paper as it would come out.

    Raises:
        InvalidValue: The templates cannot be used, with every reason, or the size does not fit.
    """
    drafted = replace(facts, logo=draft.logo, slips=draft.slips, documents=draft.documents)
    found = [f"{key}: {reason}" for key, reason in paper_problems(drafted)]
    if found:
        message = f"the templates cannot be used: {'; '.join(found)}"
        raise InvalidValue(message)
    if draft.paper == "ticket":
        slip = sample_slip(drafted, now=now, language=draft.language, public_url=public_url)
        return _on_roll(slip, draft)
    kind = FormKind(draft.paper)
    form = sample_form(drafted, kind, now=now, language=draft.language)
    return _on_roll(form, draft) if draft.size in DOTS else _on_sheet(form, draft)


def _on_roll(paper: Slip | Document, draft: Draft) -> Drawn:
    dots = DOTS.get(draft.size)
    if dots is None or draft.format == "pdf":
        message = (
            f"expected a picture of a roll, 58 or 80 mm wide, got {draft.size} as {draft.format}"
        )
        raise InvalidValue(message)
    return Drawn(png_bytes(draw(paper, dots)), PNG)


def _on_sheet(form: Document, draft: Draft) -> Drawn:
    sized = replace(form, sheet="A4" if draft.size == "A4" else "A5")
    if draft.format == "pdf":
        return Drawn(pdf_of(sized), PDF)
    pen = PicturePen(sized.sheet)
    draw_document_sheet(sized, pen)
    return Drawn(png_bytes(pen.pages[0]), PNG)


def pdf_of(document: Document) -> bytes:
    """The form as a PDF file."""
    from printers.pdf_pen import PdfPen  # noqa: PLC0415 - slow to load, seldom needed

    title = f"{document.title.text} {document.code}"
    pen = PdfPen(document.sheet, title, "vi", document.centre_name)
    draw_document_sheet(document, pen)
    return pen.finish()
