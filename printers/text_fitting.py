"""Fits words into a width: shrinks first, then wraps, never clips."""

from collections.abc import Sequence

from msgspec import Struct
from PIL import ImageFont

from printers.typeface import Weight, composed, font

FINE_ENOUGH = 2
"""Dots; a finer balance is invisible."""


class Style(Struct, frozen=True):
    """How a text is set; sizes are dots per em."""

    weight: Weight
    size: int
    smallest: int
    lines: int = 1
    """Lines it may take before it shrinks; at the smallest size it takes what it needs."""


class Fitted(Struct, frozen=True):
    """Text broken into lines, and the size in dots at which each line fits."""

    lines: tuple[str, ...]
    weight: Weight
    size: int

    @property
    def font(self) -> ImageFont.FreeTypeFont:
        """The typeface to draw it in."""
        return font(self.weight, self.size)

    @property
    def line_height(self) -> int:
        """Distance of baselines in dots: room for two storeys of tone marks."""
        return round(self.size * 1.28)


def fitted(text: str, style: Style, width: int) -> Fitted:
    """The text at the largest size the style allows at which it takes at most `style.lines`.

    At the smallest size it takes as many lines as it needs.
    """
    words = composed(text).split(" ")
    for size in range(style.size, style.smallest, -2):
        typeface = font(style.weight, size)
        if all(typeface.getlength(word) <= width for word in words):
            lines = wrapped(words, typeface, width)
            if len(lines) <= style.lines:
                return Fitted(lines, style.weight, size)
    typeface = font(style.weight, style.smallest)
    pieces = [piece for word in words for piece in _pieces(word, typeface, width)]
    return Fitted(wrapped(pieces, typeface, width), style.weight, style.smallest)


def balanced(text: Fitted, width: int) -> Fitted:
    """The same words in as many lines of about the same length, so that the last is no orphan."""
    words = " ".join(text.lines).split(" ")
    low, high = max(int(text.font.getlength(word)) for word in words), width
    while high - low > FINE_ENOUGH:
        middle = (low + high) // 2
        if len(wrapped(words, text.font, middle)) <= len(text.lines):
            high = middle
        else:
            low = middle
    return Fitted(wrapped(words, text.font, high), text.weight, text.size)


def wrapped(
    words: Sequence[str], typeface: ImageFont.FreeTypeFont, width: float
) -> tuple[str, ...]:
    """The words in lines no wider than `width`, as many in each as fit."""
    lines = [words[0]]
    for word in words[1:]:
        longer = f"{lines[-1]} {word}"
        if typeface.getlength(longer) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return tuple(lines)


def _pieces(word: str, typeface: ImageFont.FreeTypeFont, width: int) -> list[str]:
    """A word that is wider than the paper, cut where the paper ends."""
    pieces = [""]
    for letter in word:
        if pieces[-1] and typeface.getlength(pieces[-1] + letter) > width:
            pieces.append("")
        pieces[-1] += letter
    return pieces
