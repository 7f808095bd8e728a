"""The voice of last resort: espeak-ng as a separate program. Robotic, but offline and everywhere.

Run as a program, never linked: its licence is the GPL. The northern accent only; the other two
were understood far less (docs: speech measurements).
"""

import shutil
import subprocess
from collections.abc import Mapping
from functools import cached_property
from typing import Final

from displays.speech.announcement import Clip
from displays.speech.sound import decoded
from displays.speech.voice import Sound, VoiceFailed
from queue_server.core.identifiers import Language

VARIANTS: Final[Mapping[str, str]] = {"vi": "vi", "en": "en-gb"}
"""Voice per language; any other language is asked for by its own tag."""
WORDS_PER_MINUTE: Final = 150
DEADLINE_S: Final = 8.0


class EspeakVoice:
    """Speaks every language espeak-ng knows."""

    name = "espeak-ng"

    def __init__(self, program: str = "espeak-ng", deadline_s: float = DEADLINE_S) -> None:
        self._program = program
        self._deadline_s = deadline_s

    def speaks(self, language: Language) -> bool:  # noqa: ARG002 (the program knows; it is asked)
        """Whether the program is installed."""
        return shutil.which(self._program) is not None

    def fingerprint(self, clip: Clip) -> tuple[str, ...]:
        """Version, voice and rate."""
        return (self._version, self._variant(clip.language), str(WORDS_PER_MINUTE))

    def render(self, clip: Clip) -> Sound:
        """The clip, spoken in about 25 ms."""
        voice = ["-v", self._variant(clip.language), "-s", str(WORDS_PER_MINUTE)]
        return decoded(self._run([*voice, "-b", "1", "--stdin", "--stdout"], clip.text))

    @cached_property
    def _version(self) -> str:
        # "eSpeak NG text-to-speech: 1.51  Data at: …": the folder is no part of the version.
        return self._run(["--version"]).decode().partition("  Data at")[0].strip()

    def _variant(self, language: Language) -> str:
        return VARIANTS.get(language, language.lower())

    def _run(self, arguments: list[str], text: str = "") -> bytes:
        try:
            done = subprocess.run(  # noqa: S603 (own arguments; the text goes in by stdin)
                [self._program, *arguments],
                input=text.encode(),
                capture_output=True,
                timeout=self._deadline_s,
                check=True,
            )
        except FileNotFoundError as error:
            message = f"{self._program} is not installed; on Debian: apt-get install espeak-ng"
            raise VoiceFailed(message) from error
        except (OSError, subprocess.SubprocessError) as error:
            message = f"expected {self._program} to speak {text!r}: {error}"
            raise VoiceFailed(message) from error
        return done.stdout
