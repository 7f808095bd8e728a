"""A number on the phone: one for each pass, with limits, and the phone chooses little."""

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import httpx2
import pytest
from msgspec.structs import replace

from queue_server.api.door_codes import new_pass, ticket_of
from queue_server.api.remote import PHONE_COOKIE, Counts, Door
from queue_server.api.remote_refusals import TooManyRemoteTickets
from queue_server.app import Core, core_of
from queue_server.core.citizen_rules import RemoteTicketRules
from queue_server.core.configuration import Limits
from queue_server.core.identifiers import CentreId
from queue_server.journal.memory_journal import MemoryJournal
from tests.support.centres import BIRTH, COPY, MORNING, small_configuration
from tests.support.clocks import HandSetClock
from tests.support.histories import refused
from tests.support.servers import PlainDoorKeys, parts_for, running_server

TEST = CentreId("test")
KEY = PlainDoorKeys().key(TEST)


def entry_pass(n: int = 1, slot: int = 1) -> str:
    return new_pass(KEY, TEST, slot, f"{n:032x}", MORNING)


class Site:
    """A server, and the clock it lives by."""

    def __init__(self, client: httpx2.AsyncClient, core: Core, clock: HandSetClock) -> None:
        self.client, self.core, self.clock = client, core, clock

    async def take(self, n: int = 1, slot: int = 1, key: str = "", **more: Any) -> httpx2.Response:
        body = {"entry_pass": entry_pass(n, slot), "procedure": BIRTH, **more}
        headers = {"idempotency-key": key} if key else {}
        return await self.client.post("/remote-tickets", json=body, headers=headers)

    @property
    def tickets(self) -> list[Any]:
        return list(self.core.replicas.loaded()[0].centre.tickets.values())


@pytest.fixture
def rules() -> RemoteTicketRules:
    return RemoteTicketRules(per_code=3, per_address=5)


@pytest.fixture
async def site(rules: RemoteTicketRules) -> AsyncIterator[Site]:
    clock = HandSetClock()
    parts = parts_for(MemoryJournal(clock), clock)
    parts.state = {"door": Door(keys=PlainDoorKeys(), counts=Counts())}
    core = core_of(parts)
    configuration = replace(
        small_configuration(), remote_tickets=rules, limits=Limits(tickets_per_person=2)
    )
    async with running_server(parts, configuration, core) as client:
        client.base_url = "http://test/api/v1/centres/test"
        yield Site(client, core, clock)


async def test_a_pass_is_good_for_a_number_without_paper(site: Site) -> None:
    taken = await site.take(language="en", dossiers=2)

    assert taken.status_code == 201, taken.text
    (ticket,) = site.tickets
    assert ticket.id == ticket_of(KEY, TEST, f"{1:032x}") == taken.json()["ticket"]["id"]
    assert (ticket.channel, ticket.language, ticket.dossiers) == ("phone", "en", 2)
    assert site.core.replicas.loaded()[0].centre.prints == {}


async def test_a_lost_answer_is_given_again_and_a_second_number_is_not(site: Site) -> None:
    nonce = f"{1:032x}"
    first = await site.take(key=nonce)
    again = await site.take(key=nonce)
    other = await site.take(key="another", procedure=COPY)
    changed = await site.take(key=nonce, procedure=COPY)

    assert again.json() == first.json()
    assert (other.status_code, other.json()["code"]) == (409, "pass_used")
    assert other.json()["ticket"] == first.json()["ticket"]["id"]
    assert (changed.status_code, changed.json()["code"]) == (422, "command_reused")
    assert len(site.tickets) == 1


async def test_a_forged_or_old_pass_gives_nothing(site: Site) -> None:
    body = {"entry_pass": entry_pass()[:-1] + "x", "procedure": BIRTH}
    forged = await site.client.post("/remote-tickets", json=body)
    none = await site.client.post("/remote-tickets", json={"procedure": BIRTH})
    site.clock.later(minutes=11)
    old = await site.take()

    for answer in (forged, none, old):
        assert (answer.status_code, answer.json()["code"]) == (403, "stale_pass")
    assert site.tickets == []


@pytest.mark.parametrize(
    "more",
    [
        {"channel": "kiosk"},
        {"ticket": "a" * 32},
        {"person_key": "k"},
        {"person": "p"},
        {"appointment_at": "2026-11-23T03:00:00Z"},
        {"printer": "kiosk"},
        {"print_slip": True},
        {"identity": "012345678901"},
    ],
)
async def test_the_phone_chooses_nothing_else(site: Site, more: dict[str, Any]) -> None:
    answer = await site.take(**more)

    assert answer.status_code == 422
    assert site.tickets == []


async def test_one_code_gives_only_so_many_numbers(site: Site) -> None:
    statuses = [(await site.take(n)).status_code for n in range(4)]
    with_next_code = await site.take(9, slot=2)

    assert statuses == [201, 201, 201, 429]
    assert with_next_code.status_code == 201


async def test_one_address_gives_only_so_many_numbers(site: Site) -> None:
    statuses = [(await site.take(n, slot=n)).status_code for n in range(6)]
    site.clock.later(minutes=9)
    body = {"entry_pass": new_pass(KEY, TEST, 99, "9" * 32, site.clock.now()), "procedure": BIRTH}
    soon = await site.client.post("/remote-tickets", json=body)
    site.clock.later(minutes=1)
    later = await site.client.post("/remote-tickets", json=body)

    assert statuses == [*[201] * 5, 429]
    assert (soon.status_code, later.status_code) == (429, 201)


async def test_one_phone_has_as_many_numbers_as_one_person(site: Site) -> None:
    site.client.cookies.set(PHONE_COOKIE, "this phone")
    statuses = [(await site.take(n, slot=n)) for n in range(3)]

    assert [answer.status_code for answer in statuses] == [201, 201, 409]
    assert statuses[-1].json()["code"] == "too_many_tickets"


async def test_out_of_hours_nothing_is_given(site: Site) -> None:
    site.clock.later(minutes=12 * 60)
    evening = new_pass(KEY, TEST, 1, "1" * 32, site.clock.now())
    body = {"entry_pass": evening, "procedure": BIRTH}
    answer = await site.client.post("/remote-tickets", json=body)

    assert (answer.status_code, answer.json()["code"]) == (409, "tickets_closed")


class TestSwitchedOff:
    @pytest.fixture
    def rules(self) -> RemoteTicketRules:
        return RemoteTicketRules(is_on=False)

    async def test_a_centre_may_give_none(self, site: Site) -> None:
        answer = await site.take()

        assert (answer.status_code, answer.json()["code"]) == (404, "remote_tickets_off")


def test_old_counts_are_swept_out() -> None:
    counts = Counts()
    for n in range(3_000):
        counts.take(n, 1, MORNING)
    counts.take("later", 1, MORNING + timedelta(minutes=11))

    assert len(counts._taken) < 100
    with refused(TooManyRemoteTickets, "expected at most 1 numbers in ten minutes"):
        counts.take("later", 1, MORNING + timedelta(minutes=12))
