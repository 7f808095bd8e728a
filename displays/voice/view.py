"""What there is to record, and what was: values for the page."""

from collections.abc import Mapping
from typing import Literal

from msgspec import Struct

from displays.speech.announcement import (
    Clip,
    ClipId,
    Phrases,
    clips_in_reserve,
    clips_needed,
    spoken_languages,
)
from queue_server.core.configuration import CentreConfiguration
from queue_server.core.identifiers import Language

ClipKind = Literal["phrase", "letter", "digit", "number", "zone"]


class ListedClip(Struct, frozen=True, kw_only=True):
    """One thing to say."""

    id: ClipId
    kind: ClipKind
    text: str
    is_needed: bool
    """False for what no call needs yet: other letters and numbers."""
    is_recorded: bool


class LanguageToRecord(Struct, frozen=True, kw_only=True):
    """Everything to say in one language."""

    language: Language
    voice: str | None
    """Whose clips are in force; None where only the chime sounds."""
    is_own_voice: bool
    """Whether that is what was recorded here."""
    example: tuple[ClipId, ...]
    """A call that can be made of the recordings; empty while it cannot."""
    clips: tuple[ListedClip, ...]


def languages_to_record(
    configuration: CentreConfiguration,
    phrases: Mapping[Language, Phrases],
    recorded: Mapping[Language, frozenset[ClipId]],
    voices: Mapping[Language, str | None],
) -> tuple[LanguageToRecord, ...]:
    """What the page shows.

    Args:
        configuration: What the centre is now.
        phrases: Words by language.
        recorded: Ids of what was recorded, by language.
        voices: Whose clips are in force.
    """
    needed = clips_needed(configuration, phrases)
    reserve = clips_in_reserve(configuration, phrases)
    return tuple(
        LanguageToRecord(
            language=language,
            voice=voices.get(language),
            is_own_voice=voices.get(language) == f"pack-recorded-{language.lower()}",
            example=_example(phrases[language], needed, recorded.get(language, frozenset())),
            clips=tuple(
                ListedClip(
                    id=clip.id,
                    kind=_kind(clip.id),
                    text=clip.text.rstrip(",").strip(),
                    is_needed=is_needed,
                    is_recorded=clip.id in recorded.get(language, frozenset()),
                )
                for is_needed, clips in ((True, needed), (False, reserve))
                for clip in clips
                if clip.language == language
            ),
        )
        for language in spoken_languages(configuration)
        if language in phrases
    )


def _example(
    phrases: Phrases, needed: tuple[Clip, ...], recorded: frozenset[ClipId]
) -> tuple[ClipId, ...]:
    """A call of the first letter and counter for which everything was recorded."""
    ids = [clip.id for clip in needed if clip.language == phrases.language]
    letters = [id_ for id_ in ids if "/letter-" in id_]
    counters = [id_ for id_ in ids if "/number-" in id_]
    digits = [ClipId(f"{phrases.language}/digit-{digit}") for digit in (0, 1, 2)]
    for letter, counter in zip(letters, counters, strict=False):
        slots = {"<number>": [letter, *digits], "<counter>": [counter], "<zone>": []}
        call = tuple(
            id_
            for name in phrases.frame
            for id_ in slots.get(name, [ClipId(f"{phrases.language}/{name}")])
        )
        if recorded.issuperset(call):
            return call
    return ()


def _kind(id_: ClipId) -> ClipKind:
    name = id_.partition("/")[2].partition("-")[0]
    match name:
        case "letter" | "digit" | "number" | "zone":
            return name
        case _:
            return "phrase"
