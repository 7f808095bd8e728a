"""What a configuration would do to the tickets and counters of this moment, before it is applied.

The event itself is folded into a copy of the centre; nothing here guesses what `apply` does.
"""

from collections import Counter as Count
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Literal

import msgspec
from msgspec import Struct

from queue_server.accounts.devices import Device
from queue_server.administration.tree import Path
from queue_server.core.apply import apply_event
from queue_server.core.centre import Centre
from queue_server.core.configuration import CentreConfiguration
from queue_server.core.counter import Availability
from queue_server.core.events import ConfigurationApplied
from queue_server.core.hours import local_time, sessions_of
from queue_server.core.identifiers import CounterId, ProcedureCode
from queue_server.core.ticket import Ticket

What = Literal[
    "field_gone",
    "procedure_gone",
    "counter_gone",
    "called_by_nobody_open",
    "called_by_nobody",
    "letter_changed",
    "zone_changed",
    "capacity_reached",
    "hours_today",
    "profile_held",
    "device_without",
]


class Effect(Struct, frozen=True, kw_only=True):
    """Something people in the centre will notice at once."""

    what: What
    path: Path
    """Of the change it comes from."""
    count: int = 0
    """Waiting tickets, numbers given, or citizens a counter holds."""
    counters: tuple[str, ...] = ()
    """Numbers of the counters that go on with them."""
    device: str = ""
    """Name of the device it is about."""
    is_warning: bool = False
    """Somebody should do something about it."""


def effects_of(
    centre: Centre, configuration: CentreConfiguration, now: datetime
) -> tuple[Effect, ...]:
    """What would be noticed if the configuration were applied now."""
    if centre.configuration is None:
        return ()
    after = _copied(centre)
    apply_event(after, ConfigurationApplied(configuration=configuration), now)
    return tuple(_effects(centre, after, now))


def devices_without(
    devices: Iterable[Device], before: CentreConfiguration, after: CentreConfiguration
) -> tuple[Effect, ...]:
    """Devices that stand for something that is removed."""
    return tuple(
        Effect(what="device_without", path=(table, name), device=device.name, is_warning=True)
        for device in devices
        for table, name in _stands_for(device)
        if name in getattr(before, table, ()) and name not in getattr(after, table, ())
    )


def _stands_for(device: Device) -> Iterator[tuple[str, str]]:
    """Table and name of each thing that the device stands for."""
    for setting, name in msgspec.structs.asdict(device.settings).items():
        if name is not None:
            yield f"{setting}s", name


def _copied(centre: Centre) -> Centre:
    return msgspec.json.decode(msgspec.json.encode(centre), type=Centre)


def _effects(before: Centre, after: Centre, now: datetime) -> Iterator[Effect]:
    waiting = list(before.waiting_tickets())
    yield from _gone(before, after, waiting)
    yield from _counters_gone(before, after)
    yield from _stranded(before, after, waiting)
    yield from _fields_changed(before, after)
    yield from _profiles_held(before, after)
    yield from _hours_today(before.facts, after.facts, now)


def _gone(before: Centre, after: Centre, waiting: list[Ticket]) -> Iterator[Effect]:
    by_field = Count(ticket.field for ticket in waiting)
    by_procedure = Count(ticket.procedure for ticket in waiting)
    for field in before.facts.fields:
        if field not in after.facts.fields and by_field[field]:
            yield Effect(
                what="field_gone",
                path=("fields", field),
                count=by_field[field],
                counters=_takers(after, {t.procedure for t in waiting if t.field == field}),
            )
    for code, procedure in before.facts.procedures.items():
        if code in after.facts.procedures or procedure.field not in after.facts.fields:
            continue
        if by_procedure[code]:
            yield Effect(
                what="procedure_gone",
                path=("procedures", code),
                count=by_procedure[code],
                counters=_takers(after, {code}),
            )


def _counters_gone(before: Centre, after: Centre) -> Iterator[Effect]:
    for counter, state in before.counters.items():
        if counter in after.facts.counters or counter not in before.facts.counters:
            continue
        holds = sum(where == counter for where in before.parked.values())
        holds += state.ticket is not None
        if state.staff is not None or holds:
            yield Effect(what="counter_gone", path=("counters", counter), count=holds)


def _stranded(before: Centre, after: Centre, waiting: list[Ticket]) -> Iterator[Effect]:
    """Waiting tickets that lose the last counter, or the last open one, that takes them."""
    for field in {ticket.field: None for ticket in waiting}:
        lost_all = lost_open = 0
        for ticket in waiting:
            if ticket.field != field:
                continue
            code = ticket.procedure
            if _callers(before, code) and not _callers(after, code):
                lost_all += 1
            elif _open_callers(before, code) and not _open_callers(after, code):
                lost_open += 1
        path = ("fields", field)
        if lost_all:
            yield Effect(what="called_by_nobody", path=path, count=lost_all, is_warning=True)
        if lost_open:
            yield Effect(what="called_by_nobody_open", path=path, count=lost_open, is_warning=True)


def _fields_changed(before: Centre, after: Centre) -> Iterator[Effect]:
    by_field = Count(before.waiting.values())
    for key, old in before.facts.fields.items():
        new = after.facts.fields.get(key)
        if new is None:
            continue
        waiting = by_field[key]
        if waiting and old.series.letter != new.series.letter:
            yield Effect(what="letter_changed", path=("fields", key, "series"), count=waiting)
        if waiting and old.zone != new.zone:
            yield Effect(what="zone_changed", path=("fields", key, "zone"), count=waiting)
        given = before.issued.get(key, 0)
        capacity = new.daily_capacity
        if capacity != old.daily_capacity and capacity is not None and given >= capacity:
            path = ("fields", key, "daily_capacity")
            yield Effect(what="capacity_reached", path=path, count=given, is_warning=True)


def _profiles_held(before: Centre, after: Centre) -> Iterator[Effect]:
    """Counters whose profile a manager changed: what is configured waits for its return."""
    for key, state in before.counters.items():
        old, new = before.facts.counters.get(key), after.facts.counters.get(key)
        if state.is_profile_changed and old and new and old.profile != new.profile:
            yield Effect(what="profile_held", path=("counters", key, "profile"))


def _hours_today(
    before: CentreConfiguration, after: CentreConfiguration, now: datetime
) -> Iterator[Effect]:
    today = local_time(before, now).date()
    if sessions_of(before.hours, today) != sessions_of(after.hours, today):
        yield Effect(what="hours_today", path=("hours",), is_warning=True)


def _callers(centre: Centre, code: ProcedureCode) -> list[CounterId]:
    procedure = centre.procedure(code)
    return [
        key
        for key, state in centre.counters.items()
        if state.profile.level_of(procedure) is not None
    ]


def _open_callers(centre: Centre, code: ProcedureCode) -> list[CounterId]:
    return [
        key
        for key in _callers(centre, code)
        if centre.counters[key].availability is Availability.OPEN
    ]


def _takers(centre: Centre, codes: Iterable[ProcedureCode]) -> tuple[str, ...]:
    """Numbers of the counters that go on calling such tickets."""
    keys = {key: None for code in codes for key in _callers(centre, code)}
    return tuple(centre.counter_facts(key).number for key in keys)
