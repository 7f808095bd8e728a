"""Time to undo: the seconds that a visitor needs are real ones, however fast the clock runs."""

import secrets

from msgspec.structs import replace

from queue_server.core.commands import ApplyConfiguration
from queue_server.core.commit import Actor
from queue_server.core.configuration import CentreConfiguration
from queue_server.core.configuration_ranges import LIMITS
from queue_server.core.identifiers import CommandId
from queue_server.hub.replica import Replica, Request, payload_hash

DEMO = Actor("system", "demo")


async def give_time_to_undo(replica: Replica, undo_within_s: int, speed: float) -> None:
    """Let the running centre's clerks undo for `undo_within_s` real seconds, as far as allowed."""
    wanted = _with_time_to_undo(replica.centre.facts, undo_within_s, speed)
    if wanted == replica.centre.facts:
        return
    command = ApplyConfiguration(configuration=wanted)
    await replica.submit(
        Request(
            command=command,
            actor=DEMO,
            command_id=CommandId(secrets.token_hex(16)),
            payload_hash=payload_hash(command),
            may_act_for_others=True,
        )
    )


def _with_time_to_undo(
    running: CentreConfiguration, undo_within_s: int, speed: float
) -> CentreConfiguration:
    _, longest_s = LIMITS["undo_within_s"]
    window_s = min(round(undo_within_s * max(speed, 1.0)), longest_s)
    return replace(running, limits=replace(running.limits, undo_within_s=window_s))
