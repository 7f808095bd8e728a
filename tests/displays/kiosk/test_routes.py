"""The public catalogue of procedures, and slips that were kept as pictures."""

import secrets
from collections.abc import AsyncIterator

import httpx2
import pytest
import pytest_asyncio

from queue_server.core import commands as c
from queue_server.core.identifiers import CounterId, ProcedureCode, StaffId, TicketId
from queue_server.core.ticket import Outcome
from tests.support.live_servers import LiveServer

pytestmark = pytest.mark.asyncio(loop_scope="session")

BIRTH = ProcedureCode("1.001193")
PATH = "/api/v1/centres/an-binh"


@pytest_asyncio.fixture(loop_scope="session")
async def client(server: LiveServer) -> AsyncIterator[httpx2.AsyncClient]:
    async with httpx2.AsyncClient(base_url=server.url) as opened:
        yield opened


async def test_everybody_may_read_the_catalogue(
    client: httpx2.AsyncClient, server: LiveServer
) -> None:
    found = (await client.get(f"{PATH}/procedures")).json()

    assert [entry["code"] for entry in found] == list(server.configuration.procedures)


async def test_a_search_answers_the_best_first(client: httpx2.AsyncClient) -> None:
    found = (await client.get(f"{PATH}/procedures", params={"search": "khai sinh"})).json()

    assert found[0]["name"]["vi"] == "Đăng ký khai sinh"
    assert len(found) <= 12


async def test_a_search_tells_which_are_easily_taken_for_each_other(
    client: httpx2.AsyncClient,
) -> None:
    found = (await client.get(f"{PATH}/procedures", params={"search": "khai sinh"})).json()
    clear = (await client.get(f"{PATH}/procedures", params={"search": "mat so do"})).json()

    assert [entry["is_alike"] for entry in found[:3]] == [True, True, True]
    assert found[0]["hint"]["en"].startswith("A new child")
    assert not any(entry["is_alike"] for entry in clear)


async def test_one_procedure_tells_its_papers(client: httpx2.AsyncClient) -> None:
    found = (await client.get(f"{PATH}/procedures/{BIRTH}")).json()

    assert found["papers"][0]["name"]["en"] == "Declaration for birth registration"
    assert found["terms"] == [{"unit": "same_day", "amount": 0, "case": {}, "is_certain": True}]


@pytest.mark.parametrize(
    "path",
    [
        f"{PATH}/procedures/9.999999",
        "/api/v1/centres/nowhere/procedures",
        f"{PATH}/prints/slip-nobody-1.png",
        f"{PATH}/prints/..%2f..%2fsecret.png",
        "/clips/..%2f..%2fsecret.mp3",
        "/clips/%00.mp3",
    ],
)
async def test_what_does_not_exist_is_not_found(client: httpx2.AsyncClient, path: str) -> None:
    assert (await client.get(path)).status_code == 404


async def test_a_kept_slip_is_for_who_knows_its_ticket(
    client: httpx2.AsyncClient, server: LiveServer
) -> None:
    ticket = issue(server)
    job = f"slip-{ticket}-1"
    before = await client.get(f"{PATH}/prints/{job}.png")
    keep(server, job)

    after = await client.get(f"{PATH}/prints/{job}.png")

    assert before.status_code == 404
    assert after.content == b"picture"
    assert after.headers["content-type"] == "image/png"
    assert after.headers["cache-control"] == "no-store"


async def test_a_receipt_has_a_name_on_it_and_is_for_staff(
    client: httpx2.AsyncClient, server: LiveServer
) -> None:
    job = receipt(server, issue(server))
    keep(server, job)
    path = f"{PATH}/prints/{job}.png"

    nobody = await client.get(path)
    kiosk = await client.get(path, headers={"authorization": "Bearer kiosk"})
    clerk = await client.get(path, headers={"authorization": "Bearer lan"})

    assert [nobody.status_code, kiosk.status_code, clerk.status_code] == [401, 403, 200]


def issue(server: LiveServer) -> TicketId:
    ticket = TicketId(secrets.token_hex(16))
    server.do(c.IssueTicket(ticket=ticket, procedure=BIRTH))
    return ticket


