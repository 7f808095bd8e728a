"""Puts a test print on paper: bars at both edges, letters, grey, a code, and what to look at."""

from typing import Final

from PIL import Image, ImageDraw

from printers.qr_picture import qr_picture
from printers.roll import Align, Box, Roll
from printers.text_fitting import Style
from printers.trial_page import LETTERS, TrialPage
from printers.typeface import Weight

TITLE: Final = Style(Weight.EXTRA_BOLD, 64, smallest=40)
STRONG: Final = Style(Weight.BOLD, 30, smallest=22, lines=2)
SMALL: Final = Style(Weight.MEDIUM, 22, smallest=20, lines=2)
LETTER: Final = Style(Weight.MEDIUM, 26, smallest=22)
BAR: Final = (6, 40)
"""Width and height of the bars at the edges, dots."""
LETTERS_A_LINE: Final = 20


def draw_trial_page(page: TrialPage, dots: int) -> Image.Image:
    """The test print as a one-bit picture, `dots` wide."""
    roll = Roll(dots)
    box = roll.box()
    _edges(roll, box, dots)
    box.gap(10)
    box.text("IN THỬ", TITLE)
    box.text("Test print", SMALL)
    box.gap(8)
    box.text(page.printer, STRONG)
    box.text(f"{page.model} · {page.dots} dots", SMALL)
    box.text(page.moment, SMALL)
    box.gap(12)
    box.rule()
    box.gap(10)
    for start in range(0, len(LETTERS), LETTERS_A_LINE):
        box.text(" ".join(LETTERS[start : start + LETTERS_A_LINE]), LETTER)
    box.gap(12)
    box.rule()
    box.gap(12)
    box.picture(qr_picture(page.code, widest=box.width // 2, module=6))
    box.gap(12)
    for vietnamese, english in page.checks:
        box.tick_box(vietnamese, STRONG)
        box.text(english, SMALL, Align.LEFT)
        box.gap(6)
    box.gap(12)
    _edges(roll, box, dots)
    box.gap(8)
    return roll.torn_off(box.bottom)


def _edges(roll: Roll, box: Box, dots: int) -> None:
    """A bar at each edge of the head, and a ruler of eight dots a millimetre between."""
    width, height = BAR
    draw: ImageDraw.ImageDraw = roll.draw_down_to(box.bottom + height)
    top, bottom = box.bottom, box.bottom + height - 1
    draw.rectangle((0, top, width - 1, bottom), fill=0)
    draw.rectangle((dots - width, top, dots - 1, bottom), fill=0)
    for n, x in enumerate(range(width * 2, dots - width * 2, 8)):
        draw.rectangle((x, top, x + 1, top + (24 if n % 10 == 0 else 12)), fill=0)
    box.bottom += height
