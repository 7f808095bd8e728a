"""What a voice pack says about itself, and where a centre keeps its own; no library of sound."""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Final

import msgspec

from displays.speech.announcement import ClipId
from queue_server.core.identifiers import CentreId, Language

MANIFEST: Final = "manifest.json"


class PackManifest(msgspec.Struct, frozen=True, kw_only=True):
    """What a pack says about itself."""

    name: Annotated[str, msgspec.Meta(pattern="^[a-z0-9-]+$")]
    """Small letters, digits and hyphens: it becomes the name of a folder."""
    language: Language
    clips: Mapping[ClipId, str]
    """File of each clip, relative to the pack."""
    licence: str = ""
    """Whose voice it is and on what terms it is used."""


def packs_of(packs: Path, centre: CentreId) -> Path:
    """Where a centre keeps what was recorded and imported for it alone."""
    return packs / "centres" / centre
