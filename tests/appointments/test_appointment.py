"""What somebody types or scans on arrival is told apart."""

import pytest

from queue_server.appointments.appointment import arrival_of, new_code, plain_phone
from queue_server.core.errors import InvalidValue

TICKET = "0123456789abcdef" * 2


@pytest.mark.parametrize("text", [f"http://127.0.0.1/t/{TICKET}", TICKET.upper()])
def test_a_scanned_address_names_the_ticket(text: str) -> None:
    assert arrival_of(text).ticket == TICKET


@pytest.mark.parametrize("text", ["012 345", " 012345 ", "012-345"])
def test_six_digits_are_a_code(text: str) -> None:
    assert arrival_of(text).code == "012345"


@pytest.mark.parametrize("text", ["0912 345 678", "+84 912 345 678", "0084912345678"])
def test_a_phone_number_has_one_form(text: str) -> None:
    assert arrival_of(text).phone == "0912345678"


def test_a_number_of_another_country_keeps_its_country() -> None:
    assert plain_phone("+49 30 901820") == "4930901820"


@pytest.mark.parametrize("text", ["hello", "12345", "1" * 16, "0912 345 678x"])
def test_anything_else_is_refused_without_repeating_it(text: str) -> None:
    with pytest.raises(InvalidValue, match="expected a code of 6 digits") as refusal:
        arrival_of(text)

    assert text not in refusal.value.message


def test_a_code_has_six_digits() -> None:
    assert all(len(code) == 6 and code.isdigit() for code in (new_code() for _ in range(100)))
