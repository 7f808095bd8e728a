"""How much a voice is raised so that its announcements are as loud as every other voice's.

Clips are level each by themselves; how loud a whole sentence seems depends on the voice. Some
announcements of the set are joined and measured, once, when the set is made.
"""

from collections.abc import Callable, Mapping, Sequence
from itertools import cycle, islice
from typing import Final

from displays.speech.announcement import ClipId, Phrases, Spoken, announcement
from displays.speech.announcement_plan import Announcement, timeline
from displays.speech.joined import joined
from displays.speech.loudness_meter import loudness_lufs
from displays.speech.sound import ANNOUNCEMENT_LUFS, MOST_GAIN_DB
from displays.speech.voice import Sound
from queue_server.core.identifiers import TicketNumber

SAMPLES: Final = 6
_DIGITS: Final = ("012", "345", "678", "907", "116", "550")


def gain_db(phrases: Phrases, ids: Sequence[ClipId], sound_of: Callable[[str], Sound]) -> float:
    """Decibels by which announcements of these clips are raised.

    Args:
        phrases: Words of their language.
        ids: The clips there are.
        sound_of: The sound of each.
    """
    sounds: dict[str, Sound] = {}

    def sound(id_: str) -> Sound:
        return sounds.setdefault(id_, sounds.get(id_) or sound_of(id_))

    levels = [
        loudness_lufs(whole_sound(spoken, sound)) for spoken in sample_announcements(phrases, ids)
    ]
    if not levels:
        return 0.0
    wanted = ANNOUNCEMENT_LUFS - sum(levels) / len(levels)
    return round(max(-2 * MOST_GAIN_DB, min(MOST_GAIN_DB, wanted)), 1)


def sample_announcements(phrases: Phrases, ids: Sequence[ClipId]) -> list[Spoken]:
    """Calls that can be made of these clips, of every letter and counter in turn."""
    letters, counters = _values(ids, "letter"), _values(ids, "number")
    if not letters or not counters:
        return []
    numbers = zip(cycle(letters), _DIGITS, cycle(counters))
    return [
        spoken
        for letter, digits, counter in islice(numbers, SAMPLES)
        for spoken in announcement(
            TicketNumber(f"{letter}{digits}"),
            counter,
            [phrases.language],
            {phrases.language: phrases},
        )
    ]


def whole_sound(
    spoken: Spoken, sound_of: Callable[[str], Sound], gains: Mapping[str, float] | None = None
) -> Sound:
    """One language of a call as one sound, without the chime."""
    said = Announcement(form="first", with_chime=False, spoken=(spoken,))
    line = timeline(said, lambda key: sound_of(key).duration_exact_ms)
    return joined(line, sound_of, gains or {})


def _values(ids: Sequence[ClipId], kind: str) -> list[str]:
    """What the clips of a kind are of: ``A`` of ``vi/letter-a``."""
    parts = [id_.partition("/")[2].partition("-") for id_ in ids]
    return [value.upper() for name, _, value in parts if name == kind]
