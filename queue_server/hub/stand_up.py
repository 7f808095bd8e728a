"""Whoever signs out stands up: the counter is left, or paused while somebody is served there."""

import secrets

import structlog

from queue_server.core.commands import Command, LeaveCounter, PauseSilentCounter
from queue_server.core.commit import Actor
from queue_server.core.counter import Silence
from queue_server.core.errors import CounterBusy, QueueError
from queue_server.core.identifiers import CommandId, StaffId
from queue_server.hub.replica import Replica, Request, payload_hash
from queue_server.hub.replicas import Replicas

log = structlog.get_logger()


async def stand_up(replicas: Replicas, staff: StaffId) -> None:
    """Free the counter of a member of staff; who is served there stays until somebody finishes.

    Signing out never fails for it: a store that is away leaves the counter to fall silent.
    """
    for replica in replicas.loaded():
        for counter in list(replica.centre.counters.values()):
            if counter.staff != staff:
                continue
            leave = LeaveCounter(counter=counter.id)
            pause = PauseSilentCounter(counter=counter.id, staff=staff, reason=Silence.SIGNED_OUT)
            try:
                try:
                    await _submit(replica, leave, staff)
                except CounterBusy:
                    await _submit(replica, pause, staff)
            except QueueError as error:
                log.warning("a counter was not left", counter=counter.id, reason=error.message)


async def _submit(replica: Replica, command: Command, staff: StaffId) -> None:
    await replica.submit(
        Request(
            command=command,
            actor=Actor("staff", staff),
            command_id=CommandId(secrets.token_hex(16)),
            payload_hash=payload_hash(command),
        )
    )
