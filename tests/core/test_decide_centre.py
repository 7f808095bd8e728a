"""The centre as a whole: its configuration, its day, its notices."""

from datetime import date, timedelta

import pytest
from msgspec.structs import replace

from queue_server.core import commands as c
from queue_server.core import events as e
from queue_server.core.centre import Centre, Day
from queue_server.core.commit import Actor
from queue_server.core.counter import Availability
from queue_server.core.decide import DECISIONS, decide
from queue_server.core.errors import (
    CounterTakenByOther,
    DayRefusal,
    InvalidValue,
    QueueError,
    UnknownName,
)
from queue_server.core.identifiers import CentreId, CounterId, ProcedureCode, ZoneId
from queue_server.core.protocols import Circumstances
from queue_server.core.ticket import ForecastKind, TicketState
from tests.support.centres import BIRTH, MORNING, Hall, rules, small_configuration
from tests.support.histories import refused

ONE = CounterId("1")
AT = Circumstances(now=MORNING, actor=Actor("system", "test"), rules=rules())


@pytest.fixture
def hall() -> Hall:
    return Hall()


def test_every_command_has_its_decision() -> None:
    assert set(DECISIONS) == set(c.Command.__args__)


def test_a_centre_without_configuration_says_what_it_needs() -> None:
    centre = Centre(id=CentreId("test"))

    with refused(QueueError, "centre test has no configuration yet: expected ApplyConfiguration"):
        decide(centre, c.OpenDay(), AT)


def test_a_configuration_of_another_centre_is_refused(hall: Hall) -> None:
    other = replace(small_configuration(), id=CentreId("other"))

    with refused(InvalidValue, "expected a configuration of centre test, got one of other"):
        hall.do(c.ApplyConfiguration(configuration=other))


def test_a_configuration_that_does_not_hold_together_is_refused_with_all_reasons(
    hall: Hall,
) -> None:
    broken = replace(small_configuration(), counters={}, timezone="Mars/Base")

    with refused(InvalidValue, "the configuration does not hold together: timezone: ") as _:
        hall.do(c.ApplyConfiguration(configuration=broken))
    assert hall.centre.facts == small_configuration()


def test_the_same_configuration_again_is_nothing(hall: Hall) -> None:
    assert hall.do(c.ApplyConfiguration(configuration=small_configuration())) == ()


def test_a_day_opens_once(hall: Hall) -> None:
    with refused(DayRefusal, "the day 2026-11-23 is already open; expected a later day"):
        hall.do(c.OpenDay())
    hall.do(c.CloseDay())
    with refused(DayRefusal, "the day 2026-11-23 is already closed; expected a later day"):
        hall.do(c.OpenDay())
    with refused(DayRefusal, "expected an open day: open the day first"):
        hall.do(c.CloseDay())


def test_the_day_is_the_local_date(hall: Hall) -> None:
    """At 00:30 in Vietnam it is still yesterday in UTC."""
    hall.do(c.CloseDay())
    hall.later(minutes=16 * 60 + 30)
    hall.do(c.OpenDay())

    assert hall.centre.day == Day(
        date=date(2026, 11, 24),
        timezone="Asia/Ho_Chi_Minh",
        opened_at=hall.now,
        offset=hall.centre.offset,
    )


def test_closing_the_day_expires_everybody_but_who_is_served(hall: Hall) -> None:
    served, called, parked, absent, waiting, done = (hall.issue() for _ in range(6))
    booked = hall.issue(appointment_at=hall.now + timedelta(hours=1))
    for number in ("1", "2"):
        hall.open(number)
    two = CounterId("2")
    call, start = c.CallNext(counter=ONE), c.StartServing(counter=ONE)
    hall.run([c.CancelTicket(ticket=done.id), call, start])
    hall.do(c.CallTicket(counter=two, ticket=parked.id, reason="test"))
    hall.run([c.StartServing(counter=two), c.Park(counter=two)])
    hall.do(c.CallTicket(counter=two, ticket=absent.id, reason="test"))
    hall.run([c.MarkNoShow(counter=two)])
    hall.do(c.CallTicket(counter=two, ticket=called.id, reason="test"))

    hall.do(c.CloseDay())

    states = {ticket: hall.ticket(ticket).state for ticket in (called, parked, absent, waiting)}
    assert set(states.values()) == {TicketState.EXPIRED}
    assert hall.ticket(booked).state is TicketState.EXPIRED
    assert hall.ticket(served).state is TicketState.SERVING
    assert hall.ticket(done).state is TicketState.CANCELLED
    assert (hall.centre.waiting, hall.centre.parked, hall.centre.absent) == ({}, {}, {})
    assert hall.centre.counters[two].ticket is None
    hall.do(c.Complete(counter=ONE, outcome="advice_only"))  # type: ignore[arg-type]


