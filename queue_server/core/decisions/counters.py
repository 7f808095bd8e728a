"""Decisions about counters: who sits there, whether it calls, what it serves."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Final

from queue_server.core import commands as c
from queue_server.core import events as e
from queue_server.core.centre import Centre, unknown
from queue_server.core.configuration import WorkProfile
from queue_server.core.counter import Availability, Silence
from queue_server.core.decisions.at_counter import counter_of
from queue_server.core.decisions.stranded import give_back_all, give_back_called
from queue_server.core.errors import (
    CounterNotOpen,
    CounterTakenByOther,
    InvalidValue,
    StaffAlreadyAtCounter,
)
from queue_server.core.protocols import Circumstances


def take(centre: Centre, command: c.TakeCounter, _: Circumstances) -> tuple[e.Event, ...]:
    """A member of staff sits down: never two at one counter, never one at two.

    A counter whose clerk is gone is taken over, with whoever is served there.
    """
    counter = centre.counter(command.counter)
    if counter.staff == command.staff:
        return ()
    if counter.is_retired:
        raise unknown("counter", command.counter, centre.facts.counters)
    if counter.staff is not None and not counter.is_silent:
        who = counter.staff_name or counter.staff
        message = f"counter {counter.id} is taken by {who}"
        raise CounterTakenByOther(message, counter=counter.id, staff_name=who)
    for other in centre.counters.values():
        if other.staff == command.staff:
            message = f"{command.name or command.staff} is at counter {other.id}: leave it first"
            raise StaffAlreadyAtCounter(message, counter=other.id)
    taken = e.CounterTaken(counter=counter.id, staff=command.staff, name=command.name)
    if counter.staff is None:
        return (taken,)
    if counter.ticket is not None:
        return (taken, e.CounterOpened(counter=counter.id))
    left = e.CounterLeft(counter=counter.id, staff=counter.staff)
    return (*give_back_all(centre, counter, "counter left"), left, taken)


def leave(centre: Centre, command: c.LeaveCounter, at: Circumstances) -> tuple[e.Event, ...]:
    """The member of staff goes; whoever was called, parked or reserved is let go first."""
    counter = counter_of(centre, command.counter, at)
    if counter.staff is None:
        return ()
    left = e.CounterLeft(counter=counter.id, staff=counter.staff)
    return (*give_back_all(centre, counter, "counter left"), left)


def open_counter(centre: Centre, command: c.OpenCounter, at: Circumstances) -> tuple[e.Event, ...]:
    """The counter calls from now on; somebody must sit there."""
    counter = counter_of(centre, command.counter, at)
    if counter.staff is None:
        message = f"nobody is at counter {counter.id}: take it first"
        raise CounterNotOpen(message, counter=counter.id)
    if counter.availability is Availability.OPEN:
        return ()
    return (e.CounterOpened(counter=counter.id),)


def pause(centre: Centre, command: c.PauseCounter, at: Circumstances) -> tuple[e.Event, ...]:
    """Do not call for a while: who is called waits again, who is served is served to the end.

    Who is parked, and who waits for this counter alone, is kept as long as the limits allow. How
    long the clerk means to be away can be said again while away.
    """
    counter = counter_of(centre, command.counter, at)
    reasons = centre.facts.pause_reasons
    if reasons and command.reason not in reasons:
        raise unknown("pause reason", command.reason, reasons)
    if counter.availability is Availability.CLOSED:
        message = f"counter {counter.id} is closed: only an open counter can be paused"
        raise CounterNotOpen(message, counter=counter.id, availability=counter.availability)
    is_same = counter.availability is Availability.PAUSED and counter.pause_reason == command.reason
    if is_same and command.for_s is None:
        return ()
    until = None if command.for_s is None else at.now + timedelta(seconds=command.for_s)
    paused = e.CounterPaused(counter=counter.id, reason=command.reason, until=until)
    return (*give_back_called(centre, counter, "counter paused"), paused)


def pause_silent(
    centre: Centre, command: c.PauseSilentCounter, _: Circumstances
) -> tuple[e.Event, ...]:
    """Pause for a clerk who is heard no more; nothing to do where somebody else sits by now."""
    counter = centre.counter(command.counter)
    if counter.staff != command.staff or counter.availability is not Availability.OPEN:
        return ()
    paused = e.CounterPaused(counter=counter.id, reason=command.reason)
    given_back = give_back_called(centre, counter, SILENCE_WORDS[command.reason])
    return (*given_back, paused)


SILENCE_WORDS: Final[Mapping[Silence, str]] = {
    Silence.SILENT: "counter fell silent",
    Silence.SIGNED_OUT: "clerk signed out",
}


def hold_automatic_call(
    centre: Centre, command: c.HoldAutomaticCall, at: Circumstances
) -> tuple[e.Event, ...]:
    """Stop the countdown of a free counter, or begin it anew."""
    counter = counter_of(centre, command.counter, at)
    if counter.idle_since is None or command.is_held == (counter.countdown_since is None):
        return ()
    return (e.AutomaticCallHeld(counter=counter.id, is_held=command.is_held),)


def close(centre: Centre, command: c.CloseCounter, at: Circumstances) -> tuple[e.Event, ...]:
    """Do not call any more; whoever was called, parked or reserved is let go first."""
    counter = counter_of(centre, command.counter, at)
    if counter.availability is Availability.CLOSED:
        return ()
    closed = e.CounterClosed(counter=counter.id)
    return (*give_back_all(centre, counter, "counter closed"), closed)


def change_work_profile(
    centre: Centre, command: c.ChangeWorkProfile, _: Circumstances
) -> tuple[e.Event, ...]:
    """Change what the counter serves from its next call on."""
    counter = centre.counter(command.counter)
    if command.profile is not None:
        _require_known(centre, command.profile)
        if command.profile == counter.profile and counter.is_profile_changed:
            return ()
    elif not counter.is_profile_changed:
        return ()
    return (e.WorkProfileChanged(counter=counter.id, profile=command.profile),)


def _require_known(centre: Centre, profile: WorkProfile) -> None:
    for field in profile.fields:
        centre.field(field)
    for procedure in profile.procedures:
        centre.procedure(procedure)
    if not profile.fields and not profile.procedures:
        message = "expected at least one field or procedure in a work profile, got none"
        raise InvalidValue(message)
