"""Where the clips of a centre are: what a board needs to play an announcement.

`read_clip_book` reads the manifests once after they changed; everything else is look-up.
"""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

from msgspec import Struct

from displays.speech.announcement import ClipId
from displays.speech.clip_files import ClipFile, ensure_chime, read_manifest
from queue_server.core.identifiers import CentreId, Language

CHIME: Final = "chime"
GAINS: Final = "gains_db"


class PlayableClip(Struct, frozen=True):
    """A clip as a browser gets it. The address never changes what it sounds like."""

    url: str
    duration_ms: int


class ClipBook(Struct, frozen=True, kw_only=True):
    """The clips in force for one centre."""

    clips: Mapping[Language, Mapping[ClipId, PlayableClip]]
    voices: Mapping[Language, str | None]
    """Who speaks; None where only the chime sounds. For the administrator's page."""
    gains_db: Mapping[Language, float]
    """By how much the clips of a language are raised when they are played."""
    chime: PlayableClip | None
    """None only when the folder cannot be written; the player then makes a plain tone."""

    def lookup(self, ids: Iterable[ClipId]) -> tuple[tuple[PlayableClip, ...], tuple[ClipId, ...]]:
        """The clips that exist, in order, and the ids that do not."""
        wanted = [(id_, self._clip(id_)) for id_ in ids]
        found = tuple(clip for _, clip in wanted if clip is not None)
        return found, tuple(id_ for id_, clip in wanted if clip is None)

    def for_browser(self) -> Mapping[str, object]:
        """Clips by language and id, each as ``{url, duration_ms}``; the chime; `gains_db`."""
        return {
            **{str(language): clips for language, clips in self.clips.items()},
            CHIME: self.chime,
            GAINS: self.gains_db,
        }

    def _clip(self, id_: ClipId) -> PlayableClip | None:
        if id_ == CHIME:
            return self.chime
        return self.clips.get(Language(id_.partition("/")[0]), {}).get(id_)


def read_clip_book(
    folder: Path, centre: CentreId, languages: Iterable[Language], base_url: str
) -> ClipBook:
    """The clips in force.

    Args:
        folder: Folder of clips.
        centre: Whose clips.
        languages: Those the centre speaks.
        base_url: Address under which `folder` is served, without a slash at the end.
    """
    manifests = [read_manifest(folder, centre, language) for language in languages]
    return ClipBook(
        clips={
            manifest.language: {
                id_: _playable(clip, base_url) for id_, clip in manifest.clips.items()
            }
            for manifest in manifests
        },
        gains_db={manifest.language: manifest.gain_db for manifest in manifests},
        voices={manifest.language: manifest.voice for manifest in manifests},
        chime=_chime(folder, base_url),
    )


def _playable(clip: ClipFile, base_url: str) -> PlayableClip:
    return PlayableClip(f"{base_url}/{clip.file}", clip.duration_ms)


def _chime(folder: Path, base_url: str) -> PlayableClip | None:
    try:
        return _playable(ensure_chime(folder), base_url)
    except OSError:
        return None
