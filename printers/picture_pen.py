"""Ink on pictures that show pages before they are printed."""

from typing import Final

from PIL import Image, ImageDraw

from printers.roll import BLACK, WHITE
from printers.sheet import SHEETS, Style
from printers.typeface import font

DPI: Final = 144


class PicturePen:
    """Draws each page as a picture in greys."""

    def __init__(self, sheet: str, dpi: int = DPI, *, is_landscape: bool = False) -> None:
        self._scale = dpi / 72
        width, height = SHEETS[sheet]
        size = (height, width) if is_landscape else (width, height)
        self._size = (round(size[0] * self._scale), round(size[1] * self._scale))
        self.pages = [Image.new("L", self._size, WHITE)]

    def text(self, x: float, baseline: float, text: str, style: Style) -> None:
        """Write one line."""
        at = (x * self._scale, baseline * self._scale)
        typeface = font(style.weight, round(style.size * self._scale))
        self._draw().text(at, text, font=typeface, fill=BLACK, anchor="ls")

    def box(self, x: float, y: float, width: float, height: float, *, is_filled: bool) -> None:
        """Draw a rectangle."""
        s = self._scale
        left, top = round(x * s), round(y * s)
        right = max(left, round((x + width) * s) - 1)
        bottom = max(top, round((y + height) * s) - 1)
        edges = (left, top, right, bottom)
        self._draw().rectangle(edges, fill=BLACK if is_filled else None, outline=BLACK)

    def picture(self, x: float, y: float, width: float, height: float, of: Image.Image) -> None:
        """Draw a picture."""
        s = self._scale
        size = (max(1, round(width * s)), max(1, round(height * s)))
        self.pages[-1].paste(of.convert("L").resize(size), (round(x * s), round(y * s)))

    def next_page(self) -> None:
        """Go on on a new page."""
        self.pages.append(Image.new("L", self._size, WHITE))

    def _draw(self) -> ImageDraw.ImageDraw:
        return ImageDraw.Draw(self.pages[-1])
