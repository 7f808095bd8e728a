"""Puts a slip on paper: the number huge, then where to go, then what to know."""

from PIL import Image

from printers.qr_picture import qr_picture
from printers.roll import Align, Box, Roll
from printers.slip import Slip
from printers.text_fitting import Style
from printers.typeface import Weight

CENTRE = Style(Weight.BOLD, 32, smallest=26, lines=2)
SMALL = Style(Weight.MEDIUM, 22, smallest=20, lines=2)
HEADING = Style(Weight.MEDIUM, 26, smallest=22, lines=2)
NUMBER = Style(Weight.EXTRA_BOLD, 224, smallest=60)
BAND = Style(Weight.BOLD, 28, smallest=22, lines=2)
PROCEDURE = Style(Weight.BOLD, 40, smallest=28, lines=2)
PLACE = Style(Weight.BOLD, 42, smallest=28, lines=2)
LABEL = Style(Weight.MEDIUM, 22, smallest=20, lines=2)
VALUE = Style(Weight.BOLD, 48, smallest=28)
STRONG = Style(Weight.SEMI_BOLD, 26, smallest=22, lines=3)


def draw_slip(slip: Slip, dots: int) -> Image.Image:
    """The slip as a one-bit picture, `dots` wide."""
    roll = Roll(dots)
    box = roll.box()
    _centre(box, slip)
    _number(box, slip)
    _procedure(box, slip)
    _place(box, slip)
    _facts(box, slip)
    _papers(box, slip)
    _foot(box, slip)
    return roll.torn_off(box.bottom)


def _centre(box: Box, slip: Slip) -> None:
    box.gap(10)
    box.text(slip.centre_name, CENTRE)
    box.text(slip.centre_line, SMALL)
    box.gap(10)
    box.rule()
    if slip.reprint:
        box.gap(12)
        box.band(slip.reprint, BAND)


def _number(box: Box, slip: Slip) -> None:
    box.gap(12)
    box.line(slip.heading, HEADING, SMALL)
    box.gap(16)
    box.number(slip.number, NUMBER)
    box.gap(24)
    if slip.priority.text:
        box.band(slip.priority.text, BAND)
        box.text(slip.priority.small, SMALL)
        box.gap(10)


def _procedure(box: Box, slip: Slip) -> None:
    box.line(slip.procedure, PROCEDURE, SMALL)
    for detail in slip.details:
        box.line(detail, STRONG, SMALL)
    box.gap(12)
    box.rule()


def _place(box: Box, slip: Slip) -> None:
    box.gap(10)
    box.text(slip.counters.text, PLACE)
    box.text(slip.zone.text, STRONG if slip.counters.text else PLACE)
    box.text(" · ".join(filter(None, (slip.counters.small, slip.zone.small))), SMALL)
    box.gap(12)
    box.rule()


def _facts(box: Box, slip: Slip) -> None:
    box.gap(12)
    columns = box.columns([1] * len(slip.facts), gutter=16)
    for column, fact in zip(columns, slip.facts, strict=True):
        column.line(fact.label, LABEL, SMALL)
    _level(columns)
    for column, fact in zip(columns, slip.facts, strict=True):
        column.text(fact.value, VALUE)
        column.text(fact.note, SMALL)
    box.below(columns, is_divided=True)
    box.gap(12)
    if slip.warning.text:
        box.line(slip.warning, STRONG, SMALL)
        box.gap(12)
    box.rule()


def _level(columns: list[Box]) -> None:
    """Let all columns go on at the same height."""
    lowest = max(column.bottom for column in columns)
    for column in columns:
        column.bottom = lowest


def _papers(box: Box, slip: Slip) -> None:
    if not slip.papers:
        return
    box.gap(12)
    box.line(slip.papers_heading, STRONG, SMALL, Align.LEFT)
    box.gap(4)
    for paper in slip.papers:
        box.tick_box(paper, SMALL)
    box.text(slip.more_papers, SMALL, Align.LEFT)
    box.gap(12)
    box.rule()


def _foot(box: Box, slip: Slip) -> None:
    box.gap(10)
    if slip.qr_url is None:
        box.text(slip.issued, STRONG)
    else:
        _words_beside_code(box, slip, slip.qr_url)
    box.gap(6)
    for hint in slip.hints:
        box.text(hint, SMALL)
    box.text(slip.hotline, SMALL)
    box.gap(10)


def _words_beside_code(box: Box, slip: Slip, url: str) -> None:
    """What the code is for and when the slip was issued, at the left of the code."""
    picture = qr_picture(url, widest=box.width * 2 // 5, module=5)
    words, code = box.columns([box.width - picture.width, picture.width])
    code.picture(picture)
    words.gap(20)
    words.line(slip.qr_caption, STRONG, SMALL, Align.LEFT)
    words.gap(12)
    words.text(slip.issued, SMALL, Align.LEFT)
    box.below([words, code])
