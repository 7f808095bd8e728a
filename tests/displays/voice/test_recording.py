"""Recordings on the server: listed, looked at, kept, used; by administrators alone."""

import io
from collections.abc import AsyncIterator, Callable, Mapping
from pathlib import Path
from typing import Any

import httpx2
import msgspec
import numpy as np
import pytest
import soundfile

from displays.speech.announcement import Clip, ClipId, Phrases
from displays.speech.clip_maker import prepare
from displays.speech.espeak_voice import EspeakVoice
from displays.speech.phrase_files import read_phrases
from displays.speech.recorded_pack import RecordedPack
from displays.speech.take_child import looked_at
from displays.speech.voice import VoiceFailed
from displays.speech.voices import VoiceSources, available_voices
from displays.voice.routes import ROUTES
from displays.voice.view import LanguageToRecord, languages_to_record
from queue_server.core.configuration import CentreConfiguration
from queue_server.core.identifiers import CentreId, Language
from queue_server.journal.memory_journal import MemoryJournal
from queue_server.places import Places
from tests.support.centres import small_configuration
from tests.support.clocks import HandSetClock
from tests.support.servers import parts_for, running_server

VI = Language("vi")
CENTRE = small_configuration()
VOICE = f"/api/v1/centres/{CENTRE.id}/voice"
PART = "please-number"
TEXT = "Xin mời số"


def wav(samples: Any, rate_hz: int = 48_000) -> bytes:
    file = io.BytesIO()
    soundfile.write(file, np.asarray(samples, dtype=np.float32), rate_hz, format="WAV")
    return file.getvalue()


def spoken(text: str = TEXT, *, gain: float = 0.5, noise: float = 0.0) -> bytes:
    """A person says it in a room, with a pause before and after."""
    sound = EspeakVoice().render(Clip(ClipId("vi/x"), VI, text))
    pause = np.zeros(round(0.4 * sound.rate_hz), dtype=np.float32)
    whole = np.concatenate([pause, gain * sound.samples, pause])
    hiss = np.random.default_rng(1).normal(0, 1, len(whole)) * noise
    return wav(whole + hiss, sound.rate_hz)


def test_a_good_take_is_trimmed_and_needs_no_advice() -> None:
    take = looked_at(spoken(), TEXT)

    assert 500 < take.duration_ms < 1_300
    assert take.advice == ()


@pytest.mark.parametrize(
    ("take", "advice"),
    [
        (spoken(gain=8), ("clipped",)),
        (spoken(gain=0.05), ("quiet",)),
        (spoken(gain=0.2, noise=0.01), ("noisy",)),
    ],
)
def test_what_would_make_a_take_better_is_said(take: bytes, advice: tuple[str, ...]) -> None:
    assert looked_at(take, TEXT).advice == advice


@pytest.mark.parametrize(
    "take", [b"<html>", wav([]), wav(np.zeros(48_000)), spoken(TEXT * 12), wav([0.5] * 900)]
)
def test_what_is_no_speech_of_the_text_is_refused(take: bytes) -> None:
    with pytest.raises(VoiceFailed):
        looked_at(take, TEXT)


def test_a_recording_replaces_the_one_before(tmp_path: Path) -> None:
    pack = RecordedPack(tmp_path, CENTRE.id, VI)
    clip = ClipId("vi/letter-đ")
    pack.add(clip, b"one")
    pack.add(ClipId("vi/digit-1"), b"another")
    pack.add(clip, b"two")

    file = pack.file_of(clip)
    assert file is not None
    assert file.read_bytes() == b"two"
    assert set(pack.clips) == {clip, "vi/digit-1"}
    pack.remove(clip)
    pack.remove(clip)
    assert pack.file_of(clip) is None
    assert not file.exists()
    assert RecordedPack(tmp_path, CentreId("other"), VI).clips == {}


def languages(
    recorded: Mapping[Language, frozenset[ClipId]], voice: str | None = None
) -> LanguageToRecord:
    phrases: Mapping[Language, Phrases] = read_phrases()
    return languages_to_record(CENTRE, phrases, recorded, {VI: voice})[0]


def test_everything_that_is_needed_comes_first() -> None:
    listed = languages({VI: frozenset({ClipId("vi/digit-0")})})

    needed = [clip for clip in listed.clips if clip.is_needed]
    assert needed == list(listed.clips[: len(needed)])
    assert {clip.kind for clip in needed} == {"phrase", "letter", "digit", "number"}
    assert [clip.id for clip in listed.clips if clip.is_recorded] == ["vi/digit-0"]
    assert listed.example == ()
    assert not listed.is_own_voice


