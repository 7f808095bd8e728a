"""Proposals are worked out by a worker of their own, once for each turn."""

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace
from rq import Queue
from rq.job import Job as RqJob
from rq.serializers import JSONSerializer

from config.settings import read_settings
from queue_server.app import core_of
from queue_server.clock import ScaledClock
from queue_server.core import commands as c
from queue_server.core.configuration import CentreConfiguration
from queue_server.core.identifiers import CentreId
from queue_server.core.rebalancing_rules import RebalancingRules
from queue_server.follower import Follower
from queue_server.job import Job
from queue_server.job_queues import QueuesInMemory, RqQueues, connect
from queue_server.journal.memory_journal import MemoryJournal
from queue_server.places import Places
from queue_server.reactions import queues_of, rebalance_job, rebalance_turn
from queue_server.rebalance_work import rebalance
from queue_server.workshop import Workshop
from tests.support.centres import MORNING, Hall
from tests.support.clocks import HandSetClock
from tests.support.servers import parts_for, submit
from tests.support.surges import surge, surge_commands, trained_configuration

DONE_WITHIN_S = 60


@pytest.fixture
def shop(
    tmp_path: Path, store_url: str, centre: CentreId, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Workshop]:
    """A centre on a real store, in a surge."""
    monkeypatch.setenv("QUEUE_DATA_FOLDER", str(tmp_path))
    monkeypatch.setenv("QUEUE_REDIS_URL", store_url)
    clock = HandSetClock()
    shop = Workshop(read_settings(), store_url, clock)
    shop.submit(centre, c.ApplyConfiguration(configuration=_named(centre)))
    shop.submit(centre, c.OpenDay())
    for command in surge_commands():
        clock.later(seconds=30)
        shop.submit(centre, command)
    yield shop
    shop.close()


def _named(centre: CentreId) -> CentreConfiguration:
    rules = RebalancingRules(trials=10)
    return replace(trained_configuration(), id=centre, rebalancing=rules)


def turn_of(shop: Workshop) -> int:
    return rebalance_turn(shop.clock.now(), 300)


def test_the_proposals_of_a_turn_reach_the_journal(shop: Workshop, centre: CentreId) -> None:
    rebalance(shop, centre, turn_of(shop))

    found = shop.centre(centre).proposals.values()
    assert {state.proposal.counter for state in found} <= {"1", "2"}
    assert found
    assert all(state.valid_until == shop.clock.now() + timedelta(minutes=10) for state in found)


def test_a_turn_long_past_is_let_go(shop: Workshop, centre: CentreId) -> None:
    rebalance(shop, centre, turn_of(shop) - 2)

    assert not shop.centre(centre).proposals


def test_the_same_turn_again_replaces_what_was_not_answered(
    shop: Workshop, centre: CentreId
) -> None:
    rebalance(shop, centre, turn_of(shop))
    before = len(shop.centre(centre).proposals)
    rebalance(shop, centre, turn_of(shop))

    assert len(shop.centre(centre).proposals) == before


def test_a_real_worker_does_it_once(
    shop: Workshop, centre: CentreId, tmp_path: Path, store_url: str
) -> None:
    ScaledClock.starting(shop.clock.now(), 1.0).keep(Places(tmp_path).clock)
    job = rebalance_job(shop.centre(centre), shop.clock.now())
    assert job is not None
    queues = RqQueues(store_url)
    asyncio.run(queues.offer([job, job]))
    queue = Queue("rebalance", connection=connect(store_url), serializer=JSONSerializer)
    assert queue.get_job_ids().count(job.id) == 1

    crew = subprocess.Popen(
        [sys.executable, "-m", "queue_server", "work", "rebalance"],
        env={**os.environ, "QUEUE_DATA_FOLDER": str(tmp_path), "QUEUE_REDIS_URL": store_url},
    )
    try:
        done = RqJob.fetch(job.id, connection=queue.connection, serializer=JSONSerializer)
        result = done.latest_result(timeout=DONE_WITHIN_S)
        assert result is not None
        assert result.type is result.Type.SUCCESSFUL
        assert shop.centre(centre).proposals
    finally:
        crew.send_signal(signal.SIGTERM)
        crew.wait(20)
    asyncio.run(queues.offer([job]))
    assert job.id not in queue.get_job_ids(), "a turn that was done is not done again"


def test_a_turn_is_a_job_while_somebody_waits_in_serving_hours() -> None:
    hall = surge()
    job = rebalance_job(hall.centre, hall.now)
    assert isinstance(job, Job)
    assert job.queue in queues_of([hall.centre])
    hall.later(seconds=1)
    assert rebalance_job(hall.centre, hall.now) == job, "the same turn, the same id"
    hall.later(minutes=5)
    later = rebalance_job(hall.centre, hall.now)
    assert later is not None
    assert later.id != job.id

    assert rebalance_job(Hall().centre, MORNING) is None, "nobody waits"
    hall.later(minutes=3 * 60 + 30)
    assert rebalance_job(hall.centre, hall.now) is None, "the lunch break"
    hall.later(minutes=2 * 60)
    assert rebalance_job(hall.centre, hall.now) is not None
    off = replace(hall.centre.facts, rebalancing=RebalancingRules(is_on=False))
    hall.do(c.ApplyConfiguration(configuration=off))
    assert rebalance_job(hall.centre, hall.now) is None


async def test_each_turn_is_offered_once_and_none_too_soon_by_the_machine() -> None:
    clock, queues = HandSetClock(), QueuesInMemory()
    core = core_of(parts_for(MemoryJournal(clock), clock))
    name = CentreId("test")
    await submit(core, name, c.ApplyConfiguration(configuration=trained_configuration()))
    await submit(core, name, c.OpenDay())
    follower = Follower(core.replicas, queues, clock)
    await follower.follow(name)
    assert not _turns(queues), "nobody waits"
    for command in surge_commands():
        await submit(core, name, command)

    await follower.follow(name)
    await follower.follow(name)
    assert len(_turns(queues)) == 1
    clock.later(minutes=5)
    await follower.follow(name)
    assert len(_turns(queues)) == 1, "a demo's fast clock keeps no processor busy"
    await Follower(core.replicas, queues, clock).follow(name)
    await Follower(core.replicas, queues, clock).follow(name)
    assert len(_turns(queues)) == 2, "another process offers the same turn, which is one job"


def _turns(queues: QueuesInMemory) -> list[Job]:
    return [job for job in queues.jobs.values() if job.function == "rebalance"]
