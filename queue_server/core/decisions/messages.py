"""Decisions about messages: notices on the boards, and word to the staff at counters."""

from queue_server.core import commands as c
from queue_server.core import events as e
from queue_server.core.centre import Centre, Message, unknown
from queue_server.core.decisions.at_counter import counter_of
from queue_server.core.errors import InvalidValue, NotAtThisCounter
from queue_server.core.protocols import Circumstances


def announce(centre: Centre, command: c.AnnounceMessage, at: Circumstances) -> tuple[e.Event, ...]:
    """Show a notice on the boards, or at the counters."""
    for zone in command.zones:
        centre.zone(zone)
    for counter in command.counters:
        centre.counter(counter)
    if command.counters and command.audience != "counters":
        message = f"expected no counters of a message to the {command.audience}"
        raise InvalidValue(message)
    if not any(command.texts.values()):
        message = "expected a text in at least one language, got none"
        raise InvalidValue(message)
    if command.until is not None and command.until <= at.now:
        message = f"expected an end after now, got {command.until.isoformat()}"
        raise InvalidValue(message)
    return (
        e.MessageAnnounced(
            message=command.message,
            texts=command.texts,
            zones=command.zones,
            until=command.until,
            audience=command.audience,
            counters=command.counters,
        ),
    )


def withdraw(centre: Centre, command: c.WithdrawMessage, _: Circumstances) -> tuple[e.Event, ...]:
    """Take a notice off the boards, or a message off the consoles."""
    _message(centre, command.message)
    return (e.MessageWithdrawn(message=command.message),)


def read(centre: Centre, command: c.ReadMessage, at: Circumstances) -> tuple[e.Event, ...]:
    """Keep who has read it; once for each member of staff at each counter."""
    counter = counter_of(centre, command.counter, at)
    message = _message(centre, command.message)
    if message.audience != "counters" or not message.is_for(centre.counter_facts(counter.id)):
        text = f"expected a message to counter {counter.id}, {command.message!r} is for others"
        raise InvalidValue(text)
    if counter.staff is None:
        text = f"nobody is at counter {counter.id}: nobody can have read a message there"
        raise NotAtThisCounter(text, counter=counter.id)
    if any((one.staff, one.counter) == (counter.staff, counter.id) for one in message.readings):
        return ()
    return (e.MessageRead(message=command.message, counter=counter.id, staff=counter.staff),)


def _message(centre: Centre, name: str) -> Message:
    found = centre.messages.get(name)
    if found is None:
        raise unknown("message", name, centre.messages)
    return found
