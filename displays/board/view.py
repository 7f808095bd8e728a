"""What a board shows: the newest calls, how long the queues are, the notices.

The subject is a zone, or empty for the whole centre. What must happen once, the spoken call, is
in the list of calls with its id and instant: the screen plays what it has not played and what is
still fresh.
"""

from collections.abc import Mapping
from datetime import datetime
from functools import cache

from msgspec import Struct

from displays.speech.announcement import Manner, Phrases, Spoken, announcement, languages_for
from displays.speech.phrase_files import read_phrases
from queue_server.accounts.principal import Principal
from queue_server.core.centre import Call, Centre
from queue_server.core.configuration import Field, Texts
from queue_server.core.counter import Activity, Availability, activity_of
from queue_server.core.identifiers import FieldId, Language, TicketNumber, ZoneId
from queue_server.core.ticket import Forecast
from queue_server.hub.outlook import Outlook
from queue_server.hub.views import ViewKind

SHOWN_CALLS = 8
"""The newest and the recent ones of the largest layout."""


class ShownCall(Struct, frozen=True, kw_only=True):
    """One line of the board."""

    id: str
    number: TicketNumber
    counter: str
    field: Texts
    at: datetime
    is_recall: bool
    zone: ZoneId
    language: Language
    """The citizen's own."""
    spoken: tuple[Spoken, ...]


class ShownField(Struct, frozen=True, kw_only=True):
    """One queue at the foot of the board."""

    letter: str
    name: Texts
    waiting: int
    forecast: Forecast | None


class Board(Struct, frozen=True, kw_only=True):
    """The whole board of a zone."""

    centre: Texts
    zone: Texts | None
    timezone: str
    languages: tuple[Language, ...]
    is_day_open: bool
    calls: tuple[ShownCall, ...] = ()
    fields: tuple[ShownField, ...] = ()
    notices: tuple[Texts, ...] = ()
    open_counters: int = 0
    serving_counters: int = 0


@cache
def _phrases() -> Mapping[Language, Phrases]:
    """The words of every language, read once; they come with the program."""
    return read_phrases()


def board_view(centre: Centre, subject: str, outlook: Outlook) -> Board:
    """The board of a zone, or of the whole centre.

    Raises:
        UnknownName: The subject is not a zone.
    """
    facts = centre.facts
    zone = centre.zone(ZoneId(subject)) if subject else None
    counters = [
        counter
        for counter in centre.counters.values()
        if zone is None or centre.counter_facts(counter.id).zone == zone.id
    ]
    is_open = [counter for counter in counters if counter.availability is Availability.OPEN]
    return Board(
        centre=facts.name,
        zone=zone.name if zone else None,
        timezone=facts.timezone,
        languages=facts.languages,
        is_day_open=centre.day is not None and centre.day.is_open,
        calls=_calls(centre, subject),
        fields=_fields(centre, subject, outlook),
        notices=(*_messages(centre, subject), *facts.notices),
        open_counters=len(is_open),
        serving_counters=sum(
            activity_of(centre.ticket_at(counter)) is Activity.SERVING for counter in counters
        ),
    )


def _calls(centre: Centre, subject: str) -> tuple[ShownCall, ...]:
    """Newest first, each ticket once: with its newest call."""
    newest: dict[str, Call] = {}
    for call in centre.calls:
        if not subject or call.zone == subject:
            newest.setdefault(call.ticket, call)
    return tuple(_shown(centre, call) for call in list(newest.values())[:SHOWN_CALLS])


def _shown(centre: Centre, call: Call) -> ShownCall:
    facts = centre.facts
    spoken: tuple[Spoken, ...] = ()
    if facts.speech.is_on:
        spoken = announcement(
            call.number,
            call.counter_number,
            languages_for(facts, call.language),
            _phrases(),
            Manner(is_recall=call.is_recall, zone=call.zone if facts.speech.names_zone else None),
        )
    return ShownCall(
        id=f"{centre.id}-{call.id}",
        number=call.number,
        counter=call.counter_number,
        field=centre.field(call.field).name,
        at=call.at,
        is_recall=call.is_recall,
        zone=call.zone,
        language=call.language,
        spoken=spoken,
    )


def _fields(centre: Centre, subject: str, outlook: Outlook) -> tuple[ShownField, ...]:
    waiting: dict[FieldId, int] = {}
    for field_id in centre.waiting.values():
        waiting[field_id] = waiting.get(field_id, 0) + 1
    fields: list[Field] = [
        field for field in centre.facts.fields.values() if not subject or field.zone == subject
    ]
    return tuple(
        ShownField(
            letter=field.series.letter,
            name=field.name,
            waiting=waiting.get(field.id, 0),
            forecast=outlook.by_field.get(field.id),
        )
        for field in fields
    )


def _messages(centre: Centre, subject: str) -> tuple[Texts, ...]:
    """Announced notices of the zone; the page drops one when its time has passed."""
    return tuple(
        message.texts
        for message in centre.messages.values()
        if not message.zones or not subject or subject in message.zones
    )


def may_watch(principal: Principal, centre: Centre, _: str) -> bool:
    """Devices and staff of the centre."""
    return principal.is_of(centre.id)


KIND = ViewKind(name="board", compute=board_view, may_watch=may_watch)
