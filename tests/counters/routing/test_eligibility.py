"""May this counter call this ticket, and who stands first in each line."""

from datetime import timedelta

from msgspec.structs import replace

from counters.routing.eligibility import eligible_tickets, present_seat
from counters.routing.lines import Lines
from counters.routing.parameters import parameters_of
from counters.routing.standing import standing_of
from queue_server.core import commands as c
from queue_server.core.configuration import Level, WorkProfile
from queue_server.core.identifiers import CounterId, Language
from tests.support.centres import (
    BIRTH,
    CIVIL,
    COPY,
    ELDERLY,
    LAND_TITLE,
    Hall,
    small_configuration,
)

ONE, TWO, THREE = CounterId("1"), CounterId("2"), CounterId("3")


def levels(hall: Hall, counter: CounterId) -> dict[str, Level]:
    found = eligible_tickets(hall.centre, hall.centre.counters[counter])
    return {each.ticket.number: each.level for each in found}


def heads(hall: Hall, counter: CounterId) -> list[str]:
    centre, parameters = hall.centre, parameters_of(hall.centre.facts.routing)
    seat = present_seat(centre, centre.counters[counter])
    lines = Lines(
        standing_of(centre, ticket, parameters) for ticket in hall.centre.waiting_tickets()
    )
    return sorted(hall.centre.tickets[head.ticket].number for head in lines.heads(seat))


def test_a_counter_may_call_what_its_profile_serves_at_its_level() -> None:
    hall = Hall()
    for procedure in (BIRTH, COPY, LAND_TITLE):
        hall.issue(procedure)

    assert levels(hall, ONE) == {"H001": Level.PRIMARY, "C001": Level.SECONDARY}
    assert levels(hall, TWO) == {"H001": Level.BACK_UP, "C001": Level.PRIMARY}
    assert levels(hall, THREE) == {"D001": Level.PRIMARY}


def test_a_procedure_named_by_itself_is_served_without_its_field() -> None:
    hall = Hall()
    profile = WorkProfile(procedures={BIRTH: Level.BACK_UP})
    hall.do(c.ChangeWorkProfile(counter=THREE, profile=profile))
    hall.issue(BIRTH)

    assert levels(hall, THREE) == {"H001": Level.BACK_UP}


def test_a_reserved_ticket_is_for_its_counter_alone_whatever_the_profile() -> None:
    hall = Hall()
    hall.open("1")
    hall.issue(BIRTH)
    hall.run([c.CallNext(counter=ONE), c.Transfer(counter=ONE, to_counter=THREE)])

    assert levels(hall, ONE) == levels(hall, TWO) == {}
    assert levels(hall, THREE) == {"H001": Level.PRIMARY}


def test_only_the_oldest_of_each_series_and_class_stands_first() -> None:
    hall = Hall()
    for priority in (None, None, ELDERLY, ELDERLY):
        hall.issue(BIRTH, priority_class=priority)
    hall.issue(COPY)

    assert heads(hall, ONE) == ["C001", "H001", "H003"]


def test_the_oldest_is_by_place_in_the_queue_not_by_number() -> None:
    hall = Hall()
    first = hall.issue(BIRTH)
    hall.later(seconds=1)
    hall.issue(BIRTH)
    hall.do(c.DelayTicket(ticket=first.id, let_pass=1))

    assert heads(hall, ONE) == ["H002"]


def test_equal_instants_are_ordered_by_issue() -> None:
    hall = Hall()
    first, second = hall.issue(BIRTH), hall.issue(BIRTH)

    assert first.queued_at == second.queued_at
    assert first.place < second.place


def test_appointments_and_transfers_stand_in_lines_of_their_own() -> None:
    """Else their head start could never count against a walk-in of the same series."""
    hall = Hall()
    hall.open("2")
    hall.issue(BIRTH)
    booked = hall.issue(BIRTH, appointment_at=hall.now + timedelta(minutes=5))
    hall.later(minutes=6)
    hall.do(c.CheckIn(ticket=booked.id))
    copy = hall.issue(COPY)
    hall.do(c.CallTicket(counter=TWO, ticket=copy.id, reason="test"))
    hall.do(c.Transfer(counter=TWO, procedure=BIRTH))

    assert heads(hall, ONE) == ["C001", "H001", "H002"]
    assert hall.ticket(copy).field == CIVIL


def test_somebody_whose_language_is_not_spoken_there_is_served_as_a_back_up() -> None:
    configuration = small_configuration()
    one = replace(configuration.counters[ONE], languages=(Language("vi"),))
    hall = Hall(replace(configuration, counters={**configuration.counters, ONE: one}))
    hall.issue(BIRTH)
    hall.issue(BIRTH, language=Language("en"))

    assert levels(hall, ONE) == {"H001": Level.PRIMARY, "H002": Level.BACK_UP}
    assert levels(hall, TWO) == {"H001": Level.BACK_UP, "H002": Level.BACK_UP}
