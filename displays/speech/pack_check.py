"""What is wrong with the clips in force: everything a person would hear, and what is missing."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

from msgspec import Struct

from displays.speech.announcement import Clip, ClipId, Phrases, clips_needed, spoken_languages
from displays.speech.clip_files import ClipFile, Manifest, read_manifest
from displays.speech.loudness_meter import loudness_lufs
from displays.speech.mastering import sample_announcements, whole_sound
from displays.speech.sound import (
    ACTIVE_DBFS,
    ANNOUNCEMENT_LUFS,
    PEAK_DBFS,
    active_dbfs,
    check_length,
    decoded,
    edge_silence_s,
    peak_dbfs,
)
from displays.speech.voice import Sound, VoiceFailed
from queue_server.core.configuration import CentreConfiguration
from queue_server.core.identifiers import Language

LEVEL_DB: Final = 1.5
OVERSHOOT_DB: Final = 0.6
LONGEST_EDGE_S: Final = 0.12
LOUDNESS_LU: Final = 1.0


class LanguageCheck(Struct, frozen=True, kw_only=True):
    """What was found of one language."""

    language: Language
    voice: str | None
    clips: int
    """How many of the clips that are needed are there."""
    needed: int
    loudness_lufs: tuple[float, float] | None
    """Of the quietest and the loudest announcement that was tried; None where none can be made."""
    problems: tuple[str, ...]


def check_clips(
    configuration: CentreConfiguration, folder: Path, phrases: Mapping[Language, Phrases]
) -> list[LanguageCheck]:
    """Look at every clip in force, by language."""
    needed = clips_needed(configuration, phrases)
    return [
        _check(
            read_manifest(folder, configuration.id, language),
            [clip for clip in needed if clip.language == language],
            folder,
            phrases.get(language),
        )
        for language in spoken_languages(configuration)
    ]


def _check(
    manifest: Manifest, needed: Sequence[Clip], folder: Path, phrases: Phrases | None
) -> LanguageCheck:
    problems: list[str] = []
    sounds: dict[str, Sound] = {}
    texts = {clip.id: clip.text for clip in needed}
    if phrases is None:
        problems.append("there are no words: expected a phrases file")
    if manifest.voice is None:
        problems.append("nobody speaks it: the chime alone sounds")
    missing = [clip for clip in needed if clip.id not in manifest.clips]
    if manifest.voice is not None:
        problems += [f"{clip.id} ({clip.text!r}) is missing" for clip in missing]
    for id_, clip in manifest.clips.items():
        problems += _clip_problems(id_, clip, texts.get(id_), folder, sounds)
    levels = _levels(manifest, phrases, sounds)
    problems += [
        f"an announcement is {level:.1f} LUFS, expected {ANNOUNCEMENT_LUFS:.0f} ± 1"
        for level in levels
        if abs(level - ANNOUNCEMENT_LUFS) > LOUDNESS_LU
    ]
    return LanguageCheck(
        language=manifest.language,
        voice=manifest.voice,
        clips=len(needed) - len(missing),
        needed=len(needed),
        loudness_lufs=(min(levels), max(levels)) if levels else None,
        problems=tuple(problems),
    )


def _clip_problems(
    id_: ClipId, clip: ClipFile, text: str | None, folder: Path, sounds: dict[str, Sound]
) -> Iterator[str]:
    try:
        sound = decoded((folder / clip.file).read_bytes())
        if text is not None:
            check_length(sound, text)
    except (OSError, VoiceFailed) as error:
        yield f"{id_}: {error}"
        return
    sounds[id_] = sound
    level, peak = active_dbfs(sound), peak_dbfs(sound)
    if abs(level - ACTIVE_DBFS) > LEVEL_DB:
        yield f"{id_} is at {level:.1f} dBFS, expected {ACTIVE_DBFS:.0f}"
    if peak > PEAK_DBFS + OVERSHOOT_DB:
        yield f"{id_} peaks at {peak:.1f} dBFS, expected at most {PEAK_DBFS:.0f}"
    if max(edge_silence_s(sound)) > LONGEST_EDGE_S:
        yield f"{id_} begins or ends with silence"


def _levels(manifest: Manifest, phrases: Phrases | None, sounds: dict[str, Sound]) -> list[float]:
    if phrases is None:
        return []
    gains = {str(manifest.language): manifest.gain_db}
    return [
        loudness_lufs(whole_sound(spoken, sounds.__getitem__, gains))
        for spoken in sample_announcements(phrases, [ClipId(id_) for id_ in sounds])
        if all(id_ in sounds for id_ in spoken.clips)
    ]
