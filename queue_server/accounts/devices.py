"""Kiosks, boards, counter signs and printers as values: what each stands for, where it goes."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final
from urllib.parse import urlencode

from msgspec import Struct

from queue_server.accounts.principal import DeviceKind, Principal
from queue_server.core.errors import InvalidValue
from queue_server.core.identifiers import CentreId

ONLINE_WITHIN: Final = timedelta(minutes=3)
"""That a device was seen is written once a minute, as long as it is connected."""


class DeviceSettings(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Names of the centre's configuration that the device stands for."""

    zone: str | None = None
    """None: the whole centre."""
    board: str | None = None
    """For a board: which of the configured ones it is; None shows the zone with the defaults."""
    kiosk: str | None = None
    """For a kiosk: which of the configured ones it is; None is one with the defaults."""
    counter: str | None = None
    printer: str | None = None
    """For a kiosk: where its slips come out; None means the centre's kiosk printer."""


class Device(Struct, frozen=True, kw_only=True):
    """A device as an administrator sees it."""

    id: str
    centre: CentreId
    kind: DeviceKind
    name: str
    settings: DeviceSettings
    is_paired: bool
    """The one-time link was opened on it and it was not revoked since."""
    link_until: datetime | None
    last_seen_at: datetime | None
    revoked_at: datetime | None

    def was_heard_lately(self, now: datetime) -> bool:
        """Whether it was heard a moment ago."""
        return self.last_seen_at is not None and now - self.last_seen_at <= ONLINE_WITHIN

    @property
    def principal(self) -> Principal:
        """This device as the one who asks."""
        return Principal(
            kind="device",
            id=self.id,
            name=self.name,
            centre=self.centre,
            device_kind=self.kind,
            zone=self.settings.zone,
            board=self.settings.board,
            kiosk=self.settings.kiosk,
            counter=self.settings.counter,
            printer=self.settings.printer,
        )


_NEEDS: Final[Mapping[DeviceKind, str | None]] = {
    "kiosk": None,
    "board": None,
    "counter_sign": "counter",
    "rating": "counter",
    "door": None,
    "printer": "printer",
    "announcer": None,
}
"""The setting a device of this kind cannot be without."""

_PAGES: Final[Mapping[DeviceKind, str | None]] = {
    "kiosk": "/kiosk",
    "board": "/board",
    "counter_sign": "/sign",
    "rating": "/rate",
    "door": "/door",
    # A program that fetches paper jobs: it has a token and no page.
    "printer": None,
    # A program that speaks calls.
    "announcer": None,
}


def check_settings(kind: DeviceKind, settings: DeviceSettings) -> None:
    """Refuse a device that stands for nothing.

    Raises:
        InvalidValue: A setting that this kind cannot be without is missing.
    """
    need = _NEEDS[kind]
    if need is not None and not getattr(settings, need):
        message = f"expected the {need} that a device of the kind {kind} stands for, got none"
        raise InvalidValue(message, field=need)


def page_of(device: Principal) -> str | None:
    """Address of the page the device shows, or None for one that has no page."""
    page = _PAGES[device.device_kind] if device.device_kind else None
    if page is None:
        return None
    names = {
        "centre": device.centre,
        "zone": device.zone,
        "board": device.board,
        "kiosk": device.kiosk,
        "counter": device.counter,
    }
    return f"{page}?{urlencode({name: value for name, value in names.items() if value})}"
