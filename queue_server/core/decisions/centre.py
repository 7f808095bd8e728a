"""Decisions about the centre as a whole: its configuration and its day."""

from datetime import date

from queue_server.core import commands as c
from queue_server.core import events as e
from queue_server.core.centre import Centre
from queue_server.core.configuration_check import problems_of
from queue_server.core.counter import Activity, Availability, CounterState, activity_of
from queue_server.core.draws import key_hash, promised_key
from queue_server.core.errors import DayRefusal, InvalidValue
from queue_server.core.hours import local_time, require_open_day
from queue_server.core.protocols import Circumstances
from queue_server.core.routing_check import routing_problems
from queue_server.core.ticket import FINISHED, TicketState


def apply_configuration(
    centre: Centre, command: c.ApplyConfiguration, at: Circumstances
) -> tuple[e.Event, ...]:
    """Make the centre what the configuration says; refuse one that does not hold together."""
    configuration = command.configuration
    if configuration.id != centre.id:
        message = f"expected a configuration of centre {centre.id}, got one of {configuration.id}"
        raise InvalidValue(message)
    found = problems_of(
        configuration,
        known_strategies=at.rules.strategies,
        known_models=at.rules.printer_models,
    )
    errors = [problem for problem in found if problem.severity == "error"]
    if errors:
        listed = "; ".join(f"{problem.key}: {problem.reason}" for problem in errors)
        message = f"the configuration does not hold together: {listed}"
        raise InvalidValue(message)
    if configuration == centre.configuration:
        return ()
    return (e.ConfigurationApplied(configuration=configuration),)


def change_routing(
    centre: Centre, command: c.ChangeRouting, at: Circumstances
) -> tuple[e.Event, ...]:
    """Change the order of calls; refuse numbers out of range and strategies that are unknown."""
    found = list(routing_problems(command.routing, at.rules.strategies))
    if found:
        listed = "; ".join(f"{key}: {reason}" for key, reason in found)
        message = f"the order cannot be changed so: {listed}"
        raise InvalidValue(message, keys=[key for key, _ in found])
    if command.routing == centre.facts.routing:
        return ()
    return (e.RoutingChanged(routing=command.routing),)


def open_day(centre: Centre, _: c.OpenDay, at: Circumstances) -> tuple[e.Event, ...]:
    """Restart the numbers for today; nobody is left at a counter from an earlier day.

    A visit that was forgotten at a counter expires, and whoever sat down before today has left.
    """
    configuration = centre.facts
    today = local_time(configuration, at.now).date()
    if centre.day is not None and centre.day.date >= today:
        state = "open" if centre.day.is_open else "closed"
        message = f"the day {centre.day.date} is already {state}; expected a later day"
        raise DayRefusal(message)
    left = [
        e.TicketExpired(ticket=ticket.id)
        for ticket in centre.tickets.values()
        if ticket.state not in FINISHED
    ]
    gone = [
        e.CounterLeft(counter=counter.id, staff=counter.staff)
        for counter in centre.counters.values()
        if counter.staff is not None and not _sat_down_on(centre, counter, today)
    ]
    keys = at.rules.draw_keys
    opened = e.DayOpened(
        date=today,
        timezone=configuration.timezone,
        draw_key_hash="" if keys is None else key_hash(keys.key(centre.id, today)),
    )
    return (*left, *gone, opened)


def _sat_down_on(centre: Centre, counter: CounterState, day: date) -> bool:
    """Whether the counter's staff came that day: some are there before the day is opened."""
    taken_at = counter.taken_at
    return taken_at is not None and local_time(centre.facts, taken_at).date() == day


def close_day(centre: Centre, _: c.CloseDay, at: Circumstances) -> tuple[e.Event, ...]:
    """Expire what is not being served, close the counters that serve nobody, issue no more.

    Who is being served is served to the end. The day's draw key is made public.
    """
    day = require_open_day(centre)
    left = [
        e.TicketExpired(ticket=ticket.id)
        for ticket in centre.tickets.values()
        if ticket.state not in FINISHED and ticket.state is not TicketState.SERVING
    ]
    closed = [
        e.CounterClosed(counter=counter.id)
        for counter in centre.counters.values()
        if counter.availability is not Availability.CLOSED
        if activity_of(centre.ticket_at(counter)) is not Activity.SERVING
    ]
    key = promised_key(centre, at.rules)
    return (*left, *closed, e.DayClosed(date=day.date, draw_key=key.hex() if key else ""))


def skip_numbers(centre: Centre, command: c.SkipNumbers, _: Circumstances) -> tuple[e.Event, ...]:
    """Send every series ahead."""
    require_open_day(centre)
    return (e.NumbersSkipped(count=command.count, reason=command.reason),)
