"""A centre file is read whole, or refused with every problem it has."""

import contextlib
from datetime import date, time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.centre_file import BrokenCentreFile, load_centre, parse_centre
from config.centre_writer import _value
from queue_server.core.configuration import Level
from queue_server.core.problems import Severity
from tests.support.centre_files import SMALL_CENTRE, changed

BROKEN = Path(__file__).parent / "broken.toml"


def problems_in(data: bytes) -> dict[str, str]:
    with pytest.raises(BrokenCentreFile) as refusal:
        parse_centre(data)
    return {each.key: each.reason for each in refusal.value.problems}


def test_names_of_tables_become_identifiers() -> None:
    configuration = parse_centre(SMALL_CENTRE.encode()).configuration

    (field,) = configuration.fields.values()
    (procedure,) = configuration.procedures.values()
    (counter,) = configuration.counters.values()
    assert (field.id, procedure.code, counter.id) == ("land", "1.013978", "one")
    assert counter.profile.fields == {"land": Level.PRIMARY}


def test_times_are_read_as_text_and_as_toml_has_them() -> None:
    written = changed(('"11:00"', "11:00:00"))

    (session,) = parse_centre(written).configuration.hours.weekdays["mon"]

    assert (session.opens, session.tickets_until) == (time(7, 30), time(11))


def test_dates_name_exceptions_to_the_week() -> None:
    written = changed(("[zones.hall]", "[hours.exceptions]\n2026-11-24 = []\n[zones.hall]"))

    assert parse_centre(written).configuration.hours.exceptions == {date(2026, 11, 24): ()}


def test_a_file_of_a_windows_editor_is_read() -> None:
    written = b"\xef\xbb\xbf" + SMALL_CENTRE.replace("\n", "\r\n").encode()

    assert parse_centre(written).configuration.id == "hoa-binh"


def test_a_broken_file_names_all_its_problems() -> None:
    with pytest.raises(BrokenCentreFile) as refusal:
        load_centre(BROKEN)

    reasons = {each.key: each.reason for each in refusal.value.problems}
    assert reasons == {
        "hotlin": reasons["hotlin"],
        "hours.weekdays.mon[1].opens": 'expected a time of day such as "07:30", '
        "got the text 'half past seven'",
        "limits.reinstate_within_s": "expected a whole number of seconds, got the text '20 min'",
        "fields.civil.target_waiting_time_min": reasons["fields.civil.target_waiting_time_min"],
        'procedures."1.000894".terms[1].unit': "expected one of same_day, hours, working_days, "
        "days, months, got the text 'day'",
        "counters.three.zone": 'is missing: expected a text in quotes, "…"',
        "zones.hall.name": "the Vietnamese text (vi) is missing",
        "hours.weekdays.tue[1]": "expected opens before tickets_until, and that not after "
        "closes, got 07:30, 12:00, 11:30",
        "fields.civil.zone": "'hal' does not exist; did you mean 'hall'?",
        "fields.civil.series": "has numbers that the field 'land' has too",
        "fields.seals.series.letter": reasons["fields.seals.series.letter"],
        "procedures.1-000894": reasons["procedures.1-000894"],
        'procedures."1.001193"': "no counter serves it",
        "counters.two.number": "'1' is the number of 'one' too",
        "counters.two.profile.fields.lnd": "'lnd' does not exist; did you mean 'land'?",
    }
    assert "did you mean hotline?" in reasons["hotlin"]
    assert "did you mean target_waiting_time_s?" in reasons["fields.civil.target_waiting_time_min"]
    assert "S is read as 5" in reasons["fields.seals.series.letter"]
    assert "national code such as 1.001193" in reasons["procedures.1-000894"]
    assert "got 14, first hotlin: " in refusal.value.message


def test_a_syntax_error_names_its_line() -> None:
    assert problems_in(b'id = "a"\nname = {\n')[""].startswith("line 2, column ")


def test_text_that_is_not_utf8_names_its_line() -> None:
    assert problems_in(b'id = "a"\n# \xff\n') == {"": "line 2: expected text in UTF-8"}


def test_nesting_without_end_is_refused() -> None:
    assert problems_in(b"a = " + b"[" * 100_000) == {"": "lists and tables are nested too deeply"}


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BrokenCentreFile, match=r"the file: cannot be read: No such file"):
        load_centre(tmp_path / "none.toml")


def test_a_problem_that_only_follows_from_another_is_left_out() -> None:
    written = changed(('zone = "hall"', "zone = 3"))

    assert set(problems_in(written)) == {"fields.land.zone"}


def test_an_identifier_inside_must_agree_with_the_name_of_the_table() -> None:
    assert problems_in(changed(('number = "1"', 'number = "1"\nid = "two"'))) == {
        "counters.one.id": "is taken from the name of the table, 'one'"
    }


@pytest.mark.parametrize(
    ("number", "said"),
    [
        ("true", "true"),
        ("1.5", "the number 1.5"),
        ("9999999999999999", "a number that is too large"),
    ],
)
def test_only_a_whole_number_counts_seconds(number: str, said: str) -> None:
    written = changed(('letter = "D" }', f'letter = "D" }}\ntarget_waiting_time_s = {number}'))

    assert problems_in(written) == {
        "fields.land.target_waiting_time_s": f"expected a whole number of seconds, got {said}"
    }


def test_warnings_let_a_file_through() -> None:
    reading = parse_centre(changed(('letter = "D"', 'letter = "O"')))

    assert [each.severity for each in reading.warnings] == [Severity.WARNING]


@given(st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
def test_no_bytes_break_the_reader(data: bytes) -> None:
    with pytest.raises(BrokenCentreFile):
        parse_centre(data)


LEAVES = (
    st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=8)
    | st.sampled_from(["land", "hall", "D", "1", "1.013978", "primary", "vi", "mon", "07:30"])
    | st.dates()
    | st.times()
)
NAMES = "id name languages hours weekdays mon exceptions zones hall fields land series letter zone"
MORE_NAMES = (
    "procedures field counters one number profile limits routing notices vi holidays papers"
)
KEYS = st.sampled_from([*NAMES.split(), *MORE_NAMES.split(), "2026-11-24", "days_off", "terms"])
VALUES = st.recursive(
    LEAVES, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=5)
)


@given(st.dictionaries(KEYS, VALUES, max_size=8))
def test_no_tables_break_the_reader(tables: dict[str, object]) -> None:
    written = "\n".join(f"{key} = {_value(value)}" for key, value in tables.items())

    with pytest.raises(BrokenCentreFile):
        parse_centre(written.encode())


@given(st.data())
def test_no_change_of_a_good_file_breaks_the_reader(data: st.DataObject) -> None:
    lines = SMALL_CENTRE.splitlines()
    at = data.draw(st.integers(0, len(lines) - 1))
    key, equals, _ = lines[at].partition(" = ")
    lines[at] = f"{key}{equals}{_value(data.draw(VALUES))}" if equals else ""

    with contextlib.suppress(BrokenCentreFile):
        parse_centre("\n".join(lines).encode())
