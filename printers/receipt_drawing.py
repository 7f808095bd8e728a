"""Puts a receipt on paper: a form to be signed, so plain lines and room to write."""

from PIL import Image

from printers.qr_picture import qr_picture
from printers.receipt import Entry, Receipt, Row
from printers.roll import Align, Box, Roll
from printers.text_fitting import Style
from printers.typeface import Weight

MOTTO = Style(Weight.BOLD, 24, smallest=20)
CENTRE = Style(Weight.BOLD, 28, smallest=24, lines=2)
TITLE = Style(Weight.BOLD, 34, smallest=28, lines=2)
SMALL = Style(Weight.MEDIUM, 20, smallest=20, lines=2)
LABEL = Style(Weight.MEDIUM, 22, smallest=22, lines=2)
VALUE = Style(Weight.SEMI_BOLD, 24, smallest=24, lines=3)
STRONG = Style(Weight.BOLD, 30, smallest=26, lines=2)
CODE = Style(Weight.BOLD, 34, smallest=24)
CELL = Style(Weight.MEDIUM, 22, smallest=22, lines=3)
COLUMN = Style(Weight.SEMI_BOLD, 20, smallest=20, lines=2)
SIGNER = Style(Weight.SEMI_BOLD, 24, smallest=20, lines=2)
BAND = Style(Weight.BOLD, 26, smallest=22, lines=2)

CELL_ALIGNS = (Align.CENTRE, Align.LEFT, Align.CENTRE, Align.CENTRE)
CELL_SHARES = (9, 47, 28, 10)
ROOM_TO_SIGN = 130
"""Dots, 16 mm."""


def draw_receipt(receipt: Receipt, dots: int) -> Image.Image:
    """The receipt as a one-bit picture, `dots` wide."""
    roll = Roll(dots)
    box = roll.box()
    _head(box, receipt)
    _code(box, receipt)
    for entry in receipt.before_components:
        _entry(box, entry)
    _components(box, receipt)
    for entry in receipt.after_components:
        _entry(box, entry)
    _signatures(box, receipt)
    _foot(box, receipt)
    return roll.torn_off(box.bottom)


def _head(box: Box, receipt: Receipt) -> None:
    box.gap(10)
    for words in receipt.motto:
        box.text(words, MOTTO)
    box.gap(4)
    columns = box.columns([1, 1, 1])
    columns[1].rule()
    box.below(columns)
    box.gap(12)
    box.text(receipt.centre_name, CENTRE)
    box.text(receipt.centre_line, SMALL)
    if receipt.reprint:
        box.gap(10)
        box.band(receipt.reprint, BAND)
    box.gap(16)
    box.line(receipt.title, TITLE, SMALL)
    box.gap(8)


def _code(box: Box, receipt: Receipt) -> None:
    box.picture(qr_picture(receipt.code, widest=box.width // 2, module=6))
    box.line(receipt.code_label, LABEL, SMALL)
    box.text(receipt.code, CODE)
    box.text(receipt.place, LABEL)
    box.gap(10)
    box.rule()
    box.gap(6)


def _entry(box: Box, entry: Entry) -> None:
    box.gap(6)
    box.line(entry.label, LABEL, SMALL, Align.LEFT)
    if entry.value:
        box.text(entry.value, STRONG if entry.is_strong else VALUE, Align.LEFT)
    else:
        box.dotted()
    box.gap(4)


def _components(box: Box, receipt: Receipt) -> None:
    box.gap(8)
    box.line(receipt.components_heading, SIGNER, SMALL, Align.LEFT)
    box.gap(6)
    box.rule()
    heading = Row(*receipt.component_columns)
    _row(box, heading, COLUMN)
    for row in receipt.components:
        box.rule(1)
        _row(box, row, CELL)
    box.rule()
    box.gap(6)


def _row(box: Box, row: Row, style: Style) -> None:
    box.gap(4)
    cells = box.columns(CELL_SHARES, gutter=8)
    texts = (row.position, row.name, row.kind, row.copies)
    for cell, text, align in zip(cells, texts, CELL_ALIGNS, strict=True):
        cell.text(text, style, align)
    box.below(cells)
    box.gap(4)


def _signatures(box: Box, receipt: Receipt) -> None:
    box.gap(8)
    box.text(receipt.register, LABEL, Align.LEFT)
    box.gap(10)
    columns = box.columns([1, 1], gutter=16)
    for column, signer in zip(columns, receipt.signatures, strict=True):
        column.line(signer, SIGNER, SMALL)
        column.text(receipt.sign, SMALL)
        column.gap(ROOM_TO_SIGN)
    box.below(columns)


def _foot(box: Box, receipt: Receipt) -> None:
    box.rule()
    box.gap(8)
    box.line(receipt.bring, LABEL, SMALL)
    box.text(receipt.hotline, LABEL)
    box.gap(12)
