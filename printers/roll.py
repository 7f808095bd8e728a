"""A roll of paper being drawn from top to bottom, exactly as wide as the print head.

Letters are drawn grey and made black or white at the end by one threshold: that keeps stems
even, which a one-bit rasteriser does not.
"""

from collections.abc import Sequence
from enum import StrEnum
from itertools import pairwise
from math import ceil

from PIL import Image, ImageDraw, ImageOps

from printers.line import Line
from printers.text_fitting import Fitted, Style, balanced, fitted
from printers.typeface import Weight, font, size_of_height

BLACK, WHITE = 0, 255
THRESHOLD = 165
"""Greys darker than this are burnt; above the middle, since thermal dots thin out."""
START_HEIGHT = 2000
SMALLEST_LETTERS = 17
"""Dots per em: 2.1 mm on paper; below that, tone marks run together."""
FULL_WIDTH = 512
"""Heads at least this wide (80 mm paper) take the sizes as they are."""
DOTS_PER_MM = {512: 180 / 25.4}
"""Heads of 512 dots have 180 to the inch, others 203."""
NARROW_SCALE = 0.8
"""On 58 mm paper (384 dots); two thirds of the width, but letters must stay legible."""


class Align(StrEnum):
    """Where a line starts within its width."""

    LEFT = "left"
    CENTRE = "centre"
    RIGHT = "right"


