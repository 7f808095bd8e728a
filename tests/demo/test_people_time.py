"""Undo, rating and scanning take real seconds in a demo too, whose clock runs faster."""

import pytest

from queue_server.core import commands as c
from queue_server.core.commit import Actor
from queue_server.core.identifiers import CommandId
from queue_server.demo.people_time import give_people_time
from queue_server.hub.replica import Replica, Request
from queue_server.hub.replicas import Replicas
from queue_server.journal.memory_journal import MemoryJournal
from tests.support.centres import rules, small_configuration
from tests.support.clocks import HandSetClock


async def running_replica() -> Replica:
    clock = HandSetClock()
    configuration = small_configuration()
    replicas = Replicas(MemoryJournal(clock), rules(), clock, lambda _, __: None, None)
    replica = await replicas.get(configuration.id, create=True)
    await replica.submit(
        Request(
            command=c.ApplyConfiguration(configuration=configuration),
            actor=Actor("system", "test"),
            command_id=CommandId("begin"),
            payload_hash="same",
        )
    )
    return replica


@pytest.mark.parametrize(
    ("speed", "window_s"), [(0.1, 10), (1.0, 10), (10.0, 100), (12.5, 125), (600.0, 600)]
)
async def test_the_window_grows_with_the_speed(speed: float, window_s: int) -> None:
    replica = await running_replica()

    await give_people_time(replica, small_configuration(), speed)

    assert replica.centre.facts.limits.undo_within_s == window_s


async def test_ratings_and_the_code_at_the_door_grow_with_it() -> None:
    replica = await running_replica()

    await give_people_time(replica, small_configuration(), 10.0)

    facts = replica.centre.facts
    assert (facts.rating.ask_for_s, facts.rating.change_within_s) == (600, 3000)
    assert facts.remote_tickets.code_every_s == 300


async def test_a_restart_at_the_same_speed_changes_nothing() -> None:
    replica = await running_replica()
    await give_people_time(replica, small_configuration(), 10.0)
    offset = replica.centre.offset

    await give_people_time(replica, small_configuration(), 10.0)

    assert replica.centre.offset == offset
