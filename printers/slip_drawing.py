"""Puts a slip on paper: the number huge, then where to go, then what to know.

All is set flush left, as people read it, and because rows of dots that end early are short on
the way to the printer.
"""

from collections.abc import Callable, Mapping
from itertools import pairwise
from typing import Final

from PIL import Image

from printers.logo import logo_picture
from printers.qr_picture import qr_picture
from printers.roll import Align, Box, Roll
from printers.slip import Slip
from printers.text_fitting import Style
from printers.typeface import Weight
from queue_server.core.paper import SlipPart

CENTRE = Style(Weight.SEMI_BOLD, 23, smallest=21, lines=2)
SMALL = Style(Weight.MEDIUM, 21, smallest=19, lines=2)
HEADING = Style(Weight.MEDIUM, 22, smallest=20)
BAND = Style(Weight.BOLD, 27, smallest=22, lines=2)
PROCEDURE = Style(Weight.BOLD, 36, smallest=26, lines=2)
PLACE = Style(Weight.BOLD, 36, smallest=26, lines=2)
VALUE = Style(Weight.BOLD, 41, smallest=26)
STRONG = Style(Weight.SEMI_BOLD, 23, smallest=21, lines=3)
RULES = Style(Weight.MEDIUM, 21, smallest=17)

NUMBER_MM: Final = 15.2
"""Height of the ticket number: read from two metres, and at least 15 mm on every paper."""
LOGO_DOTS: Final = 84
GAP: Final = 11

_S = SlipPart
_GROUPS: Final[Mapping[SlipPart, int]] = {
    _S.CENTRE: 0,
    _S.NUMBER: 1,
    _S.PROCEDURE: 1,
    _S.PLACE: 1,
    _S.WAIT: 2,
    _S.PAPERS: 3,
    _S.CODE: 4,
    _S.ISSUED: 4,
    _S.RULES: 4,
    _S.FOOTER: 4,
}
"""Parts that belong together; a rule stands between groups."""


def draw_slip(slip: Slip, dots: int) -> Image.Image:
    """The slip as a one-bit picture, `dots` wide."""
    roll = Roll(dots, slip.scale)
    box = roll.box(left=0, right=8)  # paper is wider than the head at both sides
    box.gap(8)
    parts = _present(slip)
    if slip.reprint and parts[:1] != [SlipPart.NUMBER]:
        _reprint(box, slip)
    for n, part in enumerate(parts):
        if n and _GROUPS[parts[n - 1]] != _GROUPS[part]:
            box.gap(GAP)
            box.rule(1)
        if part is SlipPart.ISSUED and _is_beside_code(parts):
            continue
        box.gap(GAP)
        _DRAWINGS[part](box, slip)
    box.gap(8)
    return roll.torn_off(box.bottom)


def _present(slip: Slip) -> list[SlipPart]:
    """Parts that say something on this slip."""
    has: Mapping[SlipPart, object] = {
        _S.CENTRE: slip.centre or slip.logo,
        _S.PROCEDURE: slip.procedure.text or slip.details,
        _S.PLACE: slip.counters.text or slip.zone.text,
        _S.PAPERS: slip.papers_heading.text,
        _S.WAIT: slip.facts or slip.warning.text,
        _S.CODE: slip.qr_url,
        _S.FOOTER: slip.footer,
    }
    return [part for part in slip.parts if has.get(part, True)]


def _is_beside_code(parts: list[SlipPart]) -> bool:
    """Whether date and time stand at the right of the code."""
    return (SlipPart.CODE, SlipPart.ISSUED) in pairwise(parts)


def _reprint(box: Box, slip: Slip) -> None:
    box.band(slip.reprint, BAND)
    box.text(slip.printed_again, SMALL, Align.LEFT)
    box.gap(GAP)


