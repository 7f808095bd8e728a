"""The announcer's life: hear calls, own the sound, play one announcement after another."""

import asyncio
import secrets
import time
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

import msgspec
import structlog
from msgspec import Struct
from msgspec.structs import replace
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import WebSocketException

from displays.speech.announcement import Spoken
from displays.speech.announcement_plan import CHIME, Call
from displays.speech.announcer.clip_shelf import ClipShelf
from displays.speech.announcer.facts import Assignment
from displays.speech.announcer.outputs import Output, OutputFailed
from displays.speech.joined import joined
from displays.speech.loudness import volume_of
from displays.speech.sound import RATE_HZ
from displays.speech.speaker import Speaker, Utterance
from displays.speech.voice import Sound, silence
from queue_server.accounts.pairing import NotPaired, Pairing, tls_of
from queue_server.hub.connection import CloseCode

log = structlog.get_logger(__name__)

ASK_EVERY_S: Final = 1.5
CLIPS_EVERY_S: Final = 60.0
CLIPS_SOON_S: Final = 5.0
"""Where not all clips could be had."""
RETRY_S: Final = 2.0
PROBE_EVERY_S: Final = 10.0
"""While nothing can be heard, silence is played so often to learn when that is over."""
PROBE_S: Final = 0.2


class _ShownCall(Struct, frozen=True):
    id: str
    number: str
    zone_id: str
    language: str
    at: datetime
    spoken: tuple[Spoken, ...] = ()


class _Board(Struct, frozen=True):
    calls: tuple[_ShownCall, ...] = ()
    called: tuple[str, ...] | None = None
    """Numbers that are still called; None of an older server, which does not tell."""


