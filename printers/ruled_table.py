"""Tables on sheets, ruled with hairlines; their heading is repeated on every page."""

from collections.abc import Iterable, Sequence
from typing import Final

from msgspec import Struct

from printers.roll import Align
from printers.sheet import Flow, Run, Style, height_of

CELL_GAP: Final = 6.0


class RuledTable(Struct, frozen=True):
    """Widths, alignment and heading of a table; `row_height` leaves room to write by hand."""

    shares: Sequence[float]
    aligns: Sequence[Align]
    heading: Sequence[str]
    heading_style: Style
    row_height: float = 0.0

    def draw(self, flow: Flow, rows: Iterable[Sequence[str]], style: Style) -> None:
        """Draw the heading and the rows."""
        self._row(flow, self.heading, self.heading_style)
        for row in rows:
            if flow.need(self._height(flow, row, style)):
                self._row(flow, self.heading, self.heading_style)
            self._row(flow, row, style, self.row_height)

    def _height(self, flow: Flow, cells: Sequence[str], style: Style, least: float = 0.0) -> float:
        columns = zip(flow.columns(self.shares), cells, strict=True)
        return max(
            least,
            *(4 + height_of([Run(text, style)], col.width - CELL_GAP) for col, text in columns),
        )

    def _row(self, flow: Flow, cells: Sequence[str], style: Style, least: float = 0.0) -> None:
        height = self._height(flow, cells, style, least)
        columns = flow.columns(self.shares)
        for column, text, align in zip(columns, cells, self.aligns, strict=True):
            flow.pen.box(column.left, flow.y, column.width, height, is_filled=False)
            width = column.width - CELL_GAP
            spare = height - height_of([Run(text, style)], width)
            inner = Flow(flow.pen, column.left + CELL_GAP / 2, width, flow.y + spare / 2)
            inner.text(text, style, align)
        flow.y += height
