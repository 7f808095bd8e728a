"""Administrators let staff and devices in, each in their own reach, and nobody else does."""

from urllib.parse import parse_qs, urlsplit

import httpx2
import pytest

from queue_server.accounts.accounts import Accounts
from queue_server.accounts.principal import Role
from queue_server.hub.sound import SoundDesk
from tests.support.accounts import AN_BINH, AN_PHU, PASSWORD, cannot_be_heard, signed_in

MAI = {"login": "mai", "name": "Lê Thị Mai", "roles": ["clerk"], "centre": AN_BINH}
KIOSK = {"centre": AN_BINH, "kind": "kiosk", "name": "Kiosk 1", "zone": "main", "printer": ""}
CALLS = [
    ("GET", "/api/v1/staff", None),
    ("POST", "/api/v1/staff", MAI),
    ("PATCH", "/api/v1/staff/somebody", {"is_active": False}),
    ("POST", "/api/v1/staff/somebody/one-time-link", {}),
    ("GET", "/api/v1/devices", None),
    ("POST", "/api/v1/devices", KIOSK),
    ("POST", "/api/v1/devices/something/revoke", {}),
]


async def enter(
    client: httpx2.AsyncClient, accounts: Accounts, login: str, *roles: Role, **centre: None
) -> None:
    token = await signed_in(accounts, login, *roles, **centre)
    client.cookies.set("queue_session", token)


async def as_administrator(client: httpx2.AsyncClient, accounts: Accounts) -> None:
    await enter(client, accounts, "boss", Role.ADMINISTRATOR, centre=None)


async def as_local(client: httpx2.AsyncClient, accounts: Accounts) -> None:
    await enter(client, accounts, "local", Role.ADMINISTRATOR)


def token_of(link: dict[str, str]) -> str:
    (token,) = parse_qs(urlsplit(link["page"]).query)["token"]
    assert token == link["token"]
    return token


@pytest.mark.parametrize(("method", "path", "body"), CALLS)
async def test_others_are_refused(
    client: httpx2.AsyncClient, accounts: Accounts, method: str, path: str, body: object
) -> None:
    nobody = await client.request(method, path, json=body)
    await enter(client, accounts, "chief", Role.MANAGER, Role.RECEPTION, Role.CLERK)
    chief = await client.request(method, path, json=body)

    assert (nobody.status_code, chief.status_code) == (401, 403)
    assert len(await accounts.list_staff()) == 1
    assert await accounts.list_devices() == []


async def test_a_new_colleague_comes_in_by_the_link(
    client: httpx2.AsyncClient, accounts: Accounts
) -> None:
    await as_administrator(client, accounts)

    added = await client.post("/api/v1/staff", json=MAI)

    assert added.status_code == 201
    body = {"token": token_of(added.json()), "password": PASSWORD}
    me = await client.post("/api/v1/session/password", json=body)
    assert (me.json()["name"], me.json()["roles"]) == ("Lê Thị Mai", ["clerk"])


async def test_the_list_says_all_but_secrets(
    client: httpx2.AsyncClient, accounts: Accounts
) -> None:
    await as_administrator(client, accounts)
    await client.post("/api/v1/staff", json={**MAI, "organisation": "Bưu điện"})

    people = (await client.get("/api/v1/staff")).json()

    mai = next(person for person in people if person["login"] == "mai")
    assert mai.pop("id")
    assert mai.pop("link_until")
    assert mai == {
        "name": "Lê Thị Mai",
        "login": "mai",
        "centre": AN_BINH,
        "roles": ["clerk"],
        "organisation": "Bưu điện",
        "is_active": True,
        "has_password": False,
    }


async def test_roles_and_access_are_changed(client: httpx2.AsyncClient, accounts: Accounts) -> None:
    await as_administrator(client, accounts)
    mai_token = await signed_in(accounts, "mai")
    mai = next(person for person in await accounts.list_staff() if person.login == "mai")

    one = await client.patch(f"/api/v1/staff/{mai.id}", json={"roles": ["manager", "reception"]})
    two = await client.patch(f"/api/v1/staff/{mai.id}", json={"is_active": False})

    assert one.json()["roles"] == ["reception", "manager"]
    assert two.json()["is_active"] is False
    assert two.json()["roles"] == ["reception", "manager"]
    assert await accounts.by_session(mai_token) is None


async def test_a_renewed_link_replaces_the_first(
    client: httpx2.AsyncClient, accounts: Accounts
) -> None:
    await as_administrator(client, accounts)
    first = (await client.post("/api/v1/staff", json=MAI)).json()
    mai = next(person for person in await accounts.list_staff() if person.login == "mai")

    second = (await client.post(f"/api/v1/staff/{mai.id}/one-time-link")).json()

    for link, status in ((first, 401), (second, 200)):
        body = {"token": token_of(link), "password": PASSWORD}
        assert (await client.post("/api/v1/session/password", json=body)).status_code == status


