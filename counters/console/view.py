"""The view `console`: everything one counter shows its clerk. Its subject is the counter's id."""

from datetime import datetime, timedelta
from typing import Final

from msgspec import Struct

from counters.console.ticket_card import TicketCard, ticket_card
from counters.console.undo_offer import UndoOffer, undo_offer
from counters.routing.eligibility import eligible_tickets
from counters.routing.router import StrategyRouter
from queue_server.accounts.principal import Principal, Role
from queue_server.api.access import OUT_OF_ORDER_ROLES, clerk
from queue_server.core.centre import Centre, Dossier, Message
from queue_server.core.configuration import Level, Texts
from queue_server.core.counter import Activity, Availability, CounterState, activity_of
from queue_server.core.identifiers import (
    CounterId,
    DossierCode,
    StaffId,
    TicketId,
    TicketNumber,
)
from queue_server.core.printing import PrintJob
from queue_server.core.stranded import still_waiting
from queue_server.core.ticket import Ticket
from queue_server.hub.outlook import Outlook
from queue_server.hub.views import ViewKind

RECENT_DOSSIERS: Final = 3
ABSENT_SHOWN: Final = 6


class CounterCard(Struct, frozen=True, kw_only=True):
    """The counter and who sits there."""

    id: CounterId
    number: str
    name: Texts
    zone: Texts
    staff: StaffId | None
    staff_name: str
    availability: Availability
    pause_reason: str
    availability_since: datetime | None
    activity: Activity
    completed: int
    given_back: tuple[TicketNumber, ...]
    """Numbers that wait again because the counter was paused or fell silent."""
    has_printer: bool


class Waiting(Struct, frozen=True, kw_only=True):
    """Tickets this counter may call; `reserved` of them wait for this counter alone."""

    total: int
    primary: int
    secondary: int
    back_up: int
    reserved: int
    oldest_queued_at: datetime | None


class ComesNext(Struct, frozen=True):
    """What the next call will be about; never whom: nobody picks citizens or is picked."""

    procedure: Texts
    field: Texts


class SetAside(Struct, frozen=True, kw_only=True):
    """A ticket parked here, or a no-show that may still come back, until an instant."""

    id: TicketId
    number: TicketNumber
    procedure: Texts
    reason: str
    until: datetime | None


class DoneDossier(Struct, frozen=True, kw_only=True):
    """A dossier opened here, and what became of its receipt."""

    code: DossierCode
    number: TicketNumber
    procedure: Texts
    opened_at: datetime
    due_at: datetime | None
    hand_over: str
    receipt: str
    """``none`` when no receipt was asked for, else the print job's result."""


class AutomaticCall(Struct, frozen=True):
    """The counter calls by itself at `at`, as soon as somebody waits; None while it is held."""

    at: datetime | None


class Limits(Struct, frozen=True):
    """What the buttons say about time and repetition."""

    parked_for_s: int
    calls_before_no_show: int
    dossiers_per_ticket: int
    out_of_order_roles: tuple[Role, ...]
    """Who may call one number out of order."""


class ConsoleView(Struct, frozen=True, kw_only=True):
    """One counter, whole."""

    is_day_open: bool
    counter: CounterCard
    ticket: TicketCard | None
    undo: UndoOffer | None
    parked: tuple[SetAside, ...]
    absent: tuple[SetAside, ...]
    waiting: Waiting
    comes_next: ComesNext | None
    automatic_call: AutomaticCall | None
    """None where counters do not call by themselves, or while it is not free."""
    dossiers: tuple[DoneDossier, ...]
    pause_reasons: dict[str, Texts]
    messages: tuple[Message, ...]
    limits: Limits


def console(centre: Centre, subject: str, outlook: Outlook) -> ConsoleView:
    """What the counter's clerk is shown.

    Raises:
        UnknownName: No such counter.
    """
    counter = centre.counter(CounterId(subject))
    ticket = centre.ticket_at(counter)
    limits = centre.facts.limits
    return ConsoleView(
        is_day_open=centre.day is not None and centre.day.is_open,
        counter=_counter_card(centre, counter, ticket),
        ticket=None if ticket is None else ticket_card(centre, ticket),
        undo=undo_offer(centre, counter),
        parked=_parked(centre, counter),
        absent=_absent(centre, counter),
        waiting=_waiting(centre, counter),
        automatic_call=_automatic_call(centre, counter),
        comes_next=_comes_next(centre, counter, outlook.at),
        dossiers=_dossiers(centre, counter),
        pause_reasons=dict(centre.facts.pause_reasons),
        messages=_messages(centre, counter),
        limits=Limits(
            limits.parked_for_s,
            limits.calls_before_no_show,
            limits.dossiers_per_ticket,
            tuple(sorted(OUT_OF_ORDER_ROLES[limits.out_of_order_by])),
        ),
    )


