"""The online voice, off unless a centre allows it: gTTS in a child process with a deadline.

Only words of the phrases files go out, at most one a second, never on the path of a call. A
captive portal or a throttled answer yields no audio and is told by it; after two failures the
voice rests for two minutes.
"""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from importlib.metadata import version
from pathlib import Path
from typing import Final

from gtts.lang import tts_langs

from displays.speech.announcement import Clip, ClipId
from displays.speech.circuit_breaker import CircuitBreaker
from displays.speech.sound import clip_sound, decoded
from displays.speech.voice import Sound, VoiceFailed
from queue_server.core.identifiers import Language

DEADLINE_S: Final = 8.0
PAUSE_S: Final = 1.0
"""Between two requests; the service blocks who hammers it."""
RESOLVER: Final = "timeout:1 attempts:1"
"""Cuts the wait for a dead name server from 10 s to 1 s."""

_CHILD: Final = Path(__file__).with_name("gtts_child.py")


class GttsVoice:
    """Speaks with the voice of a well-known translation page.

    Args:
        deadline_s: For one clip, start of the process included.
        pause_s: Least time between the starts of two requests.
        environment: Of the child; by default this process's own (proxies, authorities).
        breaker: Decides when to rest.
        wait: How to pass the pause.
    """

    name = "gtts"

    def __init__(
        self,
        *,
        deadline_s: float = DEADLINE_S,
        pause_s: float = PAUSE_S,
        environment: Mapping[str, str] | None = None,
        breaker: CircuitBreaker | None = None,
        wait: Callable[[float], None] = time.sleep,
    ) -> None:
        self._deadline_s = deadline_s
        self._pause_s = pause_s
        self._environment = {**(environment or os.environ), "RES_OPTIONS": RESOLVER}
        self._breaker = breaker or CircuitBreaker()
        self._wait = wait
        self._next_at_s = 0.0

    def speaks(self, language: Language) -> bool:
        """Whether the service knows the language; no request is made."""
        return language in tts_langs()

    def fingerprint(self, clip: Clip) -> tuple[str, ...]:  # noqa: ARG002 (one voice per language)
        """Version of the library; the service itself has none."""
        return (version("gtts"),)

    def render(self, clip: Clip) -> Sound:
        """The clip, after one request of at most the deadline."""
        if self._breaker.is_open():
            raise VoiceFailed("expected gTTS to answer, but it failed twice and rests for 120 s")
        self._keep_pace()
        try:
            sound = decoded(self._fetch(clip))
            clip_sound(sound, clip.text)
        except VoiceFailed:
            self._breaker.failed()
            raise
        self._breaker.succeeded()
        return sound

    def _keep_pace(self) -> None:
        now_s = time.monotonic()
        if now_s < self._next_at_s:
            self._wait(self._next_at_s - now_s)
        self._next_at_s = max(now_s, self._next_at_s) + self._pause_s

    def _fetch(self, clip: Clip) -> bytes:
        try:
            done = subprocess.run(  # noqa: S603 (own arguments; the text goes in by stdin)
                [sys.executable, "-P", str(_CHILD), clip.language],
                input=clip.text.encode(),
                capture_output=True,
                timeout=self._deadline_s,
                env=self._environment,
                check=False,
            )
        except subprocess.TimeoutExpired as error:
            message = f"expected gTTS to speak {clip.text!r} within {self._deadline_s} s"
            raise VoiceFailed(message) from error
        if done.returncode:
            reason = done.stderr.decode(errors="replace").strip()[-300:]
            message = f"expected gTTS to speak {clip.text!r}: {reason}"
            raise VoiceFailed(message)
        return done.stdout


def check_online(language: Language, text: str) -> Sound:
    """Ask the real service for one phrase, to see that it still answers.

    No automatic test can replace it. The sound is untrimmed, for a person to listen to.

    Raises:
        VoiceFailed: It does not, and why.
    """
    return GttsVoice().render(Clip(ClipId(f"{language}/check"), language, text))
