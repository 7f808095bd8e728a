"""What the journal lost: kept as evidence, counted nowhere."""

from datetime import timedelta

import pytest
from msgspec.structs import replace
from sqlalchemy import Engine

from queue_server.archive.recorder import Recorder
from queue_server.archive.tables import COMMITS, EVENTS, VISITS
from queue_server.core import commands as c
from queue_server.core.commit import Position
from queue_server.core.identifiers import CentreId, CommandId, Epoch
from tests.support.archives import endings, rows, served, visit
from tests.support.centres import Hall

TEST = CentreId("test")


@pytest.fixture
def hall() -> Hall:
    hall = Hall()
    hall.open("1", "lan")
    hall.open("2", "hoa")
    return hall


def test_what_the_journal_lost_is_void(database: Engine, hall: Hall) -> None:
    kept = hall.issue()
    known = len(hall.commits)
    recorder = Recorder(database)
    served(hall)
    lost = hall.issue()
    recorder.record(hall.commits)
    assert visit(database, kept)["state"] == "completed"

    count = recorder.void_after(TEST, Position(Epoch("e2"), known))

    assert count == len(hall.commits) - known
    assert visit(database, kept)["state"] == "waiting"
    assert endings(database, kept) == [None]
    assert lost.id not in {row["ticket"] for row in rows(database, VISITS)}
    assert [row["is_void"] for row in rows(database, COMMITS)].count(True) == count
    assert {row["offset"] for row in rows(database, EVENTS)} == set(range(1, known + 1))
    assert recorder.last_position(TEST) == Position(Epoch("e2"), known)
    assert [commit.offset for commit in recorder.commits_of(TEST)] == list(range(1, known + 1))


def test_after_a_loss_the_offsets_are_used_again(database: Engine, hall: Hall) -> None:
    hall.issue()
    known = len(hall.commits)
    hall.issue()
    recorder = Recorder(database)
    recorder.record(hall.commits)
    recorder.void_after(TEST, Position(Epoch("e2"), known))

    other = replace(hall.commits[known], epoch=Epoch("e2"), command_id=CommandId("f" * 32))
    recorder.record([other])

    assert recorder.commits_of(TEST, after=known) == [other]
    assert len(rows(database, VISITS)) == 2


@pytest.mark.parametrize(("is_closed", "visits"), [(True, 1), (False, 0)])
def test_a_journal_that_begins_anew_leaves_finished_days(
    database: Engine, hall: Hall, *, is_closed: bool, visits: int
) -> None:
    hall.issue()
    if is_closed:
        hall.do(c.CloseDay())
    recorder = Recorder(database)
    recorder.record(hall.commits)

    recorder.void_after(TEST, Position(Epoch("e2"), 0))

    assert len(rows(database, VISITS)) == visits
    again = Hall()
    again.later(minutes=24 * 60)
    again.do(c.CloseDay())
    again.do(c.OpenDay())
    again.issue()
    anew = [
        replace(commit, epoch=Epoch("e2"), at=commit.at + timedelta(1)) for commit in again.commits
    ]
    Recorder(database).record(anew)
    assert Recorder(database).commits_of(TEST) == anew
