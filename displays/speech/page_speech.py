"""Texts of a page as sound, made when they are asked for: a kiosk read aloud to who cannot see it.

Calls in the lobby never wait for a voice; here somebody just pressed a key, and 25 ms of
espeak-ng are no wait. Where it is missing, Piper speaks if the operator supplies it, in seconds.
No text leaves the house, whatever is allowed for calls: a page says what a citizen typed. What was
spoken once is kept by its words. Where nothing can speak, or too much is asked for at once, the
answer is silence: a kiosk works without it.
"""

import asyncio
import hashlib
import json
import shutil
import unicodedata
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

import structlog

from displays.speech.announcement import Clip, ClipId
from displays.speech.clip_files import FORMAT_VERSION, write_whole
from queue_server.core.identifiers import Language

if TYPE_CHECKING:
    from displays.speech.voice import Voice

_log = structlog.get_logger(__name__)

MOST_LETTERS: Final = 400
"""Longest text that is spoken; a page sends longer ones in sentences."""
AT_ONCE: Final = 2
"""Voices that speak at the same time, each a process of its own."""
MOST_WAITING: Final = 8
"""Texts that wait for a voice; who comes later is answered with silence."""
KEPT: Final = 3_000
"""Clips kept on disk, about 15 kB each; the oldest go first."""
DEADLINE_S: Final = 3.0
PIPER_DEADLINE_S: Final = 8.0
"""An old PC takes six seconds to load a model; the page waits a little longer than this."""
PROGRAM: Final = "espeak-ng"


class PageSpeech:
    """Speaks texts of pages.

    Args:
        folder: Where clips are kept.
        program: Name or path of espeak-ng.
        piper_program: Name or path of Piper.
        piper_models: Folder of Piper's models; None where there is no Piper.
    """

    def __init__(
        self,
        folder: Path,
        *,
        program: str = PROGRAM,
        piper_program: str = "piper",
        piper_models: Path | None = None,
    ) -> None:
        self._folder = folder
        self._program = program
        self._piper_program = piper_program
        self._piper_models = piper_models
        self._voices: Sequence[Voice] | None = None
        self._turns = asyncio.Semaphore(AT_ONCE)
        self._waiting = 0

    @property
    def can_speak(self) -> bool:
        """Whether it is worth offering."""
        return shutil.which(self._program) is not None or self._has_piper

    @property
    def _has_piper(self) -> bool:
        models = self._piper_models
        if models is None or shutil.which(self._piper_program) is None:
            return False
        return next(models.glob("*.onnx"), None) is not None

    async def spoken(
        self, language: Language, text: str, *, is_private: bool = False
    ) -> bytes | None:
        """The text as mp3; None is silence.

        Args:
            language: Whose voice speaks.
            text: What is said; only its first `MOST_LETTERS` letters count.
            is_private: A citizen typed it or was given it: it is neither kept nor logged.
        """
        words = " ".join(unicodedata.normalize("NFC", text[:MOST_LETTERS]).split())
        path = self._folder / language / f"{_key(language, words)}.mp3"
        if path.is_file():
            return await asyncio.to_thread(path.read_bytes)
        if not words or self._waiting >= MOST_WAITING or not self.can_speak:
            return None
        self._waiting += 1
        try:
            async with self._turns:
                kept = None if is_private else path
                return await asyncio.to_thread(self._made, language, words, kept)
        finally:
            self._waiting -= 1

    def _made(self, language: Language, words: str, path: Path | None) -> bytes | None:
        # Only who speaks loads what makes sound; a server without such a kiosk never does.
        from displays.speech.sound import clip_sound, mp3  # noqa: PLC0415
        from displays.speech.voice import VoiceFailed  # noqa: PLC0415

        clip = Clip(ClipId(f"{language}/page"), language, words)
        for voice in self._able(language):
            try:
                data = mp3(clip_sound(voice.render(clip), words))
            except VoiceFailed as error:
                reason = "private" if path is None else error.message
                _log.info("page_not_spoken", voice=voice.name, reason=reason)
                continue
            if path is not None:
                self._keep(path, data)
            return data
        return None

    def _able(self, language: Language) -> list["Voice"]:
        if self._voices is None:
            self._voices = self._page_voices()
        return [voice for voice in self._voices if voice.speaks(language)]

    def _page_voices(self) -> Sequence["Voice"]:
        from displays.speech.espeak_voice import EspeakVoice  # noqa: PLC0415
        from displays.speech.piper_voice import PiperVoice  # noqa: PLC0415
        from displays.speech.voices import page_voices  # noqa: PLC0415

        models, program = self._piper_models, self._piper_program
        piper = None if models is None else PiperVoice(models, program, PIPER_DEADLINE_S)
        return page_voices(EspeakVoice(self._program, DEADLINE_S), piper)

    def _keep(self, path: Path, data: bytes) -> None:
        try:
            write_whole(path, data)
            _make_room(path.parent)
        except OSError as error:
            _log.warning("page_speech_not_kept", reason=str(error))


def _key(language: Language, words: str) -> str:
    facts = [FORMAT_VERSION, language, words]
    return hashlib.sha256(json.dumps(facts, ensure_ascii=False).encode()).hexdigest()


def _make_room(folder: Path) -> None:
    clips = list(folder.glob("*.mp3"))
    if len(clips) > KEPT:
        clips.sort(key=lambda clip: clip.stat().st_mtime)
        for clip in clips[: KEPT // 10]:
            clip.unlink(missing_ok=True)
