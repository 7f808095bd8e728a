"""Where an announcer's sound goes, and what is noticed when it goes nowhere."""

import asyncio
import io
import os
from pathlib import Path

import msgspec
import numpy as np
import pytest
import soundfile

from displays.speech.announcer.outputs import (
    AlsaOutput,
    FolderOutput,
    NullOutput,
    OutputFailed,
    Played,
    output_of,
)
from displays.speech.voice import Sound
from queue_server.core.errors import InvalidValue
from tests.support.waiting import until

BEEP = Sound(np.full(2_400, 0.25, dtype=np.float32), 24_000)
"""A tenth of a second."""


def player(folder: Path, script: str) -> str:
    """A program that stands where `aplay` would."""
    file = folder / "player"
    file.write_text(f"#!/bin/sh\n{script}\n")
    file.chmod(0o755)
    return str(file)


async def test_the_player_is_given_a_wav_file(tmp_path: Path) -> None:
    program = player(tmp_path, f'echo "$@" > {tmp_path}/words; cat > {tmp_path}/got.wav; sleep 0.1')

    await AlsaOutput("plughw:1,0", program).play(BEEP, "beep")

    assert (tmp_path / "words").read_text() == "-q -D plughw:1,0 -\n"
    samples, rate_hz = soundfile.read(io.BytesIO((tmp_path / "got.wav").read_bytes()))
    assert (rate_hz, len(samples)) == (24_000, 2_400)
    assert samples == pytest.approx(0.25, abs=1e-4)


@pytest.mark.parametrize(
    ("script", "words"),
    [
        ('cat > /dev/null; echo "no cards found" >&2; exit 1', "no cards found"),
        ("exit 3", "exit status 3"),
        ("cat > /dev/null", "expected beep to sound for 0.1 s"),
    ],
)
async def test_a_player_that_does_not_play_is_noticed(
    tmp_path: Path, script: str, words: str
) -> None:
    long_beep = Sound(np.tile(BEEP.samples, 1 if "exit" in script else 30), 24_000)
    expected = words.replace("0.1 s", "3.0 s")

    with pytest.raises(OutputFailed, match=expected):
        await AlsaOutput(program=player(tmp_path, script)).play(long_beep, "beep")


async def test_without_a_player_it_is_said_what_to_install() -> None:
    with pytest.raises(OutputFailed, match="install alsa-utils"):
        await AlsaOutput(program="no-such-player").play(BEEP, "beep")


async def test_a_sound_that_is_stopped_leaves_no_player_behind(tmp_path: Path) -> None:
    program = player(tmp_path, f"echo $$ > {tmp_path}/id; exec sleep 60")
    playing = asyncio.create_task(AlsaOutput(program=program).play(BEEP, "beep"))
    await until(lambda: (tmp_path / "id").exists() and bool((tmp_path / "id").read_text()))

    playing.cancel()
    await asyncio.wait({playing})

    player_id = int((tmp_path / "id").read_text())
    with pytest.raises(ProcessLookupError):
        os.kill(player_id, 0)


async def test_a_folder_keeps_what_sounded_and_when(tmp_path: Path) -> None:
    output = FolderOutput(tmp_path / "kept", speed=10)
    await output.play(BEEP, "one")
    playing = asyncio.create_task(output.play(BEEP, "two"))
    await asyncio.wait({playing}, timeout=0.001)
    playing.cancel()
    await asyncio.wait({playing})

    lines = (tmp_path / "kept" / "record.jsonl").read_bytes().splitlines()
    first, second = (msgspec.json.decode(line, type=Played) for line in lines)

    assert (first.name, first.file, first.is_whole) == ("one", "00001.wav", True)
    assert (second.name, second.is_whole) == ("two", False)
    assert first.end_s <= second.start_s
    assert (tmp_path / "kept" / "00002.wav").exists()


async def test_nowhere_takes_as_long_as_a_loudspeaker() -> None:
    loop = asyncio.get_running_loop()
    before_s = loop.time()

    await NullOutput().play(BEEP, "beep")

    assert loop.time() - before_s >= 0.099


def test_outputs_are_meant_by_words(tmp_path: Path) -> None:
    assert isinstance(output_of("alsa"), AlsaOutput)
    assert isinstance(output_of("alsa:plughw:1,0"), AlsaOutput)
    assert isinstance(output_of(f"file:{tmp_path}"), FolderOutput)
    assert isinstance(output_of("null"), NullOutput)
    for words in ("file:", "null:x", "speaker", ""):
        with pytest.raises(InvalidValue, match="expected alsa"):
            output_of(words)
