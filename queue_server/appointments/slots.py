"""Which half hours of a day can be booked for a field."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from msgspec import Struct

from queue_server.core.configuration import CentreConfiguration, Field
from queue_server.core.errors import FieldFull, InvalidValue
from queue_server.core.hours import local_time, sessions_of

SLOT: Final = timedelta(minutes=30)
BOOKABLE_DAYS: Final = 60
"""How far ahead somebody may book."""


class Slot(Struct, frozen=True):
    """A half hour that can be booked."""

    at: datetime
    free: int


def slots_of(
    facts: CentreConfiguration, field: Field, day: date, booked: Iterable[datetime], now: datetime
) -> tuple[Slot, ...]:
    """The day's half hours that still lie ahead, full ones too, in order.

    Args:
        facts: The centre.
        field: Whose appointments.
        day: Local date.
        booked: Instants of the field's appointments of that day.
        now: What lies before is gone.
    """
    taken: dict[datetime, int] = {}
    starts = list(_starts(facts, day))
    for at in booked:
        for start in starts:
            if start <= at < start + SLOT:
                taken[start] = taken.get(start, 0) + 1
    limit = field.appointments_per_half_hour
    return tuple(
        Slot(start, max(limit - taken.get(start, 0), 0)) for start in starts if start > now
    )


def require_slot(
    facts: CentreConfiguration,
    field: Field,
    at: datetime,
    booked: Iterable[datetime],
    now: datetime,
) -> None:
    """Refuse an instant that cannot be booked.

    Raises:
        InvalidValue: The field takes no appointments, or none at that instant.
        FieldFull: The half hour has no room.
    """
    if field.appointments_per_half_hour == 0:
        message = f"expected a field that takes appointments, {field.id} takes none; take a number"
        raise InvalidValue(message, field=field.id)
    day = local_time(facts, at).date()
    if day > local_time(facts, now).date() + timedelta(days=BOOKABLE_DAYS):
        message = f"expected a day within {BOOKABLE_DAYS} days, got {day}"
        raise InvalidValue(message)
    slots = slots_of(facts, field, day, booked, now)
    slot = next((each for each in slots if each.at == at), None)
    if slot is None:
        starts = ", ".join(f"{local_time(facts, each.at):%H:%M}" for each in slots) or "none"
        message = f"expected a half hour of {day} that lies ahead ({starts}), got {at.isoformat()}"
        raise InvalidValue(message)
    if slot.free == 0:
        limit = field.appointments_per_half_hour
        message = f"{field.id} takes {limit} appointments in a half hour and has them; choose other"
        raise FieldFull(message, field=field.id, capacity=limit)


def _starts(facts: CentreConfiguration, day: date) -> Iterable[datetime]:
    zone = ZoneInfo(facts.timezone)
    for session in sessions_of(facts.hours, day):
        start = datetime.combine(day, session.opens, zone)
        until = datetime.combine(day, session.tickets_until, zone)
        while start < until:
            yield start
            start += SLOT
