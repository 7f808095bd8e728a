"""A page is read aloud at once, kept by its words, and never at the cost of the server."""

import asyncio
import os
import stat
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from displays.speech import page_speech
from displays.speech.espeak_voice import EspeakVoice
from displays.speech.page_speech import MOST_WAITING, PageSpeech
from displays.speech.piper_voice import PiperVoice
from displays.speech.sound import decoded
from displays.speech.voices import page_voices
from queue_server.core.identifiers import Language
from tests.support.voice_programs import stand_in_for_piper

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


async def test_piper_reads_where_espeak_is_missing(tmp_path: Path) -> None:
    speech = PageSpeech(
        tmp_path,
        program="no-such-program",
        piper_program=stand_in_for_piper(tmp_path),
        piper_models=tmp_path / "models",
    )

    sound = await speech.spoken(VI, SENTENCE)

    assert speech.can_speak
    assert sound is not None
    assert decoded(sound).duration_ms > 500
    assert await speech.spoken(EN, "No model speaks this.") is None


async def test_piper_without_a_model_is_not_offered(tmp_path: Path) -> None:
    program = stand_in_for_piper(tmp_path)
    (tmp_path / "empty").mkdir()

    empty = PageSpeech(
        tmp_path, program="none", piper_program=program, piper_models=tmp_path / "empty"
    )
    missing = PageSpeech(
        tmp_path, program="none", piper_program="none", piper_models=tmp_path / "models"
    )

    assert not empty.can_speak
    assert not missing.can_speak


async def test_what_a_citizen_typed_is_not_logged(tmp_path: Path) -> None:
    speech = PageSpeech(tmp_path, program=str(program(tmp_path, "exit 1")))

    with capture_logs() as logged:
        assert await speech.spoken(VI, "090 123 4567", is_private=True) is None

    (line,) = logged
    assert line["event"] == "page_not_spoken"
    assert "090" not in str(line)


def test_no_voice_of_a_page_is_online(tmp_path: Path) -> None:
    voices = page_voices(EspeakVoice(), PiperVoice(tmp_path))

    assert [voice.name for voice in voices] == ["espeak-ng", "piper"]


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
