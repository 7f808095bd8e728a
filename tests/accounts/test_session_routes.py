"""Signing in over HTTP: the cookie's flags, one's own name, passwords, the demo."""

import httpx2
import pytest
from sqlalchemy import Engine

from queue_server.accounts.accounts import Accounts
from queue_server.accounts.principal import Role
from queue_server.accounts.routes import ROUTES
from queue_server.core import commands as c
from queue_server.core.commit import Actor
from queue_server.core.identifiers import CentreId, CommandId, CounterId, StaffId
from queue_server.hub.replica import Replica, Request, payload_hash
from queue_server.hub.replicas import Replicas
from tests.support.accounts import AN_BINH, PASSWORD, QUICK, client_of, signed_in
from tests.support.centres import small_configuration
from tests.support.clocks import HandSetClock

ONE = CounterId("1")
LAN = {"login": "lan", "password": PASSWORD}


def flags(response: httpx2.Response) -> set[str]:
    (cookie,) = response.headers.get_list("set-cookie")
    return {part.strip().lower() for part in cookie.split(";")[1:]}


async def test_a_session_cookie_is_out_of_reach_of_scripts_and_sites(
    client: httpx2.AsyncClient, accounts: Accounts
) -> None:
    await signed_in(accounts, "lan")

    response = await client.post("/api/v1/session", json=LAN)

    assert response.status_code == 200
    assert flags(response) == {"httponly", "samesite=strict", "path=/"}
    assert response.headers["cache-control"] == "no-store"


async def test_a_cookie_given_over_https_stays_there(
    accounts: Accounts, clock: HandSetClock
) -> None:
    await signed_in(accounts, "lan")
    state = {"accounts": accounts, "clock": clock}

    async with client_of(state, ROUTES, "https://test") as client:
        response = await client.post("/api/v1/session", json=LAN)

    assert flags(response) == {"httponly", "samesite=strict", "path=/", "secure"}


@pytest.mark.parametrize(
    ("roles", "page"),
    [
        ((Role.CLERK,), "/console"),
        ((Role.RECEPTION,), "/reception"),
        ((Role.MANAGER,), "/manager"),
        ((Role.ADMINISTRATOR,), "/admin"),
        ((Role.CLERK, Role.MANAGER), None),
    ],
)
async def test_who_has_one_role_is_led_to_its_page(
    client: httpx2.AsyncClient, accounts: Accounts, roles: tuple[Role, ...], page: str | None
) -> None:
    await signed_in(accounts, "lan", *roles)

    response = await client.post("/api/v1/session", json=LAN)

    assert response.json()["page"] == page


async def seated(client: httpx2.AsyncClient, replicas: Replicas) -> Replica:
    """Lan signs in and sits down at counter 1."""
    replica = await replicas.get(CentreId("test"), create=True)
    staff = StaffId((await client.post("/api/v1/session", json=LAN)).json()["id"])
    configure = c.ApplyConfiguration(configuration=small_configuration())
    for command in (configure, c.TakeCounter(counter=ONE, staff=staff)):
        await replica.submit(
            Request(
                command=command,
                actor=Actor("system", "test"),
                command_id=CommandId(payload_hash(command) * 2),
                payload_hash=payload_hash(command),
            )
        )
    return replica


async def test_whoever_signs_out_stands_up_from_the_counter(
    client: httpx2.AsyncClient, accounts: Accounts, replicas: Replicas, clock: HandSetClock
) -> None:
    await signed_in(accounts, "lan", Role.CLERK)
    clock.later(minutes=5)
    replica = await seated(client, replicas)

    await client.delete("/api/v1/session")

    assert replica.centre.counters[ONE].staff is None


async def test_who_signs_out_at_one_place_stays_seated_at_the_other(
    client: httpx2.AsyncClient, accounts: Accounts, replicas: Replicas, clock: HandSetClock
) -> None:
    """The page at the other place is open, so its session was seen a moment ago."""
    other = await signed_in(accounts, "lan", Role.CLERK)
    replica = await seated(client, replicas)
    clock.later(minutes=2)
    await accounts.by_session(other)
    clock.later(minutes=2)

    here = (await client.get("/api/v1/session")).json()
    await client.delete("/api/v1/session")

    assert here["is_elsewhere"]
    assert replica.centre.counters[ONE].staff is not None
    assert await accounts.by_session(other) is not None


async def test_signing_in_again_at_the_same_place_is_one_place(
    client: httpx2.AsyncClient, accounts: Accounts, replicas: Replicas, clock: HandSetClock
) -> None:
    await signed_in(accounts, "lan", Role.CLERK)
    clock.later(minutes=5)
    await client.post("/api/v1/session", json=LAN)
    replica = await seated(client, replicas)

    here = (await client.get("/api/v1/session")).json()
    await client.delete("/api/v1/session")

    assert not here["is_elsewhere"]
    assert replica.centre.counters[ONE].staff is None


