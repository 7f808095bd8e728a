"""The chime before a call: three soft tones, made here, so that there always is one."""

from functools import cache
from typing import Final

import numpy as np

from displays.speech.sound import RATE_HZ, mp3
from displays.speech.voice import Samples, Sound

DURATION_S: Final = 0.7
TONES_HZ: Final = (659.26, 830.61, 987.77)
"""E5, G#5, B5: a rising major chord; between 600 and 1,000 Hz older ears still hear well."""
PEAK: Final = 0.35

_STARTS_S: Final = (0.0, 0.13, 0.26)
_DECAY_S: Final = 0.16
_ATTACK_S: Final = 0.008
_OVERTONES: Final = ((1.0, 1.0), (2.0, 0.25), (3.0, 0.08))
_FADE_S: Final = 0.06


def chime() -> Sound:
    """The chime as sound."""
    time_s = (np.arange(round(DURATION_S * RATE_HZ)) / RATE_HZ).astype(np.float32)
    tones = [_struck(time_s - start_s, hz) for start_s, hz in zip(_STARTS_S, TONES_HZ, strict=True)]
    mixed = np.sum(tones, axis=0) * np.clip((DURATION_S - time_s) / _FADE_S, 0, 1)
    return Sound((mixed / np.abs(mixed).max() * PEAK).astype(np.float32), RATE_HZ)


@cache
def chime_mp3() -> bytes:
    """The chime as mp3."""
    return mp3(chime())


def _struck(time_s: Samples, hz: float) -> Samples:
    """A bar struck at time zero, silent before."""
    since_s = np.maximum(time_s, 0)
    envelope = np.minimum(since_s / _ATTACK_S, 1) * np.exp(-since_s / _DECAY_S)
    wave = sum(gain * np.sin(2 * np.pi * hz * ratio * since_s) for ratio, gain in _OVERTONES)
    return np.asarray(envelope * wave, dtype=np.float32)
