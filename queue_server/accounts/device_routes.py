"""Devices: announced and revoked by administrators, paired by whoever opens the one-time link."""

from collections.abc import Iterable, Mapping
from typing import cast

from msgspec import Struct, structs
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from queue_server.accounts.answers import (
    Link,
    accounts_of,
    administrator,
    answer,
    body_of,
    demand_reach,
    set_device,
)
from queue_server.accounts.credentials import refuse_other_sites
from queue_server.accounts.devices import Device, DeviceSettings, page_of
from queue_server.accounts.principal import NOBODY, DeviceKind
from queue_server.accounts.session_routes import Token
from queue_server.core.errors import StoreUnavailable
from queue_server.core.identifiers import CentreId
from queue_server.hub.sound import SoundDesk


class AddDevice(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A device to be let in, and what it stands for."""

    centre: CentreId
    kind: DeviceKind
    name: str
    zone: str | None = None
    board: str | None = None
    kiosk: str | None = None
    counter: str | None = None
    printer: str | None = None

    @property
    def settings(self) -> DeviceSettings:
        """Empty names count as none."""
        return DeviceSettings(
            zone=self.zone or None,
            board=self.board or None,
            kiosk=self.kiosk or None,
            counter=self.counter or None,
            printer=self.printer or None,
        )


class RedeemDevice(Struct, frozen=True, forbid_unknown_fields=True):
    """The token of a one-time link."""

    token: Token


class Paired(Struct, frozen=True):
    """What the device keeps, and the page it shows; None for one that has no page."""

    token: str
    name: str
    page: str | None


class ListedDevice(Device, frozen=True, kw_only=True):
    """A device, and what its page says of itself while it is connected."""

    sound: str | None
    """`running`, or why nobody hears it."""
    is_online: bool
    """It was heard a moment ago."""


async def list_devices(request: Request) -> Response:
    """The devices in the administrator's reach."""
    principal = await administrator(request)
    accounts = accounts_of(request)
    devices, now = await accounts.list_devices(principal.centre), accounts.now()
    sounds = await sounds_of(request, {device.centre for device in devices})
    return answer(
        [
            ListedDevice(
                **structs.asdict(device),
                sound=sounds.get(device.id),
                is_online=device.was_heard_lately(now),
            )
            for device in devices
        ]
    )


async def sounds_of(request: Request, centres: Iterable[CentreId]) -> Mapping[str, str]:
    """What connected devices with loudspeakers say of themselves; nothing while it is unknown."""
    desk = cast("SoundDesk", request.state.sound)
    try:
        found = [device for centre in centres for device in await desk.devices(centre)]
    except StoreUnavailable:
        return {}
    return {device.device: device.state for device in found}


async def add_device(request: Request) -> Response:
    """Announce a device; answers the one-time link to be opened on it."""
    principal = await administrator(request)
    body = await body_of(request, AddDevice)
    demand_reach(principal, body.centre)
    token = await accounts_of(request).create_device(
        body.centre, body.kind, body.name, body.settings
    )
    return answer(Link(token, f"/device?token={token}"), 201)


async def revoke_device(request: Request) -> Response:
    """Shut a device out."""
    principal = await administrator(request)
    accounts = accounts_of(request)
    device = await accounts.device(request.path_params["device"])
    demand_reach(principal, device.centre)
    await accounts.revoke_device(device.id)
    return answer(await accounts.device(device.id))


async def redeem_device(request: Request) -> Response:
    """Spend a one-time link: whoever sends this is the device from now on."""
    refuse_other_sites(request)
    body = await body_of(request, RedeemDevice)
    accounts = accounts_of(request)
    token = await accounts.redeem_device(body.token)
    device = await accounts.by_device(token) or NOBODY
    return set_device(request, answer(Paired(token, device.name, page_of(device))), token)


DEVICES = "/api/v1/devices"
ROUTES = [
    Route(DEVICES, list_devices, methods=["GET"]),
    Route(DEVICES, add_device, methods=["POST"]),
    Route(f"{DEVICES}/redeem", redeem_device, methods=["POST"]),
    Route(f"{DEVICES}/{{device}}/revoke", revoke_device, methods=["POST"]),
]