async def test_says_who_one_is_until_one_signs_out(
    client: httpx2.AsyncClient, accounts: Accounts
) -> None:
    await signed_in(accounts, "lan", Role.MANAGER, Role.CLERK)
    nobody = (await client.get("/api/v1/session")).json()
    await client.post("/api/v1/session", json=LAN)
    token = client.cookies["queue_session"]

    lan = (await client.get("/api/v1/session")).json()
    await client.delete("/api/v1/session")

    assert nobody["kind"] == "nobody"
    assert (lan["kind"], lan["name"], lan["roles"]) == ("staff", "Trần lan", ["clerk", "manager"])
    assert lan["centre"] == AN_BINH
    assert "queue_session" not in client.cookies
    assert await accounts.by_session(token) is None
    assert (await client.get("/api/v1/session")).json() == nobody


async def test_a_wrong_password_gives_no_cookie(
    client: httpx2.AsyncClient, accounts: Accounts
) -> None:
    await signed_in(accounts, "lan")

    response = await client.post("/api/v1/session", json={**LAN, "password": "wrong"})

    assert response.status_code == 401
    assert response.json()["code"] == "not_signed_in"
    assert "set-cookie" not in response.headers


async def test_too_many_tries_say_how_long_to_wait(client: httpx2.AsyncClient) -> None:
    for _ in range(10):
        await client.post("/api/v1/session", json=LAN)

    response = await client.post("/api/v1/session", json=LAN)

    assert response.status_code == 429
    assert response.json()["code"] == "too_many_tries"
    assert response.json()["wait_s"] == 600


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 422),
        (b"[]", 400),
        (b"\xff", 400),
        (b'{"login": "lan"}', 422),
        (b'{"login": 1, "password": "x"}', 422),
        (b'{"login": "lan", "password": "x", "roles": ["administrator"]}', 422),
        (b'{"login": "lan", "password": "' + b"x" * 70_000 + b'"}', 413),
    ],
)
async def test_refuses_what_is_no_sign_in(
    client: httpx2.AsyncClient, body: bytes, status: int
) -> None:
    response = await client.post("/api/v1/session", content=body)

    assert response.status_code == status
    assert response.headers["content-type"] == "application/problem+json"


async def test_choosing_a_password_signs_in(client: httpx2.AsyncClient, accounts: Accounts) -> None:
    link = await accounts.create_staff("lan", "Lan", [Role.CLERK], AN_BINH)

    weak = await client.post("/api/v1/session/password", json={"token": link, "password": "lan"})
    good = await client.post("/api/v1/session/password", json={"token": link, "password": PASSWORD})

    assert weak.status_code == 422
    assert (weak.json()["reason"], weak.json()["least"]) == ("short", 10)
    assert good.json()["name"] == "Lan"
    assert (await client.get("/api/v1/session")).json() == good.json()


@pytest.mark.parametrize("token", ["", "x", "x" * 43, "é" * 43])
async def test_an_unknown_link_chooses_nothing(client: httpx2.AsyncClient, token: str) -> None:
    body = {"token": token, "password": PASSWORD}

    assert (await client.post("/api/v1/session/password", json=body)).status_code == 401


async def test_a_server_in_service_lets_nobody_be_somebody(
    client: httpx2.AsyncClient, accounts: Accounts
) -> None:
    await signed_in(accounts, "lan")
    (lan,) = await accounts.list_staff()

    response = await client.post("/api/v1/session/demo", json={"staff": lan.id})

    assert response.status_code == 403
    assert (await client.get("/api/v1/session/demo")).json() == []


async def test_in_the_demo_anybody_is_somebody(engine: Engine, clock: HandSetClock) -> None:
    accounts = Accounts(engine, clock, is_demo=True, hasher=QUICK)
    people = [(StaffId("demo-lan"), "lan", "Lan", [Role.CLERK])]
    await accounts.ensure_demo_staff(AN_BINH, people)

    async with client_of({"accounts": accounts, "clock": clock}, ROUTES) as client:
        offered = (await client.get("/api/v1/session/demo")).json()
        await client.post("/api/v1/session/demo", json={"staff": offered[0]["id"]})
        me = (await client.get("/api/v1/session")).json()

    assert offered == [{"id": "demo-lan", "login": "lan", "name": "Lan", "roles": ["clerk"]}]
    assert (me["id"], me["centre"]) == ("demo-lan", AN_BINH)
