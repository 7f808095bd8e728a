"""Who is listened to: people on file, and the voices of this system.

All say the same words, letter, digits and counter without the sentence around them, which nobody
has recorded, and are joined the same way.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Final

from displays.speech.announcement import Clip, ClipId, Spoken, announcement, clips_of
from displays.speech.espeak_voice import VARIANTS, EspeakVoice
from displays.speech.mastering import whole_sound
from displays.speech.phrase_files import read_phrases
from displays.speech.sound import clip_sound, decoded, mp3
from displays.speech.voice import Sound, Voice
from queue_server.core.identifiers import Language, TicketNumber

EN: Final = Language("en")
Speaker = Callable[[str, int], Sound]
"""Says a ticket number and a counter."""


def people(folder: Path) -> Speaker:
    """Recordings of a person, as the telephone system Asterisk has them: letters and digits."""

    @cache
    def word(name: str) -> Sound:
        file = folder / name
        return decoded(mp3(clip_sound(decoded(file.read_bytes()), "word")))

    return lambda number, counter: whole_sound(
        bare(number, counter), lambda id_: word(_file_of(id_))
    )


def bare(number: str, counter: int) -> Spoken:
    """Letter, digits and counter, and nothing else."""
    ids = [f"en/letter-{number[0].lower()}", *(f"en/digit-{digit}" for digit in number[1:])]
    return Spoken(EN, tuple(ClipId(id_) for id_ in [*ids, f"en/number-{counter}"]))


def _file_of(id_: str) -> str:
    kind, _, value = id_.partition("/")[2].partition("-")
    return f"letters/{value}.wav" if kind == "letter" else f"digits/{value}.wav"


def voice_of(voice: Voice, letters: Sequence[str], *, is_whole: bool = False) -> Speaker:
    """The same words in English, of clips of one voice; the whole announcement if asked for."""
    phrases = read_phrases()[EN]
    counters = [str(n) for n in range(1, 13)]
    clips: Mapping[ClipId, Clip] = {c.id: c for c in clips_of(phrases, letters, counters)}

    @cache
    def word(id_: str) -> Sound:
        clip = clips[ClipId(id_)]
        return decoded(mp3(clip_sound(voice.render(clip), clip.text)))

    def say(number: str, counter: int) -> Sound:
        if not is_whole:
            return whole_sound(bare(number, counter), word)
        (spoken,) = announcement(TicketNumber(number), str(counter), [EN], {EN: phrases})
        return whole_sound(spoken, word)

    return say


class AmericanEspeak(EspeakVoice):
    """As the judge is used to hear. No centre speaks so: its figures are not judged."""

    name = "espeak-ng-us"

    def _variant(self, language: Language) -> str:
        return "en-us" if language == EN else VARIANTS.get(language, language)
