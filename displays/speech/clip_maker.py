"""Makes the clips of a centre ahead of its calls: the job behind `queue_server.jobs`.

Safe to run again at any time: what exists is kept. Each language is spoken by the first voice
that can speak *all* of it; its manifest changes only when that set is complete, so a failing
voice or a full disk leaves the lobby with the voice it had.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path

import soundfile
import structlog
from msgspec import Struct
from msgspec.structs import replace

from displays.speech.announcement import (
    Clip,
    ClipId,
    Phrases,
    clips_in_reserve,
    clips_needed,
    spoken_languages,
)
from displays.speech.clip_files import (
    ClipFile,
    Manifest,
    clip_path,
    ensure_chime,
    read_manifest,
    write_manifest,
    write_whole,
)
from displays.speech.mastering import gain_db
from displays.speech.sound import clip_sound, decoded, mp3
from displays.speech.voice import Sound, Voice, VoiceFailed
from queue_server.core.configuration import CentreConfiguration
from queue_server.core.identifiers import CentreId, Language

_log = structlog.get_logger(__name__)


class Failure(Struct, frozen=True):
    """Why a voice was given up for a language, or why clips could not be stored."""

    language: Language | None
    """None for the chime, which has none."""
    voice: str
    """Name of the voice; ``chime``, ``disk`` or ``none`` when no voice is to blame."""
    reason: str


class Report(Struct, frozen=True, kw_only=True):
    """What a preparation did. `voices` names who speaks now; None is the chime alone."""

    made: int = 0
    kept: int = 0
    failed: tuple[Failure, ...] = ()
    voices: Mapping[Language, str | None] = {}


def prepare(
    configuration: CentreConfiguration,
    folder: Path,
    voices: Sequence[Voice],
    phrases: Mapping[Language, Phrases],
    *,
    with_reserve: bool = False,
) -> Report:
    """Make every clip the centre needs, with the best voice per language.

    Takes a few seconds with espeak-ng and some minutes online, for the first time.

    Args:
        configuration: What the centre is now.
        folder: Folder of clips, shared by all centres.
        voices: Best first.
        phrases: Words by language.
        with_reserve: Whether to make all letters and numbers too, as far as the voice can.
    """
    preparation = _Preparation(configuration.id, folder, phrases)
    preparation.make_chime()
    needed = clips_needed(configuration, phrases)
    reserve = clips_in_reserve(configuration, phrases) if with_reserve else ()
    languages = spoken_languages(configuration)
    for language in languages:
        clips = [clip for clip in needed if clip.language == language]
        able = [voice for voice in voices if clips and voice.speaks(language)]
        preparation.make_language(language, clips, able)
        preparation.make_more(language, [c for c in reserve if c.language == language], able)
    report = preparation.report(languages)
    _log.info("clips_prepared", centre=configuration.id, report=report)
    return report


class _Preparation:
    """One run of `prepare`: what it made, kept and could not do."""

    def __init__(self, centre: CentreId, folder: Path, phrases: Mapping[Language, Phrases]) -> None:
        self._centre = centre
        self._folder = folder
        self._phrases = phrases
        self._made = 0
        self._kept = 0
        self._failed: list[Failure] = []

    def report(self, languages: Sequence[Language]) -> Report:
        """What has been done, and who speaks now."""
        manifests = [read_manifest(self._folder, self._centre, language) for language in languages]
        return Report(
            made=self._made,
            kept=self._kept,
            failed=tuple(self._failed),
            voices={manifest.language: manifest.voice for manifest in manifests},
        )

    def make_chime(self) -> None:
        """Write the chime, or note why not."""
        try:
            ensure_chime(self._folder)
        except OSError as error:
            self._failed.append(Failure(None, "chime", str(error)))

    def make_language(
        self, language: Language, clips: Sequence[Clip], voices: Sequence[Voice]
    ) -> None:
        """Put the first voice in force that speaks all clips; note why those before it did not."""
        try:
            manifest = self._first_complete(language, clips, voices)
            if manifest is not None:
                write_manifest(self._folder, self._centre, manifest)
        except OSError as error:
            # Another voice would meet the same disk: the set in force stays.
            self._failed.append(Failure(language, "disk", str(error)))

    def make_more(self, language: Language, clips: Sequence[Clip], voices: Sequence[Voice]) -> None:
        """Add clips of the voice in force, until it says no."""
        old = read_manifest(self._folder, self._centre, language)
        voice = next((each for each in voices if each.name == old.voice), None)
        if voice is None or not clips:
            return
        more: dict[ClipId, ClipFile] = {}
        try:
            for clip in clips:
                more[clip.id] = self._clip_file(clip, voice)
        except (VoiceFailed, OSError) as error:
            _log.info("no more clips in reserve", voice=voice.name, reason=str(error))
        write_manifest(self._folder, self._centre, replace(old, clips={**old.clips, **more}))

    def _first_complete(
        self, language: Language, clips: Sequence[Clip], voices: Sequence[Voice]
    ) -> Manifest | None:
        """The manifest to put in force; None to leave what there is."""
        old = read_manifest(self._folder, self._centre, language)
        for voice in voices:
            try:
                spoken = {clip.id: self._clip_file(clip, voice) for clip in clips}
            except VoiceFailed as error:
                self._failed.append(Failure(language, voice.name, error.message))
                continue
            carried = self._carried(old, voice)
            return Manifest(
                language=language,
                voice=voice.name,
                clips={**carried, **spoken},
                gain_db=self._gain_db(language, spoken),
            )
        reason = "expected a voice that speaks the language, found none"
        self._failed.append(Failure(language, "none", reason))
        return old if clips and old.voice is None else None

    def _clip_file(self, clip: Clip, voice: Voice) -> ClipFile:
        path = clip_path(clip, voice.name, voice.fingerprint(clip))
        kept = _existing(self._folder, path)
        if kept is not None:
            self._kept += 1
            return kept
        sound = clip_sound(_rendered(clip, voice), clip.text)
        write_whole(self._folder / path, mp3(sound))
        self._made += 1
        return ClipFile(path, sound.duration_ms)

    def _gain_db(self, language: Language, clips: Mapping[ClipId, ClipFile]) -> float:
        def sound(id_: str) -> Sound:
            return decoded((self._folder / clips[ClipId(id_)].file).read_bytes())

        return gain_db(self._phrases[language], list(clips), sound)

    def _carried(self, old: Manifest, voice: Voice) -> dict[ClipId, ClipFile]:
        """Older clips of the same voice.

        A letter that was taken out of the configuration is still called for the tickets
        that hold it.
        """
        clips = old.clips if old.voice == voice.name else {}
        return {id_: clip for id_, clip in clips.items() if (self._folder / clip.file).is_file()}


def _existing(folder: Path, path: str) -> ClipFile | None:
    """The clip if it is there and whole."""
    try:
        details = soundfile.info(folder / path)
    except (soundfile.LibsndfileError, OSError):
        return None
    return ClipFile(path, round(1000 * details.frames / details.samplerate))


def _rendered(clip: Clip, voice: Voice) -> Sound:
    """The clip at the second try if need be: one request in hundreds may well be lost."""
    try:
        return voice.render(clip)
    except VoiceFailed as error:
        _log.info("voice_failed_once", voice=voice.name, clip=clip.id, reason=error.message)
        return voice.render(clip)
