"""The clips in force, fetched from the server and kept on disk: a dead line leaves the voice."""

import asyncio
from collections.abc import Mapping
from http import HTTPStatus
from pathlib import Path
from typing import Any, Final

import httpx2
import msgspec
import structlog

from displays.speech.chime import chime
from displays.speech.clip_book import CHIME, GAINS, PlayableClip
from displays.speech.clip_files import write_whole
from displays.speech.loudness import Loudness
from displays.speech.sound import RATE_HZ, at_rate, decoded
from displays.speech.voice import Sound, VoiceFailed
from queue_server.core.identifiers import CentreId

log = structlog.get_logger(__name__)

BOOK: Final = "book.json"
SPEECH: Final = "speech"
"""The member of the book that says how loud it is."""


class ClipShelf:
    """Sounds by clip id.

    Args:
        folder: Where clips are kept.
        client: Speaks with the server.
        centre: Whose clips.
    """

    def __init__(self, folder: Path, client: httpx2.AsyncClient, centre: CentreId) -> None:
        self._folder = folder
        self._client = client
        self._centre = centre
        self._sounds: dict[str, tuple[str, Sound]] = {}
        self.gains_db: Mapping[str, float] = {}
        self.loudness = Loudness()

    def sound(self, key: str) -> Sound | None:
        """The sound of a clip; there is always a chime."""
        found = self._sounds.get(key)
        if found is None:
            return chime() if key == CHIME else None
        return found[1]

    def duration_ms(self, key: str) -> float | None:
        """Its length; None when it is missing."""
        sound = self.sound(key)
        return None if sound is None else sound.duration_exact_ms

    async def load(self) -> int:
        """Take what is new; what cannot be had is left out, and tried again the next time.

        Returns:
            How many clips there are.
        """
        book = await self._book()
        self.gains_db = msgspec.convert(book.pop(GAINS, {}), dict[str, float])
        self.loudness = msgspec.convert(book.pop(SPEECH, {}), Loudness)
        found = dict(self._sounds)
        for key, clip in _addresses(book).items():
            if found.get(key, ("",))[0] != clip.url:
                sound = await self._fetched(clip.url)
                if sound is not None:
                    found[key] = (clip.url, sound)
        self._sounds = found
        return len(found)

    async def _book(self) -> dict[str, Any]:
        """The newest book, or the one that is kept."""
        data = await self._get(f"/api/v1/centres/{self._centre}/clips")
        kept = self._folder / BOOK
        if data is not None:
            await asyncio.to_thread(write_whole, kept, data)
        elif kept.is_file():
            data = kept.read_bytes()
        return {} if data is None else msgspec.json.decode(data, type=dict[str, Any])

    async def _fetched(self, url: str) -> Sound | None:
        file = self._folder / url.rpartition("/")[2]
        data = file.read_bytes() if file.is_file() else await self._get(url)
        if data is None:
            return None
        try:
            sound = await asyncio.to_thread(lambda: at_rate(decoded(data), RATE_HZ))
        except VoiceFailed as failure:
            log.warning("a clip is no sound", clip=url, reason=failure.message)
            return None
        if not file.is_file():
            await asyncio.to_thread(write_whole, file, data)
        return sound

    async def _get(self, path: str) -> bytes | None:
        try:
            answer = await self._client.get(path)
        except httpx2.HTTPError as error:
            log.info("the server cannot be reached", path=path, reason=str(error))
            return None
        return answer.content if answer.status_code == HTTPStatus.OK else None


def _addresses(book: Mapping[str, Any]) -> dict[str, PlayableClip]:
    found: dict[str, PlayableClip] = {}
    for name, clips in book.items():
        if name == CHIME:
            if clips is not None:
                found[CHIME] = msgspec.convert(clips, PlayableClip)
        else:
            found |= msgspec.convert(clips, dict[str, PlayableClip])
    return found
