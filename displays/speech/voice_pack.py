"""Voice packs: a folder of recordings with a `manifest.json`, preferred to every other voice.

Recorded by staff, or rendered once where there is a line and carried here on a stick::

    {"name": "thu-lan", "language": "vi", "licence": "own recording",
     "clips": {"vi/letter-a": "a.wav", "vi/digit-0": "khong.wav"}}
"""

import hashlib
from pathlib import Path

import msgspec
import structlog

from displays.speech.announcement import Clip
from displays.speech.pack_manifest import MANIFEST, PackManifest
from displays.speech.sound import decoded
from displays.speech.voice import Sound, VoiceFailed
from queue_server.core.identifiers import Language

_log = structlog.get_logger(__name__)


class VoicePack:
    """One voice in one language, from files."""

    def __init__(self, folder: Path, manifest: PackManifest) -> None:
        self._folder = folder.resolve()
        self._manifest = manifest
        self.name = f"pack-{manifest.name}"

    def speaks(self, language: Language) -> bool:
        """Whether it is a pack of this language."""
        return language == self._manifest.language

    def fingerprint(self, clip: Clip) -> tuple[str, ...]:
        """Hash of the recording, so that a new take replaces the old one."""
        return (hashlib.sha256(self._recording(clip)).hexdigest(),)

    def render(self, clip: Clip) -> Sound:
        """The recording."""
        return decoded(self._recording(clip))

    def _recording(self, clip: Clip) -> bytes:
        name = self._manifest.clips.get(clip.id)
        if name is None:
            message = f"expected a recording of {clip.id} ({clip.text!r}) in {self.name}"
            raise VoiceFailed(message)
        file = (self._folder / name).resolve()
        if not file.is_relative_to(self._folder):
            message = f"expected {name!r} to lie inside {self.name}"
            raise VoiceFailed(message)
        try:
            return file.read_bytes()
        except OSError as error:
            message = f"expected {clip.id} in {self.name} as {name!r}: {error}"
            raise VoiceFailed(message) from error


def voice_packs(folder: Path) -> tuple[VoicePack, ...]:
    """The packs in a folder by name of their folders; an unreadable one is logged and left out."""
    packs = (_read(file) for file in sorted(folder.glob(f"*/{MANIFEST}")))
    return tuple(pack for pack in packs if pack is not None)


def _read(file: Path) -> VoicePack | None:
    try:
        manifest = msgspec.json.decode(file.read_bytes(), type=PackManifest)
    except (OSError, msgspec.DecodeError) as error:
        _log.warning("voice_pack_unreadable", file=str(file), reason=str(error))
        return None
    return VoicePack(file.parent, manifest)
