"""QR codes as pictures, drawn into the paper's own: every printer can print a picture."""

from PIL import Image
from qrcode.constants import ERROR_CORRECT_M
from qrcode.image.pil import PilImage
from qrcode.main import QRCode

SMALLEST_MODULE = 4
"""Dots; half a millimetre at 203 dpi, which cheap phones still read at arm's length."""
QUIET_MODULES = 4
"""White border that readers need (ISO/IEC 18004)."""


def qr_picture(
    text: str, *, widest: int, module: int = 6, quiet: int = QUIET_MODULES
) -> Image.Image:
    """The QR code of `text` with its white border.

    Modules shrink from `module` dots until the code is at most `widest` dots wide, but never
    below `SMALLEST_MODULE`. Where the paper around it is white anyway, `quiet` may be fewer.
    """
    code = QRCode(error_correction=ERROR_CORRECT_M, border=quiet, image_factory=PilImage)
    code.add_data(text)
    code.make(fit=True)
    across = code.modules_count + 2 * quiet
    code.box_size = max(SMALLEST_MODULE, min(module, widest // across))
    picture: Image.Image = code.make_image().get_image()
    return picture.convert("L")
