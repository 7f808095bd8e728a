"""Looks at one recording in a process of its own: sound on stdin, its text as argument, JSON out.

A process, so that the server neither keeps the libraries of sound in memory nor meets what a
broken file does to them. Exit status 1 with one word on stderr when it cannot be used: `nothing`,
`silence`, `length`.
"""

import sys

import msgspec
import numpy as np
from msgspec import Struct

from displays.speech.sound import active_dbfs, clip_sound, decoded, peak_dbfs
from displays.speech.voice import Sound, VoiceFailed

CLIPPED_DBFS = -0.2
"""A voice that reaches full scale was cut off by the microphone."""
QUIET_DBFS = -38.0
"""Raised from here to the level of clips, the room is heard too."""
LEAST_ABOVE_NOISE_DB = 18.0


class Take(Struct, frozen=True, kw_only=True):
    """A recording that can be used, and what would make it better."""

    duration_ms: int
    """Trimmed."""
    level_dbfs: float
    peak_dbfs: float
    advice: tuple[str, ...]
    """`clipped`, `quiet`, `noisy`."""


def looked_at(data: bytes, text: str) -> Take:
    """The recording, or why it cannot be used.

    Raises:
        VoiceFailed: It is no speech of this text.
    """
    raw = decoded(data)
    clip = clip_sound(raw, text)
    level, peak = active_dbfs(raw), peak_dbfs(raw)
    found = {
        "clipped": peak > CLIPPED_DBFS,
        "quiet": level < QUIET_DBFS,
        "noisy": level - noise_dbfs(raw) < LEAST_ABOVE_NOISE_DB,
    }
    return Take(
        duration_ms=clip.duration_ms,
        level_dbfs=round(level, 1),
        peak_dbfs=round(peak, 1),
        advice=tuple(name for name, holds in found.items() if holds),
    )


def noise_dbfs(sound: Sound) -> float:
    """Level of the quietest tenth: the room between the words."""
    window = max(1, sound.rate_hz // 50)
    whole = sound.samples[: len(sound.samples) // window * window].reshape(-1, window)
    powers = np.sort(np.mean(np.square(whole, dtype=np.float64), axis=1))
    quietest = powers[: max(1, len(powers) // 10)]
    return float(10 * np.log10(max(float(quietest.mean()), 1e-12)))


def main(text: str) -> int:
    """Look at stdin; the exit status."""
    data = sys.stdin.buffer.read()
    try:
        take = looked_at(data, text)
    except VoiceFailed as failure:
        sys.stderr.write(_word(data, failure))
        return 1
    sys.stdout.buffer.write(msgspec.json.encode(take))
    return 0


def _word(data: bytes, failure: VoiceFailed) -> str:
    try:
        sound = decoded(data)
    except VoiceFailed:
        return "nothing"
    if not len(sound.samples):
        return "nothing"
    return "silence" if "silence" in failure.message else "length"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
