"""A recogniser that knows the sentence and picks letter, digits and counter."""

import re
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import numpy as np
from msgspec import Struct
from pocketsphinx import Decoder, get_model_path

from displays.speech.sound import at_rate
from displays.speech.voice import Sound

RATE_HZ: Final = 16_000
DIGITS: Final = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
NUMBERS: Final = (*DIGITS, "ten", "eleven", "twelve")
_FRAME: Final = {"ticket", "to", "counter"}


class Heard(Struct, frozen=True):
    """What was understood; empty where nothing was."""

    letter: str
    digits: tuple[int, ...]
    counter: int | None


class Judge:
    """Hears calls of these letters and of counters 1 to 12."""

    def __init__(self, letters: Sequence[str]) -> None:
        self._letters = {f"{letter.lower()}.": letter for letter in letters}
        with tempfile.TemporaryDirectory() as folder:
            grammar = Path(folder) / "call.gram"
            grammar.write_text(_grammar(list(self._letters)))
            model = get_model_path()
            self._decoder = Decoder(
                hmm=f"{model}/en-us/en-us",
                dict=f"{model}/en-us/cmudict-en-us.dict",
                jsgf=str(grammar),
                loglevel="FATAL",
            )

    def hear(self, sound: Sound) -> Heard:
        """What the sound says."""
        samples = at_rate(sound, RATE_HZ).samples
        pause = np.zeros(RATE_HZ // 3, dtype=np.float32)
        whole = np.clip(np.concatenate([pause, samples, pause]), -1, 1)
        self._decoder.start_utt()
        self._decoder.process_raw((whole * 32_767).astype(np.int16).tobytes(), full_utt=True)
        self._decoder.end_utt()
        found = self._decoder.hyp()
        words = [] if found is None else re.sub(r"\(\d\)", "", found.hypstr).split()
        return self._understood([word for word in words if word not in _FRAME])

    def _understood(self, words: Sequence[str]) -> Heard:
        letter = self._letters.get(words[0], "") if words else ""
        digits = tuple(DIGITS.index(word) for word in words[1:4] if word in DIGITS)
        counter = NUMBERS.index(words[4]) if len(words) > 4 and words[4] in NUMBERS else None
        return Heard(letter, digits, counter)


def _grammar(letters: Sequence[str]) -> str:
    return f"""#JSGF V1.0;
grammar call;
<letter> = {" | ".join(letters)};
<digit> = {" | ".join(DIGITS)};
<counter> = {" | ".join(NUMBERS[1:])};
public <call> = [ticket] <letter> <digit> <digit> <digit> [to counter] <counter>;
"""
