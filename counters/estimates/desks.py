"""The counters of a live centre as the roll-forward sees them: when free, how fast, when away."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from counters.estimates.hall import LEVEL_TIME, Desk, Span
from counters.estimates.local_day import LocalDay
from counters.estimates.pauses import back_at
from counters.estimates.transaction_time import mean_transaction_time_s
from counters.routing.standing import Seat, seat_of, seconds
from queue_server.core.centre import Centre
from queue_server.core.configuration import CentreConfiguration, Level, WorkProfile
from queue_server.core.counter import Availability, CounterState
from queue_server.core.identifiers import CounterId
from queue_server.core.ticket import Ticket


class Seats:
    """The seats of a centre for all its procedures, made anew when a profile changes.

    To look up what sixty counters do with four hundred procedures takes longer than a roll.
    """

    def __init__(self) -> None:
        self._known: dict[CounterId, tuple[CentreConfiguration, int, WorkProfile, Seat]] = {}

    def of(self, centre: Centre, counter: CounterState) -> Seat:
        """The counter's seat."""
        facts, retired = centre.facts, len(centre.retired_procedures)
        known = self._known.get(counter.id)
        if known and known[0] is facts and known[1] == retired and known[2] is counter.profile:
            return known[3]
        seat = seat_of(centre, counter, [*facts.procedures, *centre.retired_procedures])
        self._known[counter.id] = (facts, retired, counter.profile, seat)
        return seat


def desks_of(centre: Centre, day: LocalDay, now: datetime, seats: Seats) -> Iterator[Desk]:
    """Every counter that calls now, or whose clerk is thought to be back.

    Args:
        centre: The centre.
        day: Its local day.
        now: The instant.
        seats: Known seats of this centre.
    """
    now_s = seconds(now)
    for counter in centre.counters.values():
        away = _away(centre, counter, day, now)
        if not _is_counted_on(counter, away, now_s):
            continue
        factor = _clerk_factor(centre, counter)
        desk = Desk(seats.of(centre, counter), factor=factor, away=away, busy_s=counter.busy_time_s)
        held = centre.ticket_at(counter)
        if held is not None:
            since = counter.occupied_since
            desk.occupied_s = max(now_s - seconds(since), 0.0) if since else 0.0
            desk.mean_s = _mean_s(centre, counter, held) * factor
        yield desk


def _is_counted_on(counter: CounterState, away: Sequence[Span], now_s: float) -> bool:
    """Whether the counter calls: it is open, or its clerk is away for a while."""
    if counter.availability is Availability.OPEN:
        return True
    return counter.staff is not None and bool(away) and away[0][0] <= now_s


def _away(centre: Centre, counter: CounterState, day: LocalDay, now: datetime) -> tuple[Span, ...]:
    """Pause, breaks and closed hours from now on; who is open and free does not take this one."""
    now_s, back = seconds(now), back_at(counter, now)
    facts = centre.facts.counters.get(counter.id)
    breaks = [(day.at(each.begins), day.at(each.ends)) for each in facts.breaks] if facts else []
    pause = [(now_s, seconds(back))] if back is not None else []
    ahead = sorted(span for span in (*pause, *breaks, *day.gaps) if span[1] > now_s)
    if counter.availability is Availability.OPEN and counter.ticket is None:
        ahead = [span for span in ahead if span[0] > now_s]
    return tuple(ahead)


def _mean_s(centre: Centre, counter: CounterState, held: Ticket) -> float:
    """How long the ticket takes there on average, with a clerk of usual speed."""
    procedure = centre.procedure(held.procedure)
    level = counter.profile.level_of(procedure) or Level.BACK_UP
    if held.reserved_for == counter.id:
        level = Level.PRIMARY
    return mean_transaction_time_s(centre, procedure) * held.dossiers * LEVEL_TIME[level]


def _clerk_factor(centre: Centre, counter: CounterState) -> float:
    if centre.learned is None or counter.staff is None:
        return 1.0
    return centre.learned.clerk_factors.get(counter.staff, 1.0)
