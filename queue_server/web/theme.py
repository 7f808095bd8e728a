"""A centre's two brand colours as CSS variables, with text colours that can be read on them.

The colours come from the centre's configuration. Whatever a centre chooses, contrast is kept
(WCAG 2.2, 1.4.3): text on a colour is the darker or lighter of the two inks, and where a brand
colour is itself text on paper it is darkened until it reaches 4.5 : 1.
"""

import re
from typing import Final

INK: Final = "#0b1b33"
PAPER: Final = "#ffffff"
READABLE: Final = 4.5
_HEX: Final = re.compile(r"#[0-9a-f]{6}")


def theme_css(brand: str, accent: str) -> str:
    """Style sheet that sets the theme.

    Args:
        brand: Colour of headers and main buttons, ``#rrggbb``.
        accent: Colour of what is called, ``#rrggbb``.

    Raises:
        ValueError: A colour is not six hexadecimal digits after ``#``.
    """
    variables = {
        "brand": brand.lower(),
        "on-brand": readable_on(brand),
        "brand-text": darkened(brand),
        "accent": accent.lower(),
        "on-accent": readable_on(accent),
    }
    lines = "".join(f"  --{name}: {value};\n" for name, value in variables.items())
    return f":root {{\n{lines}}}\n"


def readable_on(colour: str) -> str:
    """Ink or paper, whichever is easier to read on `colour`."""
    return max((INK, PAPER), key=lambda text: contrast(text, colour))


def darkened(colour: str) -> str:
    """`colour`, made darker in equal steps until it can be read on paper."""
    red, green, blue = _channels(colour)
    for step in range(20, -1, -1):
        shade = "#" + "".join(f"{round(part * step / 20):02x}" for part in (red, green, blue))
        if contrast(shade, PAPER) >= READABLE:
            return shade
    raise AssertionError("black can be read on white")


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours, 1 to 21, by WCAG 2.2."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(part / 255) for part in _channels(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    threshold = 0.04045
    return part / 12.92 if part <= threshold else ((part + 0.055) / 1.055) ** 2.4


def _channels(colour: str) -> tuple[int, int, int]:
    if not _HEX.fullmatch(colour.lower()):
        message = f"a colour is # and six hexadecimal digits, got {colour!r}"
        raise ValueError(message)
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)
