"""Commits as bytes: JSON, so that a journal can be read with the store's own tools."""

import msgspec

from queue_server.core.commit import Commit
from queue_server.core.errors import QueueError


class UnreadableCommit(QueueError):
    """A commit this release cannot read: an unknown event or a damaged entry. Never skipped."""

    code = "unreadable_commit"


_encoder = msgspec.json.Encoder()
_decoder = msgspec.json.Decoder(Commit)


def encode_commit(commit: Commit) -> bytes:
    """The commit as UTF-8 JSON."""
    return _encoder.encode(commit)


def decode_commit(data: bytes) -> Commit:
    """The commit that `encode_commit` wrote, in this or an earlier release.

    Raises:
        UnreadableCommit: The bytes are damaged or hold an event this release does not know.
    """
    try:
        return _decoder.decode(data)
    except msgspec.DecodeError as error:
        message = f"expected a commit this release can read, got {data[:80]!r}: {error}"
        raise UnreadableCommit(message) from error
