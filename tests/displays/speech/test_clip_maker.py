"""The clips of a centre, made with the real engines into real folders."""

import os
import shutil
from collections.abc import Mapping
from pathlib import Path

import msgspec
import pytest

from displays.speech.announcement import Clip, Phrases, announcement, clips_needed
from displays.speech.chime import chime
from displays.speech.clip_book import ClipBook, read_clip_book
from displays.speech.clip_files import manifest_path, read_manifest
from displays.speech.clip_maker import Report, prepare
from displays.speech.espeak_voice import EspeakVoice
from displays.speech.gtts_voice import GttsVoice
from displays.speech.pack_manifest import PackManifest
from displays.speech.sound import active_dbfs, decoded, peak_dbfs
from displays.speech.voice import Sound, Voice, VoiceFailed
from displays.speech.voice_pack import voice_packs
from queue_server.core.configuration import CentreConfiguration, Counter
from queue_server.core.identifiers import CounterId, Language, TicketNumber
from queue_server.core.speech_rules import SpeechRules
from tests.support.translate_stub import TranslateStub

VI, EN = Language("vi"), Language("en")
Words = Mapping[Language, Phrases]


class FakeVoice:
    """Says everything with the chime, in Vietnamese only; refuses texts on demand."""

    def __init__(self, name: str, refuses: set[str] | None = None) -> None:
        self.name = name
        self.refuses = refuses or set()
        self.rendered: list[str] = []

    def speaks(self, language: Language) -> bool:
        return language == VI

    def fingerprint(self, clip: Clip) -> tuple[str, ...]:
        return (clip.language,)

    def render(self, clip: Clip) -> Sound:
        self.rendered.append(clip.text)
        if clip.text in self.refuses:
            message = f"refused {clip.text}"
            raise VoiceFailed(message)
        return chime()


def book_of(configuration: CentreConfiguration, folder: Path) -> ClipBook:
    return read_clip_book(folder, configuration.id, configuration.speech.languages, "/clips")


def only_vietnamese(configuration: CentreConfiguration) -> CentreConfiguration:
    return msgspec.structs.replace(
        configuration, speech=SpeechRules(languages=(VI,), adds_citizens_language=False)
    )


def with_counter(configuration: CentreConfiguration, number: str) -> CentreConfiguration:
    old = configuration.counters[CounterId("c1")]
    new = Counter(id=CounterId("new"), number=number, zone=old.zone, profile=old.profile)
    return msgspec.structs.replace(configuration, counters={**configuration.counters, new.id: new})


def files_under(folder: Path) -> dict[str, int]:
    """Path and time of change of every file."""
    return {
        str(file.relative_to(folder)): file.stat().st_mtime_ns
        for file in folder.rglob("*")
        if file.is_file()
    }


def test_espeak_makes_every_clip_of_a_centre_fit_to_be_heard(
    configuration: CentreConfiguration, phrases: Words, espeak: EspeakVoice, tmp_path: Path
) -> None:
    report = prepare(configuration, tmp_path, [espeak], phrases)

    needed = clips_needed(configuration, phrases)
    texts = {(clip.language, clip.text) for clip in needed}
    shared = len(needed) - len(texts)
    assert report == Report(made=len(texts), kept=shared, voices={VI: "espeak-ng", EN: "espeak-ng"})
    book = book_of(configuration, tmp_path)
    for clip in needed:
        (found,), _ = book.lookup([clip.id])
        sound = decoded((tmp_path / found.url.removeprefix("/clips/")).read_bytes())
        assert sound.rate_hz == 24_000
        assert peak_dbfs(sound) <= -1.5, clip
        assert -22 <= active_dbfs(sound) <= -19, clip
        assert 150 <= sound.duration_ms <= 1_800, clip
        assert abs(sound.duration_ms - found.duration_ms) <= 1, clip
        edge = round(0.1 * sound.rate_hz)
        assert abs(sound.samples[:edge]).max() > 0.003, f"{clip} starts with silence"
        assert abs(sound.samples[-edge:]).max() > 0.003, f"{clip} ends with silence"


def test_a_whole_announcement_in_two_languages_is_short(
    configuration: CentreConfiguration, phrases: Words, clips: Path
) -> None:
    book = book_of(configuration, clips)

    spoken = announcement(TicketNumber("A012"), "5", [VI, EN], phrases)

    found = [book.lookup(each.clips)[0] for each in spoken]
    sound_ms = sum(clip.duration_ms for language in found for clip in language)
    gaps_ms = 2 * (3 * 70 + 3 * 130) + 300 + 100
    assert book.chime is not None
    assert book.chime.duration_ms + sound_ms + gaps_ms <= 9_500


