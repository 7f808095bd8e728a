"""Puts a form on a sheet for office printers, as official papers are laid out."""

from typing import Final, assert_never

from printers.document import Block, Code, Document, Entry, Signatures, Table, Words
from printers.line import Line
from printers.logo import logo_picture
from printers.qr_picture import qr_picture
from printers.roll import Align
from printers.ruled_table import RuledTable
from printers.sheet import LEADING, SHEETS, BlankPen, Flow, Pen, Run, Style, height_of, width_of
from printers.typeface import Weight

MARGINS: Final = {"A4": (56.0, 48.0), "A5": (36.0, 30.0)}
"""At the sides, and above and below, in points."""
SIZES: Final = {"A4": 11.5, "A5": 9.5}
"""Of the letters, in points."""
CODE_MM: Final = 21
ROOM_TO_SIGN: Final = 5.2
"""In heights of the letters."""
LOGO_POINTS: Final = 34


class Styles:
    """Styles of one sheet, from the size of its letters."""

    def __init__(self, size: float) -> None:
        self.size = size
        self.normal = Style(size)
        self.medium = Style(size, Weight.MEDIUM)
        self.value = Style(size, Weight.SEMI_BOLD)
        self.strong = Style(_half(size * 1.12), Weight.BOLD)
        self.small = Style(_half(size * 0.84))
        self.title = Style(_half(size * 1.45), Weight.BOLD)
        self.head = Style(_half(size * 0.92), Weight.BOLD)
        self.head_small = Style(_half(size * 0.92))
        self.code = Style(_half(size * 1.1), Weight.BOLD)


def _half(size: float) -> float:
    """Sizes in half points are the same on a page and on its picture."""
    return round(size * 2) / 2


SMALLER: Final = (1.0, 0.95, 0.9, 0.85)
"""Letters are set smaller rather than going on on a second page."""


def draw_document_sheet(document: Document, pen: Pen) -> None:
    """Draw the form: on one page if letters that can still be read allow it."""
    for step in SMALLER:
        blank = BlankPen()
        _draw(document, blank, step)
        if blank.pages == 1:
            break
    else:
        step = 1.0
    _draw(document, pen, step)


def _draw(document: Document, pen: Pen, step: float) -> None:
    width, height = SHEETS[document.sheet]
    side, edge = MARGINS[document.sheet]
    styles = Styles(_half(SIZES[document.sheet] * document.scale * step))
    foot = styles.small.size * LEADING * 2
    flow = Flow(pen, side, width - 2 * side, edge, height - edge - foot)
    code = next((block for block in document.blocks if isinstance(block, Code)), None)
    _head(flow, document, code, styles)
    for block in document.blocks:
        _block(flow, block, styles)
    for text in document.footer:
        flow.text(text, styles.small, Align.CENTRE)
    last = Flow(pen, side, width - 2 * side, height - edge - styles.small.size)
    last.text(document.version, styles.small, Align.RIGHT)


def _head(flow: Flow, document: Document, code: Code | None, styles: Styles) -> None:
    """Agency at the left, motto at the right, the code in the corner below."""
    left, right = flow.columns([46, 54], gutter=8)
    logo = logo_picture(document.logo, LOGO_POINTS * 4, round(left.width) * 4)
    if logo is not None:
        across = logo.width / 4
        x = left.left + (left.width - across) / 2
        left.pen.picture(x, left.y, across, logo.height / 4, logo)
        left.gap(logo.height / 4 + 3)
    left.text(document.agency.upper(), styles.head_small, Align.CENTRE)
    left.text(document.centre_name.upper(), styles.head, Align.CENTRE)
    left.text(document.centre_line, styles.small, Align.CENTRE)
    _short_rule(left, 0.34)
    right.text(document.motto[0], styles.head, Align.CENTRE)
    right.text(document.motto[1], styles.head, Align.CENTRE)
    _short_rule(right, 0.5)
    right.gap(3)
    right.text(document.dated, styles.normal, Align.CENTRE)
    flow.below([left, right])
    flow.gap(styles.size * 0.9)
    if document.reprint:
        _stamp(flow, document.reprint, styles)
    top = flow.y
    if code is not None:
        side = CODE_MM * 72 / 25.4
        picture = qr_picture(code.code, widest=400, module=8, quiet=0)
        flow.pen.picture(flow.left, top, side, side, picture)
        words = Flow(flow.pen, flow.left + side + 10, flow.width - 2 * side - 20, top)
    else:
        words = Flow(flow.pen, flow.left, flow.width, top)
    words.text(document.title.text, styles.title, Align.CENTRE)
    words.text(document.title.small, styles.small, Align.CENTRE)
    if code is not None:
        words.gap(3)
        label = f"{_label(code.label)}: "
        words.runs([Run(label, styles.normal), Run(code.code, styles.code)], Align.CENTRE)
        words.text(code.place, styles.small, Align.CENTRE)
        words.y = max(words.y, top + CODE_MM * 72 / 25.4)
    flow.below([words])
    flow.gap(styles.size)


