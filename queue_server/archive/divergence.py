"""Where the histories of journal and archive part, after the store lost what it had promised."""

import asyncio

from queue_server.archive.recorder import Recorder
from queue_server.core.identifiers import CentreId
from queue_server.journal.errors import CommitsTrimmed
from queue_server.journal.first_kept import first_kept
from queue_server.journal.protocol import Journal

COMPARED_AT_ONCE = 200


async def last_common_offset(
    journal: Journal, recorder: Recorder, centre: CentreId, top: int
) -> int:
    """The last offset, `top` at most, at which both have the same command; 0 for none.

    Histories that agree at one offset agree at all before. Where the journal was trimmed beyond
    what the archive has, nothing can be compared and the archive is believed.
    """
    high = top
    while high > 0:
        low = max(high - COMPARED_AT_ONCE, 0)
        try:
            commits = await journal.read(centre, after=low, limit=high - low)
        except CommitsTrimmed:
            low = await first_kept(journal, centre) - 1
            if low >= high:
                return high
            commits = await journal.read(centre, after=low, limit=high - low)
        known = await asyncio.to_thread(recorder.commands_between, centre, low + 1, high)
        for commit in reversed(commits):
            if known.get(commit.offset) == commit.command_id:
                return commit.offset
        high = low
    return 0
