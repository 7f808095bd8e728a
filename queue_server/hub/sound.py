"""Who speaks the calls of a zone: one device at a time, by a lease that it renews.

Every device that can sound asks again and again for the zones it stands in. The answer names the
zones that are its own for the next seconds; its page falls silent by itself when that time has
passed without another answer, so two devices never speak at once, whatever becomes of the line,
the server or the device. What was spoken is told to all, so that who takes over goes on where the
other ended.
"""

import asyncio
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Final, Literal

import msgspec
import structlog
from msgspec import Struct

from queue_server.accounts.principal import NotAllowed, Principal
from queue_server.clock import Clock
from queue_server.core.centre import Centre
from queue_server.core.errors import QueueError
from queue_server.core.identifiers import CentreId, ZoneId
from queue_server.hub.messages import Sound, SoundOwned
from queue_server.hub.replicas import Replicas
from queue_server.journal.leases import Leases

log = structlog.get_logger()

LEASE_MS: Final = 5_000
"""Devices ask every 1.5 s; who vanishes is succeeded within 6.5 s."""
SPOKEN_MS: Final = 120_000
"""Twice as long as a call may wait to be spoken."""
DEVICE_MS: Final = 15_000
"""A device that says nothing for so long is gone."""
DEVICE_AGAIN_S: Final = 5.0
"""What has not changed is written down again after this time."""
ZONE_MS: Final = 5 * 24 * 3_600_000
"""Over a long weekend it is remembered that a zone had a voice: whether it comes back is seen at
once on the first morning."""

RANK: Final[Mapping[str, int]] = {"announcer": 3, "board": 2}
"""Loudspeakers under the ceiling go before boards, boards before a page that somebody opened."""

_DEVICES, _SPOKEN, _ZONES = "sound", "spoken", "voiced"


class SoundDevice(Struct, frozen=True, kw_only=True):
    """What a device with a loudspeaker says of itself."""

    device: str
    """Id of the device or member of staff."""
    name: str
    zones: tuple[str, ...]
    state: str
    """`running`, or why nobody hears it: `suspended`, `stuck`, `silent`, `failed`, …"""


class ZoneSound(Struct, frozen=True, kw_only=True):
    """Who speaks in a zone now."""

    zone: ZoneId
    state: Literal["spoken", "blocked", "away", "missing", "none"]
    """`spoken`: somebody does; `blocked`: there is a device, which cannot sound; `away`: there was
    one these days; `missing`: a board with sound is configured there and was never heard; `none`:
    nobody should. While the day is not open, nobody is away or missing."""
    speaker: str = ""
    """Name of the device that speaks, is blocked or was last heard."""
    reason: str = ""
    """What a blocked device says of itself."""
    last_at: datetime | None = None
    """When the device that is away was last heard, to some seconds."""


class _LastVoice(Struct, frozen=True):
    name: str
    at: datetime


