"""A commit: what one accepted command did to a centre, numbered and durable."""

from datetime import datetime

from msgspec import Struct

from queue_server.core.events import Event
from queue_server.core.identifiers import ActorKind, CentreId, CommandId, Epoch

SCHEMA = 1
"""Version of the events' layout written by this release."""


class Actor(Struct, frozen=True):
    """Who caused a change: a member of staff, a device, a citizen's phone, or the system."""

    kind: ActorKind
    id: str


class Commit(Struct, frozen=True, kw_only=True):
    """The events of one command.

    `offset` is consecutive per centre and starts at 1; order is the offset, never `at`.
    `payload_hash` belongs to the command, so that the same `command_id` with another payload
    can be refused.
    """

    centre: CentreId
    offset: int
    epoch: Epoch
    at: datetime
    actor: Actor
    command_id: CommandId
    payload_hash: str
    events: tuple[Event, ...]
    schema: int = SCHEMA


class Position(Struct, frozen=True):
    """A place in a centre's journal. Offsets of different epochs cannot be compared."""

    epoch: Epoch
    offset: int
