"""A dossier is followed by the code on its receipt, without a name."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import httpx2
import pytest
from msgspec.structs import replace

from queue_server.archive.database import open_database
from queue_server.archive.migrate import migrate
from queue_server.core.identifiers import CentreId
from queue_server.intake.register import Register
from queue_server.journal.memory_journal import MemoryJournal
from tests.intake.dossiers import CODE, RECEIVED_AT, enter, opened
from tests.support.centres import BIRTH, small_configuration
from tests.support.clocks import HandSetClock
from tests.support.servers import parts_for, running_server

KIOSK = {"authorization": "Bearer kiosk"}


@pytest.fixture
def clock() -> HandSetClock:
    return HandSetClock(RECEIVED_AT)


@pytest.fixture
def register(tmp_path: Path) -> Register:
    engine = open_database(f"sqlite:///{tmp_path / 'queue.db'}")
    migrate(engine)
    return Register(engine)


@pytest.fixture
async def client(
    register: Register, centre: CentreId, clock: HandSetClock
) -> AsyncIterator[httpx2.AsyncClient]:
    parts = parts_for(MemoryJournal(clock), clock)
    parts.state = {"register": register}
    async with running_server(parts, replace(small_configuration(), id=centre)) as client:
        client.base_url = f"http://test/api/v1/centres/{centre}/dossiers"
        yield client


async def test_a_dossier_is_followed_until_its_day_has_come(
    client: httpx2.AsyncClient, register: Register, centre: CentreId, clock: HandSetClock
) -> None:
    enter(register, opened(), centre)

    first = (await client.get(f"/{CODE}/status", headers=KIOSK)).json()
    clock.instant += timedelta(days=2)
    later = (await client.get(f"/{CODE.lower()}/status", headers=KIOSK)).json()

    assert first["state"] == "in_progress"
    assert first["due_at"] == "2026-11-03T10:00:00Z"
    assert first["procedure"]["vi"] == small_configuration().procedures[BIRTH].name["vi"]
    assert later["state"] == "due"
    assert not {"person", "person_ref", "note"} & first.keys()


async def test_a_voided_dossier_says_so(
    client: httpx2.AsyncClient, register: Register, centre: CentreId
) -> None:
    enter(register, opened(), centre)
    register.void(CODE)

    assert (await client.get(f"/{CODE}/status", headers=KIOSK)).json()["state"] == "voided"


async def test_a_dossier_of_another_centre_is_not_told(
    client: httpx2.AsyncClient, register: Register
) -> None:
    enter(register, opened())

    assert (await client.get(f"/{CODE}/status", headers=KIOSK)).status_code == 404


async def test_nobody_may_try_codes_without_a_device(client: httpx2.AsyncClient) -> None:
    assert (await client.get(f"/{CODE}/status")).status_code == 401
