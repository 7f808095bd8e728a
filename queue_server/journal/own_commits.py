"""Recognises a process's own commits when the store publishes them back to it."""

from typing import Final

from queue_server.core.codec import decode_commit
from queue_server.core.commit import Commit

KEPT: Final = 1000
"""Own commits that are kept until they are heard; where nobody listens, none ever is."""


class OwnCommits:
    """The commits that were sent lately, by their bytes: what is known need not be decoded."""

    def __init__(self) -> None:
        self._sent: dict[bytes, Commit] = {}

    def sent(self, data: bytes, commit: Commit) -> None:
        """Keep a commit that is about to be published as `data`."""
        self._sent[data] = commit
        if len(self._sent) > KEPT:
            del self._sent[next(iter(self._sent))]

    def heard(self, data: bytes) -> Commit:
        """The commit that was published as `data`.

        Raises:
            UnreadableCommit: It is another process's, and this release cannot read it.
        """
        return self._sent.pop(data, None) or decode_commit(data)
