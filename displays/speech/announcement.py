"""A call as a list of clips per language, and every clip a centre needs.

Pure. Ticket numbers are read digit by digit, letters by their names, counters as numbers.
Words come from a `Phrases` value per language (`phrase_files` reads them), so a language is
one data file and no code.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final, NewType

from msgspec import Struct

from queue_server.core.configuration import CentreConfiguration
from queue_server.core.identifiers import Language, TicketNumber

ClipId = NewType("ClipId", str)
"""Readable and stable: ``vi/letter-a``, ``vi/digit-0``, ``vi/to-counter``, ``vi/number-11``."""

NUMBER_SLOT: Final = "<number>"
COUNTER_SLOT: Final = "<counter>"

_RUN = re.compile(r"\d+|[^\W\d_]")


class Phrases(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The words of one language."""

    language: Language
    frame: tuple[str, ...]
    """Names of `texts` in the order of speech, with the two slots among them."""
    texts: Mapping[str, str]
    digits: tuple[str, ...]
    """Ten names, from zero."""
    letters: Mapping[str, str]
    """Name of each letter, keyed by the capital letter in NFC."""
    numbers: tuple[str, ...]
    """Zero to ninety-nine as spoken after the word for counter."""


class Spoken(Struct, frozen=True):
    """What one language says."""

    language: Language
    clips: tuple[ClipId, ...]


class Clip(Struct, frozen=True):
    """One sound that has to exist before it can be called for."""

    id: ClipId
    language: Language
    text: str


def announcement(
    number: TicketNumber,
    counter_number: str,
    languages: Iterable[Language],
    phrases: Mapping[Language, Phrases],
) -> tuple[Spoken, ...]:
    """The call of a ticket to a counter, in each language that has phrases, in their order.

    Args:
        number: As shown, e.g. ``A012``.
        counter_number: As shown, e.g. ``3`` or ``12B``.
        languages: In the order of speech; one without phrases is left out.
        phrases: Words by language.
    """
    return tuple(
        Spoken(language, tuple(_call(phrases[language], number, counter_number)))
        for language in languages
        if language in phrases
    )


def clips_needed(
    configuration: CentreConfiguration, phrases: Mapping[Language, Phrases]
) -> tuple[Clip, ...]:
    """Every clip that some call of this centre may need, once each, by language.

    Languages of the centre that have no phrases are left out.
    """
    numbers = [series_field.series.letter for series_field in configuration.fields.values()]
    counters = [counter.number for counter in configuration.counters.values()]
    return tuple(
        clip
        for language in configuration.speech.languages
        if language in phrases
        for clip in clips_of(phrases[language], numbers, counters)
    )


def clips_of(
    phrases: Phrases, letters: Sequence[str], counter_numbers: Sequence[str]
) -> tuple[Clip, ...]:
    """The clips of one language for these series letters and counters."""
    parts = [*_frame_parts(phrases), *(f"digit-{digit}" for digit in range(10))]
    parts += [part for text in letters for part in _spelled(text)]
    parts += [part for text in counter_numbers for part in _read(text, phrases)]
    return tuple(
        Clip(_clip_id(phrases, part), phrases.language, normalised(_text(part, phrases)))
        for part in dict.fromkeys(parts)
    )


def normalised(text: str) -> str:
    """The text in NFC with single spaces: decomposed Vietnamese loses all its tones."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def _call(phrases: Phrases, number: str, counter_number: str) -> Iterator[ClipId]:
    for name in phrases.frame:
        if name == NUMBER_SLOT:
            parts = _spelled(number)
        elif name == COUNTER_SLOT:
            parts = _read(counter_number, phrases)
        else:
            parts = [name]
        yield from (_clip_id(phrases, part) for part in parts)


def _frame_parts(phrases: Phrases) -> list[str]:
    return [name for name in phrases.frame if name not in {NUMBER_SLOT, COUNTER_SLOT}]


def _spelled(text: str) -> list[str]:
    """Parts of a text read character by character; anything but letters and digits is silent."""
    return [_character(character) for run in _runs(text) for character in run]


def _read(text: str, phrases: Phrases) -> list[str]:
    """Parts of a counter's number: digits together as a number, letters by name."""
    parts: list[str] = []
    for run in _runs(text):
        if run.isdecimal() and int(run) < len(phrases.numbers):
            parts.append(f"number-{int(run)}")
        else:
            parts += [_character(character) for character in run]
    return parts


def _runs(text: str) -> list[str]:
    return _RUN.findall(unicodedata.normalize("NFC", text).upper())


def _character(character: str) -> str:
    if character.isdecimal():
        return f"digit-{int(character)}"
    return f"letter-{character.lower()}"


def _clip_id(phrases: Phrases, part: str) -> ClipId:
    return ClipId(f"{phrases.language}/{part}")


def _text(part: str, phrases: Phrases) -> str:
    if part in phrases.texts:
        return phrases.texts[part]
    kind, _, value = part.partition("-")
    if kind == "digit":
        return phrases.digits[int(value)]
    if kind == "number":
        return phrases.numbers[int(value)]
    return phrases.letters.get(value.upper(), value.upper())