def test_a_call_can_be_heard_once_all_of_it_was_recorded() -> None:
    every = frozenset(clip.id for clip in languages({}).clips)
    listed = languages({VI: every}, "pack-recorded-vi")

    assert listed.example[0] == "vi/please-number"
    assert listed.example[2:5] == ("vi/digit-0", "vi/digit-1", "vi/digit-2")
    assert listed.is_own_voice


class Server:
    """A server with an administrator at the page."""

    def __init__(self, client: httpx2.AsyncClient, folder: Path, asked: list[CentreId]) -> None:
        self.client = client
        self.folder = folder
        self.asked = asked

    async def put(self, part: str, body: bytes, token: str = "admin") -> httpx2.Response:  # noqa: S107
        headers = {"authorization": f"Bearer {token}"}
        url = f"{VOICE}/vi/recordings/{part}"
        return await self.client.put(url, content=body, headers=headers)

    async def get(self, path: str, token: str = "admin") -> httpx2.Response:  # noqa: S107
        return await self.client.get(path, headers={"authorization": f"Bearer {token}"})


@pytest.fixture
async def server(tmp_path: Path) -> AsyncIterator[Server]:
    asked: list[CentreId] = []

    async def prepare_clips(centre: CentreId) -> None:
        asked.append(centre)

    clock = HandSetClock()
    parts = parts_for(MemoryJournal(clock), clock)
    parts.routes = ROUTES
    parts.state = {"places": Places(tmp_path), "prepare_clips": prepare_clips}
    async with running_server(parts, CENTRE) as client:
        yield Server(client, tmp_path, asked)


async def test_a_take_is_kept_heard_and_thrown_away(server: Server) -> None:
    take = spoken()

    kept = await server.put(PART, take)
    heard = await server.get(f"{VOICE}/vi/recordings/{PART}")
    listed = msgspec.json.decode(
        (await server.get(VOICE)).content, type=tuple[LanguageToRecord, ...]
    )
    dropped = await server.client.delete(
        f"{VOICE}/vi/recordings/{PART}", headers={"authorization": "Bearer admin"}
    )
    gone = await server.get(f"{VOICE}/vi/recordings/{PART}")

    assert (kept.status_code, kept.json()["advice"]) == (201, [])
    assert heard.content == take
    assert [clip.id for clip in listed[0].clips if clip.is_recorded] == [f"vi/{PART}"]
    assert (dropped.status_code, gone.status_code) == (204, 404)


@pytest.mark.parametrize(
    ("body", "reason"),
    [(b"<html>", "nothing"), (wav(np.zeros(48_000)), "silence"), (wav([0.5] * 900), "length")],
)
async def test_a_take_that_cannot_be_used_is_refused_with_the_reason(
    server: Server, body: bytes, reason: str
) -> None:
    refused = await server.put(PART, body)

    assert refused.status_code == 422
    assert refused.json()["code"] == "unusable_take"
    assert refused.json()["reason"] == reason
    assert not (server.folder / "voices").exists()


async def test_only_clips_of_the_centre_and_takes_of_a_sane_size_are_kept(server: Server) -> None:
    for part in ("no-such-clip", "..%2F..%2Fsecret", "letter-%00"):
        assert (await server.put(part, spoken())).status_code in {404, 422}
    assert (await server.put(PART, b"x" * 3_100_000)).status_code == 422


async def test_others_are_refused(server: Server) -> None:
    for token, status in (("", 401), ("lan", 403), ("minh", 403), ("board", 403)):
        assert (await server.put(PART, b"", token)).status_code == status
        assert (await server.get(VOICE, token)).status_code == status
        used = await server.client.post(
            f"{VOICE}/use", headers={"authorization": f"Bearer {token}"}
        )
        assert used.status_code == status
    assert server.asked == []


async def test_a_complete_recording_is_the_voice_of_the_centre(server: Server) -> None:
    used = await server.client.post(f"{VOICE}/use", headers={"authorization": "Bearer admin"})
    assert (used.status_code, server.asked) == (202, [CENTRE.id])

    only: CentreConfiguration = CENTRE
    phrases = read_phrases()
    pack = RecordedPack(Places(server.folder).voice_packs, only.id, VI)
    voices: Callable[[], Any] = lambda: available_voices(  # noqa: E731
        VoiceSources(packs=Places(server.folder).voice_packs), only.id
    )
    needed = [clip for clip in languages({}).clips if clip.is_needed]
    for clip in needed[:-1]:
        pack.add(clip.id, spoken(clip.text))
    before = prepare(only, server.folder / "clips", voices(), phrases)
    pack.add(needed[-1].id, spoken(needed[-1].text))
    after = prepare(only, server.folder / "clips", voices(), phrases)

    assert before.voices[VI] == "espeak-ng"
    assert after.voices[VI] == "pack-recorded-vi"
