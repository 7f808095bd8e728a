"""What a board shows: the newest calls, how long the queues are, the notices.

The subject is a configured board, a zone, or empty for the whole centre (`displays.board.subject`).
What must happen once, the spoken call, is in the list of calls with its id and instant: the screen
plays what it has not played and what is still fresh.

A screen that hangs on a wall is never left without calls: where its board or zone is not
configured any more, it shows the whole centre and says so.
"""

from collections import Counter as Count
from collections.abc import Collection, Iterator, Mapping
from datetime import datetime
from functools import cache
from zoneinfo import ZoneInfo

from displays.board.subject import wanted_board
from displays.board.values import (
    Board,
    Notice,
    Screen,
    ShownCall,
    ShownCounter,
    ShownField,
    Stretch,
)
from displays.speech.announcement import Manner, Phrases, Spoken, announcement, languages_for
from displays.speech.phrase_files import read_phrases
from queue_server.accounts.principal import Principal
from queue_server.core.board_configuration import BoardConfiguration, BoardLayout
from queue_server.core.centre import Call, Centre
from queue_server.core.configuration import CentreConfiguration
from queue_server.core.counter import CounterState, activity_of
from queue_server.core.hours import next_tickets_at, sessions_of
from queue_server.core.identifiers import BoardId, Language, TicketNumber, ZoneId
from queue_server.core.ticket import TicketState
from queue_server.hub.outlook import Outlook
from queue_server.hub.views import ViewKind

SHOWN_CALLS = 16
"""What the largest layout has room for, and what may come at once while a screen is slow."""

Zones = Collection[ZoneId]


@cache
def _phrases() -> Mapping[Language, Phrases]:
    """The words of every language, read once; they come with the program."""
    return read_phrases()


def board_view(centre: Centre, subject: str, outlook: Outlook) -> Board:
    """The board that `subject` means."""
    facts = centre.configuration
    if facts is None:
        return Board(is_configured=False, screen=_screen(BoardConfiguration(id=BoardId("")), None))
    wanted = wanted_board(facts, subject)
    board = wanted or BoardConfiguration(id=BoardId(""))
    shown = [zone for zone in board.zones if zone in facts.zones]
    zones: Zones = shown or facts.zones
    is_day_open = centre.day is not None and centre.day.is_open
    return Board(
        is_configured=True,
        screen=_screen(board, facts, is_known=wanted is not None),
        centre=facts.name,
        zones=tuple(facts.zones[zone].name for zone in shown),
        sound_zones=tuple(zones) if board.has_sound else (),
        languages=facts.languages,
        is_day_open=is_day_open,
        opens_at=None if is_day_open else _opens_at(facts, outlook.at),
        sessions=tuple(_sessions(centre)),
        calls=_calls(centre, shown),
        called=tuple(_called(centre, zones)),
        fields=_fields(centre, zones, outlook),
        counters=_counters(centre, zones) if board.layout is BoardLayout.COUNTERS else (),
        notices=tuple(_notices(centre, zones)) if board.has_notices else (),
    )


def _screen(
    board: BoardConfiguration, facts: CentreConfiguration | None, *, is_known: bool = True
) -> Screen:
    fields = () if facts is None else facts.fields.values()
    counters = () if facts is None else facts.counters.values()
    return Screen(
        board=board.id,
        is_known=is_known,
        layout=board.layout,
        diagonal_inch=board.diagonal_inch,
        farthest_seat_m=board.farthest_seat_m,
        has_sound=board.has_sound,
        has_notices=board.has_notices,
        letters="".join(sorted({field.series.letter for field in fields})),
        digits=max((3, *(len(str(field.series.last)) for field in fields))),
        counter=max((counter.number for counter in counters), key=len, default=""),
    )


def _opens_at(facts: CentreConfiguration, at: datetime) -> datetime | None:
    """The next opening; None while it should be open, which only the staff can explain."""
    opens = next_tickets_at(facts, at)
    return None if opens is None or opens <= at else opens


def _sessions(centre: Centre) -> Iterator[Stretch]:
    if centre.day is None or not centre.day.is_open:
        return
    day, zone = centre.day.date, ZoneInfo(centre.facts.timezone)
    for session in sessions_of(centre.facts.hours, day):
        opens = datetime.combine(day, session.opens, zone)
        yield Stretch(opens, datetime.combine(day, session.closes, zone))


def _calls(centre: Centre, zones: Zones) -> tuple[ShownCall, ...]:
    """Newest first, each ticket once: with its newest call. Without zones all are shown."""
    newest: dict[str, Call] = {}
    for call in centre.calls:
        if not zones or call.zone in zones:
            newest.setdefault(call.ticket, call)
    return tuple(_shown(centre, call) for call in list(newest.values())[:SHOWN_CALLS])


def _called(centre: Centre, zones: Zones) -> Iterator[TicketNumber]:
    """At most one for each counter, however long ago it was called."""
    for counter in centre.counters.values():
        ticket = centre.ticket_at(counter)
        if ticket is None or ticket.state is not TicketState.CALLED:
            continue
        if centre.counter_facts(counter.id).zone in zones:
            yield ticket.number


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
    zone = facts.zones.get(call.zone)
    return ShownCall(
        id=f"{centre.id}-{call.id}",
        number=call.number,
        counter=call.counter_number,
        field=centre.field(call.field).name,
        zone={} if zone is None else zone.name,
        language=call.language,
        at=call.at,
        is_recall=call.is_recall,
        zone_id=call.zone,
        spoken=spoken,
    )


def _fields(centre: Centre, zones: Zones, outlook: Outlook) -> tuple[ShownField, ...]:
    waiting = Count(centre.waiting.values())
    return tuple(
        ShownField(
            letter=field.series.letter,
            name=field.name,
            waiting=waiting[field.id],
            forecast=outlook.by_field.get(field.id),
        )
        for field in centre.facts.fields.values()
        if field.zone in zones
    )


def _counters(centre: Centre, zones: Zones) -> tuple[ShownCounter, ...]:
    return tuple(
        _counter(centre, centre.counters[counter.id])
        for counter in centre.facts.counters.values()
        if counter.zone in zones and counter.id in centre.counters
    )


def _counter(centre: Centre, counter: CounterState) -> ShownCounter:
    facts = centre.counter_facts(counter.id)
    ticket = centre.ticket_at(counter)
    return ShownCounter(
        number=facts.number,
        name=facts.name,
        availability=counter.availability,
        activity=activity_of(ticket),
        ticket=None if ticket is None else ticket.number,
    )


def _notices(centre: Centre, zones: Zones) -> Iterator[Notice]:
    """Messages of the zones, then what always stands there; the page drops what is over."""
    for message in centre.messages.values():
        if message.audience != "boards":
            continue
        if not message.zones or any(zone in zones for zone in message.zones):
            yield Notice(texts=message.texts, until=message.until, is_message=True)
    for texts in centre.facts.notices:
        yield Notice(texts=texts)


def may_watch(principal: Principal, centre: Centre, _: str) -> bool:
    """Devices and staff of the centre."""
    return principal.is_of(centre.id)


KIND = ViewKind(name="board", compute=board_view, may_watch=may_watch)
