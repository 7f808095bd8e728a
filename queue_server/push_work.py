"""Telling phones, as the worker does it: whose turn it is, and whose it is soon.

What fails is logged and over; nobody waits for it.
"""

from collections.abc import Iterable

import structlog

from queue_server.clock import SystemClock
from queue_server.core.centre import Centre
from queue_server.core.errors import QueueError
from queue_server.core.identifiers import CentreId, TicketId
from queue_server.core.ticket import Forecast, ForecastKind, TicketState
from queue_server.push.keys import server_key
from queue_server.push.message import Message, soon_message, turn_message
from queue_server.push.sender import Identity, Sender
from queue_server.push.subscriptions import Subscription, Subscriptions
from queue_server.rules import rules_in_force
from queue_server.workshop import Workshop

log = structlog.get_logger()

SOON_S = 300
"""As on the phone's page: from here on its holder should stay within call."""


def tell_phones(shop: Workshop, name: CentreId, ticket: TicketId) -> None:
    """A ticket was called: tell its phones, and those whose turn it is soon."""
    known = Subscriptions(shop.engine).of_centre(name)
    if not known:
        return
    centre = shop.centre(name)
    _tell(shop, _whose_turn(centre, known, ticket))
    _tell_soon(shop, centre, known)


def forget_phones(shop: Workshop, name: CentreId) -> None:
    """The day is over: nobody is told anything any more."""
    Subscriptions(shop.engine).forget_all_but(name, ())


def _whose_turn(
    centre: Centre, known: Iterable[Subscription], ticket: TicketId
) -> list[tuple[Subscription, Message]]:
    held = centre.tickets.get(ticket)
    if held is None or held.state is not TicketState.CALLED:
        return []  # already there, or gone
    found = [(each, turn_message(centre, held, each.language)) for each in known]
    return [(each, told) for each, told in found if each.ticket == ticket and told is not None]


def _tell_soon(shop: Workshop, centre: Centre, known: Iterable[Subscription]) -> None:
    """Once for each wait: the note is made before, so that nobody is told twice."""
    waiting = [
        each
        for each in known
        if each.ticket in centre.waiting
        and each.soon_told < centre.tickets[each.ticket].transactions
    ]
    if not waiting:
        return
    wanted = {each.ticket for each in waiting}
    forecasts = rules_in_force().estimator.forecasts(centre, shop.clock.now(), wanted).by_ticket
    subscriptions = Subscriptions(shop.engine)
    for each in waiting:
        forecast = forecasts.get(each.ticket)
        if forecast is None or not _is_soon(forecast):
            continue
        ticket = centre.tickets[each.ticket]
        subscriptions.told_soon([each], ticket.transactions)
        _tell(shop, [(each, soon_message(centre, ticket, forecast, each.language))])


def _is_soon(forecast: Forecast) -> bool:
    is_range = forecast.kind is ForecastKind.RANGE and forecast.about_s is not None
    return is_range and (forecast.about_s or 0) <= SOON_S


def _tell(shop: Workshop, told: Iterable[tuple[Subscription, Message]]) -> None:
    sender: Sender | None = None
    for phone, message in told:
        sender = sender or _sender(shop)
        try:
            result = sender.send(phone, message, SystemClock().now())
        except (QueueError, OSError, ValueError) as error:
            log.warning("a phone cannot be told", phone=phone.id, reason=str(error)[:200])
            continue
        if result == "gone":
            Subscriptions(shop.engine).forget_phone(phone.endpoint)
        elif result == "failed":
            log.warning("a push service took no message", phone=phone.id)


def _sender(shop: Workshop) -> Sender:
    settings = shop.settings
    public = settings.server.public_url or ""
    contact = settings.push.push_contact or (
        public if public.startswith("https://") else "https://queue-server.invalid"
    )
    identity = Identity(server_key(shop.places.push_key), contact)
    return Sender(identity, is_private_allowed=settings.push.push_private_endpoints)
