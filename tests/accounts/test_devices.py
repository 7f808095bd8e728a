"""Devices come in with a link opened once on them, and are shut out at once."""

from datetime import timedelta

import pytest

from queue_server.accounts.accounts import Accounts
from queue_server.accounts.devices import Device, DeviceSettings, page_of
from queue_server.accounts.principal import DeviceKind, NotSignedIn
from queue_server.core.errors import InvalidValue, UnknownName
from tests.support.accounts import AN_BINH, AN_PHU
from tests.support.clocks import HandSetClock

NOTHING = DeviceSettings()


async def only(accounts: Accounts) -> Device:
    (device,) = await accounts.list_devices()
    return device


async def test_a_link_opened_on_a_device_lets_it_in(accounts_anywhere: Accounts) -> None:
    link = await accounts_anywhere.create_device(
        AN_BINH, "kiosk", "Kiosk by the door", DeviceSettings(zone="main", printer="door")
    )
    assert not (await only(accounts_anywhere)).is_paired

    token = await accounts_anywhere.redeem_device(link)

    principal = await accounts_anywhere.by_device(token)
    assert principal is not None
    assert (principal.kind, principal.device_kind) == ("device", "kiosk")
    assert (principal.zone, principal.counter, principal.printer) == ("main", None, "door")
    assert principal.is_of(AN_BINH)
    assert not principal.roles
    assert (await only(accounts_anywhere)).is_paired


async def test_a_link_works_once(accounts: Accounts) -> None:
    link = await accounts.create_device(AN_BINH, "board", "Board", NOTHING)
    token = await accounts.redeem_device(link)

    with pytest.raises(NotSignedIn):
        await accounts.redeem_device(link)

    assert await accounts.by_device(token)


async def test_a_link_is_too_old_after_a_day(accounts: Accounts, clock: HandSetClock) -> None:
    link = await accounts.create_device(AN_BINH, "board", "Board", NOTHING)
    clock.instant += timedelta(hours=24)

    with pytest.raises(NotSignedIn):
        await accounts.redeem_device(link)


async def test_a_revoked_device_is_out_at_once(accounts_anywhere: Accounts) -> None:
    token = await accounts_anywhere.redeem_device(
        await accounts_anywhere.create_device(AN_BINH, "board", "Board", NOTHING)
    )
    assert await accounts_anywhere.by_device(token)
    device = await only(accounts_anywhere)

    await accounts_anywhere.revoke_device(device.id)

    assert await accounts_anywhere.by_device(token) is None
    assert await accounts_anywhere.list_devices() == []
    assert (await accounts_anywhere.device(device.id)).revoked_at


async def test_a_link_of_a_revoked_device_is_spent(accounts: Accounts) -> None:
    link = await accounts.create_device(AN_BINH, "board", "Board", NOTHING)
    await accounts.revoke_device((await only(accounts)).id)

    with pytest.raises(NotSignedIn):
        await accounts.redeem_device(link)


async def test_a_device_stays_in_for_years(accounts: Accounts, clock: HandSetClock) -> None:
    token = await accounts.redeem_device(
        await accounts.create_device(AN_BINH, "board", "Board", NOTHING)
    )
    clock.instant += timedelta(days=1_000)

    assert await accounts.by_device(token)
    assert (await only(accounts)).last_seen_at == clock.instant


async def test_the_two_kinds_of_token_are_not_mixed_up(accounts: Accounts) -> None:
    token = await accounts.redeem_device(
        await accounts.create_device(AN_BINH, "board", "Board", NOTHING)
    )

    assert await accounts.by_session(token) is None
    found = await accounts.by_token(token)
    assert found is not None
    assert found.device_kind == "board"


async def test_unknown_devices_are_named(accounts: Accounts) -> None:
    with pytest.raises(UnknownName, match="got 'nothing'"):
        await accounts.revoke_device("nothing")
    with pytest.raises(UnknownName, match="got 'nothing'"):
        await accounts.device("nothing")


@pytest.mark.parametrize(
    ("kind", "need"), [("counter_sign", "counter"), ("rating", "counter"), ("printer", "printer")]
)
async def test_refuses_a_device_that_stands_for_nothing(
    accounts: Accounts, kind: DeviceKind, need: str
) -> None:
    with pytest.raises(InvalidValue, match=f"expected the {need}"):
        await accounts.create_device(AN_BINH, kind, "Device", NOTHING)


async def test_lists_the_devices_of_a_centre(accounts_anywhere: Accounts) -> None:
    for name, centre in (("b", AN_BINH), ("a", AN_BINH), ("c", AN_PHU)):
        await accounts_anywhere.create_device(centre, "board", name, NOTHING)

    assert [device.name for device in await accounts_anywhere.list_devices(AN_BINH)] == ["a", "b"]
    assert [device.name for device in await accounts_anywhere.list_devices()] == ["a", "b", "c"]


@pytest.mark.parametrize(
    ("kind", "settings", "page"),
    [
        ("kiosk", DeviceSettings(zone="main"), "/kiosk?centre=an-binh&zone=main"),
        ("kiosk", DeviceSettings(kiosk="door"), "/kiosk?centre=an-binh&kiosk=door"),
        ("board", NOTHING, "/board?centre=an-binh"),
        ("board", DeviceSettings(board="hall"), "/board?centre=an-binh&board=hall"),
        ("counter_sign", DeviceSettings(counter="3"), "/sign?centre=an-binh&counter=3"),
        ("rating", DeviceSettings(counter="3"), "/rate?centre=an-binh&counter=3"),
        ("door", NOTHING, "/door?centre=an-binh"),
        ("printer", DeviceSettings(printer="door"), None),
    ],
)
async def test_a_device_knows_its_page(
    accounts: Accounts, kind: DeviceKind, settings: DeviceSettings, page: str | None
) -> None:
    token = await accounts.redeem_device(
        await accounts.create_device(AN_BINH, kind, "Device", settings)
    )

    principal = await accounts.by_device(token)

    assert principal is not None
    assert page_of(principal) == page
