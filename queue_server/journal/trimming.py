"""How far a journal may be trimmed."""

from collections.abc import Collection

from queue_server.core.identifiers import CentreId
from queue_server.journal.errors import TrimRefused


def check_trim(centre: CentreId, below: int, needed: Collection[int]) -> None:
    """Refuse to trim what somebody stands on.

    The commits at the snapshot and at the cursors stay, because a position is only known to be
    of the journal's own history while the commit there can be looked at.

    Args:
        centre: Whose journal.
        below: The first offset that would stay.
        needed: Offsets of the snapshot and of each cursor; 0 for what is missing or stands on
            a lost history, since nobody knows how much of this one it has seen.

    Raises:
        TrimRefused: `below` is beyond one of them.
    """
    allowed = min(needed)
    if below > allowed:
        raise TrimRefused(centre, below, allowed)
