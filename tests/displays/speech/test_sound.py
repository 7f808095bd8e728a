"""Trimming, levels, encoding, and the chime."""

import numpy as np
import pytest

from displays.speech.chime import chime, chime_mp3
from displays.speech.clip_files import CHIME_MS
from displays.speech.sound import RATE_HZ, active_dbfs, clip_sound, decoded, mp3, peak_dbfs
from displays.speech.voice import Samples, Sound, VoiceFailed


def tone(seconds: float, amplitude: float = 0.3, rate_hz: int = 22_050) -> Samples:
    time_s = np.arange(round(seconds * rate_hz)) / rate_hz
    return (amplitude * np.sin(2 * np.pi * 440 * time_s)).astype(np.float32)


def silence(seconds: float, rate_hz: int = 22_050) -> Samples:
    return np.zeros(round(seconds * rate_hz), dtype=np.float32)


def test_silence_around_speech_is_cut_off() -> None:
    raw = Sound(np.concatenate([silence(0.3), tone(0.5), silence(0.45)]), 22_050)

    sound = clip_sound(raw, "một")

    assert sound.rate_hz == RATE_HZ
    assert 490 <= sound.duration_ms <= 540


@pytest.mark.parametrize("amplitude", [0.01, 0.1, 1.0])
def test_every_clip_is_as_loud_as_the_others(amplitude: float) -> None:
    sound = clip_sound(Sound(tone(0.5, amplitude), 22_050), "một")

    assert active_dbfs(sound) == pytest.approx(-20, abs=0.3)


def test_a_peak_bounds_the_level() -> None:
    spiky = tone(0.5, 0.02)
    spiky[5_000] = 1.0

    sound = clip_sound(Sound(spiky, 22_050), "một")

    assert peak_dbfs(sound) <= -1.5


def test_clips_start_and_end_without_a_click() -> None:
    sound = clip_sound(Sound(tone(0.5), 22_050), "một")

    assert sound.samples[0] == sound.samples[-1] == 0


@pytest.mark.parametrize(
    "samples",
    [
        silence(0),
        silence(1),
        tone(1, 0.001),
        tone(0.01),
        tone(9),
        np.full(9_000, np.nan, dtype=np.float32),
    ],
    ids=["nothing", "silence", "whisper", "click", "too long", "not a number"],
)
def test_what_cannot_be_speech_of_one_word_is_refused(samples: Samples) -> None:
    with pytest.raises(VoiceFailed):
        clip_sound(Sound(samples, 22_050), "một")


def test_bytes_that_are_no_sound_are_refused() -> None:
    with pytest.raises(VoiceFailed, match="expected sound, got 6 bytes"):
        decoded(b"<html>")


def test_encoding_keeps_length_and_level() -> None:
    sound = clip_sound(Sound(tone(0.5), 22_050), "một")

    again = decoded(mp3(sound))

    assert again.duration_ms == sound.duration_ms
    assert active_dbfs(again) == pytest.approx(active_dbfs(sound), abs=0.3)


def test_the_chime_is_short_soft_and_never_clicks() -> None:
    sound = chime()

    assert sound.duration_ms == 700
    assert -12 <= peak_dbfs(sound) <= -6
    assert abs(sound.samples[0]) < 0.001
    assert abs(sound.samples[-1]) < 0.001
    assert decoded(chime_mp3()).duration_ms == CHIME_MS
