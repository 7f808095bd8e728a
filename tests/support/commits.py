"""Commits of no particular meaning."""

import secrets
from datetime import UTC, datetime

from queue_server.core.commit import Actor, Commit, Position
from queue_server.core.events import NumbersSkipped
from queue_server.core.identifiers import CentreId, CommandId

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


def commit_after(centre: CentreId, head: Position, reason: str = "đã mất điện") -> Commit:
    """A commit that follows `head`."""
    return Commit(
        centre=centre,
        offset=head.offset + 1,
        epoch=head.epoch,
        at=NOON,
        actor=Actor(kind="system", id="test"),
        command_id=CommandId(secrets.token_hex(16)),
        payload_hash="0" * 16,
        events=(NumbersSkipped(count=50, reason=reason),),
    )


def position_of(commit: Commit) -> Position:
    """Where the commit stands."""
    return Position(commit.epoch, commit.offset)
