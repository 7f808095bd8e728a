"""The beginning of a trimmed journal, read from the archive, which keeps every commit."""

import asyncio
from collections.abc import Callable, Sequence

import structlog

from queue_server.core.commit import Commit
from queue_server.core.identifiers import CentreId
from queue_server.journal.errors import CommitsTrimmed
from queue_server.journal.first_kept import first_kept
from queue_server.journal.protocol import Journal

log = structlog.get_logger()

ArchivedCommits = Callable[[CentreId, int, int], Sequence[Commit]]
"""At most so many commits of a centre beyond an offset, first to last; blocks."""


async def read_trimmed(
    journal: Journal, archived: ArchivedCommits | None, centre: CentreId, after: int, limit: int
) -> Sequence[Commit]:
    """At most `limit` commits that follow offset `after` and that the journal no longer keeps.

    What the journal keeps is not taken from the archive, which may know commits that the journal
    has lost since.

    Raises:
        CommitsTrimmed: The archive does not have the next one either.
    """
    missing = await first_kept(journal, centre) - 1 - after
    if archived is None or missing <= 0:
        raise CommitsTrimmed(centre, after)
    commits = await asyncio.to_thread(archived, centre, after, min(missing, limit))
    offsets = [commit.offset for commit in commits]
    if not offsets or offsets != list(range(after + 1, after + 1 + len(offsets))):
        raise CommitsTrimmed(centre, after)
    log.warning(
        "trimmed commits are folded from the archive",
        centre=centre,
        after=after,
        count=len(commits),
    )
    return commits
