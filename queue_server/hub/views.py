"""Who watches which view, and when it is computed anew.

A view is a pure function of a centre's state. It is computed and serialised once per commit,
however many watch; bytes that did not change are not sent. Boards and consoles go out at once,
others at their pace.
"""

import asyncio
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Final
from zlib import crc32

import msgspec
import structlog
from msgspec import Struct
from msgspec.structs import replace

from queue_server.accounts.principal import Principal
from queue_server.clock import Clock
from queue_server.core import events as e
from queue_server.core.centre import Centre
from queue_server.core.commit import Commit
from queue_server.core.errors import QueueError, UnknownName
from queue_server.core.identifiers import CentreId, TicketId
from queue_server.core.protocols import Estimator
from queue_server.hub.messages import View, encode
from queue_server.hub.outbox import Outbox
from queue_server.hub.outlook import Outlook, outlook_of
from queue_server.hub.replica import Replica

log = structlog.get_logger()

OUTLOOK_EVERY = timedelta(seconds=30)
PACE_TICK_S = 0.1


Compute = Callable[[Centre, str, Outlook], Struct]
MayWatch = Callable[[Principal, Centre, str], bool]


class ViewKind(Struct, frozen=True, kw_only=True):
    """One kind of view: its name, its function, its pace, and who may watch it."""

    name: str
    compute: Compute
    may_watch: MayWatch
    pace_s: float = 0.0
    """Least time between two sendings; 0 sends after each commit at once."""
    is_desk: bool = False
    """Whoever watches it sits at a counter: what the page says is a sign of life."""


ViewKey = tuple[str, CentreId, str]


_MOVES: Final = (
    e.TicketCheckedIn,
    e.TicketDelayed,
    e.TicketReinstated,
    e.TicketRequeued,
    e.TicketGivenBack,
    e.TicketTransferred,
)
"""Events by which a ticket waits at another place than before."""


def _moved_by(event: e.Event) -> tuple[TicketId, ...]:
    if isinstance(event, _MOVES):
        return (event.ticket,)
    return (event.ticket.id,) if isinstance(event, e.CounterActionUndone) else ()


class Watched:
    """One view that somebody watches: its watchers and the bytes they were sent last."""

    def __init__(self, kind: ViewKind, replica: Replica, subject: str) -> None:
        self.kind = kind
        self.replica = replica
        self.subject = subject
        self.outboxes: set[Outbox] = set()
        self.body = b""
        self.mark = ""
        self.frame = b""
        self.is_due = False
        self.sent_at = 0.0

    @property
    def key(self) -> ViewKey:
        """Name, centre and subject."""
        return (self.kind.name, self.replica.centre.id, self.subject)

    def refresh(self, outlook: Outlook) -> bool:
        """Compute anew; True when the bytes changed."""
        self.is_due = False
        centre = self.replica.centre
        body = encode(self.kind.compute(centre, self.subject, outlook))
        if body == self.body:
            return False
        self.body = body
        self.mark = f"{crc32(body):08x}"
        position = self.replica.position
        self.frame = encode(
            View(
                self.kind.name,
                centre.id,
                self.subject,
                position.epoch,
                position.offset,
                self.mark,
                msgspec.Raw(body),
            )
        )
        return True

    def send(self) -> None:
        """Put the newest frame into every outbox."""
        for outbox in self.outboxes:
            outbox.put(self.key, self.frame)


