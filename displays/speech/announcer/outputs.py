"""Where an announcer's sound goes: a sound card through ALSA, a folder, or nowhere."""

import asyncio
import io
import time
from contextlib import suppress
from pathlib import Path
from typing import Final, Protocol

import msgspec
import soundfile

from displays.speech.voice import Sound
from queue_server.core.errors import InvalidValue, QueueError

GRACE_S: Final = 5.0
"""How much longer than the sound a player may take; starting and draining cost up to two."""
LEAST_SHARE: Final = 0.9
"""A player that ends before this much of the sound's length played nothing, whatever it says."""


class OutputFailed(QueueError):
    """Nothing can be heard: no sound card, no player, or it ended too soon."""

    code = "output_failed"


class Output(Protocol):
    """One loudspeaker. Plays one sound at a time."""

    async def play(self, sound: Sound, name: str) -> None:
        """Play the sound; returns when it has ended. Cancelled, it stops at once.

        Args:
            sound: One channel.
            name: What it is, for records.

        Raises:
            OutputFailed: Nobody can have heard it whole.
        """
        ...


class AlsaOutput:
    """A sound card, through the program `aplay` of alsa-utils.

    Args:
        device: Name of an ALSA device, e.g. ``plughw:1,0``; empty for the usual one.
        program: The player.
    """

    def __init__(self, device: str = "", program: str = "aplay") -> None:
        self._command = [program, "-q", *(["-D", device] if device else []), "-"]

    async def play(self, sound: Sound, name: str) -> None:
        """See `Output.play`."""
        length_s = sound.duration_exact_ms / 1000
        started_s = time.monotonic()
        code, words = await self._run(wav(sound), length_s + GRACE_S)
        elapsed_s = time.monotonic() - started_s
        if code != 0:
            message = f"{self._command[0]} cannot play: {words or f'exit status {code}'}"
            raise OutputFailed(message)
        if elapsed_s < LEAST_SHARE * length_s:
            message = f"expected {name} to sound for {length_s:.1f} s, it took {elapsed_s:.1f} s"
            raise OutputFailed(message)

    async def _run(self, data: bytes, deadline_s: float) -> tuple[int, str]:
        pipe = asyncio.subprocess.PIPE
        try:
            player = await asyncio.create_subprocess_exec(
                *self._command, stdin=pipe, stdout=asyncio.subprocess.DEVNULL, stderr=pipe
            )
        except OSError as error:
            message = f"{self._command[0]} cannot be started: {error}; install alsa-utils"
            raise OutputFailed(message) from error
        try:
            async with asyncio.timeout(deadline_s):
                _, words = await player.communicate(data)
        except TimeoutError as error:
            message = f"{self._command[0]} did not end within {deadline_s:.0f} s"
            raise OutputFailed(message) from error
        finally:
            if player.returncode is None:
                with suppress(ProcessLookupError):
                    player.kill()
                await player.wait()
        code = 0 if player.returncode is None else player.returncode
        return code, words.decode(errors="replace").strip()[-200:]


class NullOutput:
    """No loudspeaker: takes as long as one."""

    async def play(self, sound: Sound, name: str) -> None:  # noqa: ARG002 (see `Output.play`)
        """See `Output.play`."""
        await asyncio.sleep(sound.duration_exact_ms / 1000)


class Played(msgspec.Struct, frozen=True, kw_only=True):
    """One line of a folder's record. Instants are seconds of a clock that only grows."""

    name: str
    file: str
    start_s: float
    end_s: float
    is_whole: bool


class FolderOutput:
    """Each announcement as a WAV file, with a record of when it sounded: to try and to prove.

    Args:
        folder: Where; made if need be.
        speed: How many times faster than a loudspeaker.
    """

    def __init__(self, folder: Path, speed: float = 1.0) -> None:
        self._folder = folder
        self._speed = speed
        self._count = 0

    async def play(self, sound: Sound, name: str) -> None:
        """See `Output.play`."""
        self._folder.mkdir(parents=True, exist_ok=True)
        self._count += 1
        file = f"{self._count:05}.wav"
        (self._folder / file).write_bytes(wav(sound))
        start_s = time.monotonic()
        is_whole = False
        try:
            await asyncio.sleep(sound.duration_exact_ms / 1000 / self._speed)
            is_whole = True
        finally:
            played = Played(
                name=name,
                file=file,
                start_s=start_s,
                end_s=time.monotonic(),
                is_whole=is_whole,
            )
            with (self._folder / "record.jsonl").open("ab") as record:
                record.write(msgspec.json.encode(played) + b"\n")


def output_of(words: str) -> Output:
    """The output that is meant: ``alsa``, ``alsa:DEVICE``, ``file:FOLDER`` or ``null``.

    Raises:
        InvalidValue: None is.
    """
    kind, _, value = words.partition(":")
    if kind == "alsa":
        return AlsaOutput(value)
    if kind == "file" and value:
        return FolderOutput(Path(value))
    if words == "null":
        return NullOutput()
    message = f"expected alsa, alsa:DEVICE, file:FOLDER or null, got {words!r}"
    raise InvalidValue(message)


def wav(sound: Sound) -> bytes:
    """The sound as a WAV file of 16 bits."""
    file = io.BytesIO()
    soundfile.write(file, sound.samples, sound.rate_hz, format="WAV", subtype="PCM_16")
    return file.getvalue()
