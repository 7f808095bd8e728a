"""Dossier codes have the national shape and nothing else passes for one."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from queue_server.core.errors import InvalidValue
from queue_server.intake.dossier_code import dossier_code, is_valid


@pytest.mark.parametrize(
    ("agency", "day", "number", "expected"),
    [
        ("H26.12", date(2025, 7, 4), 12, "H26.12-250704-0012"),
        ("H55.242", date(2026, 11, 22), 9999, "H55.242-261122-9999"),
        ("H29", date(2026, 1, 1), 10_000, "H29-260101-10000"),
        ("000.12.34.H26", date(2026, 1, 1), 1, "000.12.34.H26-260101-0001"),
    ],
)
def test_writes_agency_day_and_number(agency: str, day: date, number: int, expected: str) -> None:
    assert dossier_code(agency, day, number) == expected


@pytest.mark.parametrize(
    "agency",
    ["", "H", "26.12", "h26.12", "H26.", "H26.1234", "H26-1", "H26.12 ", "H26.12\n", "Đ26"],
)
def test_refuses_a_malformed_agency(agency: str) -> None:
    with pytest.raises(InvalidValue, match="agency identifier such as"):
        dossier_code(agency, date(2026, 1, 1), 1)


@pytest.mark.parametrize("number", [-1, 0, 100_000])
def test_refuses_a_number_outside_the_series(number: int) -> None:
    with pytest.raises(InvalidValue, match="running number from 1 to 99999"):
        dossier_code("H26.12", date(2026, 1, 1), number)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "A012",
        "H26.12-250704",
        "H26.12-250704-012",
        "H26.12-250704-0000",
        "H26.12-251304-0012",
        "H26.12-250230-0012",
        "H26.12-250704-001234",
        "H26.12-250704-0012\n",
        " H26.12-250704-0012",
        "H26.12-２５0704-0012",
        "00.12.34.H26-250704-0012",
    ],
)
def test_what_only_resembles_a_code_is_not_valid(text: str) -> None:
    assert not is_valid(text)


AGENCIES = st.from_regex(
    r"[A-Z][0-9]{2}(\.[0-9]{1,3}){0,4}", fullmatch=True, alphabet="HG.0123456789"
)


@given(AGENCIES, st.dates(date(2000, 1, 1), date(2068, 12, 31)), st.integers(1, 99_999))
def test_every_code_written_is_valid_and_alone(agency: str, day: date, number: int) -> None:
    code = dossier_code(agency, day, number)

    assert is_valid(code)
    if number > 1:
        assert dossier_code(agency, day, number - 1) != code
