"""Changes in words become plans, or are refused in a sentence."""

import pytest
from msgspec.structs import replace

from counters.simulation.cases import case_of_scenario
from counters.simulation.changes import (
    Change,
    Ground,
    apply_changes,
    levels_at,
    parse_changes,
    plain,
)
from counters.simulation.plans import CounterPlan
from counters.simulation.policies import POLICIES
from counters.simulation.vietnamese import in_english
from queue_server.core.configuration import Level
from queue_server.core.errors import InvalidValue
from queue_server.core.identifiers import FieldId
from tests.support.scenarios import bench, small

NINE, HALF_PAST_ELEVEN = 9 * 3600.0, 11.5 * 3600.0


def ground(policy: str = "R0") -> Ground:
    return case_of_scenario(small(), POLICIES[policy]).ground


def changed(text: str, counter: str, on: Ground | None = None) -> CounterPlan:
    on = on or ground()
    plans = apply_changes(parse_changes(text, on), on, seed=0)
    return next(plan for plan in plans if plan.id == counter)


def fields_at(plan: CounterPlan, instant_s: float) -> dict[str, Level] | None:
    levels = levels_at(plan, instant_s)
    if levels is None:
        return None
    return {code.split(".")[1].split("-")[0]: level for code, level in levels.items()}


def test_a_counter_is_closed_for_the_day() -> None:
    plan = changed("close 1", "1")

    assert [each.levels for each in plan.stretches] == [None]


@pytest.mark.parametrize("hours", ["9:00-11:30", "9–11:30", "from 9 to 11h30", "9h00 - 11.30"])
def test_a_counter_takes_a_field_for_some_hours(hours: str) -> None:
    plan = changed(f"counter 1 takes civil {hours}", "1")

    assert fields_at(plan, NINE - 1) == {"land": Level.PRIMARY}
    assert fields_at(plan, NINE) == {"land": Level.PRIMARY, "civil": Level.SECONDARY}
    assert fields_at(plan, HALF_PAST_ELEVEN) == {"land": Level.PRIMARY}


@pytest.mark.parametrize("words", ["counter 1 +civil", "1 + civil", "Counter 1 also takes CIVIL"])
def test_the_same_change_has_several_words(words: str) -> None:
    assert fields_at(changed(words, "1"), NINE) == {
        "land": Level.PRIMARY,
        "civil": Level.SECONDARY,
    }


def test_a_counter_drops_a_field_or_takes_one_alone() -> None:
    assert fields_at(changed("3 -land", "3"), NINE) == {"civil": Level.PRIMARY}
    assert fields_at(changed("counter 3 takes only land", "3"), NINE) == {"land": Level.SECONDARY}


def test_several_changes_are_made_together() -> None:
    on = ground()
    changes = parse_changes("close 1; counter 3 takes only land", on)

    plans = {str(plan.id): plan for plan in apply_changes(changes, on, 0)}

    assert levels_at(plans["1"], NINE) is None
    assert fields_at(plans["3"], NINE) == {"land": Level.SECONDARY}


def test_other_clerks_are_ill_on_other_days() -> None:
    on = case_of_scenario(bench("H1000"), POLICIES["D1"]).ground
    changes = parse_changes("two clerks ill", on)

    closed = [
        frozenset(plan.id for plan in apply_changes(changes, on, seed) if not levels_at(plan, NINE))
        for seed in range(10)
    ]

    assert {len(each) for each in closed} == {2}
    assert len(set(closed)) > 5
    assert parse_changes("2 clerks ill", on)[0].clerks == 2


def test_a_closed_counter_is_opened_with_what_it_would_serve() -> None:
    on = case_of_scenario(bench("S350"), POLICIES["R0"]).ground

    plan = changed("open 1 from 9:00", "1", on)

    assert levels_at(plan, NINE - 1) is None
    assert fields_at(plan, NINE) == {"certify": Level.PRIMARY}


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("", "expected a change like"),
        ("make it better", "expected a change like"),
        ("close 99", "expected a counter of 1, 2, 3, got '99'"),
        ("close", "expected a change like"),
        ("counter 1 takes fishing", "expected a field of land, civil, got 'fishing'"),
        ("counter 2 takes land", "the clerk at counter 2 is trained for civil, not for land"),
        ("open 1", "counter 1 is open already"),
        ("3 clerks ill", "expected 1 to 2 clerks to be ill, got '3'"),
        ("no clerks ill", "expected 1 to 2 clerks to be ill, got 'no'"),
        ("close 1 from 11 to 9", "expected hours that end after they begin"),
        ("close 1 14:00-15:00", "expected hours within 08:00 to 12:00"),
        ("close 1 25:00-26:00", "expected a time of day like 9:30, got '25:00'"),
        ("close 1; close 1", "counter 1 is closed already"),
        ("close 1; counter 1 takes civil", "counter 1 is closed: open it first"),
    ],
)
def test_what_cannot_be_done_is_refused(words: str, expected: str) -> None:
    on = ground()
    with pytest.raises(InvalidValue) as refusal:
        apply_changes(parse_changes(words, on), on, 0)

    assert expected in refusal.value.message


def test_a_refusal_names_the_counter_as_its_sign_does() -> None:
    on = ground()
    on = replace(on, numbers={f"A{number}": each for number, each in on.numbers.items()})
    with pytest.raises(InvalidValue) as refusal:
        apply_changes(parse_changes("close A1; close A1", on), on, 0)

    assert "counter A1 is closed already" in refusal.value.message


@pytest.mark.parametrize(
    ("vietnamese", "english"),
    [
        ("đóng quầy 5", "close 5"),
        ("Mở thêm quầy 3", "open 3"),
        ("đóng quầy số 5 từ 9h", "close 5 from 9h"),
        ("quầy 7 nhận đất đai từ 9h đến 11h30", "counter 7 takes dat dai 9h-11h30"),
        ("quầy 7 nhận thêm đất đai 9:00–11:30", "counter 7 takes dat dai 9:00-11:30"),
        ("quầy 7 chỉ nhận đất đai", "counter 7 only dat dai"),
        ("quầy 7 thôi nhận đất đai đến 10h", "counter 7 drops dat dai until 10h"),
        ("hai cán bộ bị ốm", "2 clerks ill"),
        ("2 nhân viên nghỉ", "2 clerks ill"),
        ("close 5", "close 5"),
    ],
)
def test_vietnamese_words_are_understood(vietnamese: str, english: str) -> None:
    assert in_english(plain(vietnamese)) == english


def test_changes_are_joined_in_both_languages_and_names_keep_their_and() -> None:
    on = ground()
    names = {**on.fields, FieldId("land"): ("land", "Đất đai và môi trường")}
    on = replace(on, fields=names)

    both = parse_changes("đóng quầy 1 và quầy 2 nhận đất đai và môi trường", on)

    assert [(each.kind, each.field) for each in both] == [("close", None), ("add", "land")]


def test_a_refusal_says_why_for_other_languages() -> None:
    with pytest.raises(InvalidValue) as refusal:
        parse_changes("close 99", ground())

    assert refusal.value.facts["reason"] == "change_unknown_counter"
    assert refusal.value.facts["words"] == "99"


def test_a_change_keeps_its_words() -> None:
    (change,) = parse_changes("close 1 from 9:00", ground())

    assert change == Change(
        kind="close", words="close 1 from 9:00", counter=change.counter, from_s=NINE,
        until_s=change.until_s,
    )  # fmt: skip