def _centre(box: Box, slip: Slip) -> None:
    """The words at the right of the logo, where there is one."""
    logo = logo_picture(slip.logo, box.scaled(LOGO_DOTS), box.width // 3)
    if logo is None:
        _centre_words(box, slip)
        return
    picture, words = box.columns([logo.width, box.width - logo.width - box.scaled(14)], 14)
    picture.picture(logo, Align.LEFT)
    _centre_words(words, slip)
    box.below([picture, words])


def _centre_words(box: Box, slip: Slip) -> None:
    for text in slip.centre:
        box.balanced(text, CENTRE)


def _number(box: Box, slip: Slip) -> None:
    if slip.reprint and slip.parts[:1] == (SlipPart.NUMBER,):
        _reprint(box, slip)
    heading = " · ".join(filter(None, (slip.heading.text, slip.heading.small)))
    box.text(heading, HEADING, Align.LEFT)
    box.gap(10)
    box.number(slip.number, Weight.BOLD, NUMBER_MM)
    box.gap(18)
    if slip.priority.text:
        box.band(slip.priority.text, BAND)
        box.text(slip.priority.small, SMALL, Align.LEFT)


def _procedure(box: Box, slip: Slip) -> None:
    box.line(slip.procedure, PROCEDURE, SMALL, Align.LEFT)
    for detail in slip.details:
        box.line(detail, STRONG, SMALL, Align.LEFT)


def _place(box: Box, slip: Slip) -> None:
    counters, zone = slip.counters, slip.zone
    box.text(" · ".join(filter(None, (counters.text, zone.text))), PLACE, Align.LEFT)
    box.text(" · ".join(filter(None, (counters.small, zone.small))), SMALL, Align.LEFT)


def _wait(box: Box, slip: Slip) -> None:
    columns = box.columns([4, 5][: len(slip.facts)], gutter=16)
    for column, fact in zip(columns, slip.facts, strict=True):
        column.line(fact.label, SMALL, SMALL, Align.LEFT)
    lowest = max(column.bottom for column in columns)
    for column, fact in zip(columns, slip.facts, strict=True):
        column.bottom = lowest
        column.text(fact.value, VALUE, Align.LEFT)
        column.text(fact.note, SMALL, Align.LEFT)
    box.below(columns)
    if slip.warning.text:
        box.gap(GAP)
        box.line(slip.warning, STRONG, SMALL, Align.LEFT)


def _papers(box: Box, slip: Slip) -> None:
    box.line(slip.papers_heading, STRONG, SMALL, Align.LEFT)
    box.gap(2)
    for paper in slip.papers:
        box.tick_box(paper, SMALL)
    box.text(slip.more_papers, SMALL, Align.LEFT)


def _code(box: Box, slip: Slip) -> None:
    """The code, and at its right what it is for and, where it follows, date and time."""
    picture = qr_picture(slip.qr_url or "", widest=box.width * 2 // 5, module=4, quiet=2)
    code, words = box.columns([picture.width, box.width - picture.width - box.scaled(12)], 12)
    code.picture(picture, Align.LEFT)
    words.gap(6)
    words.balanced(slip.qr_caption.text, STRONG)
    words.text(slip.qr_caption.small, SMALL, Align.LEFT)
    if _is_beside_code(_present(slip)):
        words.gap(10)
        words.text(slip.issued, SMALL, Align.LEFT)
    box.below([words, code])


def _issued(box: Box, slip: Slip) -> None:
    box.text(slip.issued, STRONG, Align.LEFT)


def _rules(box: Box, slip: Slip) -> None:
    box.text(slip.rules, RULES, Align.LEFT)


def _footer(box: Box, slip: Slip) -> None:
    for text in slip.footer:
        box.text(text, SMALL, Align.LEFT)


_DRAWINGS: Final[Mapping[SlipPart, Callable[[Box, Slip], None]]] = {
    _S.CENTRE: _centre,
    _S.NUMBER: _number,
    _S.PROCEDURE: _procedure,
    _S.PLACE: _place,
    _S.WAIT: _wait,
    _S.PAPERS: _papers,
    _S.CODE: _code,
    _S.ISSUED: _issued,
    _S.RULES: _rules,
    _S.FOOTER: _footer,
}