class SoundDesk:
    """Gives out the sound of the zones. One in each process; the store keeps what they share."""

    def __init__(self, leases: Leases, clock: Clock) -> None:
        self._leases = leases
        self._clock = clock
        self._written: dict[tuple[CentreId, str, str], tuple[bytes, float]] = {}

    async def ask(self, principal: Principal, centre: Centre, asked: Sound) -> SoundOwned:
        """What a device that asks may sound now.

        Raises:
            NotAllowed: It is nobody of this centre.
            StoreUnavailable: Nobody can be given the sound; devices fall silent by themselves.
        """
        if not principal.is_of(centre.id):
            message = f"{principal.kind} may not speak in {centre.id}"
            raise NotAllowed(message)
        name = f"{principal.id}/{asked.holder}"
        zones = [ZoneId(zone) for zone in asked.zones if zone in centre.facts.zones]
        for call in asked.spoken:
            await self._leases.note(centre.id, _SPOKEN, call, b"", SPOKEN_MS)
        owned = await self._owned(centre.id, name, principal, zones, asked)
        await self._write_down(centre.id, name, principal, zones, asked)
        return SoundOwned(
            ask=asked.ask,
            zones=tuple(owned),
            for_ms=LEASE_MS,
            spoken=tuple(await self._leases.notes(centre.id, _SPOKEN)),
        )

    async def _owned(
        self,
        centre: CentreId,
        name: str,
        principal: Principal,
        zones: Iterable[ZoneId],
        asked: Sound,
    ) -> list[ZoneId]:
        rank = RANK.get(principal.device_kind or "", 1)
        if asked.state != "running":
            for zone in zones:
                await self._leases.release(centre, _lease(zone), name)
            return []
        return [
            zone
            for zone in zones
            if await self._leases.hold(centre, _lease(zone), name, rank, LEASE_MS)
        ]

    async def _write_down(
        self,
        centre: CentreId,
        name: str,
        principal: Principal,
        zones: Iterable[ZoneId],
        asked: Sound,
    ) -> None:
        if asked.state == "closed":
            self._written.pop((centre, _DEVICES, name), None)
            await self._leases.forget(centre, _DEVICES, name)
            return
        state = asked.state if asked.state != "running" else asked.trouble or "running"
        device = SoundDevice(
            device=principal.id, name=principal.name, zones=tuple(zones), state=state
        )
        await self._note(centre, _DEVICES, name, msgspec.json.encode(device), DEVICE_MS)
        if asked.state == "running":
            for zone in zones:
                voice = _LastVoice(principal.name, self._clock.now())
                await self._note(centre, _ZONES, zone, msgspec.json.encode(voice), ZONE_MS)

    async def _note(
        self, centre: CentreId, topic: str, name: str, words: bytes, for_ms: int
    ) -> None:
        """Write what is new, and what is about to fade."""
        now_s = asyncio.get_running_loop().time()
        before, at_s = self._written.get((centre, topic, name), (b"", 0.0))
        is_known = topic == _ZONES or before == words
        if before and is_known and now_s - at_s < DEVICE_AGAIN_S:
            return
        await self._leases.note(centre, topic, name, words, for_ms)
        self._written[centre, topic, name] = (words, now_s)

    async def devices(self, centre: CentreId) -> list[SoundDevice]:
        """Every device with a loudspeaker that is connected to any process, by name."""
        notes = await self._leases.notes(centre, _DEVICES)
        devices = [msgspec.json.decode(words, type=SoundDevice) for words in notes.values()]
        return sorted(devices, key=lambda device: (device.name, device.device))

    async def zones(self, centre: Centre) -> list[ZoneSound]:
        """Who speaks in each zone.

        Raises:
            StoreUnavailable: It cannot be known now.
        """
        notes = await self._leases.notes(centre.id, _DEVICES)
        devices = {
            name: msgspec.json.decode(words, type=SoundDevice) for name, words in notes.items()
        }
        voiced = await self._leases.notes(centre.id, _ZONES)
        found = [
            _zone_sound(
                zone, await self._leases.holder(centre.id, _lease(zone)), devices, voiced.get(zone)
            )
            for zone in centre.facts.zones
        ]
        return [_as_expected(each, centre) for each in found]


def _lease(zone: ZoneId) -> str:
    return f"sound:{zone}"


def _zone_sound(
    zone: ZoneId, holder: str | None, devices: Mapping[str, SoundDevice], last: bytes | None
) -> ZoneSound:
    speaking = devices.get(holder or "")
    if speaking is not None and speaking.state == "running":
        return ZoneSound(zone=zone, state="spoken", speaker=speaking.name)
    here = [device for device in devices.values() if zone in device.zones]
    blocked = [device for device in here if device.state != "running"]
    if blocked:
        return ZoneSound(
            zone=zone, state="blocked", speaker=blocked[0].name, reason=blocked[0].state
        )
    if here:  # it has just come and is about to be given the sound
        return ZoneSound(zone=zone, state="spoken", speaker=here[0].name)
    if last is not None:
        voice = msgspec.json.decode(last, type=_LastVoice)
        return ZoneSound(zone=zone, state="away", speaker=voice.name, last_at=voice.at)
    return ZoneSound(zone=zone, state="none")


def _as_expected(found: ZoneSound, centre: Centre) -> ZoneSound:
    """A silent zone is no fault before the doors open, and is one where a board should speak."""
    if found.state not in {"away", "none"}:
        return found
    if centre.day is None or not centre.day.is_open:
        return ZoneSound(zone=found.zone, state="none")
    speaks = any(
        board.has_sound and (not board.zones or found.zone in board.zones)
        for board in centre.facts.boards.values()
    )
    is_missing = found.state == "none" and speaks
    return ZoneSound(zone=found.zone, state="missing") if is_missing else found


async def sound_answer(
    desk: SoundDesk, principal: Principal, replicas: Replicas, asked: Sound
) -> SoundOwned:
    """The answer, which gives nothing where it cannot be known: silence is safe."""
    try:
        replica = await replicas.get(asked.centre)
        return await desk.ask(principal, replica.centre, asked)
    except QueueError as error:
        log.info("no sound can be given now", reason=error.message)
        return SoundOwned(ask=asked.ask, zones=(), for_ms=0, spoken=())
