"""Vietnamese as people really type it: no marks, marks as letters or digits, sounds mixed up.

Everything is compared as plain small letters; what is written with marks is told apart by
`marked`, which does not care whether somebody writes *hoà* or *hòa*.
"""

import re
import unicodedata
from typing import Final

VOWELS: Final = frozenset("aeiouy")
TONE_LETTERS: Final = frozenset("sfrxjz")
"""What Telex takes as a tone when it stands behind a vowel."""

_TELEX_W: Final = (("uow", "uo"), ("uw", "u"), ("ow", "o"), ("aw", "a"), ("w", "u"))
_SOUNDS: Final = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"ngh", "ng"),
        (r"gh", "g"),
        (r"ph", "f"),
        (r"^tr", "ch"),
        (r"^gi(?=[aeou])|^[drj]", "z"),
        (r"^gi", "zi"),
        (r"^s(?!h)", "x"),
        (r"^n(?!g)", "l"),
        (r"^qu|^w", "ku"),
        (r"^[cq](?!h)", "k"),
        (r"y", "i"),
        (r"n[gh]$", "n"),
        (r"(?:ch|[ck])$", "t"),
    )
)
"""Sounds that are one and the same somewhere in Vietnam, or in young people's messages."""


def normalised(text: str) -> str:
    """Small Latin letters and digits in single spaces: ``Sổ đỏ`` is ``so do``."""
    return " ".join(plain(word) for word in written(text))


def written(text: str) -> list[str]:
    """Words as they are written, in small letters."""
    return re.findall(r"[^\W_]+", unicodedata.normalize("NFC", text.casefold()))


def plain(word: str) -> str:
    """The word without marks, ``đ`` as ``d``."""
    letters = unicodedata.normalize("NFD", word.replace("đ", "d"))
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def marked(word: str) -> tuple[str, str]:
    """The plain word and its marks, wherever in the word they stand."""
    letters = unicodedata.normalize("NFD", word)
    marks = sorted(letter for letter in letters if unicodedata.combining(letter) or letter == "đ")
    return plain(word), "".join(marks)


def readings(word: str) -> list[str]:
    """What a plain word may be when its marks were typed as letters (Telex) or digits (VNI).

    ``dda6t``, ``ddaats`` and ``daajt`` may all be ``dat``; so is a key that was held too long.
    The word itself is left out.
    """
    base = re.sub(r"(.)\1+", r"\1", re.sub(r"(?<=[a-z])\d+", "", word))
    forms = [re.sub(r"(.)\1+", r"\1", word)]
    forms += [base, _without_telex_w(base), base.replace("w", "")]
    forms += [form[:at] + form[at + 1 :] for form in tuple(forms) for at in _tones(form)]
    forms += [re.sub(r"(?<=[aeiouyhgnmtpc])[sfrxj]+$", "", form) for form in tuple(forms)]
    forms = [re.sub(r"(.)\1+", r"\1", form) for form in forms]
    return [form for form in dict.fromkeys(forms) if form and form != word]


def _without_telex_w(word: str) -> str:
    for typed, meant in _TELEX_W:
        word = word.replace(typed, meant)
    return word


def _tones(word: str) -> list[int]:
    """Places of letters that may be a tone."""
    first = next((at for at, letter in enumerate(word) if letter in VOWELS), len(word))
    return [at for at, letter in enumerate(word) if at > first and letter in TONE_LETTERS]


def sound(word: str) -> str:
    """What sounds alike is written alike: ``tru`` and ``chu``, ``sinh`` and ``xin``."""
    for pattern, heard in _SOUNDS:
        word = pattern.sub(heard, word)
    return word
