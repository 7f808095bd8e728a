"""A page for office printers being filled from top to bottom, in points (1/72 inch).

`Flow` breaks lines and pages; a `Pen` puts ink down: on a PDF page, or on a picture that shows
the same page before it is printed. Both measure words alike, so they break alike.
"""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Final, Protocol

from msgspec import Struct
from PIL import Image

from printers.roll import Align
from printers.typeface import Weight, composed, font

SHEETS: Final = {"A4": (595.28, 841.89), "A5": (419.53, 595.28)}
"""Width and height in points."""
LEADING: Final = 1.36
"""Distance of baselines: room for two storeys of tone marks."""
_MEASURED_AT: Final = 1000


class Style(Struct, frozen=True):
    """How a text is set; `size` is points per em."""

    size: float
    weight: Weight = Weight.REGULAR


class Run(Struct, frozen=True):
    """Words in one style, on a line with others."""

    text: str
    style: Style


class Pen(Protocol):
    """Puts ink on pages; all measures are points from the top left corner."""

    def text(self, x: float, baseline: float, text: str, style: Style) -> None:
        """Write one line."""
        ...

    def box(self, x: float, y: float, width: float, height: float, *, is_filled: bool) -> None:
        """Draw a rectangle: a hairline frame, or filled."""
        ...

    def picture(self, x: float, y: float, width: float, height: float, of: Image.Image) -> None:
        """Draw a picture."""
        ...

    def next_page(self) -> None:
        """Go on on a new page."""
        ...


def width_of(text: str, style: Style) -> float:
    """Width of one line in points."""
    return font(style.weight, _MEASURED_AT).getlength(text) * style.size / _MEASURED_AT


class BlankPen:
    """Puts down nothing and counts pages: to see whether things fit before they are drawn."""

    def __init__(self) -> None:
        self.pages = 1

    def text(self, x: float, baseline: float, text: str, style: Style) -> None:
        """Write nothing."""

    def box(self, x: float, y: float, width: float, height: float, *, is_filled: bool) -> None:
        """Draw nothing."""

    def picture(self, x: float, y: float, width: float, height: float, of: Image.Image) -> None:
        """Draw nothing."""

    def next_page(self) -> None:
        """Count a page."""
        self.pages += 1


class Flow:
    """A column that things are put into from the top; `y` is where it ends.

    Args:
        pen: Where ink goes.
        left: Left edge.
        width: Width of the column.
        top: Where it begins, also on later pages.
        limit: Where a page ends; None for a column that never breaks.
    """

    def __init__(
        self, pen: Pen, left: float, width: float, top: float, limit: float | None = None
    ) -> None:
        self.pen = pen
        self.left = left
        self.width = width
        self.y = top
        self._top = top
        self._limit = limit

    def gap(self, points: float) -> None:
        """Leave blank paper."""
        self.y += points

    def need(self, points: float) -> bool:
        """Go on on the next page if so much does not fit on this one; whether it did."""
        if self._limit is None or self.y + points <= self._limit or self.y <= self._top:
            return False
        self.pen.next_page()
        self.y = self._top
        return True

    def text(self, text: str, style: Style, align: Align = Align.LEFT) -> None:
        """Write a text; nothing for an empty one."""
        self.runs([Run(text, style)], align)

    def runs(self, runs: Sequence[Run], align: Align = Align.LEFT) -> None:
        """Write words of several styles after one another; centred ones in even lines."""
        is_centred = align is Align.CENTRE
        for line in even(runs, self.width) if is_centred else broken(runs, self.width):
            size = max(run.style.size for run in line)
            self.need(size * LEADING)
            length = sum(width_of(run.text, run.style) for run in line)
            x = self.left + _spare(align, self.width - length)
            baseline = self.y + size * (LEADING + 0.72) / 2
            for run in line:
                self.pen.text(x, baseline, run.text, run.style)
                x += width_of(run.text, run.style)
            self.y += size * LEADING

    def rule(self, thickness: float = 0.6) -> None:
        """Draw a horizontal rule."""
        self.pen.box(self.left, self.y, self.width, thickness, is_filled=True)
        self.y += thickness

    def dotted(self, x: float, baseline: float) -> None:
        """Draw dots to write on, from `x` to the right edge."""
        end = self.left + self.width
        while x < end:
            self.pen.box(x, baseline - 0.4, 0.8, 0.8, is_filled=True)
            x += 3

    def columns(self, shares: Sequence[float], gutter: float = 0) -> list["Flow"]:
        """Columns side by side from here on; call `below` with them when they are filled."""
        width = self.width - gutter * (len(shares) - 1)
        edges = [0.0]
        for share in shares:
            edges.append(edges[-1] + width * share / sum(shares))
        return [
            Flow(self.pen, self.left + a + gutter * n, b - a, self.y)
            for n, (a, b) in enumerate(pairwise(edges))
        ]

    def below(self, columns: Iterable["Flow"]) -> None:
        """Go on below the longest of the columns."""
        self.y = max(column.y for column in columns)


def broken(runs: Sequence[Run], width: float) -> list[list[Run]]:
    """The words in lines no wider than `width`; a word that is wider is cut."""
    lines: list[list[Run]] = []
    room = 0.0
    for word in _words(runs, width):
        length = width_of(word.text, word.style)
        space = width_of(" ", word.style) if lines and lines[-1] else 0.0
        if lines and length + space <= room:
            line = lines[-1]
            if line[-1].style == word.style:
                line[-1] = Run(f"{line[-1].text} {word.text}", word.style)
            else:
                line.append(Run(f" {word.text}", word.style))
            room -= length + space
        else:
            lines.append([word])
            room = width - length
    return lines


def even(runs: Sequence[Run], width: float) -> list[list[Run]]:
    """The words in as many lines as `broken` needs, of about the same length."""
    lines = broken(runs, width)
    if len(lines) <= 1:
        return lines
    low, high = width / len(lines), width
    while high - low > 1:
        middle = (low + high) / 2
        if len(broken(runs, middle)) <= len(lines):
            high = middle
        else:
            low = middle
    return broken(runs, high)


def height_of(runs: Sequence[Run], width: float) -> float:
    """How much of a column the words take."""
    return sum(max(run.style.size for run in line) * LEADING for line in broken(runs, width))


def _words(runs: Sequence[Run], width: float) -> Iterable[Run]:
    for run in runs:
        for word in composed(run.text).split(" "):
            if word:
                yield from _pieces(word, run.style, width)


def _pieces(word: str, style: Style, width: float) -> Iterable[Run]:
    while width_of(word, style) > width and len(word) > 1:
        fits = 1
        while width_of(word[: fits + 1], style) <= width:
            fits += 1
        yield Run(word[:fits], style)
        word = word[fits:]
    yield Run(word, style)


def _spare(align: Align, spare: float) -> float:
    match align:
        case Align.LEFT:
            return 0
        case Align.CENTRE:
            return spare / 2
        case Align.RIGHT:
            return spare
