"""A page is read aloud at once, kept by its words, and never at the cost of the server."""

import asyncio
import os
import stat
from pathlib import Path

import pytest

from displays.speech import page_speech
from displays.speech.page_speech import MOST_WAITING, PageSpeech
from displays.speech.sound import decoded
from queue_server.core.identifiers import Language

VI, EN = Language("vi"), Language("en")
SENTENCE = "Ông/bà cần làm gì hôm nay?"


async def test_speaks_vietnamese_and_english(tmp_path: Path) -> None:
    speech = PageSpeech(tmp_path)

    vietnamese = await speech.spoken(VI, SENTENCE)
    english = await speech.spoken(EN, "What would you like to do today?")

    assert vietnamese is not None
    assert english is not None
    assert decoded(vietnamese).duration_ms > 500
    assert vietnamese != english


async def test_what_was_said_once_is_kept(tmp_path: Path) -> None:
    first = await PageSpeech(tmp_path).spoken(VI, SENTENCE)

    silent = PageSpeech(tmp_path, program="no-such-program")

    assert await silent.spoken(VI, SENTENCE) == first
    assert await silent.spoken(VI, f"  {SENTENCE}\n") == first


async def test_what_is_a_citizens_own_is_not_kept(tmp_path: Path) -> None:
    speech = PageSpeech(tmp_path)

    sound = await speech.spoken(VI, "090 123 4567", is_private=True)

    assert sound is not None
    assert kept_in(tmp_path) == 0


async def test_without_the_program_there_is_silence(tmp_path: Path) -> None:
    speech = PageSpeech(tmp_path, program="no-such-program")

    assert not speech.can_speak
    assert await speech.spoken(VI, SENTENCE) is None


@pytest.mark.parametrize("script", ["exit 1", "echo no sound", "exec sleep 60"])
async def test_a_voice_that_fails_or_hangs_is_silence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str
) -> None:
    monkeypatch.setattr(page_speech, "DEADLINE_S", 0.3)
    speech = PageSpeech(tmp_path, program=str(program(tmp_path, script)))

    assert await speech.spoken(VI, SENTENCE) is None


async def test_too_many_at_once_are_silence_and_the_rest_is_spoken(tmp_path: Path) -> None:
    speech = PageSpeech(tmp_path)
    texts = [f"Câu thứ {n}" for n in range(3 * MOST_WAITING)]

    sounds = await asyncio.gather(*(speech.spoken(VI, text) for text in texts))

    assert sum(sound is not None for sound in sounds) == MOST_WAITING
    assert await speech.spoken(VI, texts[-1]) is not None


async def test_the_server_goes_on_while_a_voice_speaks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(page_speech, "DEADLINE_S", 5.0)
    speaking, may_end = tmp_path / "speaking", tmp_path / "may-end"
    os.mkfifo(speaking)
    os.mkfifo(may_end)
    script = f'echo now > "{speaking}"; read line < "{may_end}"; exit 1'
    speech = PageSpeech(tmp_path, program=str(program(tmp_path, script)))

    saying = asyncio.create_task(speech.spoken(VI, SENTENCE))
    await asyncio.to_thread(speaking.read_text)
    is_done = saying.done()
    await asyncio.to_thread(may_end.write_text, "go on\n")

    assert not is_done
    assert await saying is None


async def test_the_oldest_make_room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page_speech, "KEPT", 10)
    speech = PageSpeech(tmp_path)

    for n in range(12):
        await speech.spoken(EN, f"Sentence {n}")

    assert kept_in(tmp_path) <= 11
    assert await PageSpeech(tmp_path, program="no-such-program").spoken(EN, "Sentence 0") is None


def kept_in(folder: Path) -> int:
    return len(list(folder.rglob("*.mp3")))


def program(folder: Path, script: str) -> Path:
    """A program that does something else than speak."""
    path = folder / "voice"
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return path
