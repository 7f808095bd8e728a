"""Voices as files: exported, imported, checked; by hand and by the command."""

import io
import json
import zipfile
from collections.abc import Mapping
from pathlib import Path

import msgspec
import numpy as np
import pytest

from config.centre_file import load_centre
from config.centre_writer import dump_centre
from config.settings import SAMPLE_CENTRE
from displays.speech.announcement import Phrases, announcement, clips_needed
from displays.speech.clip_files import read_manifest, write_manifest, write_whole
from displays.speech.clip_maker import prepare
from displays.speech.espeak_voice import EspeakVoice
from displays.speech.pack_check import check_clips
from displays.speech.pack_files import UnusablePack, export_packs, import_packs
from displays.speech.phrase_files import PHRASES_FOLDER, read_phrases
from displays.speech.sound import decoded, mp3
from displays.speech.voice import Sound
from displays.speech.voice_pack import voice_packs
from queue_server.__main__ import main
from queue_server.core.configuration import CentreConfiguration
from queue_server.core.identifiers import Language, TicketNumber
from queue_server.core.speech_rules import SpeechRules

VI, EN, FR = Language("vi"), Language("en"), Language("fr")
Words = Mapping[Language, Phrases]


def test_a_voice_is_carried_to_another_server_whole(
    configuration: CentreConfiguration, phrases: Words, clips: Path, tmp_path: Path
) -> None:
    data = export_packs(clips, configuration.id, [VI, EN])

    imported = import_packs(data, tmp_path / "packs")
    voices = voice_packs(tmp_path / "packs")
    report = prepare(configuration, tmp_path / "elsewhere", voices, phrases)

    assert [each.name for each in imported] == ["espeak-ng-vi", "espeak-ng-en"]
    assert report.voices == {VI: "pack-espeak-ng-vi", EN: "pack-espeak-ng-en"}
    assert not report.failed
    for check in check_clips(configuration, tmp_path / "elsewhere", phrases):
        assert check.problems == ()
        assert check.clips == check.needed
    again = export_packs(tmp_path / "elsewhere", configuration.id, [VI])
    assert [each.name for each in import_packs(again, tmp_path / "packs")] == ["espeak-ng-vi"]


def test_the_same_voice_is_the_same_file(configuration: CentreConfiguration, clips: Path) -> None:
    first, second = (export_packs(clips, configuration.id, [VI]) for _ in range(2))

    assert first == second


def test_nothing_to_export_is_said(configuration: CentreConfiguration, tmp_path: Path) -> None:
    with pytest.raises(UnusablePack, match="run voice prepare first"):
        export_packs(tmp_path, configuration.id, [VI])


def packed(manifest: object, **files: bytes) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as file:
        file.writestr("lan/manifest.json", json.dumps(manifest))
        for name, content in files.items():
            file.writestr(f"lan/{name}.wav", content)
    return data.getvalue()


GOOD = {"name": "lan", "language": "vi", "clips": {"vi/digit-1": "a.wav"}}


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"no zip", "expected a zip file"),
        (packed([]), "expected a description of the voice in lan/"),
        (packed({**GOOD, "name": "../lan"}), "expected a description of the voice"),
        (packed(GOOD), "expected lan/a.wav, which manifest.json names"),
        (packed(GOOD, a=b"<html>"), "lan/a.wav: expected sound"),
        (packed({**GOOD, "clips": {"vi/digit-1": "../a.wav"}}), "without a folder"),
        (packed({**GOOD, "clips": {"vi/digit-1": "a.sh"}}), "the name of a sound file"),
        (packed({**GOOD, "clips": {"en/digit-1": "a.wav"}}), "expected clips of vi"),
    ],
)
def test_a_file_that_is_no_voice_changes_nothing(tmp_path: Path, data: bytes, reason: str) -> None:
    (tmp_path / "lan").mkdir()
    (tmp_path / "lan" / "old.wav").touch()

    with pytest.raises(UnusablePack, match=reason):
        import_packs(data, tmp_path)

    assert [file.name for file in tmp_path.rglob("*.*")] == ["old.wav"]


def test_a_zip_without_a_voice_is_refused(tmp_path: Path) -> None:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as file:
        file.writestr("readme.txt", "hello")

    with pytest.raises(UnusablePack, match="found none"):
        import_packs(data.getvalue(), tmp_path)


