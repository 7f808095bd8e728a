"""Who sends a request is known by token or cookie, and never because another site asked."""

import httpx2
import pytest
from sqlalchemy import Engine
from starlette.requests import HTTPConnection

from queue_server.accounts.accounts import Accounts
from queue_server.accounts.credentials import principal_of
from queue_server.accounts.devices import DeviceSettings
from queue_server.accounts.principal import NOBODY, NotAllowed, NotSignedIn
from queue_server.accounts.tokens import new_token
from tests.support.accounts import AN_BINH, PASSWORD, signed_in, statements

OWN = {"sec-fetch-site": "same-origin"}
CROSS_SITE = [
    {"sec-fetch-site": "cross-site"},
    {"sec-fetch-site": "same-site"},
    {"sec-fetch-site": "cross-site", "origin": "http://queue.example"},
    {"origin": "http://elsewhere.example"},
    {"origin": "http://queue.example:8080"},
    {"origin": "http://queue.example.elsewhere.example"},
    {"origin": "null"},
]
FROM_HERE = [
    OWN,
    {"sec-fetch-site": "none"},
    {"origin": "http://queue.example"},
    {"origin": "https://queue.example"},
]


def request(
    headers: dict[str, str], *, method: str = "GET", kind: str = "http", host: str = "queue.example"
) -> HTTPConnection:
    lines = [(name.encode(), value.encode()) for name, value in {"host": host, **headers}.items()]
    return HTTPConnection({"type": kind, "method": method, "path": "/", "headers": lines})


async def paired(accounts: Accounts) -> str:
    link = await accounts.create_device(AN_BINH, "kiosk", "Kiosk", DeviceSettings())
    return await accounts.redeem_device(link)


def cookies(**tokens: str) -> dict[str, str]:
    return {"cookie": "; ".join(f"{name}={token}" for name, token in tokens.items())}


async def test_knows_staff_and_devices_by_bearer_token(accounts: Accounts) -> None:
    for token, kind in ((await signed_in(accounts), "staff"), (await paired(accounts), "device")):
        for scheme in ("Bearer", "bearer"):
            asked = request({"authorization": f"{scheme} {token}"}, method="POST")
            assert (await principal_of(asked, accounts)).kind == kind


async def test_an_unknown_bearer_token_is_refused(accounts: Accounts) -> None:
    with pytest.raises(NotSignedIn):
        await principal_of(request({"authorization": f"Bearer {new_token()}"}), accounts)


async def test_a_person_at_a_device_is_the_person(accounts: Accounts) -> None:
    device, session = await paired(accounts), await signed_in(accounts)
    both = request(cookies(queue_device=device, queue_session=session))

    assert (await principal_of(both, accounts)).kind == "staff"
    await accounts.sign_out(session)
    assert (await principal_of(both, accounts)).kind == "device"


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"authorization": ""},
        {"authorization": "Bearer "},
        {"authorization": "Basic bGFuOng="},
        {"cookie": "queue_session=; queue_device=x"},
        {"cookie": f"queue_session={new_token()}"},
    ],
)
async def test_anybody_else_is_nobody(accounts: Accounts, headers: dict[str, str]) -> None:
    assert await principal_of(request(headers, method="POST"), accounts) is NOBODY


async def test_tokens_of_one_kind_do_not_pass_for_the_other(accounts: Accounts) -> None:
    device, session = await paired(accounts), await signed_in(accounts)
    swapped = request(cookies(queue_device=session, queue_session=device))

    assert await principal_of(swapped, accounts) is NOBODY


@pytest.mark.parametrize("headers", [{}, *CROSS_SITE])
@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
async def test_another_site_cannot_use_a_cookie(
    accounts: Accounts, headers: dict[str, str], method: str
) -> None:
    cookie = cookies(queue_session=await signed_in(accounts))

    with pytest.raises(NotAllowed):
        await principal_of(request({**cookie, **headers}, method=method), accounts)


@pytest.mark.parametrize("headers", CROSS_SITE)
async def test_another_site_cannot_open_a_socket_with_a_cookie(
    accounts: Accounts, headers: dict[str, str]
) -> None:
    cookie = cookies(queue_device=await paired(accounts))

    with pytest.raises(NotAllowed):
        await principal_of(request({**cookie, **headers}, kind="websocket"), accounts)


@pytest.mark.parametrize("headers", FROM_HERE)
@pytest.mark.parametrize("kind", ["http", "websocket"])
async def test_our_own_pages_can_use_a_cookie(
    accounts: Accounts, headers: dict[str, str], kind: str
) -> None:
    cookie = cookies(queue_session=await signed_in(accounts))
    asked = request({**cookie, **headers}, method="POST", kind=kind)

    assert (await principal_of(asked, accounts)).kind == "staff"


async def test_a_port_is_part_of_the_host(accounts: Accounts) -> None:
    cookie = cookies(queue_session=await signed_in(accounts))
    headers = {**cookie, "origin": "http://192.168.1.20:8080"}

    asked = request(headers, method="POST", host="192.168.1.20:8080")

    assert (await principal_of(asked, accounts)).kind == "staff"


async def test_asks_no_database_on_the_command_path(engine: Engine, accounts: Accounts) -> None:
    session = request({**cookies(queue_session=await signed_in(accounts)), **OWN}, method="POST")
    device = request({"authorization": f"Bearer {await paired(accounts)}"}, method="POST")
    await principal_of(session, accounts)
    await principal_of(device, accounts)

    with statements(engine) as said:
        kinds = [(await principal_of(asked, accounts)).kind for asked in (session, device)]

    assert kinds == ["staff", "device"]
    assert said == []


@pytest.mark.parametrize("headers", CROSS_SITE)
@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/api/v1/session", {"login": "lan", "password": PASSWORD}),
        ("/api/v1/session/password", {"token": "x" * 43, "password": PASSWORD}),
        ("/api/v1/session/demo", {"staff": "lan"}),
        ("/api/v1/devices/redeem", {"token": "x" * 43}),
    ],
)
async def test_another_site_cannot_sign_anybody_in(
    client: httpx2.AsyncClient, headers: dict[str, str], path: str, body: dict[str, str]
) -> None:
    response = await client.post(path, json=body, headers={**headers, "host": "queue.example"})

    assert response.status_code == 403
    assert "set-cookie" not in response.headers


async def test_a_program_may_sign_in_without_saying_where_it_is(
    client: httpx2.AsyncClient, accounts: Accounts
) -> None:
    await signed_in(accounts, "lan")
    del client.headers["origin"]

    response = await client.post("/api/v1/session", json={"login": "lan", "password": PASSWORD})

    assert response.status_code == 200
