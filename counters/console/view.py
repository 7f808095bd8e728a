"""The view `console`: everything one counter shows its clerk. Its subject is the counter's id."""

from datetime import datetime, timedelta

from msgspec import Struct

from counters.console.own_day import OwnDay, own_day
from counters.console.paper_state import DonePaper, done_papers, printer_to_see_to
from counters.console.queue_ahead import ComesNext, Waiting, comes_next, waiting_for
from counters.console.set_aside import SetAside, absent_at, parked_at
from counters.console.ticket_card import TicketCard, ticket_card
from counters.console.told import Told, messages_for
from counters.console.undo_offer import UndoOffer, undo_offer
from queue_server.accounts.principal import Principal, Role
from queue_server.api.access import OUT_OF_ORDER_ROLES, clerk
from queue_server.core.centre import Centre
from queue_server.core.configuration import Texts
from queue_server.core.counter import Activity, Availability, CounterState, activity_of
from queue_server.core.identifiers import CounterId, PrinterId, StaffId, TicketNumber
from queue_server.core.printing import PrinterNotice
from queue_server.core.stranded import still_waiting
from queue_server.core.ticket import Ticket
from queue_server.hub.outlook import Outlook
from queue_server.hub.views import ViewKind


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
    paused_until: datetime | None
    """When the clerk meant to be back."""
    availability_since: datetime | None
    activity: Activity
    completed: int
    given_back: tuple[TicketNumber, ...]
    """Numbers that wait again because the counter was paused or fell silent."""
    printer: PrinterId | None


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
    papers: tuple[DonePaper, ...]
    printer: PrinterNotice | None
    """The counter's own, when somebody has to see to it."""
    own_day: OwnDay
    pause_reasons: dict[str, Texts]
    park_reasons: dict[str, Texts]
    messages: tuple[Told, ...]
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
        parked=parked_at(centre, counter),
        absent=absent_at(centre, counter),
        waiting=waiting_for(centre, counter),
        automatic_call=_automatic_call(centre, counter),
        comes_next=comes_next(centre, counter, outlook.at),
        papers=done_papers(centre, counter),
        printer=printer_to_see_to(centre, counter),
        own_day=own_day(centre, counter.staff),
        pause_reasons=dict(centre.facts.pause_reasons),
        park_reasons=dict(centre.facts.park_reasons),
        messages=messages_for(centre, counter),
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
        paused_until=counter.paused_until,
        availability_since=counter.availability_since,
        activity=activity_of(ticket),
        completed=counter.completed,
        given_back=still_waiting(centre, counter.given_back),
        printer=facts.printer,
    )


def _automatic_call(centre: Centre, counter: CounterState) -> AutomaticCall | None:
    after_s = centre.facts.limits.call_automatically_after_s
    if after_s is None or counter.idle_since is None:
        return None
    since = counter.countdown_since
    return AutomaticCall(None if since is None else since + timedelta(seconds=after_s))


def may_watch(principal: Principal, centre: Centre, _: str) -> bool:
    """Staff of the centre who may work at a counter."""
    return clerk(principal, centre.id)


KIND = ViewKind(name="console", compute=console, may_watch=may_watch, is_desk=True)