class Box:
    """A rectangle of paper that things are put into from the top; `bottom` is where it ends.

    All measures given to it are dots on 80 mm paper and are scaled to the paper there is.
    """

    def __init__(self, roll: "Roll", left: int, width: int, top: int) -> None:
        self._roll = roll
        self.left = left
        self.width = width
        self.bottom = top

    def gap(self, dots: int) -> None:
        """Leave blank paper."""
        self.bottom += self._roll.scaled(dots)

    def text(self, text: str, style: Style, align: Align = Align.CENTRE, ink: int = BLACK) -> None:
        """Draw a text; nothing for an empty one."""
        if not text:
            return
        fit = self._fitted(text, style, self.width)
        self._lines(balanced(fit, self.width) if align is Align.CENTRE else fit, align, ink)

    def line(self, line: Line, style: Style, small: Style, align: Align = Align.CENTRE) -> None:
        """Draw a text and its translation below it."""
        self.text(line.text, style, align)
        self.text(line.small, small, align)

    def balanced(self, text: str, style: Style) -> None:
        """Draw a text flush left in lines of about the same length."""
        fit = self._fitted(text, style, self.width)
        self._lines(balanced(fit, self.width), Align.LEFT, BLACK)

    def number(self, number: str, weight: Weight, height_mm: float) -> None:
        """Draw one line of figures exactly that high, set narrower where they are too wide."""
        height = round(height_mm * self._roll.dots_per_mm)
        typeface = font(weight, size_of_height(weight, height))
        size = (ceil(typeface.getlength(number)) + height, 2 * height)
        ink = Image.new("L", size, BLACK)
        at = (height // 2, height + height // 2)
        ImageDraw.Draw(ink).text(at, number, font=typeface, fill=WHITE, anchor="ls")
        drawn = ImageOps.invert(ink.crop(ink.getbbox()))
        if drawn.width > self.width:
            drawn = drawn.resize((self.width, drawn.height), Image.Resampling.LANCZOS)
        self.picture(drawn, Align.LEFT)

    def scaled(self, dots: int) -> int:
        """Dots on this paper for `dots` on 80 mm paper."""
        return self._roll.scaled(dots)

    def band(self, text: str, style: Style) -> None:
        """Draw white words on a black band with round corners."""
        padding = self._roll.scaled(10)
        fit = balanced(self._fitted(text, style, self.width - 2 * padding), self.width)
        height = fit.line_height * len(fit.lines) + 2 * padding
        draw = self._roll.draw_down_to(self.bottom + height)
        right, bottom = self.left + self.width - 1, self.bottom + height - 1
        draw.rounded_rectangle((self.left, self.bottom, right, bottom), padding, fill=BLACK)
        self.bottom += padding
        self._lines(fit, Align.CENTRE, WHITE)
        self.bottom += padding

    def rule(self, thickness: int = 2) -> None:
        """Draw a horizontal rule."""
        draw = self._roll.draw_down_to(self.bottom + thickness)
        right = self.left + self.width - 1
        draw.rectangle((self.left, self.bottom, right, self.bottom + thickness - 1), fill=BLACK)
        self.bottom += thickness

    def dotted(self) -> None:
        """Draw a dotted line to write on."""
        self.gap(34)
        draw = self._roll.draw_down_to(self.bottom)
        for x in range(self.left, self.left + self.width - 2, 8):
            draw.rectangle((x, self.bottom - 4, x + 1, self.bottom - 3), fill=BLACK)

    def tick_box(self, text: str, style: Style) -> None:
        """Draw an item to tick, its lines indented."""
        fit = self._fitted(text, style, self.width - self._roll.scaled(34))
        side = fit.size * 2 // 3
        top = self.bottom + (fit.line_height - side) // 2
        draw = self._roll.draw_down_to(self.bottom + fit.line_height)
        corner = (self.left + 2, top, self.left + 2 + side, top + side)
        draw.rectangle(corner, outline=BLACK, width=2)
        indent = self._roll.scaled(34)
        words = Box(self._roll, self.left + indent, self.width - indent, self.bottom)
        words._lines(fit, Align.LEFT, BLACK)
        self.bottom = words.bottom

    def picture(self, picture: Image.Image, align: Align = Align.CENTRE) -> None:
        """Paste a picture."""
        left = self.left + int(_offset(align, self.width - picture.width))
        self._roll.draw_down_to(self.bottom + picture.height)
        self._roll.paste(picture, (left, self.bottom))
        self.bottom += picture.height

    def columns(self, shares: Sequence[float], gutter: int = 0) -> list["Box"]:
        """Boxes side by side from here on; call `below` with them when they are filled."""
        gutter = self._roll.scaled(gutter)
        width = self.width - gutter * (len(shares) - 1)
        edges = [0.0]
        for share in shares:
            edges.append(edges[-1] + width * share / sum(shares))
        return [
            Box(self._roll, self.left + round(a) + gutter * i, round(b) - round(a), self.bottom)
            for i, (a, b) in enumerate(pairwise(edges))
        ]

    def below(self, boxes: list["Box"], *, is_divided: bool = False) -> None:
        """Go on below the longest of the boxes, with hairlines between them if divided."""
        top, self.bottom = self.bottom, max(box.bottom for box in boxes)
        if is_divided:
            draw = self._roll.draw_down_to(self.bottom)
            for a, b in pairwise(boxes):
                x = (a.left + a.width + b.left) // 2
                draw.line((x, top, x, self.bottom), fill=BLACK, width=2)

    def _fitted(self, text: str, style: Style, width: int) -> Fitted:
        smallest = max(SMALLEST_LETTERS, self._roll.lettered(style.smallest))
        size = max(smallest, self._roll.lettered(style.size))
        return fitted(text, Style(style.weight, size, smallest, style.lines), width)

    def _lines(self, text: Fitted, align: Align, ink: int) -> None:
        ascent, descent = text.font.getmetrics()
        above = (text.line_height - ascent - descent) // 2 + ascent
        for line in text.lines:
            left = self.left + _offset(align, self.width - text.font.getlength(line))
            draw = self._roll.draw_down_to(self.bottom + text.line_height)
            draw.text((left, self.bottom + above), line, font=text.font, fill=ink, anchor="ls")
            self.bottom += text.line_height


class Roll:
    """The paper: as wide as the head, as long as what is drawn."""

    def __init__(self, dots: int, letters: float = 1.0) -> None:
        self.dots = dots
        self.letters = letters
        self.dots_per_mm = DOTS_PER_MM.get(dots, 203 / 25.4)
        self.scale = 1.0 if dots >= FULL_WIDTH else NARROW_SCALE
        self._image = Image.new("L", (dots, START_HEIGHT), WHITE)

    def scaled(self, dots: int) -> int:
        """Dots on this paper for `dots` on 80 mm paper."""
        return round(dots * self.scale)

    def lettered(self, size: int) -> int:
        """Size of letters on this paper, in the step that the centre chose."""
        return round(size * self.scale * self.letters)

    def box(self, left: int = 12, right: int = 12) -> Box:
        """The whole width within margins."""
        return Box(self, self.scaled(left), self.dots - self.scaled(left) - self.scaled(right), 0)

    def draw_down_to(self, bottom: int) -> ImageDraw.ImageDraw:
        """A pen for paper that reaches at least down to `bottom`."""
        if bottom > self._image.height:
            longer = Image.new("L", (self.dots, bottom + START_HEIGHT), WHITE)
            longer.paste(self._image, (0, 0))
            self._image = longer
        return ImageDraw.Draw(self._image)

    def paste(self, picture: Image.Image, corner: tuple[int, int]) -> None:
        """Put a picture down; the paper must reach that far."""
        self._image.paste(picture, corner)

    def torn_off(self, bottom: int) -> Image.Image:
        """The one-bit picture of everything down to `bottom`."""
        self.draw_down_to(bottom)
        paper = self._image.crop((0, 0, self.dots, bottom))
        return paper.point([BLACK] * THRESHOLD + [WHITE] * (256 - THRESHOLD), mode="1")


def _offset(align: Align, spare: float) -> float:
    match align:
        case Align.LEFT:
            return 0
        case Align.CENTRE:
            return spare / 2
        case Align.RIGHT:
            return spare
