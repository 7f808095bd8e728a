"""What can go wrong with a journal and with the store that carries it.

QueueError
├── JournalRefusal
│   ├── Stale              the centre's journal went on since the decision
│   │   └── EpochChanged   … and the store was restarted, so the centre must be settled first
│   ├── CommitsTrimmed     a reader asks for commits that only the archive still has
│   └── TrimRefused        somebody still needs what was to be trimmed
└── StoreFault
    ├── StoreNotFound      no server program on this machine
    ├── StoreTooOld        the server does not know what the journal needs
    ├── StoreFailed        the embedded server does not start or does not answer
    └── AlreadyRunning     another process of the project uses the folder

`StoreUnavailable` of `queue_server.core.errors` says that the store cannot be reached now.
"""

from queue_server.core.commit import Position
from queue_server.core.errors import QueueError
from queue_server.core.identifiers import CentreId


class JournalRefusal(QueueError):
    """The journal is well, but cannot do that."""

    code = "journal_refusal"


class Stale(JournalRefusal):
    """Someone was faster: read what follows, decide again, append again.

    Attributes:
        head: Where the journal is now; None when the store knows nothing of the centre.
    """

    code = "stale"

    def __init__(self, centre: CentreId, head: Position | None) -> None:
        place = "nowhere" if head is None else f"offset {head.offset} of epoch {head.epoch}"
        super().__init__(f"expected to append to the head of {centre}, which is at {place}")
        self.head = head


class EpochChanged(Stale):
    """The store was restarted, replaced or emptied: settle the centre before going on."""

    code = "epoch_changed"


class CommitsTrimmed(JournalRefusal):
    """The commits asked for are no longer in the journal; load a snapshot or ask the archive."""

    code = "commits_trimmed"

    def __init__(self, centre: CentreId, after: int) -> None:
        super().__init__(f"expected the commit after offset {after} of {centre}, it was trimmed")


class TrimRefused(JournalRefusal):
    """Trimming would remove what a consumer or the snapshot stands on.

    Attributes:
        allowed: The first offset that must stay.
    """

    code = "trim_refused"

    def __init__(self, centre: CentreId, below: int, allowed: int) -> None:
        super().__init__(f"expected to trim {centre} below {allowed} at most, got {below}")
        self.allowed = allowed


class StoreFault(QueueError):
    """The store cannot be used, and trying again will not help."""

    code = "store_fault"


class StoreNotFound(StoreFault):
    """No server program was found."""

    code = "store_not_found"


class StoreTooOld(StoreFault):
    """The server's version is below 7.0."""

    code = "store_too_old"


class StoreFailed(StoreFault):
    """The embedded store does not start, or does not answer."""

    code = "store_failed"


class AlreadyRunning(StoreFault):
    """Another process keeps its store in the same folder."""

    code = "already_running"
