"""Ink on the pages of a PDF: fonts embedded in part, text that can be searched and copied.

Imported only where a PDF is asked for: the library takes long to load.
"""

from io import BytesIO
from typing import Final

from fontpkg_be_vietnam_pro import ROOT
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from printers.sheet import SHEETS, Style
from printers.typeface import Weight, composed

HAIRLINE: Final = 0.5


class PdfPen:
    """Draws a PDF file. `finish` gives its bytes.

    Args:
        sheet: ``A4`` or ``A5``.
        title: Shown by readers in place of a file name.
        language: For readers that speak.
        author: Who it is of.
        is_landscape: Whether the long edge lies down.
    """

    def __init__(
        self, sheet: str, title: str, language: str, author: str, *, is_landscape: bool = False
    ) -> None:
        width, height = SHEETS[sheet]
        size = (height, width) if is_landscape else (width, height)
        self._height = size[1]
        self._file = BytesIO()
        self._canvas = Canvas(
            self._file,
            pagesize=size,
            lang=language,
            invariant=1,
            pageCompression=1,
            initialFontName=_registered(Weight.REGULAR),
        )
        self._canvas.setTitle(title)
        self._canvas.setAuthor(author)
        self._canvas.setSubject(title)
        self._canvas.setCreator("queue-server")

    def text(self, x: float, baseline: float, text: str, style: Style) -> None:
        """Write one line."""
        self._canvas.setFont(_registered(style.weight), style.size)
        self._canvas.drawString(x, self._height - baseline, composed_line(text))

    def box(self, x: float, y: float, width: float, height: float, *, is_filled: bool) -> None:
        """Draw a rectangle."""
        self._canvas.setLineWidth(HAIRLINE)
        bottom = self._height - y - height
        self._canvas.rect(x, bottom, width, height, stroke=not is_filled, fill=is_filled)

    def picture(self, x: float, y: float, width: float, height: float, of: Image.Image) -> None:
        """Draw a picture."""
        bottom = self._height - y - height
        self._canvas.drawImage(ImageReader(of.convert("L")), x, bottom, width, height)

    def next_page(self) -> None:
        """Go on on a new page."""
        self._canvas.showPage()

    def finish(self) -> bytes:
        """The whole file."""
        self._canvas.showPage()
        self._canvas.save()
        return self._file.getvalue()


def composed_line(text: str) -> str:
    """The text composed, with the space before it that parts it from its neighbour."""
    return (" " if text.startswith(" ") else "") + composed(text)


def _registered(weight: Weight) -> str:
    """Name of the typeface, registered when it is first used."""
    name = f"BeVietnamPro-{weight}"
    if name not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(TTFont(name, str(ROOT / "files" / f"{name}.ttf")))
    return name
