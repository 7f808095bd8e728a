"""Where a trimmed journal begins."""

from queue_server.core.identifiers import CentreId
from queue_server.journal.errors import CommitsTrimmed
from queue_server.journal.protocol import Journal


async def first_kept(journal: Journal, centre: CentreId) -> int:
    """Offset of the first commit that can be read; 1 past the head where none can.

    Found by halving, since a journal tells only whether a commit is still there: some twenty
    reads for a million commits.
    """
    heads = await journal.heads([centre])
    low, high = 0, heads[centre].offset if centre in heads else 0
    while low < high:
        middle = (low + high) // 2
        try:
            await journal.read(centre, after=middle, limit=1)
        except CommitsTrimmed:
            low = middle + 1
        else:
            high = middle
    return low + 1
