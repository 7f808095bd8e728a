"""A server begins with configured centres, known strategies and numbers that are safe to issue."""

import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace
from sqlalchemy import Engine

from config.centre_file import BrokenCentreFile
from config.centre_writer import dump_centre
from queue_server.app import Parts
from queue_server.archive.database import open_database
from queue_server.archive.migrate import migrate
from queue_server.archive.recorder import Recorder
from queue_server.beginnings import begin
from queue_server.core import events as e
from queue_server.core.centre import Centre
from queue_server.core.configuration import CentreConfiguration
from queue_server.core.errors import InvalidValue
from queue_server.core.routing_rules import RoutingRules
from queue_server.journal.memory_journal import MemoryJournal
from tests.support.centres import CIVIL, MORNING, Hall, small_configuration
from tests.support.clocks import HandSetClock
from tests.support.golden import fold
from tests.support.histories import refused
from tests.support.servers import parts_for


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    engine = open_database(f"sqlite:///{tmp_path / 'queue.sqlite3'}")
    migrate(engine)
    yield engine
    engine.dispose()


@pytest.fixture
def clock() -> HandSetClock:
    return HandSetClock(MORNING)


@pytest.fixture
def parts(clock: HandSetClock) -> Parts:
    return parts_for(MemoryJournal(clock), clock)


class Start:
    """Starts on one folder and one journal; what it leaves is read back from the journal."""

    def __init__(self, folder: Path, parts: Parts, engine: Engine) -> None:
        self.file = folder / "centre.toml"
        self.restored = folder / "restored"
        self.recorder = Recorder(engine)
        self._parts = parts
        self.configure(small_configuration())

    def configure(self, configuration: CentreConfiguration) -> None:
        self.file.write_text(dump_centre(configuration), encoding="utf-8")

    async def begin(self) -> Centre:
        await begin(self._parts, self.file, self.recorder, self.restored)
        return await self.centre()

    async def centre(self) -> Centre:
        return fold(await self._parts.journal.read(small_configuration().id, after=0))

    async def skips(self) -> int:
        commits = await self._parts.journal.read(small_configuration().id, after=0)
        events = [event for commit in commits for event in commit.events]
        return sum(isinstance(event, e.NumbersSkipped) for event in events)


@pytest.fixture
def start(tmp_path: Path, parts: Parts, engine: Engine) -> Start:
    return Start(tmp_path, parts, engine)


async def test_a_new_centre_is_what_its_file_says_and_a_second_start_changes_nothing(
    start: Start,
) -> None:
    first = await start.begin()
    start.configure(replace(small_configuration(), name={"vi": "Tên khác"}))

    second = await start.begin()

    assert first.facts.name["vi"] == "Trung tâm thử"
    assert (second.offset, second.facts.name["vi"]) == (1, "Trung tâm thử")


async def test_an_unknown_strategy_in_the_file_stops_the_start(start: Start) -> None:
    start.configure(replace(small_configuration(), routing=RoutingRules(strategy="fastest")))

    known = "routing.strategy: expected one of graded_levels, graded_lines"
    with refused(BrokenCentreFile, known):
        await start.begin()


async def test_a_centre_with_a_strategy_of_another_release_stops_the_start(
    start: Start, parts: Parts
) -> None:
    odd = replace(small_configuration(), routing=RoutingRules(strategy="fastest"))
    head = (await parts.journal.settle(odd.id)).position
    applied = (e.ConfigurationApplied(configuration=odd),)
    await parts.journal.append(replace(Hall().commits[0], epoch=head.epoch, events=applied))

    with refused(InvalidValue, "graded_levels, graded_lines"):
        await start.begin()


async def test_after_a_restore_the_open_day_skips_numbers_once(
    start: Start, clock: HandSetClock
) -> None:
    start.restored.touch()

    centre = await start.begin()

    assert centre.day is not None
    assert centre.day.is_open
    assert await start.skips() == 1
    assert centre.next_number[CIVIL] == 51
    assert not start.restored.exists()
    clock.later(minutes=1)
    await start.begin()
    assert await start.skips() == 1


async def test_after_a_restore_at_night_no_number_needs_to_be_skipped(
    start: Start, clock: HandSetClock
) -> None:
    clock.instant = MORNING + timedelta(hours=14)
    start.restored.touch()

    centre = await start.begin()

    assert centre.day is None
    assert await start.skips() == 0
    assert not start.restored.exists()


async def test_yesterdays_open_day_is_closed_before_numbers_skip_today(
    start: Start, clock: HandSetClock
) -> None:
    """Restored from yesterday's backup: this morning's numbers are on paper."""
    start.restored.touch()
    await start.begin()
    clock.later(minutes=24 * 60)
    start.restored.touch()

    centre = await start.begin()

    assert centre.day is not None
    assert (centre.day.date.day, centre.day.is_open) == (24, True)
    assert await start.skips() == 2


async def test_numbers_skip_when_the_archive_knows_more_than_the_journal(
    start: Start,
) -> None:
    lost = Hall()
    for _ in range(3):
        lost.issue()
    start.recorder.record(lost.commits)

    centre = await start.begin()

    assert await start.skips() == 1
    assert centre.next_number[CIVIL] == 51


async def test_nothing_is_skipped_when_the_archive_is_behind(start: Start) -> None:
    await start.begin()

    await start.begin()

    assert await start.skips() == 0


def test_the_server_exits_with_the_reason(tmp_path: Path) -> None:
    file = tmp_path / "centre.toml"
    odd = replace(small_configuration(), routing=RoutingRules(strategy="fastest"))
    file.write_text(dump_centre(odd), encoding="utf-8")
    environment = {
        **os.environ,
        "QUEUE_DATA_FOLDER": str(tmp_path / "data"),
        "QUEUE_CENTRE_FILE": str(file),
        "QUEUE_PORT": "1",
    }

    ended = subprocess.run(
        [sys.executable, "-m", "queue_server", "serve"],
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )

    assert ended.returncode == 1
    assert "expected one of graded_levels, graded_lines" in ended.stdout + ended.stderr
    assert "Traceback" not in ended.stdout + ended.stderr
