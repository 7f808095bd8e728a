"""What is written reads back as the same configuration."""

import tomllib
from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from config.centre_file import load_centre, parse_centre
from config.centre_writer import _value, dump_centre
from config.settings import SAMPLE_CENTRE
from tests.support.centre_files import SMALL_CENTRE

CHARACTERS = st.characters(exclude_categories=["Cs"])


def test_the_sample_centre_reads_back() -> None:
    configuration = load_centre(SAMPLE_CENTRE)

    assert parse_centre(dump_centre(configuration).encode()).configuration == configuration


def test_defaults_are_not_written() -> None:
    configuration = parse_centre(SMALL_CENTRE.encode()).configuration

    assert tomllib.loads(dump_centre(configuration)) == tomllib.loads(
        SMALL_CENTRE.replace('"07:30"', "07:30:00")
        .replace('"11:00"', "11:00:00")
        .replace('"11:30"', "11:30:00")
    )


@given(st.text(CHARACTERS, min_size=1).filter(str.strip))
def test_any_text_reads_back(text: str) -> None:
    configuration = replace(parse_centre(SMALL_CENTRE.encode()).configuration, hotline=text)

    assert parse_centre(dump_centre(configuration).encode()).configuration == configuration


LEAVES = st.booleans() | st.integers() | st.text(CHARACTERS) | st.dates() | st.times()
VALUES = st.recursive(
    LEAVES | st.floats(allow_nan=False, allow_infinity=False),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(CHARACTERS), inner),
)


@given(VALUES)
def test_any_value_is_toml(value: object) -> None:
    assert tomllib.loads(f"value = {_value(value)}")["value"] == value


def test_days_and_times_are_written_as_toml_has_them() -> None:
    assert _value((date(2026, 11, 24), time(7, 30))) == "[2026-11-24, 07:30:00]"


def test_a_number_without_end_is_refused() -> None:
    with pytest.raises(ValueError, match="expected a finite number, got inf"):
        _value(float("inf"))