class Views:
    """The registry of views and their watchers in this process."""

    def __init__(self, kinds: list[ViewKind], estimator: Estimator, clock: Clock) -> None:
        self.kinds: Mapping[str, ViewKind] = {kind.name: kind for kind in kinds}
        self._estimator = estimator
        self._clock = clock
        self._watched: dict[ViewKey, Watched] = {}
        self._by_centre: dict[CentreId, set[ViewKey]] = {}
        self._outlooks: dict[CentreId, Outlook] = {}
        self._moved: dict[CentreId, set[TicketId]] = {}
        """Tickets whose place changed since their forecast was made."""

    def kind(self, name: str) -> ViewKind:
        """The kind of that name.

        Raises:
            UnknownName: There is none.
        """
        found = self.kinds.get(name)
        if found is None:
            message = f"expected a view of {', '.join(self.kinds)}, got {name!r}"
            raise UnknownName(message, kind="view", name=name)
        return found

    def body(self, kind: ViewKind, replica: Replica, subject: str) -> bytes:
        """The view as it is now, as JSON bytes."""
        return encode(kind.compute(replica.centre, subject, self.outlook(replica)))

    def watch(
        self, kind: ViewKind, replica: Replica, subject: str, outbox: Outbox, mark: str = ""
    ) -> ViewKey:
        """Show the view to the outbox now, unless its mark is this one, and after every change.

        Raises:
            QueueError: The subject does not exist.
        """
        key = (kind.name, replica.centre.id, subject)
        watched = self._watched.get(key)
        if watched is None:
            watched = Watched(kind, replica, subject)
            watched.refresh(self.outlook(replica))
            self._watched[key] = watched
            self._by_centre.setdefault(replica.centre.id, set()).add(key)
        elif watched.is_due:
            watched.refresh(self.outlook(replica))
        watched.outboxes.add(outbox)
        if mark != watched.mark:
            outbox.put(key, watched.frame)
        return key

    def unwatch(self, key: ViewKey, outbox: Outbox) -> None:
        """Stop showing; a view that nobody watches is forgotten."""
        watched = self._watched.get(key)
        if watched is None:
            return
        watched.outboxes.discard(outbox)
        if not watched.outboxes:
            del self._watched[key]
            self._by_centre[key[1]].discard(key)

    def changed(self, replica: Replica, commit: Commit) -> None:
        """Recompute what goes out at once; mark the rest. Called after every commit."""
        moved = {ticket for event in commit.events for ticket in _moved_by(event)}
        if moved:
            self._moved.setdefault(replica.centre.id, set()).update(moved)
        for key in self._by_centre.get(replica.centre.id, ()):
            watched = self._watched[key]
            if watched.kind.pace_s:
                watched.is_due = True
            else:
                self._refresh(watched)

    def _refresh(self, watched: Watched) -> None:
        """Compute and send; a view that fails never stops the others."""
        try:
            if watched.refresh(self._outlook_at_hand(watched.replica)):
                watched.send()
        except QueueError as error:
            watched.is_due = False
            log.info("a watched subject is gone", view=watched.key, reason=error.message)
        except Exception:
            # The commit is done: a fault in one view must not reach who sent the command.
            watched.is_due = False
            log.exception("a view cannot be computed", view=watched.key)

    def outlook(self, replica: Replica) -> Outlook:
        """The centre's forecasts, at most half a minute old."""
        centre, now = replica.centre, self._clock.now()
        known = self._outlooks.get(centre.id)
        if known is not None and timedelta() <= now - known.at < OUTLOOK_EVERY:
            return known
        outlook = outlook_of(centre, now, self._estimator)
        self._outlooks[centre.id] = outlook
        self._moved.pop(centre.id, None)
        return outlook

    def _outlook_at_hand(self, replica: Replica) -> Outlook:
        """The known forecasts while the tick is about to renew them: no commit waits for that."""
        known = self._outlooks.get(replica.centre.id)
        if known is None or not timedelta() <= self._clock.now() - known.at < 2 * OUTLOOK_EVERY:
            return self.outlook(replica)
        return known

    def _renew_moved(self, replica: Replica) -> None:
        """Forecast anew for watched tickets whose place a commit changed since the last tick."""
        centre = replica.centre
        moved = self._moved.pop(centre.id, None)
        outlook = self._outlooks.get(centre.id)
        if not moved or outlook is None:
            return
        kept = {ticket: told for ticket, told in outlook.by_ticket.items() if ticket not in moved}
        watched = {key for key in self._by_centre.get(centre.id, ()) if key[2] in moved}
        if watched:
            wanted = {TicketId(key[2]) for key in watched}
            kept |= self._estimator.forecasts(centre, self._clock.now(), wanted).by_ticket
        self._outlooks[centre.id] = replace(outlook, by_ticket=kept)
        for key in watched:
            self._watched[key].is_due = True

    async def run(self) -> None:
        """Send paced views when they are due, and all when the forecasts were refreshed."""
        loop = asyncio.get_running_loop()
        seen: dict[CentreId, Outlook] = {}
        while True:
            await asyncio.sleep(PACE_TICK_S)
            for watched in list(self._watched.values()):
                self._renew_moved(watched.replica)
                centre = watched.replica.centre.id
                outlook = self.outlook(watched.replica)
                if centre not in seen or seen[centre].at != outlook.at:
                    watched.is_due = True
                if watched.is_due and loop.time() - watched.sent_at >= watched.kind.pace_s:
                    watched.sent_at = loop.time()
                    self._refresh(watched)
            seen = dict(self._outlooks)
