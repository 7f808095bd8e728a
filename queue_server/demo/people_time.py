"""Time for people: the seconds that a visitor needs are real ones, however fast the clock runs."""

import secrets
from collections.abc import Mapping
from typing import Final

from msgspec.structs import asdict, replace

from queue_server.core.commands import ApplyConfiguration
from queue_server.core.commit import Actor
from queue_server.core.configuration import CentreConfiguration
from queue_server.core.configuration_ranges import RULES
from queue_server.core.identifiers import CommandId
from queue_server.hub.replica import Replica, Request, payload_hash

DEMO = Actor("system", "demo")
SCALED: Final[Mapping[str, tuple[str, ...]]] = {
    "limits": ("undo_within_s",),
    "rating": ("within_s", "change_within_s", "ask_for_s"),
    "remote_tickets": ("code_every_s",),
}
"""What is done by hand: taking back, rating, scanning the code at the door."""


async def give_people_time(replica: Replica, configured: CentreConfiguration, speed: float) -> None:
    """Let the running centre's visitors do things in real seconds, as far as allowed."""
    running = replica.centre.facts
    wanted = replace(
        running,
        **{
            part: replace(getattr(running, part), **_scaled(configured, part, speed))
            for part in SCALED
        },
    )
    if wanted == running:
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


def _scaled(configured: CentreConfiguration, part: str, speed: float) -> dict[str, int]:
    """The seconds of the part, times the speed, within what a centre may choose."""
    written = asdict(getattr(configured, part))
    return {
        name: min(round(written[name] * max(speed, 1.0)), RULES[part][name][1])
        for name in SCALED[part]
    }