def _counter_card(centre: Centre, counter: CounterState, ticket: Ticket | None) -> CounterCard:
    facts = centre.counter_facts(counter.id)
    zone = centre.facts.zones.get(facts.zone)
    return CounterCard(
        id=counter.id,
        number=facts.number,
        name=facts.name,
        zone={} if zone is None else zone.name,
        staff=counter.staff,
        staff_name=counter.staff_name,
        availability=counter.availability,
        pause_reason=counter.pause_reason,
        availability_since=counter.availability_since,
        activity=activity_of(ticket),
        completed=counter.completed,
        given_back=still_waiting(centre, counter.given_back),
        has_printer=facts.printer is not None,
    )


def _parked(centre: Centre, counter: CounterState) -> tuple[SetAside, ...]:
    """Tickets parked at the counter, in the order in which they were."""
    here = [ticket for ticket, where in centre.parked.items() if where == counter.id]
    return tuple(
        _set_aside(centre, ticket, ticket.parked_until, ticket.park_reason)
        for ticket in map(centre.ticket, here)
    )


def _absent(centre: Centre, counter: CounterState) -> tuple[SetAside, ...]:
    """No-shows of the counter, the latest first; the screen hides those that are too late."""
    window = timedelta(seconds=centre.facts.limits.reinstate_within_s)
    missed = [
        centre.ticket(ticket) for ticket, where in centre.absent.items() if where == counter.id
    ]
    missed.reverse()
    return tuple(
        _set_aside(centre, ticket, ticket.no_show_at + window if ticket.no_show_at else None, "")
        for ticket in missed[:ABSENT_SHOWN]
    )


def _set_aside(centre: Centre, ticket: Ticket, until: datetime | None, reason: str) -> SetAside:
    name = centre.procedure(ticket.procedure).name
    return SetAside(id=ticket.id, number=ticket.number, procedure=name, reason=reason, until=until)


def _waiting(centre: Centre, counter: CounterState) -> Waiting:
    eligible = list(eligible_tickets(centre, counter))
    levels = [candidate.level for candidate in eligible]
    return Waiting(
        total=len(eligible),
        primary=levels.count(Level.PRIMARY),
        secondary=levels.count(Level.SECONDARY),
        back_up=levels.count(Level.BACK_UP),
        reserved=sum(candidate.ticket.reserved_for is not None for candidate in eligible),
        oldest_queued_at=min((found.ticket.queued_at for found in eligible), default=None),
    )


def _comes_next(centre: Centre, counter: CounterState, at: datetime) -> ComesNext | None:
    choice = StrategyRouter().choose(centre, counter.id, at)
    if choice is None:
        return None
    procedure = centre.procedure(centre.ticket(choice.ticket).procedure)
    return ComesNext(procedure.name, centre.field(procedure.field).name)


def _automatic_call(centre: Centre, counter: CounterState) -> AutomaticCall | None:
    after_s = centre.facts.limits.call_automatically_after_s
    if after_s is None or counter.idle_since is None:
        return None
    since = counter.countdown_since
    return AutomaticCall(None if since is None else since + timedelta(seconds=after_s))


def _dossiers(centre: Centre, counter: CounterState) -> tuple[DoneDossier, ...]:
    """The last dossiers of the counter, the newest first, without those undone."""
    here = [
        dossier
        for dossier in centre.dossiers.values()
        if dossier.counter == counter.id and dossier.hand_over != "voided"
    ]
    receipts = {job.dossier: job for job in centre.prints.values() if job.kind == "receipt"}
    latest = reversed(here[-RECENT_DOSSIERS:])
    return tuple(_done(centre, dossier, receipts.get(dossier.code)) for dossier in latest)


def _done(centre: Centre, dossier: Dossier, receipt: PrintJob | None) -> DoneDossier:
    return DoneDossier(
        code=dossier.code,
        number=dossier.number,
        procedure=centre.procedure(dossier.procedure).name,
        opened_at=dossier.opened_at,
        due_at=dossier.due_at,
        hand_over=dossier.hand_over,
        receipt="none" if receipt is None else receipt.result,
    )


def _messages(centre: Centre, counter: CounterState) -> tuple[Message, ...]:
    """Notices of the counter's zone."""
    zone = centre.counter_facts(counter.id).zone
    return tuple(
        message
        for message in centre.messages.values()
        if not message.zones or zone in message.zones
    )


def may_watch(principal: Principal, centre: Centre, _: str) -> bool:
    """Staff of the centre who may work at a counter."""
    return clerk(principal, centre.id)


KIND = ViewKind(name="console", compute=console, may_watch=may_watch, is_desk=True)
