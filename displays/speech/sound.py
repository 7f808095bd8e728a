"""Sound as clips need it: decoded, trimmed, levelled, encoded. No files.

Levels are of the active part only: loudness gating does not work under 400 ms.
"""

import io
from typing import Final

import numpy as np
import soundfile
import soxr
from scipy.ndimage import minimum_filter1d, uniform_filter1d

from displays.speech.voice import Samples, Sound, VoiceFailed

RATE_HZ: Final = 24_000
ACTIVE_DBFS: Final = -20.0
"""Level of the active part of every clip, so that voices and languages are equally loud."""
PEAK_DBFS: Final = -5.0
"""Higher peaks are held down. An announcement is raised by up to `MOST_GAIN_DB`, and mp3 overshoots
by up to 0.3 dB (measured): it stays below −0.5 dBFS."""
ANNOUNCEMENT_LUFS: Final = -16.0
"""Loudness of a joined announcement, as speech is broadcast to small loudspeakers."""
MOST_GAIN_DB: Final = 4.0
SILENCE_DB: Final = -42.0
"""Below its own peak by this much, the start and the end of a clip are silence."""
QUIETEST_DBFS: Final = -50.0
"""A rendering below this is no speech."""

_PAD_S: Final = 0.012
_FADE_S: Final = 0.006
_WINDOW_S: Final = 0.02
_HOLD_S: Final = 0.005
_SHORTEST_S: Final = 0.05
_LONGEST_WORD_S: Final = 2.0


def decoded(data: bytes) -> Sound:
    """The sound in a WAV, MP3, Ogg or FLAC file, mono, at its own rate.

    Raises:
        VoiceFailed: The bytes are no sound.
    """
    try:
        samples, rate = soundfile.read(io.BytesIO(data), dtype="float32", always_2d=True)
    except soundfile.LibsndfileError as error:
        message = f"expected sound, got {len(data)} bytes starting {data[:16]!r}: {error}"
        raise VoiceFailed(message) from error
    return Sound(samples.mean(axis=1, dtype=np.float32), rate)


def clip_sound(raw: Sound, text: str) -> Sound:
    """The sound ready to be joined: 24 kHz, trimmed, faded, levelled.

    Raises:
        VoiceFailed: It cannot be speech of this text: silent, too short or too long.
    """
    if not len(raw.samples) or not np.isfinite(raw.samples).all():
        message = f"expected speech of {text!r}, got no samples"
        raise VoiceFailed(message)
    samples = soxr.resample(raw.samples, raw.rate_hz, RATE_HZ).astype(np.float32)
    if _dbfs(_active_rms(samples)) < QUIETEST_DBFS:
        message = f"expected speech of {text!r}, got silence"
        raise VoiceFailed(message)
    sound = Sound(_levelled(_faded(_trimmed(samples))), RATE_HZ)
    check_length(sound, text)
    return sound


def at_rate(sound: Sound, rate_hz: int) -> Sound:
    """The sound at another rate."""
    if sound.rate_hz == rate_hz:
        return sound
    resampled = soxr.resample(sound.samples, sound.rate_hz, rate_hz)
    return Sound(np.asarray(resampled, dtype=np.float32), rate_hz)


def mp3(sound: Sound) -> bytes:
    """The sound as mp3: every browser plays it, old television sets too."""
    file = io.BytesIO()
    soundfile.write(file, sound.samples, sound.rate_hz, format="MP3")
    return file.getvalue()


def active_dbfs(sound: Sound) -> float:
    """Level of the active part."""
    return _dbfs(_active_rms(sound.samples))


def peak_dbfs(sound: Sound) -> float:
    """Level of the highest sample."""
    return _dbfs(_peak(sound.samples))


def edge_silence_s(sound: Sound) -> tuple[float, float]:
    """Seconds of silence at the beginning and at the end."""
    loud = np.flatnonzero(np.abs(sound.samples) > _peak(sound.samples) * _ratio(SILENCE_DB))
    if not len(loud):
        return (0.0, 0.0)
    ends = len(sound.samples) - 1 - loud[-1]
    return (float(loud[0]) / sound.rate_hz, float(ends) / sound.rate_hz)


def check_length(sound: Sound, text: str) -> None:
    """Refuse a sound that cannot be this text.

    Raises:
        VoiceFailed: It is too short or too long.
    """
    longest_s = _LONGEST_WORD_S * (1 + len(text.split()))
    length_s = sound.duration_ms / 1000
    if not _SHORTEST_S <= length_s <= longest_s:
        message = f"expected {_SHORTEST_S}–{longest_s} s of speech for {text!r}, got {length_s} s"
        raise VoiceFailed(message)


def _trimmed(samples: Samples) -> Samples:
    loud = np.flatnonzero(np.abs(samples) > _peak(samples) * _ratio(SILENCE_DB))
    pad = round(_PAD_S * RATE_HZ)
    return samples[max(0, loud[0] - pad) : loud[-1] + 1 + pad]


def _faded(samples: Samples) -> Samples:
    length = min(round(_FADE_S * RATE_HZ), len(samples) // 2)
    slope = np.linspace(0, 1, length, dtype=np.float32)
    return np.concatenate(
        [samples[:length] * slope, samples[length:-length], samples[-length:] * slope[::-1]]
    )


def _levelled(samples: Samples) -> Samples:
    """At the level, with peaks held down; holding them down costs some level, hence twice."""
    for _ in range(2):
        samples = _limited(samples * np.float32(_ratio(ACTIVE_DBFS) / _active_rms(samples)))
    return samples


def _limited(samples: Samples) -> Samples:
    """Peaks held below the ceiling by a gain that changes over milliseconds, not by cutting."""
    ceiling = _ratio(PEAK_DBFS)
    if _peak(samples) <= ceiling:
        return samples
    hold = 2 * round(_HOLD_S * RATE_HZ) + 1
    wanted = np.minimum(1.0, ceiling / np.maximum(np.abs(samples), 1e-9))
    held = minimum_filter1d(wanted, 2 * hold - 1, mode="nearest")
    gain = uniform_filter1d(held, hold, mode="nearest")
    return np.asarray(samples * gain, dtype=np.float32)


def _active_rms(samples: Samples) -> float:
    """RMS of the 20 ms windows that are within 20 dB of the loudest one."""
    window = min(round(_WINDOW_S * RATE_HZ), len(samples))
    whole = samples[: len(samples) // window * window].reshape(-1, window)
    power = np.mean(np.square(whole, dtype=np.float64), axis=1)
    return float(np.sqrt(np.mean(power[power >= power.max() / 100])))


def _peak(samples: Samples) -> float:
    return float(np.abs(samples).max())


def _ratio(db: float) -> float:
    return float(10 ** (db / 20))


def _dbfs(amplitude: float) -> float:
    return float(20 * np.log10(max(amplitude, 1e-9)))
