"""A centre learns from its own past days, once a day, when nobody is disturbed."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine

from queue_server.app import Core, core_of
from queue_server.archive.database import open_database
from queue_server.archive.migrate import migrate
from queue_server.archive.recorder import Recorder
from queue_server.core import commands as c
from queue_server.core.hours import local_time
from queue_server.core.identifiers import CounterId, StaffId
from queue_server.core.ticket import Outcome
from queue_server.hub.replica import Replica
from queue_server.journal.memory_journal import MemoryJournal
from queue_server.learning import enter, is_due, learned_of
from tests.support.centres import BIRTH, CIVIL, MORNING, Hall, small_configuration
from tests.support.clocks import HandSetClock
from tests.support.servers import parts_for, submit

FACTS = small_configuration()
ONE = CounterId("1")
TUESDAY = (MORNING + timedelta(days=1)).date()


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    engine = open_database(f"sqlite:///{tmp_path / 'queue.sqlite3'}")
    migrate(engine)
    yield engine
    engine.dispose()


def past_day(engine: Engine, visits: int = 30) -> None:
    """Monday: everybody comes at eight, is served for five minutes by Lan, one after another."""
    hall = Hall()
    hall.open("1", "lan")
    for _ in range(visits):
        hall.issue(BIRTH)
    for _ in range(visits):
        hall.do(c.CallNext(counter=ONE))
        hall.do(c.StartServing(counter=ONE))
        hall.later(minutes=5)
        hall.do(c.Complete(counter=ONE, outcome=Outcome.ADVICE_ONLY))
    Recorder(engine).record(hall.commits)


def test_what_the_archive_knows_is_learned(engine: Engine) -> None:
    past_day(engine)

    learned = learned_of(engine, FACTS, TUESDAY)

    assert learned is not None
    assert (learned.days, learned.transactions) == (1, 30)
    assert 300 < learned.mean_transaction_time_s[BIRTH] < 400
    assert learned.clerk_factors[StaffId("lan")] < 1.1
    assert learned.arrivals["mon"][CIVIL][16] == 30
    assert learned.demand == {BIRTH: 1.0}
    [row, *_] = learned.quantiles["walk_in"]
    assert row.p50_s > 0
    assert (learned.usual_waits_s["mon"][CIVIL][16] or 0) == pytest.approx(14.5 * 300, abs=1)


def test_today_and_long_ago_teach_nothing(engine: Engine) -> None:
    past_day(engine, visits=3)

    assert learned_of(engine, FACTS, MORNING.date()) is None
    assert learned_of(engine, FACTS, TUESDAY + timedelta(days=31)) is None


async def opened(core: Core) -> Replica:
    await submit(core, FACTS.id, c.ApplyConfiguration(configuration=FACTS))
    return await submit(core, FACTS.id, c.OpenDay())


async def test_it_enters_the_journal_once_a_day(engine: Engine) -> None:
    past_day(engine, visits=3)
    clock = HandSetClock(MORNING)
    core = core_of(parts_for(MemoryJournal(clock), clock))
    replica = await opened(core)
    await submit(core, FACTS.id, c.CloseDay())
    clock.later(minutes=18 * 60)
    today = local_time(FACTS, clock.now()).date()
    assert is_due(replica.centre, today)

    learned = learned_of(engine, FACTS, today)
    assert learned is not None
    assert await enter(replica, learned)

    assert replica.centre.learned == learned
    offset = replica.centre.offset
    await enter(replica, learned)
    assert replica.centre.offset == offset
    assert not is_due(replica.centre, today)
    assert is_due(replica.centre, today + timedelta(days=1))


async def test_an_open_day_is_disturbed_every_other_day_only(engine: Engine) -> None:
    past_day(engine, visits=3)
    clock = HandSetClock(MORNING)
    core = core_of(parts_for(MemoryJournal(clock), clock))
    replica = await opened(core)
    today = MORNING.date()
    assert is_due(replica.centre, today)  # it never learned before

    learned = learned_of(engine, FACTS, TUESDAY)
    assert learned is not None
    await enter(replica, learned)
    clock.later(minutes=2 * 24 * 60)
    await submit(core, FACTS.id, c.OpenDay())

    assert not is_due(replica.centre, TUESDAY)
    wednesday = TUESDAY + timedelta(days=1)
    assert not is_due(replica.centre, wednesday)
    assert is_due(replica.centre, wednesday + timedelta(days=1))
