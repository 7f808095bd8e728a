"""Numbers written by hand while the system was down are entered with their own times."""

from datetime import timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from queue_server.core import commands as c
from queue_server.core.centre import Tally
from queue_server.core.errors import DayRefusal, InvalidValue, NumberTaken, QueueError, UnknownName
from queue_server.core.identifiers import CounterId, TicketId, TicketNumber
from queue_server.core.ticket import Channel, Outcome, TicketState
from tests.support.centres import BIRTH, CIVIL, MORNING, Hall
from tests.support.histories import refused

ONE = CounterId("1")
BY_HAND = c.EnterOutageTicket(
    ticket=TicketId("a" * 32), number=TicketNumber("H007"), procedure=BIRTH, issued_at=MORNING
)
SERVED = replace(
    BY_HAND,
    counter=ONE,
    called_at=MORNING + timedelta(minutes=4),
    serving_at=MORNING + timedelta(minutes=5),
    ended_at=MORNING + timedelta(minutes=15),
    outcome=Outcome.ADVICE_ONLY,
)


@pytest.fixture
def hall() -> Hall:
    hall = Hall()
    hall.later(minutes=60)
    return hall


def test_a_hand_written_number_waits_from_the_time_on_it(hall: Hall) -> None:
    hall.issue(BIRTH)
    hall.later(minutes=1)
    hall.do(BY_HAND)
    hall.open("1")
    hall.do(c.CallNext(counter=ONE))

    ticket = hall.centre.tickets[BY_HAND.ticket]
    assert hall.centre.counters[ONE].ticket == ticket.id
    assert (ticket.number, ticket.channel, ticket.queued_at) == ("H007", Channel.OUTAGE, MORNING)


def test_numbers_go_on_after_the_highest_hand_written_one(hall: Hall) -> None:
    hall.do(BY_HAND)
    hall.do(replace(BY_HAND, ticket=TicketId("b" * 32), number=TicketNumber("H003")))

    assert hall.issue(BIRTH).number == "H008"


def test_a_visit_served_by_hand_is_recorded_with_its_times(hall: Hall) -> None:
    hall.do(SERVED)

    ticket = hall.centre.tickets[SERVED.ticket]
    assert ticket.state is TicketState.COMPLETED
    assert (ticket.called_at, ticket.serving_at, ticket.ended_at, ticket.outcome) == (
        SERVED.called_at,
        SERVED.serving_at,
        SERVED.ended_at,
        SERVED.outcome,
    )
    assert hall.centre.waiting == {}
    assert hall.centre.counters[ONE].ticket is None
    assert hall.centre.tallies[CIVIL] == Tally(
        issued=1, completed=1, waits=1, waiting_time_s=240, waits_within_target=1
    )


def test_a_served_visit_without_a_start_of_serving_began_with_the_call(hall: Hall) -> None:
    hall.do(replace(SERVED, serving_at=None))

    assert hall.centre.tickets[SERVED.ticket].serving_at == SERVED.called_at


@pytest.mark.parametrize(
    ("command", "error", "sentence"),
    [
        (replace(BY_HAND, number=TicketNumber("H001")), NumberTaken, "not yet used today, got H0"),
        (
            replace(BY_HAND, number=TicketNumber("C001")),
            InvalidValue,
            "expected a number from H001 to H999 for field civil, got 'C001'",
        ),
        (
            replace(BY_HAND, issued_at=MORNING + timedelta(hours=2)),
            InvalidValue,
            "in this order and not after now, got 2026-11-23T03:00:00+00:00",
        ),
        (
            replace(SERVED, called_at=MORNING - timedelta(minutes=1)),
            InvalidValue,
            "got 2026-11-23T01:00:00+00:00 → 2026-11-23T00:59:00+00:00 → 2026-11-23T01:05:00",
        ),
        (
            replace(BY_HAND, issued_at=MORNING - timedelta(days=1)),
            InvalidValue,
            "expected a number of 2026-11-23, got one of 2026-11-22",
        ),
        (replace(SERVED, counter=None), InvalidValue, "needs counter, called_at, ended_at and out"),
        (replace(SERVED, outcome=None), InvalidValue, "needs counter, called_at, ended_at and out"),
        (replace(SERVED, called_at=None), InvalidValue, "needs counter, called_at, ended_at and"),
        (replace(SERVED, ended_at=None), InvalidValue, "needs counter, called_at, ended_at and"),
        (replace(SERVED, counter=CounterId("9")), UnknownName, "expected a counter of this centre"),
        (replace(BY_HAND, ticket=TicketId("0" * 31 + "1")), InvalidValue, "expected a new ticket"),
    ],
)
def test_what_cannot_have_happened_is_refused(
    hall: Hall, command: c.EnterOutageTicket, error: type[QueueError], sentence: str
) -> None:
    hall.issue(BIRTH)

    with refused(error, sentence):
        hall.do(command)
    assert len(hall.centre.tickets) == 1


@pytest.mark.parametrize(
    "change", [{"language": "fr"}, {"dossiers": 99}, {"priority_class": "vip"}, {"procedure": "9"}]
)
def test_names_are_checked_as_for_any_ticket(hall: Hall, change: dict[str, Any]) -> None:
    with pytest.raises(QueueError, match="expected"):
        hall.do(replace(BY_HAND, **change))


def test_hand_written_numbers_need_an_open_day_but_no_opening_hours(hall: Hall) -> None:
    hall.later(minutes=150)
    hall.do(BY_HAND)
    hall.do(c.CloseDay())

    with refused(DayRefusal, "expected an open day"):
        hall.do(replace(BY_HAND, ticket=TicketId("b" * 32), number=TicketNumber("H009")))
