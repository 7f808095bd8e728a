"""`queue-server simulate` and `replay` answer on the command line, from real files and records."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from counters.simulation.core_day import MIDNIGHT, CoreDay
from counters.simulation.day import day_of
from counters.simulation.policies import POLICIES
from queue_server.__main__ import main
from queue_server.archive.database import open_database, reading
from queue_server.archive.demand import demand_of, seen_on
from queue_server.archive.lasting import lasting_centre
from queue_server.archive.migrate import migrate
from queue_server.archive.recorder import Recorder
from queue_server.core.apply import apply_event
from queue_server.core.configuration import Level, WorkProfile
from queue_server.core.events import WorkProfileChanged
from queue_server.core.identifiers import CentreId
from queue_server.core.learned import LearnedParameters
from queue_server.simulate_today import GUESSED, Records, as_set, expected_today
from tests.support.scenarios import small, small_file

CENTRE = CentreId("simulated")


@pytest.fixture(autouse=True)
def kept_settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The commands put their options into the environment; each test has its own."""
    monkeypatch.setenv("QUEUE_DATA_FOLDER", str(tmp_path))


@pytest.fixture
def file(tmp_path: Path) -> str:
    path = tmp_path / "small.json"
    path.write_text(json.dumps(small_file()))
    return str(path)


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """The records of a day that the live core ran, and of the same weekday a week later."""
    engine = open_database(f"sqlite:///{tmp_path / 'queue.sqlite3'}")
    migrate(engine)
    day = CoreDay(small(), day_of(small(), 1), POLICIES["D1"])
    day.run()
    Recorder(engine).record(day.hall.commits)
    engine.dispose()
    return tmp_path


def answer(capsys: pytest.CaptureFixture[str], *arguments: str) -> Any:
    assert main([*arguments, "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def test_each_change_is_an_arm_with_paired_differences(
    file: str, capsys: pytest.CaptureFixture[str]
) -> None:
    options = ("--scenario", file, "--change", "close 1", "--change", "2 clerks ill", "--days", "6")

    found = answer(capsys, "simulate", *options)

    assert [arm["name"] for arm in found["arms"]] == ["as it is", "close 1", "2 clerks ill"]
    assert found["arms"][1]["differences"]["mean"]["mean"] > 0
    assert found["arms"][0]["differences"] == {}


def test_the_same_seeds_give_the_same_answer(file: str, capsys: pytest.CaptureFixture[str]) -> None:
    options = ("simulate", "--scenario", file, "--days", "3", "--seed-from", "7", "--policy", "c")

    assert answer(capsys, *options) == answer(capsys, *options)


def test_a_table_and_a_picture_are_made(
    file: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    picture = tmp_path / "plot.svg"

    status = main(
        [
            "simulate",
            "--scenario",
            file,
            "--change",
            "close 3",
            "--days",
            "4",
            "--plot",
            str(picture),
        ]
    )

    shown = capsys.readouterr().out
    assert status == 0
    assert "mean wait" in shown
    assert "close 3" in shown
    assert picture.read_text().startswith("<svg")


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (["--change", "close 99"], "expected a counter of 1, 2, 3, got '99'"),
        (["--policy", "best"], "expected a policy of a, b, c"),
    ],
)
def test_what_cannot_be_simulated_is_refused_in_a_sentence(
    file: str, options: list[str], expected: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["simulate", "--scenario", file, *options]) == 1
    assert expected in capsys.readouterr().err


def test_today_is_guessed_without_an_archive(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("QUEUE_DATA_FOLDER", str(tmp_path / "none"))

    found = answer(capsys, "simulate", "--days", "2")

    assert "visits guessed from the configuration" in found["scenario"]


def test_the_demand_of_a_day_is_that_of_its_weekday_before(archive: Path) -> None:
    engine = open_database(f"sqlite:///{archive / 'queue.sqlite3'}")
    with reading(engine) as connection:
        found = demand_of(connection, CENTRE, (MIDNIGHT + timedelta(weeks=1)).date(), "UTC")
        other = demand_of(connection, CENTRE, (MIDNIGHT + timedelta(days=1)).date(), "UTC")
        seen = seen_on(connection, CENTRE, MIDNIGHT.date())
    engine.dispose()

    assert found is not None
    assert found.days == 1
    visits = day_of(small(), 1)
    walk_ins = sum(visit.slot_s is None for visit in visits)
    assert walk_ins < len(visits)
    assert sum(sum(half_hours) for half_hours in found.arrivals.values()) == pytest.approx(walk_ins)
    assert sum(found.mix.values()) == walk_ins
    assert other is None
    assert sum(seen.values()) == walk_ins


def test_today_is_the_centre_as_it_was_left(
    archive: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    own = ("simulate", "--centre", CENTRE, "--data-folder", str(archive), "--days", "2")
    engine = open_database(f"sqlite:///{archive / 'queue.sqlite3'}")
    with reading(engine) as connection:
        centre = lasting_centre(connection, CENTRE)
    engine.dispose()
    field = next(iter(centre.facts.fields))
    only = WorkProfile(fields={field: Level.PRIMARY})
    for counter in centre.counters:
        apply_event(centre, WorkProfileChanged(counter=counter, profile=only), MIDNIGHT)
    times = dict.fromkeys(centre.facts.procedures, 77.0)
    centre.learned = LearnedParameters(
        learned_on=MIDNIGHT.date(), mean_transaction_time_s=times, no_show_share=0.3
    )

    found = answer(capsys, *own)
    records = Records(centre=centre)
    expected, source = expected_today(records, MIDNIGHT)

    assert found["scenario"].startswith(CENTRE)
    assert {each.profile.fields[field] for each in as_set(centre).counters.values()} == {
        Level.PRIMARY
    }
    assert (expected.mean_s, expected.no_show_share) == (times, 0.3)
    assert source == GUESSED


def test_today_of_a_centre_nobody_knows_is_refused(
    archive: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["simulate", "--centre", "hue", "--data-folder", str(archive)]) == 1
    assert "expected a centre of the records or" in capsys.readouterr().err


def test_a_replayed_day_has_the_same_calls_and_other_rules_have_others(
    archive: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    day = ("replay", "2026-11-23", "--centre", CENTRE, "--data-folder", str(archive))

    same = answer(capsys, *day)
    other = answer(capsys, *day, "--strategy", "longest_waiting")

    assert same["calls"] == same["same"] > 40
    assert [arm["name"] for arm in same["arms"]] == ["rules of the day"]
    assert other["same"] < other["calls"] == same["calls"]
    assert [arm["name"] for arm in other["arms"]] == ["rules of the day", "other rules"]
    assert other["arms"][1]["differences"]["mean"]["half_width"] is None


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (["2026-11-24"], "expected a day in the records of simulated, got 2026-11-24"),
        (["yesterday"], "expected a date like 2026-11-23, got 'yesterday'"),
        (["2026-11-23", "--mode", "slow"], "expected a mode of equal, standard, fast"),
        (["2026-11-23", "--strategy", "vip"], "expected a routing strategy of graded_levels"),
    ],
)
def test_what_cannot_be_replayed_is_refused(
    archive: Path, options: list[str], expected: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["replay", *options, "--centre", CENTRE, "--data-folder", str(archive)]) == 1
    assert expected in capsys.readouterr().err


def test_a_replay_is_shown_as_a_table(archive: Path, capsys: pytest.CaptureFixture[str]) -> None:
    options = ["--centre", CENTRE, "--data-folder", str(archive), "--mode", "fast"]

    assert main(["replay", "2026-11-23", *options]) == 0
    assert "the rules call the same ticket in" in capsys.readouterr().out