def test_preparing_again_makes_nothing(
    configuration: CentreConfiguration, phrases: Words, espeak: EspeakVoice, clips: Path
) -> None:
    before = {path for path in files_under(clips) if path.endswith(".mp3")}

    report = prepare(configuration, clips, [espeak], phrases)

    assert (report.made, report.kept) == (0, len(clips_needed(configuration, phrases)))
    assert {path for path in files_under(clips) if path.endswith(".mp3")} == before


def test_a_new_counter_costs_its_own_clips_only(
    configuration: CentreConfiguration, phrases: Words, espeak: EspeakVoice, clips: Path
) -> None:
    report = prepare(with_counter(configuration, "17"), clips, [espeak], phrases)

    assert report.made == 2


def test_a_damaged_clip_is_made_again(
    configuration: CentreConfiguration, phrases: Words, espeak: EspeakVoice, clips: Path
) -> None:
    damaged = next((clips / "vi" / "espeak-ng").iterdir())
    damaged.write_bytes(b"")

    report = prepare(configuration, clips, [espeak], phrases)

    assert report.made == 1
    assert damaged.stat().st_size > 1_000


def test_letters_that_were_retired_are_still_spoken_for(
    configuration: CentreConfiguration, phrases: Words, espeak: EspeakVoice, clips: Path
) -> None:
    fewer = msgspec.structs.replace(
        configuration, fields=dict(list(configuration.fields.items())[1:])
    )

    prepare(fewer, clips, [espeak], phrases)

    wanted = announcement(TicketNumber("A012"), "5", [VI], phrases)[0].clips
    assert book_of(fewer, clips).lookup(wanted)[1] == ()


def test_one_voice_speaks_a_language_or_the_next_does(
    configuration: CentreConfiguration, phrases: Words, espeak: EspeakVoice, tmp_path: Path
) -> None:
    best = FakeVoice("pack-best", refuses={"chín"})

    report = prepare(configuration, tmp_path, [best, espeak], phrases)

    assert report.voices == {VI: "espeak-ng", EN: "espeak-ng"}
    assert [(failure.language, failure.voice) for failure in report.failed] == [(VI, "pack-best")]
    urls = {clip.url for clip in book_of(configuration, tmp_path).clips[VI].values()}
    assert all("/vi/espeak-ng/" in url for url in urls)


def test_the_better_voice_takes_over_when_it_is_complete(
    configuration: CentreConfiguration, phrases: Words, espeak: EspeakVoice, tmp_path: Path
) -> None:
    best = FakeVoice("pack-best", refuses={"chín"})
    prepare(configuration, tmp_path, [best, espeak], phrases)
    best.refuses = set()
    best.rendered = []

    report = prepare(configuration, tmp_path, [best, espeak], phrases)

    assert report.voices == {VI: "pack-best", EN: "espeak-ng"}
    assert "bốn" not in best.rendered, "what it had made was thrown away"
    urls = {clip.url for clip in book_of(configuration, tmp_path).clips[VI].values()}
    assert all("/vi/pack-best/" in url for url in urls)


def test_a_set_made_elsewhere_is_carried_here_as_a_pack(
    configuration: CentreConfiguration,
    phrases: Words,
    espeak: EspeakVoice,
    clips: Path,
    tmp_path: Path,
) -> None:
    made = read_manifest(clips, configuration.id, VI)
    files = {id_: clip.file.removeprefix("vi/espeak-ng/") for id_, clip in made.clips.items()}
    pack = PackManifest(name="thu-lan", language=VI, clips=files)
    shutil.copytree(clips / "vi" / "espeak-ng", tmp_path / "packs" / "thu-lan")
    (tmp_path / "packs" / "thu-lan" / "manifest.json").write_bytes(msgspec.json.encode(pack))

    report = prepare(configuration, clips, [*voice_packs(tmp_path / "packs"), espeak], phrases)

    assert report.voices == {VI: "pack-thu-lan", EN: "espeak-ng"}
    assert report.failed == ()


def test_the_online_voice_speaks_both_languages_or_gives_way(
    configuration: CentreConfiguration,
    phrases: Words,
    espeak: EspeakVoice,
    translate: TranslateStub,
    clips: Path,
) -> None:
    translate.mode = "portal"
    environment = {**os.environ, **translate.environment}
    online = GttsVoice(environment=environment, pause_s=0)

    report = prepare(configuration, clips, [online, espeak], phrases)

    assert report.voices == {VI: "espeak-ng", EN: "espeak-ng"}
    assert [failure.voice for failure in report.failed] == ["gtts", "gtts"]
    assert len(translate.asked) == 2, "a portal was asked more than twice"


