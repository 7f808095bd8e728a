"""How a server begins: every centre configured, under known rules, its numbers safe to issue.

It works on the journal alone, before anything listens: what cannot begin stops the start.
"""

import asyncio
from datetime import datetime
from hashlib import blake2b
from pathlib import Path

import structlog

from config.centre_file import read_centre
from counters.routing.choice import require_strategy
from counters.routing.strategies import STRATEGIES
from queue_server.app import Parts
from queue_server.archive.recorder import Recorder
from queue_server.core import commands as c
from queue_server.core.centre import Centre
from queue_server.core.commit import Actor
from queue_server.core.configuration import CentreConfiguration
from queue_server.core.identifiers import CentreId, CommandId
from queue_server.core.timers import Due, due_commands
from queue_server.hub.replica import Replica, Request, payload_hash

log = structlog.get_logger()

SYSTEM = Actor("system", "server")


async def begin(parts: Parts, centre_file: Path, recorder: Recorder, restored: Path) -> None:
    """Apply the centre file to a new centre; check and make safe every centre of the journal.

    Args:
        parts: Journal, rules and clock of the server.
        centre_file: What a new centre is.
        recorder: The archive, which may know of numbers that the journal lost.
        restored: Marker that a restore left; removed when all numbers are sent ahead.

    Raises:
        BrokenCentreFile: The file has problems.
        InvalidValue: A centre's routing strategy is not known to this release.
    """
    reading = await asyncio.to_thread(read_centre, centre_file, known_strategies=tuple(STRATEGIES))
    is_restored = await asyncio.to_thread(restored.exists)
    own = reading.configuration
    for name in dict.fromkeys([own.id, *await parts.journal.centres()]):
        replica = await _loaded(parts, name)
        has_lost = is_restored or await _knows_more(recorder, replica)
        if name == own.id:
            await _configure(replica, own)
        if replica.centre.configuration is not None:
            require_strategy(replica.centre.facts.routing.strategy)
        if has_lost:
            await _send_numbers_ahead(replica, parts.clock.now())
    await asyncio.to_thread(restored.unlink, missing_ok=True)


async def _loaded(parts: Parts, centre: CentreId) -> Replica:
    replica = Replica(
        centre,
        journal=parts.journal,
        rules=parts.rules,
        clock=parts.clock,
        on_change=lambda _, __: None,
        archived=parts.archived,
    )
    await replica.load()
    return replica


async def _knows_more(recorder: Recorder, replica: Replica) -> bool:
    """Whether the archive has commits that the journal has not: their numbers are on paper."""
    recorded = await asyncio.to_thread(recorder.last_position, replica.centre.id)
    return recorded is not None and recorded.offset > replica.centre.offset


async def _configure(replica: Replica, configuration: CentreConfiguration) -> None:
    if replica.centre.configuration is None:
        command = c.ApplyConfiguration(configuration=configuration)
        await _submit(replica, command, _command_id(replica, command, ""))
        log.info("the centre begins", centre=configuration.id, name=configuration.name["vi"])


async def _send_numbers_ahead(replica: Replica, now: datetime) -> None:
    """Skip numbers in a day that is open, or falls due to be opened: it may have been before."""
    while due := _day_due(replica.centre, now):
        await _submit(replica, due.command, due.command_id(replica.centre))
    day = replica.centre.day
    if day is not None and day.is_open:
        command = c.SkipNumbers()
        await _submit(replica, command, _command_id(replica, command, day.date.isoformat()))
        log.warning("numbers skip ahead: some may have been printed and lost", day=str(day.date))


def _day_due(centre: Centre, now: datetime) -> Due | None:
    """The opening or closing of a day that is due."""
    days = (c.OpenDay, c.CloseDay)
    return next((due for due in due_commands(centre, now) if isinstance(due.command, days)), None)


def _command_id(replica: Replica, command: c.Command, subject: str) -> CommandId:
    """The same for every process that begins on this life of the store."""
    kind = type(command).__name__
    text = f"{replica.centre.id} begin {kind} {replica.epoch} {subject}"
    return CommandId(blake2b(text.encode(), digest_size=16).hexdigest())


async def _submit(replica: Replica, command: c.Command, command_id: CommandId) -> None:
    await replica.submit(
        Request(
            command=command,
            actor=SYSTEM,
            command_id=command_id,
            payload_hash=payload_hash(command),
            may_act_for_others=True,
        )
    )
