"""A centre as its archived commits leave it: what outlives a day, without tickets and paper."""

from collections.abc import Iterator

from sqlalchemy import Connection

from queue_server.archive.history import in_order
from queue_server.core.apply import apply_event
from queue_server.core.centre import Centre
from queue_server.core.codec import decode_commit
from queue_server.core.commit import Commit
from queue_server.core.identifiers import CentreId


def lasting_centre(connection: Connection, centre: CentreId) -> Centre:
    """The centre as it is now; without a configuration where the archive does not know it."""
    state = Centre(id=centre)
    for commit in commits_of(connection, centre):
        fold_lasting(state, commit)
    return state


def commits_of(connection: Connection, centre: CentreId) -> Iterator[Commit]:
    """The centre's commits, first to last."""
    for raw in connection.execution_options(yield_per=1000).scalars(in_order(centre)):
        yield decode_commit(raw)


def fold_lasting(state: Centre, commit: Commit) -> None:
    """Fold what outlives a day: the configuration, who sits where, what a counter serves."""
    state.offset, state.changed_at = commit.offset, commit.at
    for event in commit.events:
        if not {"ticket", "job", "code"} & set(event.__struct_fields__):
            apply_event(state, event, commit.at)
