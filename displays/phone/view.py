"""What the holder of one ticket watches: place, wait, call. Nothing of anybody else's.

Whoever knows the ticket's id may watch it; no name and no dossier is in it.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final

from msgspec import Struct

from queue_server.accounts.principal import Principal
from queue_server.core.centre import Centre
from queue_server.core.citizen_rules import RatingRules
from queue_server.core.configuration import Texts
from queue_server.core.counter import Availability
from queue_server.core.identifiers import ProcedureCode, TicketId, TicketNumber
from queue_server.core.printing import PrintJob, PrintResult
from queue_server.core.ticket import (
    AT_COUNTER,
    NEXT_STATE,
    Action,
    Criterion,
    Forecast,
    Outcome,
    Score,
    Ticket,
    TicketState,
)
from queue_server.hub.outlook import Outlook
from queue_server.hub.views import ViewKind

PACE_S = 2.0
LONG_S: Final = 600.0
"""Wait for each person before one, and for oneself, from which on the number before one does not
explain it."""


class PrintState(Struct, frozen=True, kw_only=True):
    """What became of the ticket's newest slip."""

    job: str
    result: PrintResult
    at: datetime
    detail: str = ""
    """Why it was not sent, or is not known, e.g. ``paper_out``."""
    printer: Texts = {}
    """Where it comes out, when that is not the printer it was asked for."""


class CalledTo(Struct, frozen=True, kw_only=True):
    """The counter that called, and where it is."""

    counter: str
    zone: Texts


class NowCalled(Struct, frozen=True, kw_only=True):
    """The last call of the same field: how far the queue has come."""

    number: TicketNumber
    counter: str


class Rated(Struct, frozen=True, kw_only=True):
    """Whether and until when the citizen may say how it was, and what was said."""

    until: datetime
    score: Score | None = None
    criteria: Mapping[Criterion, Score] = {}


class TicketView(Struct, frozen=True, kw_only=True):
    """One ticket, for the citizen who holds it."""

    number: TicketNumber
    state: TicketState
    centre: Texts
    hotline: str
    code: ProcedureCode
    """Of the procedure: the page asks for its papers by it."""
    procedure: Texts
    field: Texts
    zone: Texts
    """Where to wait."""
    issued_at: datetime
    ahead: int | None
    """Waiting tickets of the field with an earlier place; None unless it waits."""
    forecast: Forecast | None
    """From now; None unless it waits."""
    shares_counters: bool
    """It waits longer than those before it explain: its counters also serve other fields, of which
    somebody was there earlier."""
    called: CalledTo | None
    """Where to go; None unless it is called or served."""
    called_at: datetime | None
    is_recalled: bool
    now_called: NowCalled | None
    slip: PrintState | None
    transactions: int
    dossiers: int
    priority: Texts | None
    appointment_at: datetime | None
    return_by: datetime | None
    """After a missed call: until when reception lets the ticket wait again."""
    parked_until: datetime | None
    outcome: Outcome | None
    can_delay: bool
    delays_left: int
    can_cancel: bool
    rating: Rated | None
    """None before the visit is over, and where the centre asks for none."""


def ticket(centre: Centre, subject: str, outlook: Outlook) -> TicketView:
    """The ticket of that id.

    Raises:
        UnknownName: There is none today.
    """
    held = centre.ticket(TicketId(subject))
    facts = centre.facts
    field = centre.field(held.field)
    ahead = _ahead(centre, held)
    forecast = None if ahead is None else _forecast(held, outlook)
    zone = facts.zones.get(field.zone)
    priority = facts.priority_classes.get(held.priority_class) if held.priority_class else None
    return TicketView(
        number=held.number,
        state=held.state,
        centre=facts.name,
        hotline=facts.hotline,
        code=held.procedure,
        procedure=centre.procedure(held.procedure).name,
        field=field.name,
        zone=zone.name if zone else {},
        issued_at=held.issued_at,
        ahead=ahead,
        forecast=forecast,
        shares_counters=_is_long(ahead, forecast) and _shares_counters(centre, held),
        called=_called(centre, held),
        called_at=held.called_at,
        is_recalled=held.calls > 1,
        now_called=_now_called(centre, held),
        slip=_slip(centre, held),
        transactions=held.transactions,
        dossiers=held.dossiers,
        priority=priority.name if priority else None,
        appointment_at=held.appointment_at,
        return_by=_return_by(held, facts.limits.reinstate_within_s),
        parked_until=held.parked_until,
        outcome=held.outcome,
        can_delay=_can_delay(centre, held, facts.limits.delays_per_ticket),
        delays_left=max(facts.limits.delays_per_ticket - held.delays, 0),
        can_cancel=Action.CANCEL in NEXT_STATE[held.state],
        rating=_rating(held, facts.rating),
    )


