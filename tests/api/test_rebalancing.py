"""Proposals and what-ifs over HTTP: for managers, in words, refused in a sentence."""

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import httpx2
import pytest

from queue_server.api.what_if import WhatIfProcesses, WhatIfQuestion
from queue_server.app import Core, core_of
from queue_server.core import commands as c
from queue_server.core.configuration import Level
from queue_server.core.errors import Contended
from queue_server.core.identifiers import CentreId
from queue_server.core.proposals import Proposal
from queue_server.journal.memory_journal import MemoryJournal
from tests.support.centres import LAND
from tests.support.clocks import HandSetClock
from tests.support.histories import refused
from tests.support.servers import parts_for, running_server, submit
from tests.support.surges import ONE, surge, surge_commands, trained_configuration

BASE = "/api/v1/centres/test"
MANAGER = {"authorization": "Bearer minh"}


@pytest.fixture
def clock() -> HandSetClock:
    return HandSetClock()


@pytest.fixture
def core(clock: HandSetClock) -> Core:
    return core_of(parts_for(MemoryJournal(clock), clock))


@pytest.fixture
async def client(clock: HandSetClock, core: Core) -> AsyncIterator[httpx2.AsyncClient]:
    """The surge with one proposal."""
    parts = parts_for(core.replicas.journal, clock)
    async with running_server(parts, trained_configuration(), core) as client:
        for command in surge_commands():
            clock.later(seconds=30)
            await submit(core, CentreId("test"), command)
        until = clock.now() + timedelta(hours=1)
        proposal = Proposal(id="p1", counter=ONE, takes={LAND: Level.SECONDARY}, until=until)
        made = c.MakeProposals(proposals=(proposal,), valid_until=until)
        await submit(core, CentreId("test"), made)
        yield client


async def ask(client: httpx2.AsyncClient, **question: Any) -> httpx2.Response:
    return await client.post(f"{BASE}/what-if", json=question, headers=MANAGER, timeout=60)


async def test_a_manager_accepts_and_ends_a_change(client: httpx2.AsyncClient) -> None:
    accepted = await client.post(f"{BASE}/proposals/p1/accept", headers=MANAGER)
    assert [event["event"] for event in accepted.json()["events"]] == [
        "ProposalAccepted",
        "WorkProfileChanged",
    ]
    again = await client.post(f"{BASE}/proposals/p1/accept", headers=MANAGER)
    assert (again.status_code, again.json()["code"]) == (409, "proposal_stale")
    assert again.json()["reason"] == "answered"

    ended = await client.post(f"{BASE}/counters/1/work-profile/revert", headers=MANAGER)
    assert ended.json()["events"][0]["profile"] is None


async def test_a_manager_declines_and_switches(client: httpx2.AsyncClient) -> None:
    declined = await client.post(
        f"{BASE}/proposals/p1/decline", json={"reason": "lunch"}, headers=MANAGER
    )
    assert declined.json()["events"][0]["reason"] == "lunch"
    switched = await client.post(
        f"{BASE}/rebalancing/automatic",
        json={"is_on": True, "changes_per_hour": 1},
        headers=MANAGER,
    )
    assert switched.json()["events"][0]["event"] == "AutomaticRebalancingSwitched"


@pytest.mark.parametrize(
    "path",
    ["proposals/p1/accept", "proposals/p1/decline", "rebalancing/automatic", "what-if"],
)
async def test_a_clerk_may_not(client: httpx2.AsyncClient, path: str) -> None:
    answer = await client.post(f"{BASE}/{path}", headers={"authorization": "Bearer lan"})

    assert answer.status_code == 403


async def test_what_if_is_answered_by_a_process_of_its_own(client: httpx2.AsyncClient) -> None:
    answer = await ask(client, changes=["counter 1 takes land", "close 3"], days=10)

    assert answer.status_code == 200, answer.text
    arms = answer.json()["arms"]
    assert [arm["words"] for arm in arms] == ["", "counter 1 takes land", "close 3"]
    assert arms[1]["mean_wait_s_by_field"]["land"]["change"] < 0


async def test_a_question_that_makes_no_sense_is_refused(client: httpx2.AsyncClient) -> None:
    words = await ask(client, changes=["make it so"])
    assert (words.status_code, words.json()["code"]) == (422, "invalid_value")
    assert "expected a change like" in words.json()["detail"]
    few_days = {"changes": ["close 3"], "days": 5}
    questions: tuple[dict[str, Any], ...] = ({"changes": []}, few_days, {})
    for nonsense in questions:
        assert (await ask(client, **nonsense)).status_code == 422


async def test_what_if_needs_an_open_day(client: httpx2.AsyncClient) -> None:
    await client.post(f"{BASE}/day/close", headers=MANAGER)

    assert (await ask(client, changes=["close 3"])).json()["code"] == "day_refusal"


async def test_a_process_that_takes_too_long_is_ended() -> None:
    hall = surge()
    processes = WhatIfProcesses(timeout_s=0.05)

    with refused(Contended, "expected an answer within 0.05 s"):
        await processes.ask(hall.centre, WhatIfQuestion(changes=("close 3",)), hall.now)
