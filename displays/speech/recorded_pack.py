"""A voice that is being recorded: a voice pack to which one take after another is added."""

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import msgspec
from msgspec.structs import replace

from displays.speech.announcement import ClipId
from displays.speech.clip_files import write_whole
from displays.speech.pack_manifest import MANIFEST, PackManifest, packs_of
from queue_server.core.identifiers import CentreId, Language

LICENCE: Final = "recorded at the centre"


class RecordedPack:
    """The recordings of one centre in one language."""

    def __init__(self, packs: Path, centre: CentreId, language: Language) -> None:
        self._language = language
        self._name = f"recorded-{language.lower()}"
        self._folder = packs_of(packs, centre) / self._name

    @property
    def clips(self) -> Mapping[ClipId, str]:
        """File of each recording that there is."""
        return {
            id_: name
            for id_, name in self._manifest().clips.items()
            if (self._folder / name).is_file()
        }

    def file_of(self, clip: ClipId) -> Path | None:
        """The recording; None when there is none."""
        name = self.clips.get(clip)
        return None if name is None else self._folder / name

    def add(self, clip: ClipId, data: bytes) -> None:
        """Keep a take, in place of the one before.

        Raises:
            OSError: The folder cannot be written.
        """
        name = f"{hashlib.sha256(clip.encode()).hexdigest()[:16]}.wav"
        write_whole(self._folder / name, data)
        manifest = self._manifest()
        self._write(replace(manifest, clips={**manifest.clips, clip: name}))

    def remove(self, clip: ClipId) -> None:
        """Throw a recording away; nothing if there is none."""
        manifest = self._manifest()
        name = manifest.clips.get(clip)
        if name is None:
            return
        kept = {id_: file for id_, file in manifest.clips.items() if id_ != clip}
        self._write(replace(manifest, clips=kept))
        (self._folder / name).unlink(missing_ok=True)

    def _manifest(self) -> PackManifest:
        try:
            data = (self._folder / MANIFEST).read_bytes()
            return msgspec.json.decode(data, type=PackManifest)
        except (OSError, msgspec.DecodeError):
            return PackManifest(name=self._name, language=self._language, clips={}, licence=LICENCE)

    def _write(self, manifest: PackManifest) -> None:
        data = msgspec.json.format(msgspec.json.encode(manifest))
        write_whole(self._folder / MANIFEST, data)
