"""Who will come to a live centre: the learned walk-ins of such a day, and who is booked.

A centre that has not learned a day yet counts on the past hour going on.
"""

from collections import Counter as Count
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final

from counters.estimates.expected import HORIZON_S, Mix, Newcomer, adjustment, newcomers
from counters.estimates.local_day import LocalDay
from counters.routing.standing import seconds
from queue_server.core.centre import Centre
from queue_server.core.configuration import CentreConfiguration
from queue_server.core.identifiers import FieldId
from queue_server.core.learned import HALF_HOUR_S, HALF_HOURS, LearnedParameters
from queue_server.core.ticket import Ticket, TicketState

USUAL_PRIORITY_SHARE: Final = 0.08
LATE_BY: Final = timedelta(minutes=15)
"""After that a booked citizen who has not checked in is not counted on."""


class Mixes:
    """The mix of procedures of each field, made anew when the centre or what it learned changes."""

    def __init__(self) -> None:
        self._of: tuple[CentreConfiguration, LearnedParameters | None] | None = None
        self._mixes: dict[FieldId, Mix] = {}
        self._all = Mix((), ())

    def of_all(self, centre: Centre) -> Mix:
        """The mix of all the centre's procedures."""
        self.of(centre)
        return self._all

    def of(self, centre: Centre) -> Mapping[FieldId, Mix]:
        """The mixes by field; procedures nobody came for count where none of the field is known."""
        if self._of is None or self._of[0] is not centre.facts or self._of[1] is not centre.learned:
            self._mixes = _mixes(centre)
            demand = centre.learned.demand if centre.learned else {}
            self._all = Mix.of([(code, demand.get(code, 0.0)) for code in centre.facts.procedures])
            self._of = (centre.facts, centre.learned)
        return self._mixes


def _mixes(centre: Centre) -> dict[FieldId, Mix]:
    demand = centre.learned.demand if centre.learned else {}
    shares: dict[FieldId, list[tuple[str, float]]] = {}
    for code, procedure in centre.facts.procedures.items():
        shares.setdefault(procedure.field, []).append((code, demand.get(code, 0.0)))
    return {field: Mix.of(each) for field, each in shares.items()}  # type: ignore[arg-type]


def expected_newcomers(
    centre: Centre, day: LocalDay, now: datetime, mixes: Mapping[FieldId, Mix]
) -> list[Newcomer]:
    """Walk-ins of the next 75 minutes; `Newcomer.at_s` counts from the day's midnight."""
    now_s = seconds(now) - day.midnight_s
    until_s = min(now_s + HORIZON_S, day.tickets_until_s - day.midnight_s)
    learned = centre.learned
    profiles: Mapping[FieldId, Sequence[float]] | None = None
    if learned is not None:
        profiles = learned.arrivals.get(day.weekday)
    seen = Count(ticket.field for ticket in centre.tickets.values() if _walked_in(ticket))
    is_usual = bool(profiles)
    profiles = profiles or _past_hour(centre, day, now, now_s)
    share = learned.priority_share if learned else USUAL_PRIORITY_SHARE
    return [
        newcomer
        for field, profile in profiles.items()
        if field in mixes
        for newcomer in newcomers(
            field,
            profile,
            mixes[field],
            now_s=now_s,
            factor=adjustment(profile, now_s, seen[field]) if is_usual else 1.0,
            priority_share=share,
            until_s=until_s,
        )
    ]


def booked(centre: Centre, now: datetime) -> Iterator[Ticket]:
    """Who has an appointment in reach and has not come yet."""
    reach = now + timedelta(seconds=HORIZON_S)
    for ticket in still_booked(centre, now):
        if ticket.appointment_at is not None and ticket.appointment_at <= reach:
            yield ticket


def still_booked(centre: Centre, now: datetime) -> Iterator[Ticket]:
    """Who has an appointment today, has not come yet and is not too late to be counted on."""
    for ticket in centre.tickets.values():
        due = ticket.appointment_at
        if ticket.state is TicketState.BOOKED and due is not None and now - due <= LATE_BY:
            yield ticket


def _walked_in(ticket: Ticket) -> bool:
    return ticket.appointment_at is None


def _past_hour(
    centre: Centre, day: LocalDay, now: datetime, now_s: float
) -> dict[FieldId, Sequence[float]]:
    """A day that goes on as the last hour went, or as it began if it is younger than that."""
    begun_s = min((day.at(each.opens) - day.midnight_s for each in day.sessions), default=now_s)
    looked_s = min(3600.0, max(now_s - begun_s, HALF_HOUR_S))
    since = now - timedelta(seconds=looked_s)
    recent = Count(
        ticket.field
        for ticket in centre.tickets.values()
        if _walked_in(ticket) and ticket.issued_at > since
    )
    return {
        field: (count * HALF_HOUR_S / looked_s,) * HALF_HOURS for field, count in recent.items()
    }
