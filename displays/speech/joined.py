"""An announcement as one sound, for loudspeakers that the server drives itself."""

from collections.abc import Callable, Mapping

import numpy as np

from displays.speech.announcement_plan import Timeline
from displays.speech.sound import RATE_HZ
from displays.speech.voice import Sound


def joined(
    timeline: Timeline,
    sound_of: Callable[[str], Sound | None],
    gains_db: Mapping[str, float],
    volume_percent: int = 100,
) -> Sound:
    """The clips of a timeline where it puts them, one channel at `RATE_HZ`.

    Args:
        timeline: Which clip begins when.
        sound_of: The sound of a clip, at `RATE_HZ`; one that is missing leaves a pause.
        gains_db: By how much the clips of a language are raised.
        volume_percent: How loud.
    """
    samples = np.zeros(round(timeline.duration_ms * RATE_HZ / 1000) + 1, dtype=np.float32)
    for clip in timeline.clips:
        sound = sound_of(clip.key)
        if sound is not None:
            start = round(clip.start_ms * RATE_HZ / 1000)
            end = min(start + len(sound.samples), len(samples))
            gain = 10 ** (gains_db.get(clip.key.partition("/")[0], 0.0) / 20)
            samples[start:end] += sound.samples[: end - start] * np.float32(gain)
    return Sound(samples * np.float32(volume_percent / 100), RATE_HZ)
