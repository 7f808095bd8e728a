"""Each real voice, in good and bad circumstances."""

import io
import json
import os
import stat
from pathlib import Path

import numpy as np
import pytest
import soundfile

from displays.speech.announcement import Clip, ClipId
from displays.speech.chime import chime
from displays.speech.circuit_breaker import CircuitBreaker
from displays.speech.espeak_voice import EspeakVoice
from displays.speech.gtts_voice import GttsVoice
from displays.speech.pack_manifest import packs_of
from displays.speech.piper_voice import PiperVoice
from displays.speech.voice import VoiceFailed
from displays.speech.voice_pack import VoicePack, voice_packs
from displays.speech.voices import VoiceSources, available_voices
from queue_server.core.identifiers import CentreId, Language
from tests.support.translate_stub import FAULTS, TranslateStub
from tests.support.voice_programs import stand_in_for_piper

VI = Language("vi")
CENTRE = CentreId("an-binh")
CLIP = Clip(ClipId("vi/please-number"), VI, "Xin mời số")


def gtts(stub: TranslateStub, **options: object) -> GttsVoice:
    plain = {name: value for name, value in os.environ.items() if "proxy" not in name.lower()}
    return GttsVoice(environment=plain | stub.environment, pause_s=0, **options)  # type: ignore[arg-type]


def wav(seconds: float = 0.4) -> bytes:
    file = io.BytesIO()
    time_s = np.arange(round(seconds * 16_000)) / 16_000
    soundfile.write(file, 0.3 * np.sin(2 * np.pi * 300 * time_s), 16_000, format="WAV")
    return file.getvalue()


def make_pack(folder: Path, name: str, clips: dict[str, str]) -> None:
    folder.mkdir(parents=True)
    (folder / "a.wav").write_bytes(wav())
    manifest = {"name": name, "language": "vi", "clips": clips}
    (folder / "manifest.json").write_text(json.dumps(manifest))


def test_espeak_says_vietnamese_with_its_tones(espeak: EspeakVoice) -> None:
    low = espeak.render(Clip(ClipId("vi/a"), VI, "ma"))
    high = espeak.render(Clip(ClipId("vi/b"), VI, "má"))

    assert low.duration_ms > 200
    assert low.samples.tobytes() != high.samples.tobytes()


def test_espeak_takes_text_as_text_and_not_as_options(espeak: EspeakVoice) -> None:
    assert espeak.render(Clip(ClipId("vi/a"), VI, "-w /tmp/file")).duration_ms > 300


def test_espeak_that_is_missing_says_how_to_install_it() -> None:
    voice = EspeakVoice(program="espeak-ng-of-another-machine")

    assert not voice.speaks(VI)
    with pytest.raises(VoiceFailed, match="apt-get install espeak-ng"):
        voice.render(CLIP)


def test_espeak_refuses_a_language_it_does_not_know(espeak: EspeakVoice) -> None:
    with pytest.raises(VoiceFailed):
        espeak.render(Clip(ClipId("xx/a"), Language("xx-none"), "a"))


def test_an_engine_that_hangs_is_ended_at_the_deadline(tmp_path: Path) -> None:
    program = tmp_path / "hanging-engine"
    program.write_text("#!/bin/sh\nexec sleep 30\n")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)

    with pytest.raises(VoiceFailed, match="timed out"):
        EspeakVoice(str(program), deadline_s=0.2).render(CLIP)


def test_gtts_speaks_what_it_was_asked(translate: TranslateStub) -> None:
    sound = gtts(translate).render(CLIP)

    assert translate.asked == [("Xin mời số", "vi")]
    assert translate.hosts == ["translate.google.com:443"]
    assert sound.duration_ms == chime().duration_ms


def test_gtts_distrusts_a_certificate_of_unknown_origin(translate: TranslateStub) -> None:
    voice = GttsVoice(
        environment={**os.environ, "https_proxy": translate.environment["https_proxy"]}, pause_s=0
    )

    with pytest.raises(VoiceFailed, match="certificate verify failed"):
        voice.render(CLIP)

    assert translate.asked == []


@pytest.mark.parametrize(
    ("mode", "reason"),
    [
        ("429", "429"),
        ("503", "503"),
        ("truncated", "Failed to connect"),
        ("proxy_407", "407 Proxy Auth"),
        ("portal", "expected sound, got 0 bytes"),
        ("noaudio", "No audio stream|200"),
        ("reset", "Failed to connect"),
    ],
)
def test_gtts_without_audio_fails_and_says_why(
    translate: TranslateStub, mode: str, reason: str
) -> None:
    translate.mode = mode

    with pytest.raises(VoiceFailed, match=reason):
        gtts(translate).render(CLIP)


def test_every_fault_of_the_service_is_tried() -> None:
    tried = {"429", "503", "portal", "noaudio", "reset", "truncated", "proxy_407"}

    assert tried | {"hang", "drip", "hang_connect", "hang_tls"} == set(FAULTS)


@pytest.mark.parametrize("mode", ["hang", "drip", "hang_connect", "hang_tls"])
def test_gtts_that_does_not_end_is_ended(translate: TranslateStub, mode: str) -> None:
    translate.mode = mode

    with pytest.raises(VoiceFailed, match=r"within 1\.5 s"):
        gtts(translate, deadline_s=1.5).render(CLIP)


def test_gtts_rests_after_two_failures_and_then_tries_again(translate: TranslateStub) -> None:
    seconds = iter([0.0, 0.0, 0.0, 0.0, 1.0, 121.0, 121.0, 121.0])
    voice = gtts(translate, breaker=CircuitBreaker(monotonic=lambda: next(seconds)))
    translate.mode = "429"
    for _ in range(2):
        with pytest.raises(VoiceFailed, match="429"):
            voice.render(CLIP)

    with pytest.raises(VoiceFailed, match="rests"):
        voice.render(CLIP)

    assert len(translate.asked) == 2
    translate.mode = "ok"
    assert voice.render(CLIP).duration_ms > 0


