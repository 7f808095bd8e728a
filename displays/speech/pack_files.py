"""Voice packs as one file: written from the clips in force, or read back, whole or not at all.

A file is a zip with one folder per voice and language; each has its `manifest.json` beside its
clips (`voice_pack.PackManifest`).
"""

import io
import re
import shutil
import zipfile
from collections.abc import Iterable
from pathlib import Path
from typing import Final
from uuid import uuid4

import msgspec
from msgspec import Struct

from displays.speech.announcement import ClipId
from displays.speech.clip_files import read_manifest
from displays.speech.pack_manifest import MANIFEST, PackManifest
from displays.speech.sound import decoded
from displays.speech.voice import VoiceFailed
from queue_server.core.errors import QueueError
from queue_server.core.identifiers import CentreId, Language

MOST_BYTES: Final = 300_000_000
MOST_CLIP_BYTES: Final = 5_000_000
MOST_CLIPS: Final = 1_000
_SOUNDS: Final = frozenset({".mp3", ".wav", ".ogg", ".flac"})


class UnusablePack(QueueError):
    """A file that is no voice pack, or one with clips that cannot be heard."""

    code = "unusable_pack"


class Imported(Struct, frozen=True, kw_only=True):
    """A voice that was read from a file."""

    name: str
    language: Language
    clips: int


def export_packs(folder: Path, centre: CentreId, languages: Iterable[Language]) -> bytes:
    """The clips in force as a file that another server can import.

    Raises:
        UnusablePack: There are none.
    """
    packed = io.BytesIO()
    count = 0
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as file:
        for language in languages:
            manifest = read_manifest(folder, centre, language)
            if manifest.voice is None or not manifest.clips:
                continue
            name = _pack_name(manifest.voice, language)
            names: dict[ClipId, str] = {}
            for id_, clip in sorted(manifest.clips.items()):
                names[id_] = f"{id_.partition('/')[2]}{Path(clip.file).suffix}"
                file.writestr(_entry(f"{name}/{names[id_]}"), (folder / clip.file).read_bytes())
                count += 1
            words = PackManifest(name=name, language=language, clips=names)
            described = msgspec.json.format(msgspec.json.encode(words))
            file.writestr(_entry(f"{name}/{MANIFEST}"), described)
    if not count:
        message = f"expected clips of {centre} to export, found none: run voice prepare first"
        raise UnusablePack(message)
    return packed.getvalue()


def import_packs(data: bytes, packs: Path) -> list[Imported]:
    """Put every voice of a file beside the others; one of the same name is replaced whole.

    Raises:
        UnusablePack: It is no voice pack, or a clip cannot be decoded; nothing is changed.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as file:
            found = _read(file)
    except zipfile.BadZipFile as error:
        message = f"expected a zip file: {error}"
        raise UnusablePack(message) from error
    if not found:
        message = f"expected folders with a {MANIFEST} in the file, found none"
        raise UnusablePack(message)
    for manifest, clips in found:
        _check(manifest, clips)
    for manifest, clips in found:
        _put(packs / manifest.name, manifest, clips)
    return [
        Imported(name=manifest.name, language=manifest.language, clips=len(clips))
        for manifest, clips in found
    ]


Pack = tuple[PackManifest, dict[str, bytes]]


def _read(file: zipfile.ZipFile) -> list[Pack]:
    if sum(entry.file_size for entry in file.infolist()) > MOST_BYTES:
        message = f"expected at most {MOST_BYTES // 1_000_000} MB of voices"
        raise UnusablePack(message)
    return [
        _read_one(file, entry.filename.removesuffix(MANIFEST))
        for entry in file.infolist()
        if entry.filename.endswith(MANIFEST) and entry.filename.count("/") <= 1
    ]


def _read_one(file: zipfile.ZipFile, folder: str) -> Pack:
    try:
        manifest = msgspec.json.decode(file.read(f"{folder}{MANIFEST}"), type=PackManifest)
    except msgspec.DecodeError as error:
        message = f"expected a description of the voice in {folder}{MANIFEST}: {error}"
        raise UnusablePack(message) from error
    if len(manifest.clips) > MOST_CLIPS:
        message = f"expected at most {MOST_CLIPS} clips in {folder}, got {len(manifest.clips)}"
        raise UnusablePack(message)
    clips: dict[str, bytes] = {}
    for id_, name in manifest.clips.items():
        if not id_.startswith(f"{manifest.language}/"):
            message = f"expected clips of {manifest.language}, got {id_!r}"
            raise UnusablePack(message)
        clips[name] = _clip(file, folder, name)
    return manifest, clips


def _clip(file: zipfile.ZipFile, folder: str, name: str) -> bytes:
    if "/" in name or "\\" in name or Path(name).suffix not in _SOUNDS:
        message = f"expected the name of a sound file without a folder, got {name!r}"
        raise UnusablePack(message)
    try:
        entry = file.getinfo(f"{folder}{name}")
    except KeyError:
        message = f"expected {folder}{name}, which {MANIFEST} names, in the file"
        raise UnusablePack(message) from None
    if entry.file_size > MOST_CLIP_BYTES:
        message = f"expected {name} to be smaller than {MOST_CLIP_BYTES // 1_000_000} MB"
        raise UnusablePack(message)
    return file.read(entry)


def _check(manifest: PackManifest, clips: dict[str, bytes]) -> None:
    for name, data in clips.items():
        try:
            decoded(data)
        except VoiceFailed as failure:
            message = f"{manifest.name}/{name}: {failure.message}"
            raise UnusablePack(message) from failure


def _put(target: Path, manifest: PackManifest, clips: dict[str, bytes]) -> None:
    """Write beside, then swap: a reader finds the old voice or the new one."""
    target.parent.mkdir(parents=True, exist_ok=True)
    fresh = target.with_name(f".{target.name}.{uuid4().hex}")
    fresh.mkdir()
    try:
        for name, data in clips.items():
            (fresh / name).write_bytes(data)
        described = msgspec.json.format(msgspec.json.encode(manifest))
        (fresh / MANIFEST).write_bytes(described)
        old = target.with_name(f".{target.name}.{uuid4().hex}")
        if target.exists():
            target.replace(old)
        fresh.replace(target)
        shutil.rmtree(old, ignore_errors=True)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def _pack_name(voice: str, language: Language) -> str:
    """The voice's name once, however often it was exported and imported."""
    plain = re.sub(r"[^a-z0-9-]", "-", voice.removeprefix("pack-").lower())
    ending = f"-{language.lower()}"
    return plain if plain.endswith(ending) else f"{plain}{ending}"


def _entry(name: str) -> zipfile.ZipInfo:
    """An entry without a date: the same voice is the same file."""
    return zipfile.ZipInfo(name)
