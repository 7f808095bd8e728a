"""Paper as pictures: the one door to `slip_drawing` and `document_drawing`."""

from io import BytesIO
from typing import assert_never

from PIL import Image

from printers.document import Document
from printers.document_drawing import draw_document
from printers.slip import Slip
from printers.slip_drawing import draw_slip


def draw(paper: Slip | Document, dots: int) -> Image.Image:
    """The paper as a one-bit picture exactly `dots` wide (576 for 80 mm, 384 for 58 mm)."""
    match paper:
        case Slip():
            return draw_slip(paper, dots)
        case Document():
            return draw_document(paper, dots)
        case _:
            assert_never(paper)


def png_bytes(picture: Image.Image) -> bytes:
    """The picture as a PNG file, for screens and for centres without a printer."""
    file = BytesIO()
    picture.save(file, "PNG", optimize=True)
    return file.getvalue()
