"""Counts of the day: waits, targets and service times, added as they end or taken out again."""

from datetime import datetime

from msgspec.structs import replace

from queue_server.core.centre import Centre, Served, Tally, Work
from queue_server.core.identifiers import CounterId, TicketId
from queue_server.core.ticket import Action, Ticket


def tally_of(centre: Centre, ticket_id: TicketId) -> Tally:
    """The day's counts of the ticket's field."""
    return centre.tallies.setdefault(centre.tickets[ticket_id].field, Tally())


def count_wait(centre: Centre, ticket: Ticket, *, sign: int) -> None:
    """Count the wait that ended with the call, or take it out again when the ticket waits on."""
    called_at = ticket.first_called_at or ticket.wait_began_at
    waited_s = max((called_at - ticket.wait_began_at).total_seconds(), 0.0)
    tally = tally_of(centre, ticket.id)
    tally.waits += sign
    tally.waiting_time_s += sign * waited_s
    if waited_s <= target_waiting_time_s(centre, ticket):
        tally.waits_within_target += sign


def target_waiting_time_s(centre: Centre, ticket: Ticket) -> int:
    """Promised maximum wait of the ticket in seconds: its procedure's, or its field's."""
    procedure_target = centre.procedure(ticket.procedure).target_waiting_time_s
    return procedure_target or centre.field(ticket.field).target_waiting_time_s


def count_served(centre: Centre, ticket: Ticket, at: datetime, *, sign: int) -> None:
    """Add the transaction's time per dossier to the procedure's mean, or take it out again."""
    if ticket.first_called_at is None:
        return
    time_s = (at - ticket.first_called_at).total_seconds() / max(ticket.dossiers, 1)
    old = centre.served.get(ticket.procedure, Served(0, 0.0))
    if old.count + sign == 0:
        del centre.served[ticket.procedure]
        return
    centre.served[ticket.procedure] = Served(
        old.count + sign, old.transaction_time_s + sign * time_s
    )


def count_work(
    centre: Centre, counter_id: CounterId, ticket: Ticket, at: datetime, *, sign: int
) -> None:
    """Add the visit to what the staff at the counter has done today, or take it out again.

    Whoever was parked left the counter to others meanwhile: such a visit is counted, not timed.
    """
    staff = centre.counters[counter_id].staff
    if staff is None:
        return
    old = centre.work.get(staff, Work())
    new = replace(old, completed=old.completed + sign)
    was_parked = any(step.action is Action.PARK for step in ticket.steps)
    if ticket.first_called_at is not None and not was_parked:
        time_s = (at - ticket.first_called_at).total_seconds()
        usual_s = centre.mean_transaction_time_s(ticket.procedure) * ticket.dossiers
        new = replace(
            new,
            measured=old.measured + sign,
            transaction_time_s=old.transaction_time_s + sign * time_s,
            usual_time_s=old.usual_time_s + sign * usual_s,
        )
    centre.work[staff] = new
    if not new.completed:
        del centre.work[staff]


def count_skips(centre: Centre, called: Ticket) -> None:
    """Walk-ins of the series who wait longer than the called one see a later number go first."""
    if not called.is_walk_in:
        return
    place, tickets = called.place, centre.tickets
    series = [tickets[each] for each, field in centre.waiting.items() if field == called.field]
    for ticket in [each for each in series if each.place < place and each.is_walk_in]:
        centre.tickets[ticket.id] = replace(ticket, skipped=ticket.skipped + 1)


def count_out_of_order(centre: Centre, counter_id: CounterId) -> None:
    """Count a call out of order at the counter; its undoing takes it out again."""
    counter = centre.counters[counter_id]
    last = counter.last_action
    centre.counters[counter_id] = replace(
        counter,
        out_of_order=counter.out_of_order + 1,
        last_action=None if last is None else replace(last, is_out_of_order=True),
    )