def _short_rule(flow: Flow, share: float) -> None:
    flow.gap(2)
    width = flow.width * share
    flow.pen.box(flow.left + (flow.width - width) / 2, flow.y, width, 0.6, is_filled=True)
    flow.gap(1)


def _stamp(flow: Flow, words: str, styles: Styles) -> None:
    """The mark of a reprint in a frame across the sheet."""
    height = styles.strong.size * LEADING + 6
    flow.pen.box(flow.left, flow.y, flow.width, height, is_filled=False)
    flow.gap(3)
    flow.text(words, styles.strong, Align.CENTRE)
    flow.gap(3 + styles.size * 0.8)


def _block(flow: Flow, block: Block, styles: Styles) -> None:
    match block:
        case Code():
            """Stands in the head."""
        case Entry():
            _entry(flow, block, styles)
        case Table():
            _table(flow, block, styles)
        case Words():
            flow.gap(3)
            align = Align.CENTRE if block.is_centred else Align.LEFT
            style = styles.small if block.is_centred else styles.normal
            flow.text(block.line.text, style, align)
            flow.text(block.line.small, styles.small, align)
        case Signatures():
            _signatures(flow, block, styles)
        case _:
            assert_never(block)


def _label(line: Line) -> str:
    return f"{line.text} ({line.small})" if line.small else line.text


def _entry(flow: Flow, entry: Entry, styles: Styles) -> None:
    label = Run(f"{_label(entry.label)}:", styles.normal)
    if entry.value:
        value = Run(entry.value, styles.strong if entry.is_strong else styles.value)
        flow.need(height_of([label, value], flow.width))
        flow.runs([label, value])
    else:
        flow.need(styles.size * LEADING)
        top = flow.y
        flow.runs([label])
        end = flow.left + width_of(label.text, label.style) + 5
        flow.dotted(end, top + styles.size * (LEADING + 0.72) / 2)
    flow.gap(styles.size * 0.24)


def _table(flow: Flow, table: Table, styles: Styles) -> None:
    flow.gap(2)
    flow.text(f"{_label(table.heading)}:", styles.value)
    flow.gap(2)
    aligns = [Align.CENTRE] * len(table.columns)
    aligns[1] = Align.LEFT
    ruled = RuledTable(table.shares, aligns, table.columns, styles.value)
    ruled.draw(flow, table.rows, styles.normal)
    flow.gap(styles.size * 0.5)


def _signatures(flow: Flow, signatures: Signatures, styles: Styles) -> None:
    height = styles.size * (ROOM_TO_SIGN + 3 * LEADING)
    flow.need(height)
    flow.gap(styles.size * 0.6)
    columns = flow.columns([1, 1], gutter=16)
    for column, signer in zip(columns, signatures.signers, strict=True):
        column.text(signer.text, styles.value, Align.CENTRE)
        column.text(signer.small, styles.small, Align.CENTRE)
        column.text(signatures.hint, styles.small, Align.CENTRE)
        column.gap(styles.size * ROOM_TO_SIGN)
    flow.below(columns)