def test_everything_that_a_person_would_hear_is_found(
    configuration: CentreConfiguration, phrases: Words, clips: Path
) -> None:
    manifest = read_manifest(clips, configuration.id, VI)

    def spoil(id_: str, change: object) -> None:
        file = clips / manifest.clips[id_].file  # type: ignore[index]
        sound = decoded(file.read_bytes())
        changed = change(sound.samples)  # type: ignore[operator]
        write_whole(file, mp3(Sound(changed.astype(np.float32), sound.rate_hz)))

    spoil("vi/digit-1", lambda samples: samples * 0.3)
    spoil("vi/digit-2", lambda samples: np.clip(samples * 9, -0.99, 0.99))
    spoil("vi/digit-3", lambda samples: np.concatenate([np.zeros(9_000), samples]))
    spoil("vi/digit-4", lambda samples: np.tile(samples, 20))
    (clips / manifest.clips["vi/digit-6"].file).write_bytes(b"<html>")  # type: ignore[index]
    kept = {id_: clip for id_, clip in manifest.clips.items() if id_ != "vi/digit-0"}
    write_manifest(clips, configuration.id, msgspec.structs.replace(manifest, clips=kept))

    vietnamese, english = check_clips(configuration, clips, phrases)

    found = "\n".join(vietnamese.problems)
    for words in (
        "vi/digit-0 ('không') is missing",
        "vi/digit-1 is at -",
        "vi/digit-2 peaks at ",
        "vi/digit-3 begins or ends with silence",
        "vi/digit-4: expected",
        "vi/digit-6: expected sound",
    ):
        assert words in found
    assert vietnamese.clips == vietnamese.needed - 1
    assert english.problems == ()


def test_a_third_language_is_a_file(
    configuration: CentreConfiguration, espeak: EspeakVoice, tmp_path: Path
) -> None:
    folder = tmp_path / "phrases"
    folder.mkdir()
    for file in PHRASES_FOLDER.glob("*.toml"):
        (folder / file.name).write_bytes(file.read_bytes())
    (folder / "fr.toml").write_text(FRENCH)
    phrases = read_phrases(folder)
    three = msgspec.structs.replace(
        configuration, languages=(VI, EN, FR), speech=SpeechRules(languages=(VI,))
    )

    report = prepare(three, tmp_path / "clips", [espeak], phrases)
    (spoken,) = announcement(TicketNumber("K07"), "15", [FR], phrases)
    clips = read_manifest(tmp_path / "clips", three.id, FR).clips

    assert report.voices == {VI: "espeak-ng", EN: "espeak-ng", FR: "espeak-ng"}
    assert set(spoken.clips) <= set(clips)
    assert spoken.clips[-1] == "fr/please-come"
    assert {clip.language for clip in clips_needed(three, phrases)} == {VI, EN, FR}
    assert all(not check.problems for check in check_clips(three, tmp_path / "clips", phrases))


UNITS = [
    "zéro",
    "un",
    "deux",
    "trois",
    "quatre",
    "cinq",
    "six",
    "sept",
    "huit",
    "neuf",
    "dix",
    "onze",
    "douze",
    "treize",
    "quatorze",
    "quinze",
    "seize",
    "dix-sept",
    "dix-huit",
    "dix-neuf",
]
TENS = ["vingt", "trente", "quarante", "cinquante", "soixante"]


def french(number: int) -> str:
    if number < 20:
        return UNITS[number]
    if number < 70:
        ten, unit = divmod(number - 20, 10)
        return TENS[ten] if not unit else f"{TENS[ten]}-{UNITS[unit]}"
    if number < 80:
        return f"soixante-{UNITS[number - 60]}"
    return "quatre-vingts" if number == 80 else f"quatre-vingt-{UNITS[number - 80]}"


FRENCH = f"""
language = "fr"
frame = ["ticket", "<number>", "counter", "<counter>", "please-come"]
digits = {json.dumps([french(n) for n in range(10)], ensure_ascii=False)}
numbers = {json.dumps([french(n) for n in range(100)], ensure_ascii=False)}
[texts]
ticket = "Le ticket"
counter = "est attendu au guichet"
please-come = "s'il vous plaît"
[letters]
A = "a"
H = "hache"
K = "ka"
"""


def test_the_command_makes_checks_and_carries_a_voice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    facts = load_centre(SAMPLE_CENTRE)
    few = msgspec.structs.replace(facts, speech=SpeechRules(languages=(VI,)), languages=(VI,))
    (tmp_path / "centre.toml").write_text(dump_centre(few))

    monkeypatch.setenv("QUEUE_CENTRE_FILE", str(tmp_path / "centre.toml"))

    def voice(folder: str, *words: str) -> tuple[int, str]:
        monkeypatch.setenv("QUEUE_DATA_FOLDER", str(tmp_path / folder))
        status = main(["voice", *words])
        said = capsys.readouterr()
        return status, said.out + said.err

    status, words = voice("one", "check")
    assert (status, "vi: nobody, 0 of" in words) == (1, True)
    status, words = voice("one", "prepare")
    assert (status, "vi: espeak-ng" in words) == (0, True)
    assert 100 <= len(read_manifest(tmp_path / "one" / "clips", few.id, VI).clips) <= 140
    assert voice("one", "check")[0] == 0
    assert voice("one", "export", str(tmp_path / "voice.zip"))[0] == 0

    status, words = voice("two", "import", str(tmp_path / "voice.zip"))
    assert (status, "vi: pack-espeak-ng-vi" in words) == (0, True)
    assert voice("two", "check")[0] == 0
    status, words = voice("two", "list", "--language", "vi")
    assert status == 0
    assert "vi/digit-5\tnăm" in words
    assert voice("two", "export") == (1, "expected a file to export\n")
