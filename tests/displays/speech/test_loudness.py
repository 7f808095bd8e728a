"""Loudness by the standard, loudness of what is said, and loudness by the hour."""

import math
from collections.abc import Mapping
from datetime import time
from pathlib import Path

import numpy as np
import pytest

from displays.speech.announcement import Phrases, announcement
from displays.speech.announcement_plan import Announcement, timeline
from displays.speech.clip_files import ensure_chime, read_manifest
from displays.speech.joined import joined
from displays.speech.loudness import Loudness, loudness_of, volume_of
from displays.speech.loudness_meter import loudness_lufs
from displays.speech.sound import RATE_HZ, active_dbfs, decoded, peak_dbfs
from displays.speech.voice import Sound
from queue_server.core.configuration import CentreConfiguration
from queue_server.core.identifiers import Language, TicketNumber
from queue_server.core.speech_rules import QuietHours, SpeechRules, VolumeStep
from tests.displays.speech.lobby import Lobby

VI, EN = Language("vi"), Language("en")


def tone(level_dbfs: float, seconds: float, rate_hz: int = 48_000, hz: float = 997.0) -> Sound:
    at_s = np.arange(round(seconds * rate_hz)) / rate_hz
    amplitude = 10 ** (level_dbfs / 20)
    return Sound((amplitude * np.sin(2 * np.pi * hz * at_s)).astype(np.float32), rate_hz)


@pytest.mark.parametrize("rate_hz", [24_000, 44_100, 48_000])
@pytest.mark.parametrize("level_dbfs", [-3.0, -20.0, -40.0])
def test_a_sine_of_997_hz_reads_its_peak_level(level_dbfs: float, rate_hz: int) -> None:
    # BS.1770: 0 dBFS in one channel reads −3.01 LUFS, hence 0 in both.
    assert loudness_lufs(tone(level_dbfs, 5, rate_hz)) == pytest.approx(level_dbfs, abs=0.1)


@pytest.mark.parametrize(
    "parts",
    [
        pytest.param([(-23.0, 20.0)], id="case 1"),
        pytest.param([(-36.0, 10.0), (-23.0, 60.0), (-36.0, 10.0)], id="case 3"),
        pytest.param(
            [(-72.0, 10.0), (-36.0, 10.0), (-23.0, 60.0), (-36.0, 10.0), (-72.0, 10.0)], id="case 4"
        ),
        pytest.param([(-26.0, 20.0), (-20.0, 20.1), (-26.0, 20.0)], id="case 5"),
    ],
)
def test_the_meter_reads_the_test_signals_of_the_ebu(parts: list[tuple[float, float]]) -> None:
    """EBU Tech 3341, table 1: 1 kHz in both channels, dBFS and seconds; all are −23 ± 0.1 LUFS."""
    tones = [tone(level_dbfs, seconds, hz=1_000).samples for level_dbfs, seconds in parts]

    assert loudness_lufs(Sound(np.concatenate(tones), 48_000)) == pytest.approx(-23.0, abs=0.1)


def test_a_tone_at_another_level_is_not_taken_for_it() -> None:
    """EBU Tech 3341, case 2."""
    assert loudness_lufs(tone(-33, 20, hz=1_000)) == pytest.approx(-33.0, abs=0.1)


def weight_db(hz: float) -> float:
    """The K curve at a frequency but for a constant, from the analogue filters behind it.

    BS.1770 tells coefficients for 48 kHz alone. They are a shelf of 4 dB at 1682 Hz with Q 0.7072
    and a high pass at 38.14 Hz with Q 0.5003 (B. De Man, Evaluation of Implementations of the EBU
    R128 Loudness Measurement, AES 145, 2018), mapped bilinearly.
    """

    def warped(corner_hz: float) -> complex:
        return 1j * math.tan(math.pi * hz / 48_000) / math.tan(math.pi * corner_hz / 48_000)

    shelf, gain = warped(1681.974), 10 ** (3.99984 / 20)
    over = gain * shelf**2 + gain**0.4996667741545416 * shelf / 0.7071752 + 1
    high = warped(38.13547)
    response = over / (shelf**2 + shelf / 0.7071752 + 1)
    response *= high**2 / (high**2 + high / 0.5003270 + 1)
    return 20 * math.log10(abs(response))


@pytest.mark.parametrize("hz", [50, 100, 200, 500, 2_000, 4_000, 8_000, 12_000])
def test_high_and_low_are_weighed_as_the_standard_says(hz: int) -> None:
    found = loudness_lufs(tone(-20, 5, hz=hz)) - loudness_lufs(tone(-20, 5, hz=1_000))

    assert found == pytest.approx(weight_db(hz) - weight_db(1_000), abs=0.05)


