"""A counter whose clerk is heard by no process is paused; anybody else is left alone."""

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import datetime

import pytest
from msgspec.structs import replace

from queue_server.core import commands as c
from queue_server.core.configuration import Limits
from queue_server.core.counter import Availability, CounterState
from queue_server.core.errors import StoreUnavailable
from queue_server.core.identifiers import CentreId, CounterId, StaffId, TicketId
from queue_server.core.ticket import TicketState
from queue_server.hub.presence import LOOK_EVERY_S, Presence
from queue_server.hub.replica import Replica
from queue_server.hub.replicas import Replicas
from queue_server.hub.stand_up import stand_up
from queue_server.journal.memory_journal import MemoryJournal
from queue_server.journal.protocol import Journal
from tests.hub.test_replicas import do, process, request
from tests.support.centres import BIRTH, small_configuration
from tests.support.clocks import HandSetClock

ONE, LAN, TICKET = CounterId("1"), StaffId("lan"), TicketId("1" * 32)


class Process:
    """One process of a server: its replica of the centre, and what it hears."""

    def __init__(self, replicas: Replicas, clock: HandSetClock, centre: CentreId) -> None:
        self.replicas = replicas
        self.presence = Presence(replicas, clock)
        self._centre = centre

    async def replica(self) -> Replica:
        return await self.replicas.get(self._centre, create=True)

    async def counter(self) -> CounterState:
        replica = await self.replica()
        await replica.catch_up()
        return replica.centre.counters[ONE]

    def heard_page(self) -> None:
        self.presence.heard_page(self._centre, LAN)

    def heard_command(self) -> None:
        self.presence.heard_command(self._centre, ONE)


class House:
    """Two processes on one journal, and a clerk at counter 1 who has called somebody."""

    def __init__(self, one: Process, two: Process, clock: HandSetClock, centre: CentreId) -> None:
        self.one, self.two = one, two
        self.clock = clock
        self.centre = centre

    async def open(self, *more: c.Command, limits: Limits | None = None) -> "House":
        configuration = replace(small_configuration(), id=self.centre, limits=limits or Limits())
        await do(
            await self.one.replica(),
            c.ApplyConfiguration(configuration=configuration),
            c.OpenDay(),
            c.IssueTicket(ticket=TICKET, procedure=BIRTH),
            c.TakeCounter(counter=ONE, staff=LAN),
            c.OpenCounter(counter=ONE),
            c.CallNext(counter=ONE),
            *more,
        )
        await self.two.replica()
        return self

    async def pass_time(self, seconds: float, *, without: Sequence[Process] = ()) -> None:
        """Let every process look as often as it does."""
        for _ in range(int(seconds / LOOK_EVERY_S)):
            self.clock.later(seconds=LOOK_EVERY_S)
            for each in (self.one, self.two):
                if each not in without:
                    await (await each.replica()).catch_up()
                    await each.presence.look()


@asynccontextmanager
async def house_on(journal: Journal, centre: CentreId) -> AsyncIterator[House]:
    clock = HandSetClock()
    async with process(journal, clock) as one, process(journal, clock) as two:
        yield House(Process(one, clock, centre), Process(two, clock, centre), clock, centre)


@pytest.fixture
async def house(journal: Journal, centre: CentreId) -> AsyncIterator[House]:
    async with house_on(journal, centre) as opened:
        yield opened


async def test_a_clerk_whose_page_is_gone_is_paused_and_the_called_waits_again(
    house: House,
) -> None:
    await house.open()
    house.one.heard_page()
    await house.pass_time(120)
    assert (await house.one.counter()).availability is Availability.OPEN

    await house.pass_time(10)

    counter = await house.one.counter()
    assert (counter.availability, counter.pause_reason) == (Availability.PAUSED, "silent")
    assert counter.given_back == (TICKET,)
    ticket = (await house.one.replica()).centre.tickets[TICKET]
    assert ticket.state is TicketState.WAITING


async def test_a_page_on_another_process_is_a_sign_of_life(house: House) -> None:
    await house.open()
    house.one.heard_page()
    for _ in range(10):
        await house.pass_time(60)
        house.two.heard_page()

    assert (await house.one.counter()).availability is Availability.OPEN