class Announcer:
    """Speaks the calls of its zones while it owns their sound.

    Args:
        pairing: Which server, as whom.
        assignment: Whose calls; begun.
        shelf: The clips.
        output: The loudspeaker.
        clips_every_s: How often clips and facts are asked for.
    """

    def __init__(
        self,
        pairing: Pairing,
        assignment: Assignment,
        shelf: ClipShelf,
        output: Output,
        *,
        clips_every_s: float = CLIPS_EVERY_S,
    ) -> None:
        self._pairing = pairing
        self._assignment = assignment
        self._shelf = shelf
        self._output = output
        self._clips_every_s = clips_every_s
        self._line: ClientConnection | None = None
        self._holder = secrets.token_hex(8)
        self._speaker = Speaker(shelf.duration_ms, self._may_speak)
        self._ours: dict[str, float] = {}
        self._asked: dict[int, float] = {}
        self._asks = 0
        self._spoken: list[str] = []
        self._state = "starting"
        self._changed = asyncio.Event()
        self._server_ahead_s: float | None = None
        self._early: _Board | None = None

    async def run(self) -> None:
        """Announce until cancelled.

        Raises:
            NotPaired: The server has shut this device out.
        """
        try:
            async with asyncio.TaskGroup() as tasks:
                tasks.create_task(self._keep_line())
                tasks.create_task(self._keep_clips())
                tasks.create_task(self._keep_facts())
                tasks.create_task(self._speak())
        except* NotPaired as shut_out:
            raise shut_out.exceptions[0] from None

    async def _keep_clips(self) -> None:
        while True:
            is_whole = await self._shelf.load()
            rules = self._speaker.rules
            self._speaker.rules = replace(rules, times_when_idle=self._shelf.loudness.times)
            self._changed.set()
            await asyncio.sleep(self._clips_every_s if is_whole else CLIPS_SOON_S)

    async def _keep_facts(self) -> None:
        """Speak in a zone that is new, too, and no more in one that is gone."""
        while True:
            await asyncio.sleep(self._clips_every_s)
            if not await self._assignment.has_changed():
                continue
            log.info("announcing elsewhere from now on", zones=self._assignment.facts.zones)
            if self._line is not None:  # another view is watched from now on
                await self._line.close()

    async def _keep_line(self) -> None:
        address = self._pairing.server.replace("http", "ws", 1) + "/live"
        is_secure = address.startswith("wss:")
        while True:
            try:
                async with connect(
                    address,
                    additional_headers={"authorization": f"Bearer {self._pairing.token}"},
                    ssl=tls_of(self._pairing.ca_file) if is_secure else None,
                    proxy=None,
                ) as line:
                    log.info("the announcer is on the line", server=self._pairing.server)
                    self._line = line
                    await self._serve(line)
            except (OSError, TimeoutError, WebSocketException) as gone:
                log.info("the line is lost and tried again", reason=str(gone))
            await asyncio.sleep(RETRY_S)

    async def _serve(self, line: ClientConnection) -> None:
        zones = self._assignment.facts.zones
        subject = zones[0] if len(zones) == 1 else ""
        watch = {"type": "watch", "view": "board", "centre": self._pairing.centre}
        await line.send(msgspec.json.encode({**watch, "subject": subject}).decode())
        asking = asyncio.create_task(self._ask(line))
        try:
            async for text in line:
                self._hear(msgspec.json.decode(text))
        finally:
            asking.cancel()
            if line.close_code in {CloseCode.REVOKED, CloseCode.NOT_KNOWN}:
                message = "the server does not know this announcer any more: pair it with --link"
                raise NotPaired(message)

    async def _ask(self, line: ClientConnection) -> None:
        while True:
            self._asks += 1
            self._asked = {n: at for n, at in self._asked.items() if n > self._asks - 20}
            self._asked[self._asks] = time.monotonic()
            spoken, self._spoken = self._spoken[:50], self._spoken[50:]
            message = {
                "type": "sound",
                "centre": self._pairing.centre,
                "zones": self._assignment.facts.zones,
                "holder": self._holder,
                "ask": self._asks,
                "state": self._state,
                "spoken": spoken,
            }
            await line.send(msgspec.json.encode(message).decode())
            await asyncio.sleep(ASK_EVERY_S if not self._spoken else 0)

    def _hear(self, message: Mapping[str, Any]) -> None:
        match message["type"]:
            case "view":
                self._take(msgspec.convert(message["body"], _Board))
            case "sound_owned":
                self._own(message)
            case "heartbeat":
                at = datetime.fromisoformat(message["at"])
                self._server_ahead_s = at.timestamp() - time.monotonic()
                early, self._early = self._early, None
                if early is not None:
                    self._take(early)
            case _:
                pass  # a newer server says more

    def _take(self, board: _Board) -> None:
        """Hear of the calls in force, oldest first, once the server's time is known."""
        if self._server_ahead_s is None:
            self._early = board
            return
        calls = board.calls
        if board.called is not None:
            self._speaker.keep(board.called)
            calls = tuple(call for call in calls if call.number in board.called)
        for call in reversed(calls):
            age_s = self._now_s() - call.at.timestamp()
            since_ms = (time.monotonic() - max(0.0, age_s)) * 1000
            heard = Call(
                id=call.id,
                ticket=call.number,
                spoken=call.spoken,
                language=call.language,
                zone=call.zone_id,
            )
            self._speaker.hear(heard, since_ms)
        self._changed.set()

    def _own(self, answer: Mapping[str, Any]) -> None:
        asked_s = self._asked.pop(answer["ask"], None)
        if asked_s is None:
            return
        until_s = asked_s + answer["for_ms"] / 1000
        self._ours = {
            zone: until_s for zone in self._assignment.facts.zones if zone in answer["zones"]
        }
        self._speaker.was_spoken(answer["spoken"])
        self._changed.set()

    def _may_speak(self, call: Call) -> bool:
        return time.monotonic() < self._ours.get(call.zone, 0.0)

    def _now_s(self) -> float:
        return time.monotonic() + (self._server_ahead_s or 0.0)

    def _volume(self) -> int:
        at = datetime.fromtimestamp(self._now_s(), UTC).astimezone(
            ZoneInfo(self._assignment.facts.timezone)
        )
        return volume_of(self._shelf.loudness, at.hour * 60 + at.minute)

    async def _speak(self) -> None:
        """Play what is to be said, one after another."""
        while True:
            if self._state != "running":
                await self._probe()
                continue
            now_ms = time.monotonic() * 1000
            if self._volume() == 0:
                self._spoken += [call.id for call in self._speaker.keep_quiet()]
            utterance = self._speaker.next(now_ms)
            for call in self._speaker.dropped:
                log.warning("a call grew too old to be spoken", call=call.id, number=call.ticket)
            self._speaker.dropped.clear()
            if utterance is not None:
                await self._say(utterance)
                continue
            wait_ms = self._speaker.wait_ms(now_ms)
            self._changed.clear()
            timeout_s = ASK_EVERY_S if wait_ms is None else max(wait_ms / 1000, 0.01)
            await _either(self._changed, timeout_s)

    async def _say(self, utterance: Utterance) -> None:
        call = utterance.entry.call
        sound = joined(utterance.timeline, self._shelf.sound, self._shelf.gains_db, self._volume())
        log.info("announcing", number=call.ticket, form=utterance.announcement.form)
        playing = asyncio.create_task(self._output.play(sound, call.id))
        try:
            while not playing.done():
                left_s = self._ours.get(call.zone, 0.0) - time.monotonic()
                if left_s <= 0:
                    log.warning("another device speaks from now on", number=call.ticket)
                    self._speaker.yielded()
                    return
                await asyncio.wait({playing}, timeout=left_s)
            playing.result()
        except OutputFailed as failure:
            self._fail(failure)
            self._speaker.yielded()
            return
        finally:
            if not playing.done():
                playing.cancel()
                await asyncio.wait({playing})
        self._speaker.ended(time.monotonic() * 1000)
        self._spoken.append(call.id)

    async def _probe(self) -> None:
        """Learn whether there is a loudspeaker."""
        try:
            await self._output.play(silence(PROBE_S, RATE_HZ), "probe")
        except OutputFailed as failure:
            self._fail(failure)
            await asyncio.sleep(PROBE_EVERY_S)
            return
        self._state = "running"
        log.info("the loudspeaker can be used")

    def _fail(self, failure: OutputFailed) -> None:
        if self._state != "failed":
            log.error("nothing can be heard", reason=failure.message)
        self._state = "failed"
        self._ours = {}


async def test_sound(output: Output, sound_of_chime: Sound) -> None:
    """Play the chime once, for a person to listen to.

    Raises:
        OutputFailed: Nothing can have been heard.
    """
    await output.play(sound_of_chime, CHIME)


async def _either(event: asyncio.Event, timeout_s: float) -> None:
    try:
        async with asyncio.timeout(timeout_s):
            await event.wait()
    except TimeoutError:
        pass