def test_silence_and_clicks_have_no_loudness() -> None:
    assert loudness_lufs(Sound(np.zeros(48_000, dtype=np.float32), 48_000)) == -70
    assert loudness_lufs(tone(-3, 0.1)) == -70


def test_every_announcement_is_as_loud_as_broadcast_speech(
    configuration: CentreConfiguration, phrases: Mapping[Language, Phrases], clips: Path
) -> None:
    manifests = {each: read_manifest(clips, configuration.id, each) for each in (VI, EN)}
    sounds = {
        str(id_): decoded((clips / clip.file).read_bytes())
        for manifest in manifests.values()
        for id_, clip in manifest.clips.items()
    }
    sounds["chime"] = decoded((clips / ensure_chime(clips).file).read_bytes())
    gains = {str(language): manifest.gain_db for language, manifest in manifests.items()}

    for number in ("A012", "H345", "K678", "A907", "K999", "H110"):
        for language in (VI, EN):
            spoken = announcement(TicketNumber(number), "15", [language], phrases)
            said = Announcement(form="whole", with_chime=True, spoken=spoken)
            line = timeline(said, lambda key: sounds[key].duration_exact_ms)
            sound = joined(line, sounds.get, gains)

            words = Sound(sound.samples[round(RATE_HZ * line.clips[1].start_ms / 1000) :], RATE_HZ)
            assert loudness_lufs(words) == pytest.approx(-16, abs=1), (number, language)
            assert loudness_lufs(sound) == pytest.approx(-16, abs=1), (number, language)
            assert peak_dbfs(sound) <= -0.5
            for first, second in zip(line.clips, line.clips[1:], strict=False):
                pause = sound.samples[
                    round((first.start_ms + first.duration_ms) * RATE_HZ / 1000) + 1 : round(
                        second.start_ms * RATE_HZ / 1000
                    )
                ]
                assert 0.069 <= len(pause) / RATE_HZ <= 0.31
                assert not pause.any()


def test_every_clip_is_at_the_level(clips: Path, configuration: CentreConfiguration) -> None:
    for language in (VI, EN):
        for id_, clip in read_manifest(clips, configuration.id, language).clips.items():
            sound = decoded((clips / clip.file).read_bytes())
            assert active_dbfs(sound) == pytest.approx(-20, abs=1), id_
            assert peak_dbfs(sound) <= -4.5, id_


def test_the_volume_of_the_server_is_part_of_the_sound() -> None:
    said = Announcement(form="chime", with_chime=True, spoken=())
    beep = tone(-20, 1, RATE_HZ)
    line = timeline(said, lambda _: beep.duration_exact_ms)

    half = joined(line, lambda _: beep, {}, volume_percent=50)

    assert peak_dbfs(half) == pytest.approx(-26.02, abs=0.05)


LOUDNESS = loudness_of(
    SpeechRules(
        volume=80,
        volume_steps=(
            VolumeStep(begins=time(7), volume=60),
            VolumeStep(begins=time(8, 30), volume=100),
        ),
        quiet_hours=(
            QuietHours(begins=time(11, 30), ends=time(13, 30)),
            QuietHours(begins=time(21), ends=time(5)),
        ),
    )
)
BY_MINUTE = {
    0: 0,
    4 * 60 + 59: 0,
    5 * 60: 80,
    6 * 60 + 59: 80,
    7 * 60: 60,
    8 * 60 + 29: 60,
    8 * 60 + 30: 100,
    11 * 60 + 29: 100,
    11 * 60 + 30: 0,
    13 * 60 + 29: 0,
    13 * 60 + 30: 100,
    20 * 60 + 59: 100,
    21 * 60: 0,
    24 * 60 - 1: 0,
}


@pytest.mark.parametrize(("minute", "volume"), BY_MINUTE.items())
def test_it_is_as_loud_as_the_hour_wants(minute: int, volume: int) -> None:
    assert volume_of(LOUDNESS, minute) == volume
    assert volume_of(Loudness(volume=70), minute) == 70


@pytest.mark.asyncio(loop_scope="session")
async def test_a_board_is_as_loud_as_the_hour_wants(lobby: Lobby) -> None:
    told = {"volume": 80, "steps": LOUDNESS.steps, "quiet": LOUDNESS.quiet}
    volumes = await lobby.run(
        """async ([loudness, minutes]) => {
          const { volumeOf, volumeAt } = await import("/static/loudness.js");
          const at = (hour) => Date.UTC(2026, 10, 23, hour - 7);
          return [
            minutes.map((minute) => volumeOf(loudness, minute)),
            [7, 8, 12, 22].map((hour) => volumeAt(loudness, at(hour), "Asia/Ho_Chi_Minh")),
          ];
        }""",
        [told, list(BY_MINUTE)],
    )

    assert volumes == [list(BY_MINUTE.values()), [60, 60, 0, 0]]
