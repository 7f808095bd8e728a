"""The clips that an announcer keeps: one voice in each language, whatever becomes of the line."""

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, Final

import httpx2
import msgspec
import pytest

from displays.speech.announcer.clip_shelf import ClipShelf
from displays.speech.chime import chime_mp3
from displays.speech.sound import mp3
from displays.speech.voice import silence
from queue_server.core.identifiers import CentreId

KEYS: Final = ("vi/please-number", "vi/digit-1", "vi/digit-2", "vi/number-3")
LENGTH_S: Final = {"old": 0.3, "new": 0.9}
GAIN_DB: Final = {"old": 1.0, "new": 7.0}


class Server:
    """A server with one voice in force, on a line that may be lost after some clips."""

    def __init__(self) -> None:
        self.voice = "old"
        self.keys: Iterable[str] = KEYS
        self.clips_left: int | None = None
        self.absent: set[str] = set()
        self.is_away = False

    def answer(self, request: httpx2.Request) -> httpx2.Response:
        if self.is_away:
            raise httpx2.ConnectError("the line is lost", request=request)
        if not request.url.path.startswith("/clips/"):
            return httpx2.Response(200, content=msgspec.json.encode(self._book()))
        if self.clips_left is not None:
            if self.clips_left == 0:
                raise httpx2.ReadError("the line is lost", request=request)
            self.clips_left -= 1
        name = request.url.path.removeprefix("/clips/")
        if name in self.absent:
            return httpx2.Response(404)
        if name == "chime.mp3":
            return httpx2.Response(200, content=chime_mp3())
        return httpx2.Response(200, content=mp3(silence(LENGTH_S[name.partition("-")[0]], 24_000)))

    def _book(self) -> Mapping[str, Any]:
        return {
            "vi": {key: _clip(self.voice, key) for key in self.keys},
            "chime": {"url": "/clips/chime.mp3", "duration_ms": 700},
            "gains_db": {"vi": GAIN_DB[self.voice]},
            "speech": {},
        }


def _clip(voice: str, key: str) -> Mapping[str, object]:
    return {"url": f"/clips/{voice}-{key.replace('/', '-')}.mp3", "duration_ms": 1}


@pytest.fixture
def server() -> Server:
    return Server()


@pytest.fixture
def begun(server: Server, tmp_path: Path) -> Callable[[], ClipShelf]:
    """A shelf as after a start of the program: the folder stays."""

    def begin() -> ClipShelf:
        line = httpx2.MockTransport(server.answer)
        client = httpx2.AsyncClient(transport=line, base_url="http://queue.example")
        return ClipShelf(tmp_path, client, CentreId("an-binh"))

    return begin


def voices(shelf: ClipShelf) -> list[str]:
    """Whose each clip is, by its length; "" for one that is missing."""
    found = [shelf.duration_ms(key) for key in KEYS]
    return ["" if ms is None else "old" if ms < 600 else "new" for ms in found]


async def test_a_line_lost_midway_leaves_the_old_voice_whole(
    server: Server, begun: Callable[[], ClipShelf]
) -> None:
    shelf = begun()
    assert await shelf.load()
    server.voice, server.clips_left = "new", 2

    assert not await shelf.load()

    assert voices(shelf) == ["old"] * 4
    assert shelf.gains_db == {"vi": GAIN_DB["old"]}


async def test_the_new_voice_is_taken_when_it_is_whole(
    server: Server, begun: Callable[[], ClipShelf]
) -> None:
    shelf = begun()
    await shelf.load()
    server.voice, server.clips_left = "new", 2
    await shelf.load()
    server.clips_left = None

    assert await shelf.load()

    assert voices(shelf) == ["new"] * 4
    assert shelf.gains_db == {"vi": GAIN_DB["new"]}


async def test_after_a_start_without_a_line_the_voice_that_was_in_force_speaks(
    server: Server, begun: Callable[[], ClipShelf]
) -> None:
    before = begun()
    await before.load()
    server.voice, server.clips_left = "new", 2
    await before.load()
    server.is_away = True
    shelf = begun()

    assert not await shelf.load()

    assert voices(shelf) == ["old"] * 4
    assert shelf.gains_db == {"vi": GAIN_DB["old"]}


async def test_a_voice_that_has_one_clip_less_speaks_where_there_was_none(
    server: Server, begun: Callable[[], ClipShelf]
) -> None:
    server.absent = {"old-vi-number-3.mp3"}
    shelf = begun()

    assert not await shelf.load()

    assert voices(shelf) == ["old", "old", "old", ""]


async def test_what_the_same_voice_says_more_is_taken_as_it_comes(
    server: Server, begun: Callable[[], ClipShelf]
) -> None:
    server.keys = KEYS[:2]
    shelf = begun()
    await shelf.load()
    server.keys, server.absent = KEYS, {"old-vi-number-3.mp3"}

    await shelf.load()

    assert voices(shelf) == ["old", "old", "old", ""]
