"""Fits words into a width: shrinks first, then wraps, never clips."""

from collections.abc import Sequence
from typing import Self

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
        measured = _Measured.of(words, font(style.weight, size))
        if max(measured.widths) <= width:
            lines = measured.wrapped(width)
            if len(lines) <= style.lines:
                return Fitted(lines, style.weight, size)
    typeface = font(style.weight, style.smallest)
    pieces = [piece for word in words for piece in _pieces(word, typeface, width)]
    lines = _Measured.of(pieces, typeface).wrapped(width)
    return Fitted(lines, style.weight, style.smallest)


def balanced(text: Fitted, width: int) -> Fitted:
    """The same words in as many lines of about the same length, so that the last is no orphan."""
    measured = _Measured.of(" ".join(text.lines).split(" "), text.font)
    low, high = int(max(measured.widths)), width
    while high - low > FINE_ENOUGH:
        middle = (low + high) // 2
        if len(measured.wrapped(middle)) <= len(text.lines):
            high = middle
        else:
            low = middle
    return Fitted(measured.wrapped(high), text.weight, text.size)


class _Measured(Struct, frozen=True):
    """Words with their widths; the typeface does not kern over spaces, so widths add up."""

    words: Sequence[str]
    widths: Sequence[float]
    space: float

    @classmethod
    def of(cls, words: Sequence[str], typeface: ImageFont.FreeTypeFont) -> Self:
        return cls(words, [typeface.getlength(word) for word in words], typeface.getlength(" "))

    def wrapped(self, width: float) -> tuple[str, ...]:
        """Lines no wider than `width`, as many words in each as fit."""
        lines: list[list[str]] = []
        left = 0.0
        for word, word_width in zip(self.words, self.widths, strict=True):
            left -= self.space + word_width
            if lines and left >= 0:
                lines[-1].append(word)
            else:
                lines.append([word])
                left = width - word_width
        return tuple(" ".join(line) for line in lines)


def _pieces(word: str, typeface: ImageFont.FreeTypeFont, width: int) -> list[str]:
    """A word that is wider than the paper, cut where the paper ends."""
    pieces = [""]
    for letter in word:
        if pieces[-1] and typeface.getlength(pieces[-1] + letter) > width:
            pieces.append("")
        pieces[-1] += letter
    return pieces