def test_without_any_voice_the_chime_remains(
    configuration: CentreConfiguration, phrases: Words, tmp_path: Path
) -> None:
    mute = FakeVoice("mute", refuses={clip.text for clip in clips_needed(configuration, phrases)})
    missing = EspeakVoice(program="espeak-ng-of-another-machine")

    report = prepare(configuration, tmp_path, [mute, missing], phrases)

    assert report.voices == {VI: None, EN: None}
    assert {failure.language for failure in report.failed} == {VI, EN}
    book = book_of(configuration, tmp_path)
    assert book.chime is not None
    assert (
        decoded((tmp_path / book.chime.url.removeprefix("/clips/")).read_bytes()).duration_ms == 700
    )
    for_browser = book.for_browser()
    assert (for_browser[VI], for_browser[EN], for_browser["chime"]) == ({}, {}, book.chime)


def test_a_language_without_phrases_is_named_and_stops_no_other(
    configuration: CentreConfiguration, phrases: Words, espeak: EspeakVoice, clips: Path
) -> None:
    khmer = Language("km")
    configuration = msgspec.structs.replace(
        configuration, speech=SpeechRules(languages=(khmer, VI), adds_citizens_language=False)
    )

    report = prepare(configuration, clips, [espeak], phrases)

    assert report.voices == {khmer: None, VI: "espeak-ng"}
    assert [failure.language for failure in report.failed] == [khmer]


def test_a_voice_that_is_lost_leaves_the_old_set(
    configuration: CentreConfiguration, phrases: Words, clips: Path
) -> None:
    configuration = only_vietnamese(configuration)
    before = book_of(configuration, clips)

    report = prepare(with_counter(configuration, "17"), clips, [], phrases)

    assert report.voices == {VI: "espeak-ng"}
    assert book_of(configuration, clips) == before


def test_a_disk_that_takes_no_more_leaves_the_old_set(
    configuration: CentreConfiguration, phrases: Words, espeak: EspeakVoice, clips: Path
) -> None:
    configuration = only_vietnamese(configuration)
    before = book_of(configuration, clips)
    # A file where the folder should be: refused to every user, the administrator included.
    (clips / "vi" / "pack-best").write_text("")
    better = FakeVoice("pack-best")

    report = prepare(configuration, clips, [better, espeak], phrases)

    assert [(failure.language, failure.voice) for failure in report.failed] == [(VI, "disk")]
    assert report.voices == {VI: "espeak-ng"}
    assert book_of(configuration, clips) == before


def test_a_folder_that_cannot_be_written_is_reported_and_raises_nothing(
    configuration: CentreConfiguration, phrases: Words, espeak: EspeakVoice, tmp_path: Path
) -> None:
    folder = tmp_path / "clips"
    folder.write_text("in the way")

    report = prepare(configuration, folder, [espeak], phrases)

    assert [failure.voice for failure in report.failed] == ["chime", "disk", "disk"]
    assert book_of(configuration, folder).chime is None


def test_no_half_written_file_is_left(
    configuration: CentreConfiguration, phrases: Words, espeak: EspeakVoice, tmp_path: Path
) -> None:
    prepare(only_vietnamese(configuration), tmp_path, [espeak], phrases)

    assert not [path for path in files_under(tmp_path) if Path(path).name.startswith(".")]


def test_a_damaged_manifest_is_no_voice_until_it_is_made_again(
    configuration: CentreConfiguration, phrases: Words, espeak: EspeakVoice, clips: Path
) -> None:
    configuration = only_vietnamese(configuration)
    manifest_path(clips, configuration.id, VI).write_text("{")
    assert book_of(configuration, clips).voices == {VI: None}

    report = prepare(configuration, clips, [espeak], phrases)

    assert report.made == 0
    assert book_of(configuration, clips).voices == {VI: "espeak-ng"}


def test_two_centres_share_clips_and_keep_their_own_sets(
    configuration: CentreConfiguration, phrases: Words, espeak: EspeakVoice, clips: Path
) -> None:
    other = msgspec.structs.replace(with_counter(configuration, "17"), id="binh-an")

    report = prepare(other, clips, [espeak], phrases)

    assert report.made == 2
    assert "vi/number-17" not in book_of(configuration, clips).clips[VI]
    assert "vi/number-17" in book_of(other, clips).clips[VI]


@pytest.mark.parametrize("ids", [[], ["vi/letter-a", "vi/none", "xx/none", "chime"]])
def test_looking_up_tells_what_is_there_and_what_is_not(
    configuration: CentreConfiguration,
    clips: Path,
    ids: list[str],
) -> None:

    found, missing = book_of(configuration, clips).lookup(ids)  # type: ignore[arg-type]

    assert len(found) == len([id_ for id_ in ids if "none" not in id_])
    assert list(missing) == [id_ for id_ in ids if "none" in id_]


def test_the_order_of_voices_is_a_protocol_any_voice_fulfils(espeak: EspeakVoice) -> None:
    voices: list[Voice] = [espeak, GttsVoice(), FakeVoice("fake")]

    assert [voice.name for voice in voices] == ["espeak-ng", "gtts", "fake"]
