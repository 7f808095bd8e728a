"""Every Vietnamese letter is in every weight paper uses."""

from itertools import product
from unicodedata import normalize

import pytest

from printers.typeface import Weight, font

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
