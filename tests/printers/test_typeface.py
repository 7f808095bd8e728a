"""Every Vietnamese letter is in every weight paper uses."""

from itertools import product
from unicodedata import normalize

import pytest
from PIL import Image, ImageChops

from printers.escpos_bytes import print_commands
from printers.phrases import PHRASES
from printers.printer_model import model_named
from printers.roll import SMALLEST_LETTERS, Align, Roll
from printers.text_fitting import Style
from printers.typeface import Weight, font
from tests.support.escpos_decoder import decoded

TONES = ("", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323")
LETTERS = [
    letter
    for small in (
        *(normalize("NFC", vowel + tone) for vowel, tone in product("aăâeêioôơuưy", TONES)),
        *"bcdđghklmnpqrstvx",
    )
    for letter in (small, small.upper())
]


def test_there_are_178_letters() -> None:
    assert len(set(LETTERS)) == 178
    assert all(len(letter) == 1 for letter in LETTERS)


@pytest.mark.parametrize("weight", Weight)
def test_every_vietnamese_letter_can_be_drawn(weight: Weight) -> None:
    typeface = font(weight, 40)
    missing = bytes(typeface.getmask("\uffff"))

    drawn = {letter: bytes(typeface.getmask(letter)) for letter in LETTERS}

    assert [letter for letter, dots in drawn.items() if dots == missing or not any(dots)] == []


def _drawn(text: str, weight: Weight, size: int, dots: int = 576) -> Image.Image:
    """Words on paper, as every slip draws them."""
    roll = Roll(dots)
    box = roll.box()
    box.gap(12)  # marks of capitals reach above their line, into the gap that every paper has
    box.text(text, Style(weight, size, smallest=size), Align.LEFT)
    return roll.torn_off(box.bottom)


@pytest.mark.parametrize("weight", [each for each in Weight if each is not Weight.REGULAR])
@pytest.mark.parametrize("size", [SMALLEST_LETTERS, 22, 36])
def test_every_letter_on_paper_is_itself_and_no_missing_glyph(weight: Weight, size: int) -> None:
    missing = _drawn("\uffff", weight, size).tobytes()

    drawn = {letter: _drawn(letter, weight, size).tobytes() for letter in LETTERS}

    assert missing not in drawn.values()
    look_alikes = {"I": "l"}  # one stroke each, in this typeface as in many
    assert len({dots for letter, dots in drawn.items() if letter not in look_alikes}) == 177


@pytest.mark.parametrize("name", ["generic_80mm", "generic_58mm"])
def test_a_slip_of_all_letters_arrives_dot_by_dot(name: str) -> None:
    model = model_named(name)
    letters = " ".join("".join(LETTERS[n : n + 12]) for n in range(0, 178, 12))
    picture = _drawn(letters, Weight.MEDIUM, 30, model.dots)

    (printed,) = decoded(print_commands(picture, model), model.dots)

    paper = printed.crop((0, 0, *picture.size)).convert("L")
    assert ImageChops.difference(paper, picture.convert("L")).getbbox() is None


@pytest.mark.parametrize("weight", Weight)
def test_every_sign_of_every_phrase_is_in_the_typeface(weight: Weight) -> None:
    typeface = font(weight, 40)
    missing = bytes(typeface.getmask("\uffff"))
    signs = {
        sign
        for phrases in PHRASES.values()
        for sign in repr(phrases)
        if sign.isprintable() and sign != " "
    }

    assert [sign for sign in sorted(signs) if bytes(typeface.getmask(sign)) == missing] == []
