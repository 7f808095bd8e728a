"""A snapshot: the folded state of a centre at one position, with a checksum of its own."""

from hashlib import sha256
from typing import Self

import msgspec
import structlog
from msgspec import Struct

from queue_server.core.commit import Position

log = structlog.get_logger()


class Snapshot(Struct, frozen=True, kw_only=True):
    """State of a centre as bytes; the journal does not know what is in them.

    `schema` is the version of the state's layout. A snapshot is never repaired: one that is
    not intact is thrown away, and the state is folded again from the commits.
    """

    position: Position
    schema: int
    checksum: str
    state: bytes

    @classmethod
    def of(cls, position: Position, schema: int, state: bytes) -> Self:
        """Snapshot of `state`, checksum included."""
        return cls(
            position=position,
            schema=schema,
            checksum=_checksum(position, schema, state),
            state=state,
        )

    def is_intact(self) -> bool:
        """Whether position, schema and state are those the checksum was made of."""
        return self.checksum == _checksum(self.position, self.schema, self.state)


def encode_snapshot(snapshot: Snapshot) -> bytes:
    """The snapshot as MessagePack, whose byte strings need no second encoding."""
    return msgspec.msgpack.encode(snapshot)


def decode_snapshot(data: bytes) -> Snapshot | None:
    """The snapshot, or None when the bytes are damaged, which is logged."""
    try:
        snapshot = msgspec.msgpack.decode(data, type=Snapshot)
    except msgspec.DecodeError as error:
        log.warning("a snapshot cannot be read and is ignored", reason=str(error))
        return None
    if not snapshot.is_intact():
        log.warning("a snapshot is damaged and is ignored", position=snapshot.position)
        return None
    return snapshot


def _checksum(position: Position, schema: int, state: bytes) -> str:
    header = f"{position.epoch} {position.offset} {schema}\n".encode()
    return sha256(header + state).hexdigest()
