"""Calls out of order of one day: who called, where, how often. The reason is in the event."""

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from msgspec import Struct
from sqlalchemy import Connection, select

from queue_server.archive.tables import EVENTS
from queue_server.core.identifiers import CentreId, CounterId, StaffId
from queue_server.core.ticket import Action

KINDS: Final = ("CounterTaken", "TicketCalled", "CounterActionUndone")


class OutOfOrderCalls(Struct, frozen=True, kw_only=True):
    """Calls out of order by one member of staff at one counter, without those undone."""

    staff: StaffId
    """Empty where nobody was known to sit."""
    name: str
    counter: CounterId
    count: int


def out_of_order_calls(
    connection: Connection, centre: CentreId, day: date, timezone: ZoneInfo
) -> tuple[OutOfOrderCalls, ...]:
    """Those of the local day, the most first."""
    midnight = datetime.combine(day, time.min, timezone)
    statement = (
        select(EVENTS.c.kind, EVENTS.c.body)
        .where(
            EVENTS.c.centre == centre,
            EVENTS.c.kind.in_(KINDS),
            EVENTS.c.at >= midnight,
            EVENTS.c.at < midnight + timedelta(days=1),
        )
        .order_by(EVENTS.c.at, EVENTS.c.offset, EVENTS.c.index)
    )
    return _counted(connection.execute(statement))


def _counted(rows: Iterable[Any]) -> tuple[OutOfOrderCalls, ...]:
    seated: dict[CounterId, tuple[StaffId, str]] = {}
    calls: Counter[tuple[StaffId, str, CounterId]] = Counter()
    last: dict[CounterId, tuple[StaffId, str, CounterId] | None] = {}
    for row in rows:
        counter = CounterId(row.body["counter"])
        if row.kind == "CounterTaken":
            seated[counter] = (StaffId(row.body["staff"]), row.body.get("name", ""))
        elif row.kind == "TicketCalled":
            caller = (*seated.get(counter, (StaffId(""), "")), counter)
            is_out_of_order = bool(row.body.get("reason"))
            calls[caller] += is_out_of_order
            last[counter] = caller if is_out_of_order else None
        elif row.body["action"] == Action.UNDO_CALL and (undone := last.pop(counter, None)):
            calls[undone] -= 1
    return tuple(
        OutOfOrderCalls(staff=staff, name=name, counter=counter, count=count)
        for (staff, name, counter), count in calls.most_common()
        if count > 0
    )
