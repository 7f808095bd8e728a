"""Clips on disk: where they lie, how they are named, how they are written without a half file.

::

    <clips>/vi/espeak-ng/<key>.mp3          shared by all centres; the key says what it sounds like
    <clips>/centres/<centre>/vi.json        which file is which clip, for one centre and language
    <clips>/chime/<key>.mp3
"""

import hashlib
import json
import os
import unicodedata
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final
from uuid import uuid4

import msgspec

from displays.speech.announcement import Clip, ClipId, normalised
from queue_server.core.identifiers import CentreId, Language

FORMAT_VERSION: Final = 2
"""Raise it when trimming, levels or encoding change: every clip is made again."""
CHIME_VERSION: Final = 1
"""Raise it when the chime sounds different: its address must not change what it sounds like."""
CHIME_MS: Final = 700


class ClipFile(msgspec.Struct, frozen=True):
    """One clip that exists."""

    file: str
    """Relative to the folder of clips, with forward slashes."""
    duration_ms: int


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """The clips of one centre in one language, all of one voice."""

    language: Language
    voice: str | None = None
    """None: nothing can speak this language here; the chime and the screen must do."""
    clips: Mapping[ClipId, ClipFile] = {}
    gain_db: float = 0.0
    """By how much an announcement of this voice is raised to be as loud as every other."""


def clip_path(clip: Clip, voice: str, fingerprint: Iterable[str]) -> str:
    """Where the clip lies when spoken so, relative to the folder of clips."""
    text = unicodedata.normalize("NFC", normalised(clip.text).casefold())
    facts = [FORMAT_VERSION, voice, *fingerprint, clip.language, text]
    key = hashlib.sha256(json.dumps(facts, ensure_ascii=False).encode()).hexdigest()
    return f"{clip.language}/{voice}/{key}.mp3"


def manifest_path(folder: Path, centre: CentreId, language: Language) -> Path:
    """Where the manifest of a centre's language lies."""
    return folder / "centres" / centre / f"{language}.json"


def read_manifest(folder: Path, centre: CentreId, language: Language) -> Manifest:
    """The manifest in force; without a voice when there is none or it is damaged."""
    try:
        data = manifest_path(folder, centre, language).read_bytes()
        return msgspec.json.decode(data, type=Manifest)
    except (OSError, msgspec.DecodeError):
        return Manifest(language=language)


def write_manifest(folder: Path, centre: CentreId, manifest: Manifest) -> None:
    """Put the manifest in force, whole or not at all.

    Raises:
        OSError: The folder cannot be written; the old manifest stays.
    """
    data = msgspec.json.format(msgspec.json.encode(manifest))
    write_whole(manifest_path(folder, centre, manifest.language), data)


def ensure_chime(folder: Path) -> ClipFile:
    """Write the chime if it is not there; where it is.

    Raises:
        OSError: The folder cannot be written.
    """
    path = f"chime/{FORMAT_VERSION}-{CHIME_VERSION}.mp3"
    if not (folder / path).is_file():
        # Only who makes it loads what makes sound; a server seldom does.
        from displays.speech.chime import chime_mp3  # noqa: PLC0415

        write_whole(folder / path, chime_mp3())
    return ClipFile(path, CHIME_MS)


def write_whole(path: Path, data: bytes) -> None:
    """Write a file so that readers, a full disk and a power cut find all of it or the old one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.{uuid4().hex}")
    try:
        with temporary.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
