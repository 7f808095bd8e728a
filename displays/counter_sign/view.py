"""What the sign above a counter shows: the counter, and the number that is there."""

from datetime import datetime

from msgspec import Struct

from queue_server.accounts.principal import Principal
from queue_server.core.centre import Call, Centre
from queue_server.core.configuration import Texts
from queue_server.core.counter import Activity, Availability, CounterState, activity_of
from queue_server.core.identifiers import CounterId, Language, TicketNumber
from queue_server.hub.outlook import Outlook
from queue_server.hub.views import ViewKind


class SignCall(Struct, frozen=True, kw_only=True):
    """The call that is in force: the sign moves once for each."""

    id: str
    at: datetime
    is_recall: bool
    language: Language


class Sign(Struct, frozen=True, kw_only=True):
    """The whole sign; without a counter where that is not configured (any more)."""

    languages: tuple[Language, ...] = ()
    is_day_open: bool = False
    counter: str | None = None
    """Its number."""
    name: Texts = {}
    availability: Availability = Availability.CLOSED
    activity: Activity = Activity.IDLE
    ticket: TicketNumber | None = None
    call: SignCall | None = None
    letters: str = ""
    digits: int = 3
    """With `letters` the widest number that can be shown."""


def sign_view(centre: Centre, subject: str, _: Outlook) -> Sign:
    """The sign of the counter with the id `subject`."""
    facts = centre.configuration
    if facts is None:
        return Sign()
    counter = centre.counters.get(CounterId(subject))
    if counter is None:
        return Sign(languages=facts.languages)
    own = centre.counter_facts(counter.id)
    ticket = centre.ticket_at(counter)
    return Sign(
        languages=facts.languages,
        is_day_open=centre.day is not None and centre.day.is_open,
        counter=own.number,
        name=own.name,
        availability=counter.availability,
        activity=activity_of(ticket),
        ticket=None if ticket is None else ticket.number,
        call=_call(centre, counter),
        letters="".join(sorted({field.series.letter for field in facts.fields.values()})),
        digits=max((3, *(len(str(field.series.last)) for field in facts.fields.values()))),
    )


def _call(centre: Centre, counter: CounterState) -> SignCall | None:
    """The newest call of the ticket that is at the counter."""
    call: Call | None = next((each for each in centre.calls if each.ticket == counter.ticket), None)
    if call is None or call.counter != counter.id:
        return None
    return SignCall(
        id=f"{centre.id}-{call.id}", at=call.at, is_recall=call.is_recall, language=call.language
    )


def may_watch(principal: Principal, centre: Centre, _: str) -> bool:
    """Devices and staff of the centre."""
    return principal.is_of(centre.id)


KIND = ViewKind(name="counter_sign", compute=sign_view, may_watch=may_watch)
