"""What a phone is told, in its language; encrypted for the phone, no push service reads it."""

from typing import Literal

from msgspec import Struct

from queue_server.core.centre import Centre
from queue_server.core.configuration import Texts
from queue_server.core.identifiers import Language
from queue_server.core.ticket import Forecast, Ticket
from queue_server.web.i18n import translations

MINUTE_S = 60


class Message(Struct, frozen=True, kw_only=True):
    """One message, as the service worker of the phone's browser shows it."""

    kind: Literal["turn", "soon"]
    title: str
    body: str
    tag: str
    """A later message of the same ticket takes the place of this one."""
    path: str
    language: Language


def turn_message(centre: Centre, ticket: Ticket, language: Language) -> Message | None:
    """It is the ticket's turn; None when it is at no counter any more."""
    if ticket.counter is None:
        return None
    _ = translations(language).gettext
    counter = centre.counter_facts(ticket.counter)
    zone = centre.facts.zones.get(counter.zone)
    if ticket.calls > 1:
        title = _("You are called again: counter %(number)s") % {"number": counter.number}
    else:
        title = _("It is your turn: counter %(number)s") % {"number": counter.number}
    where = _text(zone.name, language) if zone else ""
    body = _("Number %(number)s") % {"number": ticket.number}
    return _message("turn", ticket, title, f"{body} · {where}" if where else body, language)


def soon_message(centre: Centre, ticket: Ticket, forecast: Forecast, language: Language) -> Message:
    """It is the ticket's turn soon."""
    _ = translations(language).gettext
    minutes = max(round((forecast.about_s or 0) / MINUTE_S), 1)
    field = centre.field(ticket.field)
    zone = centre.facts.zones.get(field.zone)
    title = _("It is your turn soon: %(number)s") % {"number": ticket.number}
    body = _("In about %(minutes)s minutes. Please stay within sight of the screens.") % {
        "minutes": minutes
    }
    where = _text(zone.name, language) if zone else ""
    return _message("soon", ticket, title, f"{body} {where}".strip(), language)


def _message(
    kind: Literal["turn", "soon"], ticket: Ticket, title: str, body: str, language: Language
) -> Message:
    path = f"/t/{ticket.id}?language={language}"
    return Message(kind=kind, title=title, body=body, tag=ticket.id, path=path, language=language)


def _text(texts: Texts, language: Language) -> str:
    return texts.get(language) or texts.get("vi", "")
