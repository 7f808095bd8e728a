"""Be Vietnam Pro in the weights that paper uses. Every Vietnamese letter is in each of them."""

from enum import StrEnum
from functools import lru_cache
from math import ceil
from unicodedata import normalize

from fontpkg_be_vietnam_pro import ROOT
from PIL import ImageFont


class Weight(StrEnum):
    """Weights; nothing lighter than medium survives a thermal print of small letters."""

    REGULAR = "Regular"
    """For sheets of office printers alone."""
    MEDIUM = "Medium"
    SEMI_BOLD = "SemiBold"
    BOLD = "Bold"
    EXTRA_BOLD = "ExtraBold"


@lru_cache(maxsize=256)
def font(weight: Weight, size: int) -> ImageFont.FreeTypeFont:
    """The typeface at `size` dots per em.

    The basic layout engine gives the same dots on every machine; Vietnamese needs no shaping
    once it is composed (`composed`).
    """
    path = ROOT / "files" / f"BeVietnamPro-{weight}.ttf"
    return ImageFont.truetype(str(path), size, layout_engine=ImageFont.Layout.BASIC)


@lru_cache(maxsize=16)
def size_of_height(weight: Weight, height: int) -> int:
    """Dots per em at which figures are at least `height` dots high."""
    _, top, _, bottom = font(weight, 1000).getbbox("1", anchor="ls")
    return ceil(height * 1000 / (bottom - top))


def composed(text: str) -> str:
    """Text with every letter and its tone as one character, spaces drawn together."""
    return normalize("NFC", " ".join(text.split()))
