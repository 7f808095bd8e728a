"""Names of everything the journal keeps in the store.

All keys of a centre carry its id as hash tag, so that a cluster keeps them on one node.
"""

from queue_server.core.identifiers import CentreId

CENTRES = "queue:centres"
"""Set of the ids of all centres."""


def head(centre: CentreId) -> str:
    """Hash: `offset` and `epoch` of the last commit, `run_id` of the store that wrote them."""
    return f"queue:{{{centre}}}:head"


def commits(centre: CentreId) -> str:
    """Stream: one entry per commit with id ``<offset>-0`` and the one field `commit`."""
    return f"queue:{{{centre}}}:commits"


def published(centre: CentreId) -> str:
    """Channel on which each commit is published."""
    return f"queue:{{{centre}}}:published"


def snapshot(centre: CentreId) -> str:
    """String: the newest snapshot."""
    return f"queue:{{{centre}}}:snapshot"


def cursors(centre: CentreId) -> str:
    """Hash: position of each consumer by its name."""
    return f"queue:{{{centre}}}:cursors"


def signs_of_life(centre: CentreId) -> str:
    """Sorted set: who was heard last when, in milliseconds since 1970."""
    return f"queue:{{{centre}}}:signs_of_life"


def lease(centre: CentreId, name: str) -> str:
    """Hash: holder and rank of a lease; it ends by itself."""
    return f"queue:{{{centre}}}:lease:{name}"


def lease_wish(centre: CentreId, name: str) -> str:
    """String: the rank that waits for a lease."""
    return f"queue:{{{centre}}}:lease_wish:{name}"


def note(centre: CentreId, topic: str, name: str) -> str:
    """String: words that fade."""
    return f"queue:{{{centre}}}:note:{topic}:{name}"


def notes(centre: CentreId, topic: str) -> str:
    """Set: names of a topic's notes, those that have faded among them."""
    return f"queue:{{{centre}}}:notes:{topic}"
