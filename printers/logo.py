"""A centre's logo as it goes on paper: in its place, without transparency."""

from base64 import b64decode
from functools import lru_cache
from io import BytesIO

import structlog
from PIL import Image

log = structlog.get_logger()


@lru_cache(maxsize=16)
def logo_picture(logo: str, height: int, widest: int) -> Image.Image | None:
    """The logo in greys, as high as `height` unless that makes it wider than `widest`.

    None where there is none, or where it cannot be read: paper comes out without it.
    """
    if not logo:
        return None
    try:
        with Image.open(BytesIO(b64decode(logo)), formats=["PNG"]) as picture:
            whole = picture.convert("RGBA")
    except (OSError, ValueError, SyntaxError) as error:
        log.warning("the logo cannot be read", reason=str(error))
        return None
    white = Image.new("RGBA", whole.size, "white")
    grey = Image.alpha_composite(white, whole).convert("L")
    scale = min(height / grey.height, widest / grey.width)
    size = (max(1, round(grey.width * scale)), max(1, round(grey.height * scale)))
    return grey.resize(size, Image.Resampling.LANCZOS)
