"""What a manager should act on. An alarm holds from an instant on, so that no clock is read."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from counters.load.field_load import late_from
from counters.load.values import Alarm
from counters.missing_paper import missing_paper, missing_since
from queue_server.core.centre import Centre
from queue_server.core.counter import Availability, CounterState
from queue_server.core.identifiers import FieldId, PrinterId
from queue_server.core.printing import PrintJob
from queue_server.core.stranded import still_waiting
from queue_server.core.ticket import Ticket
from queue_server.hub.outlook import Outlook

RISK_WITHIN = timedelta(minutes=30)
"""So far ahead a target is watched."""
BREAK_GRACE = timedelta(minutes=2)
"""A counter that is away for less leaves nobody stranded."""


def alarms_of(centre: Centre, outlook: Outlook) -> tuple[Alarm, ...]:
    """All alarms: people first, then paper and dossiers."""
    return (
        *_fields(centre),
        *_fields_at_risk(centre, outlook),
        *_silent(centre),
        *_printers(centre),
        *_hand_overs(centre),
    )


def _fields(centre: Centre) -> Iterator[Alarm]:
    waiting: dict[FieldId, list[Ticket]] = {}
    for ticket in centre.waiting_tickets():
        waiting.setdefault(ticket.field, []).append(ticket)
    for field, tickets in waiting.items():
        unserved = [ticket for ticket in tickets if not _is_served(centre, ticket)]
        if unserved:
            since = min(_unserved_since(centre, ticket) for ticket in unserved)
            yield Alarm(kind="field_unserved", subject=field, since=since, count=len(unserved))
        late = min(late_from(centre, ticket) for ticket in tickets)
        yield Alarm(kind="field_late", subject=field, since=late, count=len(tickets))


def _fields_at_risk(centre: Centre, outlook: Outlook) -> Iterator[Alarm]:
    """Fields whose target is still met and about to be broken.

    A newcomer is foreseen to wait beyond the target, and the first of those who wait passes it
    within half an hour. From that instant on the field is late, which is another alarm.
    """
    waiting: dict[FieldId, list[Ticket]] = {}
    for ticket in centre.waiting_tickets():
        waiting.setdefault(ticket.field, []).append(ticket)
    for field, tickets in waiting.items():
        forecast = outlook.by_field.get(field)
        about_s = forecast.about_s if forecast is not None else None
        if about_s is None or about_s <= centre.field(field).target_waiting_time_s:
            continue
        first_late = min(late_from(centre, ticket) for ticket in tickets)
        if outlook.at < first_late <= outlook.at + RISK_WITHIN:
            yield Alarm(
                kind="field_at_risk",
                subject=field,
                since=outlook.at,
                count=len(tickets),
                until=first_late,
            )


def _unserved_since(centre: Centre, ticket: Ticket) -> datetime:
    """From when nobody could be called for too long: since the wait began, or all were away."""
    left = [
        counter.availability_since + BREAK_GRACE
        for counter in _servers(centre, ticket)
        if counter.availability_since is not None
    ]
    return max([ticket.wait_began_at, *left])


def _is_served(centre: Centre, ticket: Ticket) -> bool:
    """Whether a counter that is open may call the ticket."""
    servers = _servers(centre, ticket)
    return any(counter.availability is Availability.OPEN for counter in servers)


def _servers(centre: Centre, ticket: Ticket) -> Iterator[CounterState]:
    """Counters that may call the ticket whenever they are open."""
    procedure = centre.procedure(ticket.procedure)
    for counter in centre.counters.values():
        if ticket.reserved_for is not None:
            if ticket.reserved_for == counter.id:
                yield counter
        elif counter.profile.level_of(procedure) is not None:
            yield counter


def _silent(centre: Centre) -> Iterator[Alarm]:
    """Counters whose clerk is heard no more, and citizens who sit there."""
    limit = timedelta(seconds=centre.facts.limits.silent_serving_s)
    for counter in centre.counters.values():
        since = counter.availability_since
        if not counter.is_silent or since is None:
            continue
        numbers = still_waiting(centre, counter.given_back)
        yield Alarm(
            kind="counter_silent", subject=counter.id, since=since, detail=", ".join(numbers)
        )
        ticket = centre.ticket_at(counter)
        if ticket is not None:
            yield Alarm(
                kind="silent_serving",
                subject=counter.id,
                since=since + limit,
                detail=ticket.number,
            )


def _printers(centre: Centre) -> Iterator[Alarm]:
    """Printers that owe paper to somebody."""
    by_printer: dict[PrinterId | None, list[PrintJob]] = {}
    for job in missing_paper(centre):
        by_printer.setdefault(job.printer, []).append(job)
    for printer, jobs in by_printer.items():
        yield Alarm(
            kind="printer_trouble",
            subject=printer or "",
            since=min(missing_since(job) for job in jobs),
            count=len(jobs),
            detail=jobs[-1].detail,
        )


def _hand_overs(centre: Centre) -> Iterator[Alarm]:
    for dossier in centre.dossiers.values():
        if dossier.hand_over == "failed":
            yield Alarm(
                kind="hand_over_failed",
                subject=dossier.code,
                since=dossier.released_at or dossier.opened_at,
                detail=dossier.detail,
            )