@pytest.mark.parametrize(
    "wrong",
    [{"login": ""}, {"roles": []}, {"roles": ["king"]}, {"login": "boss"}, {"is_active": True}],
)
async def test_refuses_people_that_do_not_fit(
    client: httpx2.AsyncClient, accounts: Accounts, wrong: dict[str, object]
) -> None:
    await as_administrator(client, accounts)

    response = await client.post("/api/v1/staff", json={**MAI, **wrong})

    assert response.status_code == 422
    assert len(await accounts.list_staff()) == 1


async def test_unknown_ids_are_not_found(client: httpx2.AsyncClient, accounts: Accounts) -> None:
    await as_administrator(client, accounts)

    for method, path, body in CALLS:
        if "some" in path:
            assert (await client.request(method, path, json=body)).status_code == 404


async def test_an_administrator_of_one_centre_stays_in_it(
    client: httpx2.AsyncClient, accounts: Accounts
) -> None:
    await signed_in(accounts, "boss", Role.ADMINISTRATOR, centre=None)
    await accounts.create_staff("phu", "Phú", [Role.CLERK], AN_PHU)
    await as_local(client, accounts)
    others = [person for person in await accounts.list_staff() if person.centre != AN_BINH]

    seen = (await client.get("/api/v1/staff")).json()

    assert [person["login"] for person in seen] == ["local"]
    for person in others:
        path = f"/api/v1/staff/{person.id}"
        assert (await client.patch(path, json={"is_active": False})).status_code == 403
        assert (await client.post(f"{path}/one-time-link")).status_code == 403
    for centre in (AN_PHU, None):
        assert (await client.post("/api/v1/staff", json={**MAI, "centre": centre})).status_code == (
            403
        )
    assert (await client.post("/api/v1/staff", json=MAI)).status_code == 201


async def test_a_kiosk_is_paired_by_its_link(
    client: httpx2.AsyncClient, accounts: Accounts
) -> None:
    await as_administrator(client, accounts)
    link = (await client.post("/api/v1/devices", json=KIOSK)).json()
    client.cookies.clear()

    paired = await client.post("/api/v1/devices/redeem", json={"token": token_of(link)})

    assert paired.json()["page"] == "/kiosk?centre=an-binh&zone=main"
    (cookie,) = paired.headers.get_list("set-cookie")
    assert cookie.startswith(f"queue_device={paired.json()['token']};")
    for flag in ("HttpOnly", "SameSite=strict", "Path=/", "Max-Age=34560000"):
        assert flag in cookie
    again = await client.post("/api/v1/devices/redeem", json={"token": token_of(link)})
    assert again.status_code == 401


async def test_the_cookie_of_a_device_is_renewed_while_it_is_used(
    client: httpx2.AsyncClient, accounts: Accounts
) -> None:
    await as_administrator(client, accounts)
    link = (await client.post("/api/v1/devices", json=KIOSK)).json()
    client.cookies.clear()
    await client.post("/api/v1/devices/redeem", json={"token": token_of(link)})

    me = await client.get("/api/v1/session")

    assert (me.json()["kind"], me.json()["zone"]) == ("device", "main")
    assert "Max-Age=34560000" in me.headers["set-cookie"]


async def test_a_board_that_nobody_hears_is_told(
    client: httpx2.AsyncClient, accounts: Accounts, sound: SoundDesk
) -> None:
    await as_administrator(client, accounts)
    await client.post("/api/v1/devices", json=KIOSK)
    (device,) = await accounts.list_devices()
    before = (await client.get("/api/v1/devices")).json()
    await cannot_be_heard(sound, device)

    after = (await client.get("/api/v1/devices")).json()

    assert [each["sound"] for each in before + after] == [None, "suspended"]


async def test_a_device_is_revoked_within_reach_only(
    client: httpx2.AsyncClient, accounts: Accounts
) -> None:
    await as_administrator(client, accounts)
    for centre in (AN_BINH, AN_PHU):
        await client.post("/api/v1/devices", json={**KIOSK, "centre": centre})
    ours, theirs = await accounts.list_devices()
    await as_local(client, accounts)

    seen = (await client.get("/api/v1/devices")).json()
    revoked = await client.post(f"/api/v1/devices/{ours.id}/revoke")
    refused = await client.post(f"/api/v1/devices/{theirs.id}/revoke")
    elsewhere = await client.post("/api/v1/devices", json={**KIOSK, "centre": AN_PHU})

    assert [device["centre"] for device in seen] == [AN_BINH]
    assert revoked.json()["revoked_at"]
    assert (refused.status_code, elsewhere.status_code) == (403, 403)
    assert [device.id for device in await accounts.list_devices()] == [theirs.id]
