"""Puts a form on a roll: something to be signed, so plain lines and room to write."""

from collections.abc import Sequence
from typing import assert_never

from PIL import Image

from printers.document import Block, Code, Document, Entry, Row, Signatures, Table, Words
from printers.logo import logo_picture
from printers.qr_picture import qr_picture
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

WIDEST = 1
"""The column of names, set flush left."""
LOGO_DOTS = 96
ROOM_TO_SIGN = 130
"""Dots, 16 mm."""


def draw_document(document: Document, dots: int) -> Image.Image:
    """The form as a one-bit picture, `dots` wide."""
    roll = Roll(dots, document.scale)
    box = roll.box()
    _head(box, document)
    for before, block in zip((None, *document.blocks), document.blocks, strict=False):
        _block(box, block, before)
    _foot(box, document)
    return roll.torn_off(box.bottom)


def _head(box: Box, document: Document) -> None:
    box.gap(10)
    for words in document.motto:
        box.text(words, MOTTO)
    box.gap(4)
    columns = box.columns([1, 1, 1])
    columns[1].rule()
    box.below(columns)
    box.gap(12)
    logo = logo_picture(document.logo, box.scaled(LOGO_DOTS), box.width // 2)
    if logo is not None:
        box.picture(logo)
        box.gap(6)
    box.text(document.agency, LABEL)
    box.text(document.centre_name, CENTRE)
    box.text(document.centre_line, SMALL)
    if document.reprint:
        box.gap(10)
        box.band(document.reprint, BAND)
    box.gap(16)
    box.line(document.title, TITLE, SMALL)
    box.gap(8)


def _block(box: Box, block: Block, before: Block | None) -> None:
    match block:
        case Code():
            _code(box, block)
        case Entry():
            _entry(box, block)
        case Table():
            _table(box, block)
        case Words():
            if isinstance(before, Signatures):
                box.rule()
            box.gap(8)
            align = Align.CENTRE if block.is_centred else Align.LEFT
            box.line(block.line, LABEL, SMALL, align)
        case Signatures():
            _signatures(box, block)
        case _:
            assert_never(block)


def _code(box: Box, code: Code) -> None:
    box.picture(qr_picture(code.code, widest=box.width // 2, module=6))
    box.line(code.label, LABEL, SMALL)
    box.text(code.code, CODE)
    box.text(code.place, LABEL)
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


def _table(box: Box, table: Table) -> None:
    box.gap(8)
    box.line(table.heading, SIGNER, SMALL, Align.LEFT)
    box.gap(6)
    box.rule()
    _row(box, table.columns, table.shares, COLUMN)
    for row in table.rows:
        box.rule(1)
        _row(box, row, table.shares, CELL)
    box.rule()
    box.gap(6)


def _row(box: Box, row: Row, shares: Sequence[int], style: Style) -> None:
    box.gap(4)
    cells = box.columns(shares, gutter=8)
    for n, (cell, text) in enumerate(zip(cells, row, strict=True)):
        cell.text(text, style, Align.LEFT if n == WIDEST else Align.CENTRE)
    box.below(cells)
    box.gap(4)


def _signatures(box: Box, signatures: Signatures) -> None:
    box.gap(10)
    columns = box.columns([1, 1], gutter=16)
    for column, signer in zip(columns, signatures.signers, strict=True):
        column.line(signer, SIGNER, SMALL)
        column.text(signatures.hint, SMALL)
        column.gap(ROOM_TO_SIGN)
    box.below(columns)


def _foot(box: Box, document: Document) -> None:
    box.gap(8)
    for text in document.footer:
        box.text(text, LABEL)
    box.text(document.version, SMALL)
    box.gap(12)