def test_closing_the_day_closes_the_counters_that_serve_nobody(hall: Hall) -> None:
    """Else the estimates of the next morning count them as open."""
    for number in ("1", "2", "3"):
        hall.open(number)
    hall.issue()
    hall.run([c.CallNext(counter=ONE), c.StartServing(counter=ONE)])
    hall.do(c.PauseCounter(counter=CounterId("2"), reason="break"))

    events = hall.do(c.CloseDay())

    assert [event for event in events if isinstance(event, e.CounterClosed)] == [
        e.CounterClosed(counter=CounterId("2")),
        e.CounterClosed(counter=CounterId("3")),
    ]
    assert [counter.availability for counter in hall.centre.counters.values()] == [
        Availability.OPEN,
        Availability.CLOSED,
        Availability.CLOSED,
    ]
    assert hall.do(c.CloseCounter(counter=CounterId("2"))) == ()


def test_a_counter_that_was_called_to_is_closed_with_the_day(hall: Hall) -> None:
    hall.open("1")
    hall.issue()
    hall.do(c.CallNext(counter=ONE))

    hall.do(c.CloseDay())

    counter = hall.centre.counters[ONE]
    assert (counter.availability, counter.ticket) == (Availability.CLOSED, None)
    assert counter.staff == "staff-1"


def test_who_sat_down_yesterday_has_left_when_the_day_opens(hall: Hall) -> None:
    hall.open("1", staff="lan")
    hall.open("2", staff="hoa")
    hall.do(c.CloseDay())
    hall.later(minutes=24 * 60)
    with refused(CounterTakenByOther, "counter 1 is taken by Lan"):
        hall.open("1", staff="mai")

    events = hall.do(c.OpenDay())

    assert [event.staff for event in events if isinstance(event, e.CounterLeft)] == ["lan", "hoa"]
    forecast = hall.rules.estimator.forecast(hall.centre, BIRTH, None, hall.now)
    assert forecast.kind is ForecastKind.NO_COUNTER_OPEN
    hall.open("1", staff="mai")
    hall.open("3", staff="lan")


def test_a_visit_still_served_at_the_end_of_the_day_keeps_nobody_seated(hall: Hall) -> None:
    hall.open("1", staff="lan")
    hall.issue()
    hall.run([c.CallNext(counter=ONE), c.StartServing(counter=ONE), c.CloseDay()])
    hall.later(minutes=24 * 60)

    hall.do(c.OpenDay())

    counter = hall.centre.counters[ONE]
    assert (counter.staff, counter.ticket) == (None, None)
    assert counter.availability is Availability.CLOSED


def test_who_came_before_the_day_was_opened_stays(hall: Hall) -> None:
    hall.do(c.CloseDay())
    hall.later(minutes=23 * 60)
    hall.open("1", staff="lan")
    hall.later(minutes=1)

    hall.do(c.OpenDay())

    counter = hall.centre.counters[ONE]
    assert (counter.staff, counter.availability) == ("lan", Availability.OPEN)


def test_a_new_day_restarts_numbers_and_expires_who_was_forgotten(hall: Hall) -> None:
    hall.open("1")
    forgotten = hall.issue()
    hall.issue()
    hall.run([c.CallNext(counter=ONE), c.StartServing(counter=ONE), c.CloseDay()])
    hall.later(minutes=24 * 60)

    events = hall.do(c.OpenDay())

    assert events[0] == e.TicketExpired(ticket=forgotten.id)
    assert hall.centre.tickets == {}
    assert hall.centre.counters[ONE].ticket is None
    assert hall.centre.calls == []
    assert hall.issue().number == "H001"
    assert hall.centre.sequence == 1


def test_skipped_numbers_are_never_issued(hall: Hall) -> None:
    hall.issue()
    hall.do(c.SkipNumbers(count=50))

    assert hall.issue().number == "H052"
    assert hall.issue(ProcedureCode("2.000815")).number == "C051"
    hall.do(c.CloseDay())
    with refused(DayRefusal, "expected an open day"):
        hall.do(c.SkipNumbers())


def test_a_message_is_announced_and_withdrawn(hall: Hall) -> None:
    until = hall.now + timedelta(hours=1)
    zones = (ZoneId("annex"),)
    hall.do(c.AnnounceMessage(message="m1", texts={"vi": "Mất điện"}, zones=zones, until=until))

    message = hall.centre.messages["m1"]
    assert (message.texts, message.zones, message.until, message.at) == (
        {"vi": "Mất điện"},
        zones,
        until,
        hall.now,
    )
    hall.do(c.WithdrawMessage(message="m1"))
    assert hall.centre.messages == {}
    with refused(UnknownName, "expected a message of this centre (none), got 'm1'"):
        hall.do(c.WithdrawMessage(message="m1"))


def test_a_message_needs_a_text_known_zones_and_a_future_end(hall: Hall) -> None:
    with refused(InvalidValue, "expected a text in at least one language, got none"):
        hall.do(c.AnnounceMessage(message="m", texts={"vi": ""}))
    with refused(UnknownName, "expected a zone of this centre (hall, annex), got 'roof'"):
        hall.do(c.AnnounceMessage(message="m", texts={"vi": "x"}, zones=(ZoneId("roof"),)))
    with refused(InvalidValue, "expected an end after now, got 2026-11-23T01:00:00+00:00"):
        hall.do(c.AnnounceMessage(message="m", texts={"vi": "x"}, until=hall.now))
