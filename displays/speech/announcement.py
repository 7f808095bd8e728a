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

from queue_server.core.configuration import CentreConfiguration, Texts
from queue_server.core.identifiers import Language, TicketNumber, ZoneId

ClipId = NewType("ClipId", str)
"""Readable and stable: ``vi/letter-a``, ``vi/digit-0``, ``vi/to-counter``, ``vi/number-11``."""

NUMBER_SLOT: Final = "<number>"
COUNTER_SLOT: Final = "<counter>"
ZONE_SLOT: Final = "<zone>"

_RUN = re.compile(r"\d+|[^\W\d_]")


class Phrases(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The words of one language."""

    language: Language
    frame: tuple[str, ...]
    """Names of `texts` in the order of speech, with the slots for number and counter among them."""
    recall_frame: tuple[str, ...] = ()
    """The same for who is called again; empty for the words of the first call."""
    zone: str = ""
    """How a zone is said, with the slot for its name, e.g. ``in <zone>``; empty: never."""
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


class Manner(Struct, frozen=True, kw_only=True):
    """What is said beside number and counter."""

    is_recall: bool = False
    """Whether the ticket was called before."""
    zone: ZoneId | None = None
    """Where the counter is, if that is to be said."""


FIRST_CALL: Final = Manner()


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
    manner: Manner = FIRST_CALL,
) -> tuple[Spoken, ...]:
    """The call of a ticket to a counter, in each language that has phrases, in their order.

    Args:
        number: As shown, e.g. ``A012``.
        counter_number: As shown, e.g. ``3`` or ``12B``.
        languages: In the order of speech; one without phrases is left out.
        phrases: Words by language.
        manner: What else there is to say.
    """
    values = {NUMBER_SLOT: str(number), COUNTER_SLOT: counter_number, ZONE_SLOT: manner.zone or ""}
    return tuple(
        Spoken(language, tuple(_call(phrases[language], values, is_recall=manner.is_recall)))
        for language in languages
        if language in phrases
    )


def spoken_languages(configuration: CentreConfiguration) -> tuple[Language, ...]:
    """Every language that some call of the centre may be spoken in, in the order of speech."""
    speech = configuration.speech
    own = configuration.languages if speech.adds_citizens_language and speech.languages else ()
    return tuple(dict.fromkeys((*speech.languages, *own)))


def languages_for(configuration: CentreConfiguration, citizen: Language) -> tuple[Language, ...]:
    """The languages of one call: those of every call, then the citizen's own."""
    every = configuration.speech.languages
    adds = configuration.speech.adds_citizens_language and citizen not in every
    return (*every, citizen) if adds else every


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
        for language in spoken_languages(configuration)
        if language in phrases
        for clip in (
            *clips_of(phrases[language], numbers, counters),
            *_zone_clips(phrases[language], configuration),
        )
    )


def clips_in_reserve(
    configuration: CentreConfiguration, phrases: Mapping[Language, Phrases]
) -> tuple[Clip, ...]:
    """What no call needs yet and tomorrow's may: all letters and numbers, and every zone.

    A voice that can be had only now, with a line or a speaker in the room, says them too.
    """
    needed = {clip.id for clip in clips_needed(configuration, phrases)}
    found: list[Clip] = []
    for language in spoken_languages(configuration):
        if language in phrases:
            words = phrases[language]
            found += clips_of(words, "ABCDEGHKLMNPQRSTVX", [str(n) for n in range(1, 100)])
            found += _named_zones(words, configuration)
    return tuple(clip for clip in found if clip.id not in needed)


def clips_of(
    phrases: Phrases, letters: Sequence[str], counter_numbers: Sequence[str]
) -> tuple[Clip, ...]:
    """The clips of one language for these series letters and counters."""
    parts = [*_texts_said(phrases), *(f"digit-{digit}" for digit in range(10))]
    parts += [part for text in letters for part in _spelled(text)]
    parts += [part for text in counter_numbers for part in _read(text, phrases)]
    return tuple(
        Clip(_clip_id(phrases, part), phrases.language, normalised(_text(part, phrases)))
        for part in dict.fromkeys(parts)
    )


def normalised(text: str) -> str:
    """The text in NFC with single spaces: decomposed Vietnamese loses all its tones."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def _zone_clips(phrases: Phrases, configuration: CentreConfiguration) -> tuple[Clip, ...]:
    return _named_zones(phrases, configuration) if configuration.speech.names_zone else ()


def _named_zones(phrases: Phrases, configuration: CentreConfiguration) -> tuple[Clip, ...]:
    """Every zone as it is said; its name in Vietnamese where it has none in the language."""
    if not phrases.zone:
        return ()
    return tuple(
        Clip(
            _clip_id(phrases, f"zone-{zone.id}"),
            phrases.language,
            normalised(phrases.zone.replace(ZONE_SLOT, _name(zone.name, phrases.language))),
        )
        for zone in configuration.zones.values()
    )


def _name(texts: Texts, language: Language) -> str:
    return texts.get(language) or texts.get("vi") or next(iter(texts.values()), "")


def _call(phrases: Phrases, values: Mapping[str, str], *, is_recall: bool) -> Iterator[ClipId]:
    frame = (phrases.recall_frame if is_recall else ()) or phrases.frame
    for name in frame:
        if name == NUMBER_SLOT:
            parts = _spelled(values[name])
        elif name == COUNTER_SLOT:
            parts = _read(values[name], phrases)
        elif name == ZONE_SLOT:
            parts = [f"zone-{values[name]}"] if values[name] and phrases.zone else []
        else:
            parts = [name]
        yield from (_clip_id(phrases, part) for part in parts)


def _texts_said(phrases: Phrases) -> list[str]:
    return [name for name in (*phrases.frame, *phrases.recall_frame) if name in phrases.texts]


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