def _place(held: Ticket) -> tuple[datetime, int]:
    return (held.queued_at, held.sequence)


def _others(centre: Centre, held: Ticket) -> list[Ticket]:
    """Everybody else who waits for the same field."""
    return [
        other
        for other in centre.waiting_tickets()
        if other.field == held.field and other.id != held.id
    ]


def _ahead(centre: Centre, held: Ticket) -> int | None:
    if held.state is not TicketState.WAITING:
        return None
    return sum(_place(other) < _place(held) for other in _others(centre, held))


def _forecast(held: Ticket, outlook: Outlook) -> Forecast | None:
    """The ticket's own forecast; who came after it was made keeps what was told at issue."""
    known = outlook.by_ticket.get(held.id)
    if known is None and held.wait_began_at >= outlook.at and held.transactions == 1:
        return held.forecast
    return known


def _is_long(ahead: int | None, forecast: Forecast | None) -> bool:
    """Whether the wait seems too long for so few people."""
    if ahead is None or forecast is None or forecast.about_s is None:
        return False
    return forecast.about_s >= LONG_S * (ahead + 1)


def _shares_counters(centre: Centre, held: Ticket) -> bool:
    """Whether an open counter for it is also one for somebody of another field who came earlier."""
    place, procedure = _place(held), centre.procedure(held.procedure)
    earlier = {one.field for one in centre.waiting_tickets() if _place(one) < place} - {held.field}
    return any(
        counter.availability is Availability.OPEN
        and counter.profile.level_of(procedure) is not None
        and not earlier.isdisjoint(counter.profile.fields_among(centre.facts.procedures))
        for counter in centre.counters.values()
    )


def _called(centre: Centre, held: Ticket) -> CalledTo | None:
    if held.state not in AT_COUNTER or held.counter is None:
        return None
    counter = centre.counter_facts(held.counter)
    zone = centre.facts.zones.get(counter.zone)
    return CalledTo(counter=counter.number, zone=zone.name if zone else {})


def _now_called(centre: Centre, held: Ticket) -> NowCalled | None:
    for call in centre.calls:
        if call.field == held.field and call.ticket != held.id:
            return NowCalled(number=call.number, counter=call.counter_number)
    return None


def _slip(centre: Centre, held: Ticket) -> PrintState | None:
    """The newest slip; a reprint replaces what was said of the first."""
    slips = [job for job in centre.prints.values() if _is_slip_of(job, held)]
    if not slips:
        return None
    newest = max(slips, key=lambda job: job.copy)
    moved = newest.printer if newest.moved_from is not None else None
    printer = None if moved is None else centre.facts.printers.get(moved)
    return PrintState(
        job=newest.id,
        result=newest.result,
        at=newest.at,
        detail=newest.detail,
        printer=printer.name if printer else {},
    )


def _is_slip_of(job: PrintJob, held: Ticket) -> bool:
    return job.kind == "slip" and job.ticket == held.id


def _return_by(held: Ticket, within_s: int) -> datetime | None:
    if held.state is not TicketState.NO_SHOW or held.no_show_at is None:
        return None
    return held.no_show_at + timedelta(seconds=within_s)


def _rating(held: Ticket, rules: RatingRules) -> Rated | None:
    """Until when it may be given, or changed; the page reads the clock."""
    if not rules.is_on or held.state is not TicketState.COMPLETED or held.ended_at is None:
        return None
    if held.rating is None:
        return Rated(until=held.ended_at + timedelta(seconds=rules.within_s))
    return Rated(
        until=held.rating.at + timedelta(seconds=rules.change_within_s),
        score=held.rating.score,
        criteria=held.rating.criteria,
    )


def _can_delay(centre: Centre, held: Ticket, limit: int) -> bool:
    """Whether there is somebody behind to let go first."""
    may = Action.DELAY in NEXT_STATE[held.state] and held.delays < limit
    return may and any(_place(other) > _place(held) for other in _others(centre, held))


def _may_watch(_: Principal, __: Centre, ___: str) -> bool:
    """The unguessable id is the credential."""
    return True


KIND = ViewKind(name="ticket", compute=ticket, may_watch=_may_watch, pace_s=PACE_S)
