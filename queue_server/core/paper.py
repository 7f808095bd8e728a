"""What stands on a centre's paper and in which order: templates that the centre can change.

Values only. A print job names the version of the templates it was asked for with; templates that
such jobs still need are kept in the centre's state when the configuration changes.
"""

from collections.abc import Mapping
from enum import StrEnum
from hashlib import blake2b
from typing import Final, Literal

import msgspec
from msgspec import Struct, field


class TextSize(StrEnum):
    """Steps of the letters; the ticket number and the due time stay as large as they are."""

    SMALL = "small"
    NORMAL = "normal"
    LARGE = "large"

    @property
    def scale(self) -> float:
        """What the letters are multiplied with."""
        return {"small": 0.9, "normal": 1.0, "large": 1.18}[self.value]


class SlipPart(StrEnum):
    """A part of a ticket slip."""

    CENTRE = "centre"
    """Logo, and the header or the centre's name."""
    NUMBER = "number"
    """The number, with the mark of a reprint and the priority class where there is one."""
    PROCEDURE = "procedure"
    PLACE = "place"
    """Counters that may call, and the zone to wait in."""
    WAIT = "wait"
    """The estimate, and how many wait before."""
    PAPERS = "papers"
    CODE = "code"
    """QR code to the ticket's page; left out where phones cannot reach the server."""
    ISSUED = "issued"
    """Date and time."""
    RULES = "rules"
    """What to do after a missed call, in one line."""
    FOOTER = "footer"
    """The footer and the hotline."""


class DocumentPart(StrEnum):
    """A part of a form; which of them a form may have is said in `FORM_PARTS`."""

    CODE = "code"
    """Code or number of the form, with its QR code."""
    PERSON = "person"
    """Whose dossier it is, and the phone number."""
    PROCEDURE = "procedure"
    PAPERS = "papers"
    """Papers received (01), or to be added (02)."""
    REASON = "reason"
    BASIS = "basis"
    """The rule the request or the refusal rests on."""
    TIMES = "times"
    """Sets, received and due (01), or when it was written."""
    RESULT = "result"
    """How the result is returned."""
    FEE = "fee"
    NOTE = "note"
    REGISTER = "register"
    SIGNATURES = "signatures"
    ADVICE = "advice"
    """What to bring next time, and whom to ask."""
    FOOTER = "footer"


class FormKind(StrEnum):
    """Forms that a centre gives to citizens (Circular 03/2025/TT-VPCP)."""

    RECEIPT = "receipt"
    """Form 01."""
    SUPPLEMENT = "supplement"
    """Form 02."""
    REFUSAL = "refusal"
    """Form 03."""


_P = DocumentPart

FORM_PARTS: Final[Mapping[FormKind, tuple[DocumentPart, ...]]] = {
    FormKind.RECEIPT: (
        *(_P.CODE, _P.PERSON, _P.PROCEDURE, _P.PAPERS, _P.TIMES, _P.RESULT, _P.FEE, _P.NOTE),
        *(_P.REGISTER, _P.SIGNATURES, _P.ADVICE, _P.FOOTER),
    ),
    FormKind.SUPPLEMENT: (
        *(_P.CODE, _P.PERSON, _P.PROCEDURE, _P.PAPERS, _P.REASON, _P.BASIS, _P.TIMES),
        *(_P.SIGNATURES, _P.ADVICE, _P.FOOTER),
    ),
    FormKind.REFUSAL: (
        *(_P.CODE, _P.PERSON, _P.PROCEDURE, _P.REASON, _P.BASIS, _P.TIMES),
        *(_P.SIGNATURES, _P.ADVICE, _P.FOOTER),
    ),
}
"""Parts of each form in the order of its official layout."""

FORM_NEEDS: Final[Mapping[FormKind, frozenset[DocumentPart]]] = {
    FormKind.RECEIPT: frozenset({_P.CODE, _P.PERSON, _P.PROCEDURE, _P.PAPERS, _P.TIMES}),
    FormKind.SUPPLEMENT: frozenset({_P.PERSON, _P.PROCEDURE, _P.PAPERS, _P.REASON}),
    FormKind.REFUSAL: frozenset({_P.PERSON, _P.PROCEDURE, _P.REASON}),
}
"""Parts without which the paper would not be that form."""

FORM_LABELS: Final[Mapping[FormKind, str]] = {
    FormKind.RECEIPT: "01",
    FormKind.SUPPLEMENT: "02",
    FormKind.REFUSAL: "03",
}
"""Numbers of the forms."""


class SlipTemplate(Struct, frozen=True, kw_only=True):
    """What stands on the ticket slip."""

    header: Mapping[str, str] = {}
    """Stands first, in place of the centre's name."""
    footer: Mapping[str, str] = {}
    has_logo: bool = True
    parts: tuple[SlipPart, ...] = ()
    """From top to bottom; empty takes all in their usual order. The number must be there."""
    text_size: TextSize = TextSize.NORMAL
    papers_named: int = 3
    """Papers named on the slip, 0 to 8; the others are counted."""


class DocumentTemplate(Struct, frozen=True, kw_only=True):
    """What stands on a form."""

    header: Mapping[str, str] = {}
    """The agency above the centre's name, as official papers have it."""
    footer: Mapping[str, str] = {}
    has_logo: bool = False
    parts: tuple[DocumentPart, ...] = ()
    """From top to bottom; empty takes all of the form's in their official order."""
    text_size: TextSize = TextSize.NORMAL
    version: str = "1"
    """Printed at the foot, so that an old sheet can be told from a new one."""
    sheet: Literal["A5", "A4"] = "A5"
    """Size for office printers."""


class SlipTemplates(Struct, frozen=True, kw_only=True):
    """Slips of the centre."""

    ticket: SlipTemplate = SlipTemplate()


class DocumentTemplates(Struct, frozen=True, kw_only=True):
    """Forms of the centre."""

    receipt: DocumentTemplate = DocumentTemplate()
    supplement: DocumentTemplate = DocumentTemplate()
    refusal: DocumentTemplate = DocumentTemplate()

    def of(self, kind: FormKind) -> DocumentTemplate:
        """The template of a form."""
        template: DocumentTemplate = getattr(self, kind.value)
        return template


class Templates(Struct, frozen=True, kw_only=True):
    """All that decides how paper looks."""

    logo: str = ""
    """PNG in base64; empty for none."""
    slips: SlipTemplates = field(default_factory=SlipTemplates)
    documents: DocumentTemplates = field(default_factory=DocumentTemplates)

    def version(self) -> str:
        """Short name of exactly these templates: the same text gives the same name."""
        return blake2b(msgspec.json.encode(self, order="deterministic"), digest_size=6).hexdigest()


def parts_of_slip(template: SlipTemplate) -> tuple[SlipPart, ...]:
    """Parts of the slip in the template's order."""
    return template.parts or tuple(SlipPart)


def parts_of(kind: FormKind, template: DocumentTemplate) -> tuple[DocumentPart, ...]:
    """Parts of the form in the template's order."""
    return template.parts or FORM_PARTS[kind]
