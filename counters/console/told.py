"""Messages that concern a counter: word of the manager to its staff, notices on its boards."""

from datetime import datetime

from msgspec import Struct

from queue_server.core.centre import Centre, Message
from queue_server.core.configuration import Texts
from queue_server.core.counter import CounterState


class Told(Struct, frozen=True, kw_only=True):
    """A message; the screen hides it when its time has passed."""

    id: str
    texts: Texts
    at: datetime
    until: datetime | None
    is_for_staff: bool
    """Else it is a notice on the boards."""
    is_read: bool
    """Whoever sits here has read it; notices on boards are nothing to read."""


def messages_for(centre: Centre, counter: CounterState) -> tuple[Told, ...]:
    """Everything told to this counter or shown on the boards of its zone, oldest first."""
    facts = centre.counter_facts(counter.id)
    return tuple(
        _told(name, message, counter)
        for name, message in centre.messages.items()
        if message.is_for(facts)
    )


def _told(name: str, message: Message, counter: CounterState) -> Told:
    is_for_staff = message.audience == "counters"
    return Told(
        id=name,
        texts=message.texts,
        at=message.at,
        until=message.until,
        is_for_staff=is_for_staff,
        is_read=not is_for_staff
        or any(reading.staff == counter.staff for reading in message.readings),
    )
