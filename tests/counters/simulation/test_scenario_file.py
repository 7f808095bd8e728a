"""Scenario files are read whole, filled from the bench centre, or refused in sentences."""

import json
from typing import Any

import pytest

from counters.simulation.scenario import Scenario
from counters.simulation.scenario_file import scenarios_of
from queue_server.core.configuration import Level
from queue_server.core.errors import InvalidValue
from queue_server.scenarios import BENCH, bench_scenarios, random_scenarios, scenario_named
from tests.support.scenarios import bench, small, small_file


def read(content: object) -> tuple[Scenario, ...]:
    return scenarios_of(json.dumps(content).encode(), BENCH.read_bytes(), "mine")


def test_the_bench_centre_is_five_days_of_one_centre() -> None:
    names = {
        each.name: round(sum(field.visits for field in each.fields)) for each in bench_scenarios()
    }

    assert names == {"S350": 350, "M700": 700, "H1000": 1000, "X1200": 1200, "SURGE": 960}
    assert [post.id for post in bench("S350").posts if post.is_open] == [
        "2", "3", "6", "8", "11", "13", "14", "15",
    ]  # fmt: skip


def test_times_are_seconds_and_shares_add_up() -> None:
    scenario = small()

    assert (scenario.opens_s, scenario.closes_s) == (8 * 3600, 12 * 3600)
    assert [load.mean_s for load in scenario.fields[0].procedures] == [600.0, 1200.0]
    assert sum(scenario.profile) == pytest.approx(1.0)
    assert scenario.posts[0].breaks == ((570 * 60.0, 580 * 60.0),)
    assert scenario.slowdown[Level.BACK_UP] == 1.2


def test_the_reference_time_is_weighted_by_demand() -> None:
    assert bench("H1000").reference_s / 60 == pytest.approx(5.9, abs=0.1)


def test_centres_take_over_what_they_leave_out() -> None:
    first = random_scenarios()[0]

    assert first.name == "random-00"
    assert first.opens_s == bench("H1000").opens_s
    assert first.posts[3].breaks == bench("H1000").posts[3].breaks
    assert len(random_scenarios()) == 40


def test_another_number_of_counters_needs_no_clerks_and_breaks() -> None:
    (scenario,) = read({"visitors_per_day": 100, "active": [["land"], ["civil"]]})

    assert [post.clerk_factor for post in scenario.posts] == [1.0, 1.0]
    assert all(post.breaks for post in scenario.posts)
    assert scenario.posts[0].trained == ("land",)


def test_names_with_accents_and_spaces_become_identifiers() -> None:
    land, civil = "Đất đai", "Hộ tịch"
    counters = {"active": [[land]], "trained": [[land, civil]], "clerk_factor": [1], "breaks": [[]]}

    (scenario,) = read(small_file(fields=[land, civil], **counters))

    assert [field.id for field in scenario.fields] == ["dat-dai", "ho-tich"]
    assert scenario.posts[0].trained == ("dat-dai", "ho-tich")


BAD: list[tuple[dict[str, Any], str]] = [
    (
        {"fielts": ["land"]},
        "expected the field 'fields', got 'fielts'",
    ),
    (
        {"open": "7 o'clock"},
        'open: expected a time of day like 07:30, got "7 o\'clock"',
    ),
    (
        {"close": "07:00"},
        "close: expected a time after the last ticket, got 07:00",
    ),
    (
        {"field_share": [0.5]},
        "field_share: expected 2 numbers, one for each field, got 1",
    ),
    (
        {"field_share": [0.5, -0.5]},
        "field_share: expected numbers of 0 or more, got -0.5",
    ),
    (
        {"active": [["land"], ["police"]], "trained": [["land"], ["civil"]]},
        "active: counter 2: expected a field of land, civil, got 'police'",
    ),
    (
        {"clerk_factor": [1.0]},
        "clerk_factor: expected 3 numbers, one for each counter, got 1",
    ),
    (
        {"p_noshow": 1.5},
        "p_noshow: expected a share from 0 to 1, got 1.5",
    ),
    (
        {"procedure_means_min": [[10.0], []]},
        "procedure_means_min: civil: expected at least one procedure, got none",
    ),
    (
        {"procedure_means_min": [[0], [5]]},
        "procedure_means_min: land: expected minutes above 0, got 0",
    ),
    (
        {"arrival_profile_30min": [0, 0]},
        "arrival_profile_30min: expected shares of 0 or more, some above 0",
    ),
    (
        {"level_slowdown": [1, 0, 1]},
        "level_slowdown: expected factors above 0, got 0",
    ),
    (
        {"breaks": [[[600, 590]], [], []]},
        "breaks: counter 1: expected a break that ends after it begins, got 600 to 590",
    ),
    (
        {"scenarios": {"x": {"n": 10, "counters": [3]}}},
        "scenarios.x: expected counters from 0 to 2, got 3",
    ),
    (
        {"scenarios": {"x": {"n": -1}}},
        "scenarios.x: expected 0 visits a day or more, got -1",
    ),
    (
        {"scenarios": {"x": {"n": 1, "surge": {"sea": 2}}}},
        "scenarios.x: expected a surge of land, civil, got 'sea'",
    ),
    (
        {"visitors_per_day": "many"},
        "Expected `float",
    ),
]


@pytest.mark.parametrize(("change", "expected"), BAD)
def test_a_bad_file_is_refused_with_what_was_expected(
    change: dict[str, Any], expected: str
) -> None:
    with pytest.raises(InvalidValue) as refusal:
        read(small_file(**change))

    assert expected in refusal.value.message


def test_every_problem_is_named_at_once() -> None:
    with pytest.raises(InvalidValue) as refusal:
        read(small_file(p_noshow=2, p_transfer=-1))

    assert len(refusal.value.message.splitlines()) == 2


@pytest.mark.parametrize("content", [b"{", b"[]", b"3"])
def test_what_is_no_object_is_refused(content: bytes) -> None:
    with pytest.raises(InvalidValue, match="expected a scenario file"):
        scenarios_of(content)


def test_a_file_of_several_needs_a_name() -> None:
    assert scenario_named(f"{BENCH}:H1000").name == "H1000"
    with pytest.raises(InvalidValue, match="expected one of the scenarios"):
        scenario_named(str(BENCH))
    with pytest.raises(InvalidValue, match="expected a scenario of S350"):
        scenario_named("H999")
    with pytest.raises(InvalidValue, match="No such file"):
        scenario_named("/nowhere/at-all.json")