async def test_a_command_is_a_sign_of_life(house: House) -> None:
    await house.open()
    house.one.heard_page()
    for _ in range(5):
        await house.pass_time(60)
        house.two.heard_command()

    assert (await house.one.counter()).availability is Availability.OPEN


async def test_whoever_never_had_a_page_is_never_silent(house: House) -> None:
    await house.open()
    house.one.heard_command()

    await house.pass_time(600)

    assert (await house.one.counter()).availability is Availability.OPEN


async def test_a_page_of_an_earlier_sitting_says_nothing_about_this_one(house: House) -> None:
    await house.open()
    house.one.heard_page()
    await house.pass_time(5)
    replica = await house.one.replica()
    await do(replica, c.LeaveCounter(counter=ONE))
    house.clock.later(seconds=1)
    await do(replica, c.TakeCounter(counter=ONE, staff=LAN, name="Lan"))
    await do(replica, c.OpenCounter(counter=ONE))

    await house.pass_time(300)

    assert (await house.one.counter()).availability is Availability.OPEN


async def test_nothing_is_silent_where_the_centre_wants_it_so(house: House) -> None:
    await house.open(limits=Limits(silent_after_s=0))
    house.one.heard_page()

    await house.pass_time(600)

    assert (await house.one.counter()).availability is Availability.OPEN


async def test_a_process_that_was_away_judges_nobody_at_once(house: House) -> None:
    """After a restart of the server or the store every page is first given time to come back."""
    await house.open()
    house.one.heard_page()
    await house.pass_time(5)
    house.clock.later(minutes=30)

    await house.pass_time(115)
    house.two.heard_page()
    await house.pass_time(60)

    assert (await house.one.counter()).availability is Availability.OPEN


async def test_who_is_served_stays_with_a_counter_that_fell_silent(house: House) -> None:
    await house.open(c.StartServing(counter=ONE))
    house.one.heard_page()

    await house.pass_time(130)

    counter = await house.one.counter()
    assert (counter.availability, counter.ticket) == (Availability.PAUSED, TICKET)


async def test_a_counter_that_is_opened_without_its_clerk_is_paused_again(house: House) -> None:
    await house.open()
    house.one.heard_page()
    await house.pass_time(130)
    replica = await house.one.replica()
    await replica.submit(request(c.OpenCounter(counter=ONE), "f" * 32))
    house.one.heard_command()
    await house.pass_time(100)
    assert (await house.one.counter()).availability is Availability.OPEN

    await house.pass_time(30)

    assert (await house.one.counter()).pause_reason == "silent"


class AwayForAWhile(MemoryJournal):
    """A store that cannot be asked about signs of life now."""

    is_away = False

    async def signs_of_life(self, centre: CentreId) -> Mapping[str, datetime]:
        if self.is_away:
            message = "expected an answer of the store"
            raise StoreUnavailable(message)
        return await super().signs_of_life(centre)


async def test_nobody_is_judged_by_what_the_store_could_not_be_told(centre: CentreId) -> None:
    journal = AwayForAWhile(HandSetClock())
    async with house_on(journal, centre) as house:
        await house.open()
        house.one.heard_page()
        await house.pass_time(5)
        journal.is_away = True
        for _ in range(60):
            house.clock.later(seconds=LOOK_EVERY_S)
            with pytest.raises(StoreUnavailable):
                await house.one.presence.look()
        journal.is_away = False

        await house.pass_time(100, without=[house.two])

        assert (await house.one.counter()).availability is Availability.OPEN


async def test_whoever_signs_out_leaves_the_counter(house: House) -> None:
    await house.open()

    await stand_up(house.one.replicas, LAN)

    counter = await house.one.counter()
    assert (counter.staff, counter.availability) == (None, Availability.CLOSED)
    assert (await house.one.replica()).centre.tickets[TICKET].state is TicketState.WAITING


async def test_whoever_signs_out_while_serving_leaves_the_citizen_at_a_paused_counter(
    house: House,
) -> None:
    await house.open(c.StartServing(counter=ONE))

    await stand_up(house.one.replicas, LAN)

    counter = await house.one.counter()
    assert (counter.pause_reason, counter.ticket) == ("signed_out", TICKET)
    await stand_up(house.one.replicas, StaffId("nobody"))
