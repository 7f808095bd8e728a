"""What a voice is: something that turns a clip's text into sound, or says why it cannot."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from displays.speech.announcement import Clip
from queue_server.core.errors import QueueError
from queue_server.core.identifiers import Language

Samples = NDArray[np.float32]
"""Mono, full scale ±1."""


class VoiceFailed(QueueError):
    """A voice could not speak a clip: missing, no line, refused, or no usable sound."""

    code = "voice_failed"


@dataclass(frozen=True)
class Sound:
    """Sound in memory. A dataclass: arrays are never serialised."""

    samples: Samples
    rate_hz: int

    @property
    def duration_ms(self) -> int:
        """Length, rounded."""
        return round(self.duration_exact_ms)

    @property
    def duration_exact_ms(self) -> float:
        """Length to the sample."""
        return 1000 * len(self.samples) / self.rate_hz


def silence(seconds: float, rate_hz: int) -> Sound:
    """Nothing, for so long."""
    return Sound(np.zeros(round(seconds * rate_hz), dtype=np.float32), rate_hz)


class Voice(Protocol):
    """One way to speak. `prepare` renders a whole language with one voice, never with two."""

    @property
    def name(self) -> str:
        """Name of its folder of clips, e.g. ``espeak-ng``; ASCII, no slash."""
        ...

    def speaks(self, language: Language) -> bool:
        """Whether it is worth asking."""
        ...

    def fingerprint(self, clip: Clip) -> Iterable[str]:
        """Everything besides text and language that the sound depends on, e.g. version and rate.

        Raises:
            VoiceFailed: The voice does not have the clip or is not installed.
        """
        ...

    def render(self, clip: Clip) -> Sound:
        """The clip as the voice speaks it, untrimmed.

        Raises:
            VoiceFailed: It could not.
        """
        ...