def test_gtts_keeps_a_pause_between_requests(translate: TranslateStub) -> None:
    pauses: list[float] = []
    voice = GttsVoice(environment={**os.environ, **translate.environment}, wait=pauses.append)

    for _ in range(2):
        voice.render(CLIP)

    assert len(pauses) <= 1
    assert all(0 < pause <= 1 for pause in pauses)


def test_gtts_knows_its_languages_without_asking() -> None:
    voice = GttsVoice(environment={"https_proxy": "http://127.0.0.1:9"})

    assert voice.speaks(VI)
    assert not voice.speaks(Language("tay"))


def test_a_breaker_closes_after_a_success() -> None:
    breaker = CircuitBreaker(monotonic=lambda: 0.0)

    breaker.failed()
    breaker.succeeded()
    breaker.failed()

    assert not breaker.is_open()


def test_a_pack_plays_its_recordings(tmp_path: Path) -> None:
    make_pack(tmp_path / "one", "thu-lan", {CLIP.id: "a.wav"})

    (pack,) = voice_packs(tmp_path)

    assert pack.name == "pack-thu-lan"
    assert pack.speaks(VI)
    assert not pack.speaks(Language("en"))
    assert pack.render(CLIP).duration_ms == 400


def test_a_new_take_in_a_pack_is_another_clip(tmp_path: Path) -> None:
    make_pack(tmp_path / "one", "thu-lan", {CLIP.id: "a.wav"})
    (pack,) = voice_packs(tmp_path)
    first = pack.fingerprint(CLIP)

    (tmp_path / "one" / "a.wav").write_bytes(wav(0.5))

    assert pack.fingerprint(CLIP) != first


@pytest.fixture
def faulty_pack(tmp_path: Path) -> VoicePack:
    clips = {"vi/out": "../../secret.wav", "vi/lost": "lost.wav", "vi/text": "manifest.json"}
    make_pack(tmp_path / "packs" / "one", "faulty", clips)
    (tmp_path / "secret.wav").write_bytes(wav())
    (pack,) = voice_packs(tmp_path / "packs")
    return pack


@pytest.mark.parametrize(
    ("clip", "reason"),
    [
        ("vi/none", "expected a recording of vi/none"),
        ("vi/out", "to lie inside"),
        ("vi/lost", "No such file"),
        ("vi/text", "expected sound"),
    ],
)
def test_a_pack_says_what_is_wrong_with_it(faulty_pack: VoicePack, clip: str, reason: str) -> None:
    with pytest.raises(VoiceFailed, match=reason):
        faulty_pack.render(Clip(ClipId(clip), VI, "a"))


@pytest.mark.parametrize("text", ["{", '{"name": "../x", "language": "vi", "clips": {}}'])
def test_a_pack_with_a_broken_manifest_is_left_out(tmp_path: Path, text: str) -> None:
    (tmp_path / "one").mkdir()
    (tmp_path / "one" / "manifest.json").write_text(text)

    assert voice_packs(tmp_path) == ()


def test_recordings_come_first_and_online_only_where_allowed(tmp_path: Path) -> None:
    make_pack(tmp_path / "one", "thu-lan", {CLIP.id: "a.wav"})

    make_pack(packs_of(tmp_path, CENTRE) / "own", "recorded-vi", {CLIP.id: "a.wav"})
    program, models = stand_in_for_piper(tmp_path), tmp_path / "models"
    offline = available_voices(VoiceSources(packs=tmp_path), CENTRE)
    online = available_voices(
        VoiceSources(
            packs=tmp_path, is_online_allowed=True, piper_program=program, piper_models=models
        ),
        CENTRE,
    )
    elsewhere = available_voices(VoiceSources(packs=tmp_path), CentreId("other"))

    own, packs = "pack-recorded-vi", "pack-thu-lan"
    assert [voice.name for voice in offline] == [own, packs, "espeak-ng"]
    assert [voice.name for voice in online] == [own, packs, "piper", "gtts", "espeak-ng"]
    assert [voice.name for voice in elsewhere] == [packs, "espeak-ng"]


def test_a_neural_voice_that_the_operator_supplies_is_run_as_a_program(tmp_path: Path) -> None:
    voice = PiperVoice(tmp_path / "models", stand_in_for_piper(tmp_path))

    assert voice.speaks(VI)
    assert not voice.speaks(Language("en"))
    assert voice.render(CLIP).duration_ms > 300
    before = voice.fingerprint(CLIP)
    (tmp_path / "models" / "vi_VN-vais1000-medium.onnx.json").write_text('{"speaker": 2}')
    assert voice.fingerprint(CLIP) != before


@pytest.mark.parametrize(
    ("script", "reason"),
    [("exit 1", "exit status 1"), ("exit 0", "to write a file"), ("exec sleep 60", "timed out")],
)
def test_a_neural_voice_that_fails_says_why(tmp_path: Path, script: str, reason: str) -> None:
    program = Path(stand_in_for_piper(tmp_path))
    program.write_text(f"#!/bin/sh\n{script}\n")
    voice = PiperVoice(tmp_path / "models", str(program), deadline_s=1)

    with pytest.raises(VoiceFailed, match=reason):
        voice.render(CLIP)


def test_a_neural_voice_without_its_model_or_program_is_not_asked(tmp_path: Path) -> None:
    assert not PiperVoice(tmp_path, "no-such-piper").speaks(VI)
    with pytest.raises(VoiceFailed, match="expected a model for vi"):
        PiperVoice(tmp_path).render(CLIP)
