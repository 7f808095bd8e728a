"""A process whose clock differs from the store's decides nothing until it is set right."""

from datetime import datetime

import pytest

from queue_server.app import core_of
from queue_server.clock import Clock
from queue_server.core import commands as c
from queue_server.core.commit import Actor
from queue_server.core.errors import ClockOff
from queue_server.core.identifiers import CommandId
from queue_server.hub.clock_check import ClockCheck
from queue_server.hub.replica import Replica, Request
from queue_server.hub.replicas import Replicas
from queue_server.journal.memory_journal import MemoryJournal
from tests.support.centres import rules, small_configuration
from tests.support.clocks import HandSetClock
from tests.support.histories import refused
from tests.support.servers import parts_for, running_server

CENTRE = small_configuration().id


class SlowStoreClock:
    """A store whose answer takes 5 s of the machine's time, read half way."""

    speed = 1.0

    def __init__(self, machine: HandSetClock) -> None:
        self._machine = machine

    def now(self) -> datetime:
        self._machine.later(seconds=2.5)
        instant = self._machine.now()
        self._machine.later(seconds=2.5)
        return instant


@pytest.fixture
def machine() -> HandSetClock:
    return HandSetClock()


@pytest.fixture
def replicas(machine: HandSetClock) -> Replicas:
    store = HandSetClock()
    return Replicas(MemoryJournal(store), rules(), store, lambda _, __: None, machine)


def request(name: str) -> Request:
    command = c.ApplyConfiguration(configuration=small_configuration())
    return Request(
        command=command,
        actor=Actor("system", "test"),
        command_id=CommandId(name),
        payload_hash="same",
    )


def check_of(replicas: Replicas) -> ClockCheck:
    assert replicas.clock_check is not None
    return replicas.clock_check


async def new_replica(replicas: Replicas) -> Replica:
    return await replicas.get(CENTRE, create=True)


@pytest.mark.parametrize(("off_s", "side"), [(3, "3 s ahead of it"), (-60, "60 s behind it")])
async def test_nothing_is_decided_while_the_clocks_differ(
    replicas: Replicas, machine: HandSetClock, off_s: float, side: str
) -> None:
    replica = await new_replica(replicas)
    machine.later(seconds=off_s)
    await check_of(replicas).look()

    with refused(
        ClockOff, "expected this machine's clock within 2 s of the store's, it is " + side
    ):
        await replica.submit(request("a"))

    assert replica.centre.offset == 0
    machine.later(seconds=-off_s)
    await check_of(replicas).look()
    assert await replica.submit(request("a")) is not None


@pytest.mark.parametrize("off_s", [0, 1.9, -1.9])
async def test_small_differences_are_nobodys_concern(
    replicas: Replicas, machine: HandSetClock, off_s: float
) -> None:
    machine.later(seconds=off_s)

    await check_of(replicas).look()

    assert not check_of(replicas).is_off


async def test_a_retry_gets_its_first_answer_while_the_clocks_differ(
    replicas: Replicas, machine: HandSetClock
) -> None:
    replica = await new_replica(replicas)
    first = await replica.submit(request("a"))
    machine.later(seconds=10)
    await check_of(replicas).look()

    assert await replica.submit(request("a")) == first


async def test_a_slow_answer_is_no_difference(machine: HandSetClock) -> None:
    slow: Clock = SlowStoreClock(machine)
    check = ClockCheck(MemoryJournal(slow), machine)

    await check.look()

    assert not check.is_off


async def test_a_process_whose_clock_is_wrong_is_not_ready(machine: HandSetClock) -> None:
    store = HandSetClock()
    parts = parts_for(MemoryJournal(store), store)
    parts.machine = machine
    core = core_of(parts)
    async with running_server(parts, small_configuration(), core) as client:
        assert (await client.get("/health/ready")).status_code == 200
        machine.later(seconds=30)
        await check_of(core.replicas).look()

        answer = await client.get("/health/ready")
        refused_ = await client.post(
            f"/api/v1/centres/{CENTRE}/counters/1/take", headers={"authorization": "Bearer lan"}
        )

    assert answer.status_code == 503
    assert "30 s ahead of it: set the clock right" in answer.json()["missing"][0]
    assert (refused_.status_code, refused_.json()["code"]) == (503, "clock_off")
