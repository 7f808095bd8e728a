"""Ticket numbers: a letter and three or more digits, per field, restarting every day."""

import pytest
from msgspec.structs import replace

from queue_server.core import commands as c
from queue_server.core.configuration import CentreConfiguration, Series
from queue_server.core.errors import FieldFull, InvalidValue
from queue_server.core.identifiers import TicketId, TicketNumber
from queue_server.core.numbering import next_ticket_number, series_of_number, ticket_number
from tests.support.centres import BIRTH, CERTIFY, CIVIL, COPY, Hall, small_configuration
from tests.support.histories import refused


def with_series(**series: Series) -> CentreConfiguration:
    configuration = small_configuration()
    fields = dict(configuration.fields)
    for field in list(fields.values()):
        if field.id in series:
            fields[field.id] = replace(field, series=series[field.id])
    return replace(configuration, fields=fields)


@pytest.mark.parametrize(("number", "shown"), [(1, "A001"), (999, "A999"), (1000, "A1000")])
def test_a_number_has_at_least_three_digits(number: int, shown: str) -> None:
    assert ticket_number("A", number) == shown


def test_each_field_counts_its_own_series() -> None:
    hall = Hall(with_series(civil=Series(letter="A", first=500)))

    numbers = [hall.issue(procedure).number for procedure in (BIRTH, COPY, BIRTH, COPY)]

    assert numbers == ["A500", "C001", "A501", "C002"]


def test_two_fields_may_share_a_letter_with_ranges_that_do_not_meet() -> None:
    configuration = with_series(
        civil=Series(letter="A", last=2), certify=Series(letter="A", first=3, last=9)
    )
    hall = Hall(configuration)
    numbers = [hall.issue(procedure).number for procedure in (BIRTH, COPY, BIRTH, COPY)]
    assert numbers == ["A001", "A003", "A002", "A004"]

    with refused(FieldFull, "series A ends at 2 and is used up for today; come back on the next"):
        hall.issue(BIRTH)


def test_series_that_could_collide_are_refused() -> None:
    overlapping = with_series(civil=Series(letter="A"), certify=Series(letter="A", first=999))

    with refused(InvalidValue, "has numbers that the field 'civil' has too"):
        Hall(overlapping)


def test_a_number_that_exists_is_passed_over() -> None:
    hall = Hall()
    hall.do(
        c.EnterOutageTicket(
            ticket=TicketId("a" * 32),
            number=TicketNumber("H001"),
            procedure=BIRTH,
            issued_at=hall.now,
        )
    )
    hall.centre.next_number.clear()

    assert next_ticket_number(hall.centre, hall.centre.field(CIVIL)) == "H002"
    assert next_ticket_number(hall.centre, hall.centre.field(CERTIFY)) == "C001"


def test_a_series_that_begins_later_now_goes_on_from_its_first() -> None:
    hall = Hall()
    hall.issue(BIRTH)
    later = with_series(civil=Series(letter="H", first=100))
    hall.do(c.ApplyConfiguration(configuration=later))

    assert hall.issue(BIRTH).number == "H100"


@pytest.mark.parametrize(
    "number",
    ["H000", "H1000", "h001", "H01", "H0x1", "C001", "", "H", "H０１２", "H0012", "H" + "9" * 5000],
)
def test_a_number_outside_the_series_is_refused(number: str) -> None:
    field = small_configuration().fields[CIVIL]

    with refused(InvalidValue, "expected a number from H001 to H999 for field civil, got"):
        series_of_number(field, TicketNumber(number))


def test_the_running_number_of_a_ticket_number() -> None:
    field = small_configuration().fields[CIVIL]

    assert series_of_number(field, TicketNumber("H042")) == 42