def receipt(server: LiveServer, ticket: TicketId) -> str:
    """The print job of the ticket's receipt."""
    centre = server.core.replicas.loaded()[0].centre
    vacant = next(one.id for one in centre.counters.values() if one.availability == "closed")
    counter = CounterId(vacant)
    server.do(c.TakeCounter(counter=counter, staff=StaffId("hoa")))
    server.do(c.OpenCounter(counter=counter))
    server.do(c.CallTicket(counter=counter, ticket=ticket, reason="test"))
    server.do(c.StartServing(counter=counter))
    server.do(c.Complete(counter=counter, outcome=Outcome.DOSSIER_ACCEPTED))
    return next(job.id for job in centre.prints.values() if job.kind == "receipt")


def keep(server: LiveServer, job: str) -> None:
    """Lay a picture where the printing job leaves it."""
    server.places.pictures.mkdir(exist_ok=True)
    (server.places.pictures / f"{job}.png").write_bytes(b"picture")


@pytest.mark.parametrize("offset", ["-1", "two", "9" * 5000])
async def test_an_offset_to_wait_for_is_a_number(client: httpx2.AsyncClient, offset: str) -> None:
    answer = await client.get(f"{PATH}/views/ticket", params={"min_offset": offset})

    assert answer.status_code == 422, answer.text
    assert "expected min_offset" in answer.json()["detail"]


SPOKEN = f"{PATH}/spoken"
KIOSK = {"authorization": "Bearer kiosk"}
HELLO = {"language": "vi", "text": "Kính chào ông/bà"}


async def test_a_paired_kiosk_hears_its_page(client: httpx2.AsyncClient) -> None:
    answer = await client.post(SPOKEN, json=HELLO, headers=KIOSK)

    assert answer.status_code == 200
    assert answer.headers["content-type"] == "audio/mpeg"
    assert len(answer.content) > 2_000


@pytest.mark.parametrize(("token", "status"), [("nobody", 401), ("board", 403), ("lan", 403)])
async def test_only_a_paired_kiosk_may_let_the_server_speak(
    client: httpx2.AsyncClient, token: str, status: int
) -> None:
    answer = await client.post(SPOKEN, json=HELLO, headers={"authorization": f"Bearer {token}"})

    assert answer.status_code == status


@pytest.mark.parametrize(
    "body",
    [
        {"language": "vi", "text": "x" * 401},
        {"language": "vi", "text": ""},
        {"language": "fr", "text": "Bonjour"},
        {"language": "../vi", "text": "Kính chào"},
        {"text": "Kính chào"},
        {**HELLO, "rate": 900},
    ],
)
async def test_only_a_short_text_in_a_language_of_the_centre_is_spoken(
    client: httpx2.AsyncClient, body: dict[str, str]
) -> None:
    assert (await client.post(SPOKEN, json=body, headers=KIOSK)).status_code == 422


async def test_much_text_is_not_even_read(client: httpx2.AsyncClient) -> None:
    body = {"language": "vi", "text": "x" * 9_000}

    assert (await client.post(SPOKEN, json=body, headers=KIOSK)).status_code == 413


async def test_the_catalogue_is_sent_small(client: httpx2.AsyncClient) -> None:
    small = await client.get(f"{PATH}/procedures", headers={"accept-encoding": "gzip"})
    plain = await client.get(f"{PATH}/procedures", headers={"accept-encoding": "identity"})

    assert small.headers["content-encoding"] == "gzip"
    assert int(small.headers["content-length"]) < 20_000
    assert "content-encoding" not in plain.headers
    assert small.json() == plain.json()


async def test_the_page_for_helpers_is_for_staff(client: httpx2.AsyncClient) -> None:
    nobody = await client.get("/kiosk?helper")
    kiosk = await client.get("/kiosk?helper", headers=KIOSK)
    clerk = await client.get("/kiosk?helper", headers={"authorization": "Bearer lan"})

    assert [nobody.status_code, kiosk.status_code, clerk.status_code] == [303, 303, 200]
    assert nobody.headers["location"] == "/sign-in?next=/kiosk%3Fhelper"
