"""What holds for every centre at every moment, said without the code that is tested."""

from collections import Counter
from datetime import datetime, timedelta

from queue_server.core import commands as c
from queue_server.core.centre import Centre
from queue_server.core.counter import Availability, CounterState
from queue_server.core.identifiers import TicketId
from queue_server.core.ticket import Ticket, TicketState

S = TicketState


def check(centre: Centre) -> None:
    """Everything that must hold."""
    tickets_and_counters(centre)
    indexes(centre)
    numbers(centre)
    counters(centre)
    tallies(centre)
    names(centre)


def tickets_and_counters(centre: Centre) -> None:
    """No ticket is at two counters, no counter has two tickets, and both agree."""
    held = {each.id: each.ticket for each in centre.counters.values() if each.ticket is not None}
    assert len(set(held.values())) == len(held)
    at_counters = {
        ticket.counter: ticket.id
        for ticket in centre.tickets.values()
        if ticket.state in {S.CALLED, S.SERVING}
    }
    in_these_states = [t for t in centre.tickets.values() if t.state in {S.CALLED, S.SERVING}]
    assert len(at_counters) == len(in_these_states)
    assert at_counters == held


def indexes(centre: Centre) -> None:
    """Every issued ticket is in exactly one place, and the indexes say which."""
    tickets = centre.tickets.values()
    assert centre.waiting == {t.id: t.field for t in tickets if t.state is S.WAITING}
    assert centre.parked == {t.id: t.counter for t in tickets if t.state is S.PARKED}
    assert set(centre.absent) == {t.id for t in tickets if t.state is S.NO_SHOW}
    for ticket in tickets:
        at_some_counter = ticket.state in {S.CALLED, S.SERVING, S.PARKED}
        assert (ticket.counter is not None) == at_some_counter
        assert (ticket.parked_until is not None) <= (ticket.state is S.PARKED)
        assert ticket.last_offset <= centre.offset
        if ticket.reserved_for is not None:
            assert ticket.reserved_for in centre.counters


def numbers(centre: Centre) -> None:
    """Numbers and the order of issue are unique in a day."""
    assert centre.numbers == {t.number: t.id for t in centre.tickets.values()}
    assert len(centre.numbers) == len(centre.tickets)
    sequences = [t.sequence for t in centre.tickets.values()]
    assert sequences == list(range(1, len(sequences) + 1))


def counters(centre: Centre) -> None:
    """One clerk per counter, one counter per clerk; nobody at a counter that is closed."""
    staff = Counter(each.staff for each in centre.counters.values() if each.staff is not None)
    assert all(count == 1 for count in staff.values())
    for counter in centre.counters.values():
        if counter.staff is None or counter.availability is Availability.CLOSED:
            assert counter.availability is Availability.CLOSED
            assert counter.ticket is None
            assert counter.id not in centre.parked.values()
        if counter.ticket is not None and counter.availability is not Availability.OPEN:
            assert centre.tickets[counter.ticket].state is S.SERVING, "called to nobody"
        assert counter.out_of_order >= 0
        is_idle = counter.availability is Availability.OPEN and counter.ticket is None
        assert (counter.idle_since is not None) == is_idle
        assert counter.countdown_since is None or is_idle
        assert (counter.occupied_since is not None) == (counter.ticket is not None)
        assert counter.is_retired == (counter.id not in centre.facts.counters)
        assert counter.busy_time_s >= 0


def nobody_is_stranded(centre: Centre, now: datetime) -> None:
    """After the timers: nobody waits or is parked for a counter that is away beyond the limits."""
    limits = centre.facts.limits
    for ticket in centre.tickets.values():
        name = ticket.reserved_for if ticket.state is S.WAITING else ticket.counter
        if ticket.state not in {S.WAITING, S.PARKED} or name is None:
            continue
        counter = centre.counters[name]
        if counter.availability is Availability.OPEN:
            continue
        is_parked = ticket.state is S.PARKED
        limit_s = limits.pause_keeps_parked_s if is_parked else limits.reserved_for_s
        since = counter.availability_since or ticket.wait_began_at
        if not is_parked:
            since = max(since, ticket.wait_began_at)
        assert now - since < timedelta(seconds=limit_s), f"{ticket.number} is stranded"


def tallies(centre: Centre) -> None:
    """The day's counts agree with the day's tickets."""
    tickets = list(centre.tickets.values())
    all_tallies = centre.tallies.values()
    for name, state in (
        ("completed", S.COMPLETED),
        ("cancelled", S.CANCELLED),
        ("expired", S.EXPIRED),
    ):
        counted = sum(getattr(tally, name) for tally in all_tallies)
        assert counted == sum(1 for t in tickets if t.state is state), name
    assert sum(tally.issued for tally in all_tallies) == len(tickets)
    assert sum(centre.issued.values()) == len(tickets)
    for tally in all_tallies:
        assert 0 <= tally.waits_within_target <= tally.waits
        assert tally.waiting_time_s >= -1e-6
    assert all(served.count > 0 for served in centre.served.values())


def names(centre: Centre) -> None:
    """Whatever a ticket, counter or profile names can be looked up."""
    for ticket in centre.tickets.values():
        assert centre.procedure(ticket.procedure).code == ticket.procedure
        assert centre.field(ticket.field).id == ticket.field
    for counter in centre.counters.values():
        assert centre.counter_facts(counter.id).id == counter.id
        assert all(centre.field(field) for field in counter.profile.fields)
        assert all(centre.procedure(code) for code in counter.profile.procedures)


def may_call(centre: Centre, counter: CounterState, ticket: Ticket) -> bool:
    """Whether the counter may call the ticket by the router."""
    if ticket.reserved_for is not None:
        return ticket.reserved_for == counter.id
    profile, procedure = counter.profile, centre.procedure(ticket.procedure)
    return procedure.code in profile.procedures or procedure.field in profile.fields


def _line(ticket: Ticket) -> tuple[object, ...]:
    """Series and class: within it nobody is overtaken."""
    is_booked = ticket.appointment_at is not None
    return ticket.field, ticket.priority_class, is_booked, ticket.was_transferred


def oldest_of_each_line(centre: Centre, command: c.Command) -> set[TicketId]:
    """Tickets the counter may call without overtaking anybody of the same series and class."""
    if not isinstance(command, c.CallNext) or command.counter not in centre.counters:
        return set()
    counter = centre.counters[command.counter]
    lines: dict[tuple[object, ...], Ticket] = {}
    for ticket in centre.tickets.values():
        if ticket.state is S.WAITING and may_call(centre, counter, ticket):
            first = lines.setdefault(_line(ticket), ticket)
            if (ticket.queued_at, ticket.sequence) < (first.queued_at, first.sequence):
                lines[_line(ticket)] = ticket
    return {ticket.id for ticket in lines.values()}
