"""The clips in force, fetched from the server and kept on disk: a dead line leaves the voice.

A language is taken over wholly or not at all, so no announcement is said by two voices, nor by one
at the loudness of another.
"""

import asyncio
from collections.abc import Mapping
from http import HTTPStatus
from pathlib import Path
from typing import Any, Final

import httpx2
import msgspec
import structlog
from msgspec import Struct

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


class _Voice(Struct, frozen=True):
    """The clips of one language by id, all of one voice."""

    clips: Mapping[str, PlayableClip] = {}
    gain_db: float = 0.0

    def agrees_with(self, other: "_Voice") -> bool:
        """Whether no clip of both is another recording."""
        return all(
            clip.url == other.clips[key].url
            for key, clip in self.clips.items()
            if key in other.clips
        )


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
        self._sounds: dict[str, Sound] = {}
        """By address."""
        self._voices: dict[str, _Voice] | None = None
        """By language; None before anything was read."""
        self._chime: PlayableClip | None = None
        self.loudness = Loudness()

    @property
    def gains_db(self) -> Mapping[str, float]:
        """By how much each language is raised."""
        return {language: voice.gain_db for language, voice in (self._voices or {}).items()}

    def sound(self, key: str) -> Sound | None:
        """The sound of a clip; there is always a chime."""
        if key == CHIME:
            found = None if self._chime is None else self._sounds.get(self._chime.url)
            return chime() if found is None else found
        voice = (self._voices or {}).get(key.partition("/")[0], _Voice())
        clip = voice.clips.get(key)
        return None if clip is None else self._sounds.get(clip.url)

    def duration_ms(self, key: str) -> float | None:
        """Its length; None when it is missing."""
        sound = self.sound(key)
        return None if sound is None else sound.duration_exact_ms

    async def load(self) -> bool:
        """Take what is new; a language that cannot be had whole stays as it is.

        Returns:
            Whether everything that the server wants said is here.
        """
        if self._voices is None:
            await self._restore()
        data = await self._book()
        if data is None:
            return False
        book = msgspec.json.decode(data, type=dict[str, Any])
        self.loudness = msgspec.convert(book.get(SPEECH, {}), Loudness)
        is_whole = await self._fetch(book)
        self._take(book)
        await asyncio.to_thread(self._keep)
        return is_whole

    async def _restore(self) -> None:
        """Take what was kept, before the server is asked: it may be out of reach."""
        self._voices = {}
        kept = self._folder / BOOK
        if not kept.is_file():
            return
        try:
            book = msgspec.json.decode(kept.read_bytes(), type=dict[str, Any])
        except msgspec.DecodeError as error:
            log.warning("what was kept cannot be read", file=str(kept), reason=str(error))
            return
        self.loudness = msgspec.convert(book.get(SPEECH, {}), Loudness)
        for clip in _clips(book):
            file = self._file(clip)
            if file.is_file():
                await self._decode(clip, file.read_bytes())
        self._take(book)

    async def _book(self) -> bytes | None:
        path = f"/api/v1/centres/{self._centre}/clips"
        try:
            answer = await self._client.get(path)
        except httpx2.HTTPError as error:
            log.info("the server cannot be reached", path=path, reason=str(error))
            return None
        return answer.content if answer.status_code == HTTPStatus.OK else None

    async def _fetch(self, book: Mapping[str, Any]) -> bool:
        """Get the sounds that are not here; whether all of them came."""
        missing = [clip for clip in _clips(book) if clip.url not in self._sounds]
        try:
            for clip in missing:
                await self._fetch_one(clip)
        except httpx2.HTTPError as error:
            log.info("the line was lost while clips came", reason=str(error))
        return all(clip.url in self._sounds for clip in missing)

    async def _fetch_one(self, clip: PlayableClip) -> None:
        file = self._file(clip)
        if file.is_file() and await self._decode(clip, file.read_bytes()):
            return
        answer = await self._client.get(clip.url)
        if answer.status_code != HTTPStatus.OK:
            log.warning("a clip is not there", clip=clip.url, status=answer.status_code)
        elif await self._decode(clip, answer.content):
            await asyncio.to_thread(_write, file, answer.content)

    async def _decode(self, clip: PlayableClip, data: bytes) -> bool:
        try:
            sound = await asyncio.to_thread(lambda: at_rate(decoded(data), RATE_HZ))
        except VoiceFailed as failure:
            log.warning("a clip is no sound", clip=clip.url, reason=failure.message)
            return False
        self._sounds[clip.url] = sound
        return True

    def _take(self, book: Mapping[str, Any]) -> None:
        """Put in force, at once, what can be said of a book."""
        gains_db = msgspec.convert(book.get(GAINS, {}), dict[str, float])
        before = self._voices or {}
        self._voices = {
            language: self._newest(
                language, _Voice(clips, gains_db.get(language, 0.0)), before.get(language)
            )
            for language, clips in _languages(book).items()
        }
        newer = msgspec.convert(book.get(CHIME), PlayableClip | None)
        if newer is not None and newer.url in self._sounds:
            self._chime = newer
        used = {clip.url for voice in self._voices.values() for clip in voice.clips.values()}
        used |= {clip.url for clip in _clips(book)}
        if self._chime is not None:
            used.add(self._chime.url)
        self._sounds = {url: sound for url, sound in self._sounds.items() if url in used}

    def _newest(self, language: str, wanted: _Voice, before: _Voice | None) -> _Voice:
        """The new clips if all are here; else those there are, or the old ones of another voice."""
        here = {key: clip for key, clip in wanted.clips.items() if clip.url in self._sounds}
        if len(here) == len(wanted.clips) or before is None or before.agrees_with(wanted):
            return _Voice(here, wanted.gain_db)
        log.info("the old voice goes on until the new one is whole", language=language)
        return before

    def _keep(self) -> None:
        """Write down what is in force: after a start without a line it is said again."""
        book = {
            **{language: voice.clips for language, voice in (self._voices or {}).items()},
            CHIME: self._chime,
            GAINS: self.gains_db,
            SPEECH: self.loudness,
        }
        data, kept = msgspec.json.encode(book), self._folder / BOOK
        if not kept.is_file() or kept.read_bytes() != data:
            _write(kept, data)

    def _file(self, clip: PlayableClip) -> Path:
        return self._folder / clip.url.rpartition("/")[2]


def _write(file: Path, data: bytes) -> None:
    """Keep it for the next start; a full disk takes no voice away now."""
    try:
        write_whole(file, data)
    except OSError as error:
        log.warning("a clip cannot be kept", file=str(file), reason=str(error))


def _languages(book: Mapping[str, Any]) -> dict[str, dict[str, PlayableClip]]:
    return {
        name: msgspec.convert(clips, dict[str, PlayableClip])
        for name, clips in book.items()
        if name not in {CHIME, GAINS, SPEECH}
    }


def _clips(book: Mapping[str, Any]) -> list[PlayableClip]:
    """Every clip of a book."""
    found = [clip for clips in _languages(book).values() for clip in clips.values()]
    if book.get(CHIME) is not None:
        found.append(msgspec.convert(book[CHIME], PlayableClip))
    return found
