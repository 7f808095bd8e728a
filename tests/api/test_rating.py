"""A rating over HTTP: by whoever holds the ticket, or by the tablet of the counter; never staff."""

from collections.abc import AsyncIterator

import httpx2
import pytest

from queue_server.app import core_of
from queue_server.core.identifiers import TicketId
from queue_server.journal.memory_journal import MemoryJournal
from tests.support.centres import BIRTH, small_configuration
from tests.support.clocks import HandSetClock
from tests.support.servers import CommentsInMemory, parts_for, running_server


def as_(token: str) -> dict[str, str]:
    return {"authorization": f"Bearer {token}"}


@pytest.fixture
def comments() -> CommentsInMemory:
    return CommentsInMemory()


@pytest.fixture
async def client(comments: CommentsInMemory) -> AsyncIterator[httpx2.AsyncClient]:
    clock = HandSetClock()
    parts = parts_for(MemoryJournal(clock), clock)
    parts.comments = comments
    async with running_server(parts, small_configuration(), core_of(parts)) as client:
        client.base_url = "http://test/api/v1/centres/test"
        yield client


async def served(client: httpx2.AsyncClient) -> TicketId:
    issued = await client.post("/tickets", json={"procedure": BIRTH}, headers=as_("kiosk"))
    for action in ("take", "open", "call-next", "start-serving"):
        await client.post(f"/counters/1/{action}", headers=as_("lan"))
    finish = {"outcome": "advice_only"}
    done = await client.post("/counters/1/complete", json=finish, headers=as_("lan"))
    assert done.status_code == 201, done.text
    return TicketId(issued.json()["ticket"]["id"])


async def test_the_holder_of_the_ticket_rates(
    client: httpx2.AsyncClient, comments: CommentsInMemory
) -> None:
    ticket = await served(client)
    body = {"score": 4, "criteria": {"attitude": 3}, "comment": " Rất tốt "}

    done = await client.post(f"/tickets/{ticket}/rate", json=body)

    assert done.status_code == 201
    (event,) = done.json()["events"]
    assert (event["score"], event["counter"], event["has_comment"]) == (4, "1", True)
    assert "Rất tốt" not in done.text, "what a citizen writes stays out of the journal"
    assert comments.texts == {ticket: "Rất tốt"}


async def test_staff_do_not_rate(client: httpx2.AsyncClient) -> None:
    ticket = await served(client)

    for who in ("lan", "minh", "admin", "kiosk"):
        refused = await client.post(f"/tickets/{ticket}/rate", json={"score": 4}, headers=as_(who))
        assert refused.status_code == 403


async def test_a_tablet_rates_what_its_own_counter_served(client: httpx2.AsyncClient) -> None:
    ticket = await served(client)
    body = {"score": 3}

    other = await client.post(f"/tickets/{ticket}/rate", json=body, headers=as_("rating-2"))
    own = await client.post(f"/tickets/{ticket}/rate", json=body, headers=as_("rating-1"))

    assert (other.status_code, own.status_code) == (403, 201)


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"score": 0},
        {"score": 5},
        {"score": "4"},
        {"score": 4, "criteria": {"looks": 1}},
        {"score": 4, "comment": "x" * 501},
        {"score": 4, "comment": 7},
        {"score": 4, "person": "p"},
    ],
)
async def test_what_does_not_fit_is_refused(
    client: httpx2.AsyncClient, comments: CommentsInMemory, body: dict[str, object]
) -> None:
    ticket = await served(client)

    refused = await client.post(f"/tickets/{ticket}/rate", json=body)

    assert refused.status_code == 422, refused.text
    assert comments.texts == {}


async def test_no_sentence_is_kept_of_a_visit_that_is_not_over(
    client: httpx2.AsyncClient, comments: CommentsInMemory
) -> None:
    issued = await client.post("/tickets", json={"procedure": BIRTH}, headers=as_("kiosk"))
    ticket = issued.json()["ticket"]["id"]

    refused = await client.post(f"/tickets/{ticket}/rate", json={"score": 1, "comment": "x"})

    assert (refused.status_code, refused.json()["code"]) == (409, "not_rateable")
    assert comments.texts == {}
