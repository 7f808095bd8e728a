"""Booking keeps to the room of each half hour; arrival finds the appointment again."""

from datetime import UTC, datetime, timedelta

import pytest
from msgspec.structs import replace
from sqlalchemy import Engine

from queue_server.appointments.appointment import Appointment
from queue_server.appointments.book import AppointmentBook
from queue_server.appointments.slots import slots_of
from queue_server.core.configuration import CentreConfiguration
from queue_server.core.errors import FieldFull, InvalidValue, UnknownName
from queue_server.core.hours import local_time
from queue_server.core.identifiers import Language, TicketId
from tests.support.centres import BIRTH, CIVIL, MORNING, small_configuration

TOMORROW = MORNING + timedelta(days=1)


@pytest.fixture
def facts() -> CentreConfiguration:
    configuration = small_configuration()
    civil = replace(configuration.fields[CIVIL], appointments_per_half_hour=2)
    return replace(configuration, fields={**configuration.fields, CIVIL: civil})


def wanted(facts: CentreConfiguration, at: datetime, name: str = "a") -> Appointment:
    return Appointment(
        id=TicketId(name * 32),
        code="",
        centre=facts.id,
        day=local_time(facts, at).date(),
        at=at,
        procedure=BIRTH,
        field=CIVIL,
        language=Language("vi"),
        dossiers=1,
        booked_at=MORNING,
    )


def test_what_was_booked_is_found_by_code_phone_and_ticket(
    database: Engine, facts: CentreConfiguration
) -> None:
    book = AppointmentBook(database)
    booked = book.enter(wanted(facts, TOMORROW), "key", facts, MORNING)

    ways = ({"code": booked.code}, {"phone_key": "key"}, {"id": booked.id})
    assert [book.find(facts.id, booked.day, **way) for way in ways] == [(booked,)] * 3
    assert book.find(facts.id, booked.day, phone_key="other") == ()
    assert book.of_day(facts.id, booked.day) == (booked,)


def test_a_half_hour_takes_as_many_as_the_field_says(
    database: Engine, facts: CentreConfiguration
) -> None:
    book = AppointmentBook(database)
    for name in "ab":
        book.enter(wanted(facts, TOMORROW, name), None, facts, MORNING)

    with pytest.raises(FieldFull, match="takes 2 appointments"):
        book.enter(wanted(facts, TOMORROW, "c"), None, facts, MORNING)

    assert len(book.of_day(facts.id, local_time(facts, TOMORROW).date())) == 2


def test_a_cancelled_one_gives_its_room_back(database: Engine, facts: CentreConfiguration) -> None:
    book = AppointmentBook(database)
    first, _ = (book.enter(wanted(facts, TOMORROW, name), None, facts, MORNING) for name in "ab")

    assert book.cancel(facts.id, first.id).is_cancelled

    book.enter(wanted(facts, TOMORROW, "c"), None, facts, MORNING)
    assert book.find(facts.id, first.day, id=first.id) == ()


def test_what_was_never_booked_cannot_be_cancelled(
    database: Engine, facts: CentreConfiguration
) -> None:
    with pytest.raises(UnknownName, match="expected an appointment"):
        AppointmentBook(database).cancel(facts.id, TicketId("f" * 32))


@pytest.mark.parametrize(
    ("at", "said"),
    [
        (MORNING - timedelta(hours=1), "lies ahead"),
        (TOMORROW + timedelta(minutes=7), "expected a half hour"),
        (MORNING + timedelta(days=100), "within 60 days"),
        (datetime(2026, 11, 8, 1, 0, tzinfo=UTC), "(none)"),
    ],
    ids=["past", "between", "far ahead", "Sunday"],
)
def test_only_half_hours_of_opening_can_be_booked(
    database: Engine, facts: CentreConfiguration, at: datetime, said: str
) -> None:
    with pytest.raises(InvalidValue) as refusal:
        AppointmentBook(database).enter(wanted(facts, at), None, facts, MORNING)

    assert said in refusal.value.message


def test_a_field_without_appointments_says_so(database: Engine) -> None:
    facts = small_configuration()

    with pytest.raises(InvalidValue, match="takes none; take a number"):
        AppointmentBook(database).enter(wanted(facts, TOMORROW), None, facts, MORNING)


def test_slots_are_half_hours_with_their_room(facts: CentreConfiguration) -> None:
    day = local_time(facts, TOMORROW).date()

    slots = slots_of(facts, facts.fields[CIVIL], day, [TOMORROW], MORNING)

    hours = [f"{local_time(facts, slot.at):%H:%M}" for slot in slots]
    assert hours[:2] == ["07:30", "08:00"]
    assert hours[-1] == "16:00"
    assert {slot.at: slot.free for slot in slots}[TOMORROW] == 1
    assert sum(slot.free for slot in slots) == 2 * len(slots) - 1
