"""Booked at reception, checked in at the kiosk."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import httpx2
import pytest
from msgspec.structs import replace

from queue_server.appointments.book import AppointmentBook
from queue_server.archive.database import open_database
from queue_server.archive.migrate import migrate
from queue_server.core.identifiers import CentreId
from queue_server.journal.memory_journal import MemoryJournal
from tests.support.centres import BIRTH, CIVIL, MORNING, small_configuration
from tests.support.clocks import HandSetClock
from tests.support.servers import parts_for, running_server

KIOSK = {"authorization": "Bearer kiosk"}
LAN = {"authorization": "Bearer lan"}
LATER = (MORNING + timedelta(hours=1)).isoformat()
TOMORROW = (MORNING + timedelta(days=1)).isoformat()


@pytest.fixture
def clock() -> HandSetClock:
    return HandSetClock()


@pytest.fixture
async def client(
    tmp_path: Path, centre: CentreId, clock: HandSetClock
) -> AsyncIterator[httpx2.AsyncClient]:
    engine = open_database(f"sqlite:///{tmp_path / 'queue.db'}")
    migrate(engine)
    configuration = replace(small_configuration(), id=centre)
    civil = replace(configuration.fields[CIVIL], appointments_per_half_hour=1)
    fields = {**configuration.fields, CIVIL: civil}
    parts = parts_for(MemoryJournal(clock), clock)
    parts.state = {"appointments": AppointmentBook(engine)}
    async with running_server(parts, replace(configuration, fields=fields)) as client:
        client.base_url = f"http://test/api/v1/centres/{centre}"
        yield client
    engine.dispose()


async def book(client: httpx2.AsyncClient, at: str = LATER, **more: str) -> dict[str, str]:
    answer = await client.post(
        "/appointments", json={"procedure": BIRTH, "at": at, **more}, headers=LAN
    )
    assert answer.status_code == 201, answer.text
    booked: dict[str, str] = answer.json()
    return booked


async def arrive(client: httpx2.AsyncClient, text: str) -> httpx2.Response:
    return await client.post("/appointments/arrive", json={"text": text}, headers=KIOSK)


async def test_who_booked_checks_in_by_code(client: httpx2.AsyncClient) -> None:
    booked = await book(client)

    arrived = await arrive(client, booked["code"])

    assert arrived.json()["number"] == "H001"
    listed = (await client.get("/appointments", headers=LAN)).json()
    assert [(line["number"], line["state"]) for line in listed] == [("H001", "waiting")]


@pytest.mark.parametrize("typed", ["0912345678", "+84 912 345 678"])
async def test_who_booked_checks_in_by_phone(client: httpx2.AsyncClient, typed: str) -> None:
    await book(client, phone="0912 345 678")

    assert (await arrive(client, typed)).status_code == 200


async def test_arriving_again_gives_the_same_number(client: httpx2.AsyncClient) -> None:
    booked = await book(client)

    answers = [(await arrive(client, booked["id"])).json() for _ in range(2)]

    assert answers[0] == answers[1]


async def test_an_appointment_of_tomorrow_gets_no_number_today(client: httpx2.AsyncClient) -> None:
    booked = await book(client, at=TOMORROW)

    refused = await arrive(client, booked["code"])

    assert refused.status_code == 404
    assert "of today" in refused.json()["detail"]


async def test_a_cancelled_appointment_cannot_be_checked_in(client: httpx2.AsyncClient) -> None:
    booked = await book(client)
    await client.post(f"/appointments/{booked['id']}/cancel", headers=LAN)

    assert (await arrive(client, booked["code"])).status_code == 404
    listed = (await client.get("/appointments", headers=LAN)).json()
    assert listed[0]["state"] == "cancelled"


async def test_a_full_half_hour_is_refused_and_shown_as_full(client: httpx2.AsyncClient) -> None:
    await book(client)

    again = await client.post("/appointments", json={"procedure": BIRTH, "at": LATER}, headers=LAN)
    slots = (await client.get(f"/appointments/slots?procedure={BIRTH}", headers=LAN)).json()

    assert again.json()["code"] == "field_full"
    assert [slot["free"] for slot in slots][:2] == [1, 0]


async def test_only_reception_books(client: httpx2.AsyncClient) -> None:
    refused = await client.post(
        "/appointments", json={"procedure": BIRTH, "at": LATER}, headers=KIOSK
    )

    assert refused.status_code == 403


async def test_a_slip_is_wanted_once(client: httpx2.AsyncClient) -> None:
    booked = await book(client)
    await arrive(client, booked["code"])

    reprint = await client.post(f"/tickets/{booked['id']}/reprint", json={}, headers=KIOSK)

    jobs = [event["job"] for event in reprint.json()["events"]]
    assert jobs == [f"slip-{booked['id']}-2"]
