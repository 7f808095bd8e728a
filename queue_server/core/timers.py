"""What falls due by time, as commands whose ids say what they are about.

A timer's command id is a hash of kind, subject and due instant, so that two processes that both
notice send the same command and the second is a retry.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from hashlib import blake2b

from msgspec import Struct

from queue_server.core import commands as c
from queue_server.core.centre import Centre
from queue_server.core.hours import local_time, sessions_of
from queue_server.core.identifiers import CommandId
from queue_server.core.stranded import kept_until, reserved_until


class Due(Struct, frozen=True):
    """A command that is due, and the instant at which it fell due."""

    command: c.Command
    due_at: datetime
    subject: str

    def command_id(self, centre: Centre) -> CommandId:
        """The same for every process that notices."""
        kind = type(self.command).__name__
        text = f"{centre.id} {kind} {self.subject} {self.due_at.isoformat()}"
        return CommandId(blake2b(text.encode(), digest_size=16).hexdigest())


def due_commands(centre: Centre, now: datetime) -> tuple[Due, ...]:
    """Everything that is due at `now`, in the order in which it should be done."""
    if centre.configuration is None:
        return ()
    return (
        *_day(centre, now),
        *_tickets(centre, now),
        *_calls(centre, now),
        *_dossiers(centre, now),
        *_profiles(centre, now),
    )


def _day(centre: Centre, now: datetime) -> Iterator[Due]:
    """Close yesterday, open today with the first session, close after the last."""
    configuration = centre.facts
    local = local_time(configuration, now)
    day, today = centre.day, local.date()
    sessions = sessions_of(configuration.hours, today)
    midnight = datetime.combine(today, datetime.min.time(), local.tzinfo)
    if day is not None and day.is_open and day.date < today:
        yield Due(c.CloseDay(), midnight, day.date.isoformat())
        return
    if not sessions:
        return
    opens = datetime.combine(today, sessions[0].opens, local.tzinfo) - OPEN_AHEAD
    closes = datetime.combine(today, sessions[-1].closes, local.tzinfo) + CLOSE_AFTER
    if (day is None or day.date < today) and opens <= local < closes:
        yield Due(c.OpenDay(), opens, today.isoformat())
    if day is not None and day.is_open and day.date == today and local >= closes:
        yield Due(c.CloseDay(), closes, today.isoformat())


OPEN_AHEAD = timedelta(minutes=30)
"""The day is open before the doors are, so that staff can sit down and devices can be tried."""
CLOSE_AFTER = timedelta(hours=2)
"""Who was still waiting at closing time is often served; then the day ends by itself."""


def _tickets(centre: Centre, now: datetime) -> Iterator[Due]:
    window = timedelta(seconds=centre.facts.limits.reinstate_within_s)
    for ticket_id in centre.absent:
        missed_at = centre.tickets[ticket_id].no_show_at
        if missed_at is not None and now >= missed_at + window:
            yield Due(c.Expire(ticket=ticket_id), missed_at + window, ticket_id)
    for ticket_id in centre.parked:
        ticket = centre.tickets[ticket_id]
        until = kept_until(centre, ticket)
        if until is not None and now >= until:
            is_over = until == ticket.parked_until
            reason = "park time ended" if is_over else "counter paused"
            yield Due(c.GiveBack(ticket=ticket_id, reason=reason), until, ticket_id)
    for ticket in centre.waiting_tickets():
        until = reserved_until(centre, ticket)
        if until is not None and now >= until:
            yield Due(c.ReleaseReservation(ticket=ticket.id), until, ticket.id)


def _calls(centre: Centre, now: datetime) -> Iterator[Due]:
    """Free counters that call by themselves, the least busy of the day first."""
    after_s = centre.facts.limits.call_automatically_after_s
    if after_s is None or not centre.waiting:
        return
    for counter in sorted(centre.counters.values(), key=lambda each: each.busy_time_s):
        since = counter.countdown_since
        if since is not None and now >= since + timedelta(seconds=after_s):
            due_at = since + timedelta(seconds=after_s)
            yield Due(c.CallNext(counter=counter.id), due_at, counter.id)


def _dossiers(centre: Centre, now: datetime) -> Iterator[Due]:
    """Release what can be undone no more: undo is still allowed at the window's last instant."""
    window = timedelta(seconds=centre.facts.limits.undo_within_s)
    for dossier in centre.dossiers.values():
        if dossier.hand_over == "held" and now > dossier.opened_at + window:
            due_at = dossier.opened_at + window
            yield Due(c.ReleaseHandOver(code=dossier.code), due_at, dossier.code)


# -- changes for a while -----------------------------------------------------------------------


def _profiles(centre: Centre, now: datetime) -> Iterator[Due]:
    """End what a counter serves for a while."""
    for counter in centre.counters.values():
        if counter.timed is not None and now >= counter.timed.until:
            yield Due(c.RevertWorkProfile(counter=counter.id), counter.timed.until, counter.id)
