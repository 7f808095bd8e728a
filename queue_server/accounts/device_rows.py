"""Devices in SQL. Everything here blocks; `Accounts` runs it in threads."""

from datetime import datetime, timedelta
from typing import Any, Final

import msgspec
import structlog
from sqlalchemy import Engine, Row, insert, select, update

from queue_server.accounts.devices import Device, DeviceSettings, check_settings
from queue_server.accounts.known import Known
from queue_server.accounts.people import checked_name
from queue_server.accounts.principal import DeviceKind
from queue_server.accounts.sessions import SEEN_EVERY
from queue_server.accounts.tokens import new_id, spent_link
from queue_server.archive.database import DatabaseUnavailable, reading, writing
from queue_server.archive.tables import DEVICES
from queue_server.core.errors import UnknownName
from queue_server.core.identifiers import CentreId

LINK_LIFE: Final = timedelta(hours=24)

log = structlog.get_logger(__name__)


class NewDevice(msgspec.Struct, frozen=True, kw_only=True):
    """A device to be let in."""

    centre: CentreId
    kind: DeviceKind
    name: str
    settings: DeviceSettings = DeviceSettings()


def insert_device(engine: Engine, device: NewDevice, link: str, now: datetime) -> None:
    """Write a new device; `link` is the hash of the one-time link to be opened on it.

    Raises:
        InvalidValue: The name is not fit, or the device stands for nothing.
    """
    check_settings(device.kind, device.settings)
    row = {
        "id": new_id(),
        "centre": device.centre,
        "kind": device.kind,
        "name": checked_name(device.name),
        "setting": msgspec.to_builtins(device.settings),
        "one_time_hash": link,
        "one_time_until": now + LINK_LIFE,
        "created_at": now,
    }
    with writing(engine) as connection:
        connection.execute(insert(DEVICES).values(**row))


def spend_link(engine: Engine, link: str, key: str, now: datetime) -> None:
    """Pair the device the link was made for, once, with the token whose hash is `key`.

    Raises:
        NotSignedIn: The link was used, revoked or is too old.
    """
    pairing = (
        update(DEVICES)
        .where(
            DEVICES.c.one_time_hash == link,
            DEVICES.c.one_time_until > now,
            DEVICES.c.revoked_at.is_(None),
        )
        .values(token_hash=key, one_time_hash=None, one_time_until=None, last_seen_at=now)
    )
    with writing(engine) as connection:
        if not connection.execute(pairing).rowcount:
            raise spent_link()


def revoke(engine: Engine, device: str, now: datetime) -> None:
    """Take the device's token and link away, for ever.

    Raises:
        UnknownName: No such device.
    """
    nothing = {"token_hash": None, "one_time_hash": None, "one_time_until": None}
    revocation = update(DEVICES).where(DEVICES.c.id == device).values(**nothing, revoked_at=now)
    with writing(engine) as connection:
        if not connection.execute(revocation).rowcount:
            raise _unknown(device)


def read_device(engine: Engine, device: str) -> Device:
    """One device.

    Raises:
        UnknownName: No such device.
    """
    with reading(engine) as connection:
        row = connection.execute(select(DEVICES).where(DEVICES.c.id == device)).first()
    if row is None:
        raise _unknown(device)
    return _device(row)


def read_all_devices(engine: Engine, centre: CentreId | None) -> list[Device]:
    """The devices of a centre, or with None of all, by name; revoked ones are not listed."""
    statement = (
        select(DEVICES)
        .where(DEVICES.c.revoked_at.is_(None))
        .order_by(DEVICES.c.centre, DEVICES.c.name, DEVICES.c.id)
    )
    if centre is not None:
        statement = statement.where(DEVICES.c.centre == centre)
    with reading(engine) as connection:
        return [_device(row) for row in connection.execute(statement)]


def read_paired_device(engine: Engine, key: str, now: datetime) -> Known | None:
    """The device with this token's hash; that it was seen is written once a minute at most."""
    statement = select(DEVICES).where(DEVICES.c.token_hash == key, DEVICES.c.revoked_at.is_(None))
    with reading(engine) as connection:
        row = connection.execute(statement).first()
    if row is None:
        return None
    if row.last_seen_at is None or now - row.last_seen_at >= SEEN_EVERY:
        _note_seen(engine, row.id, now)
    return Known(principal=_device(row).principal)


def _note_seen(engine: Engine, device: str, now: datetime) -> None:
    try:
        with writing(engine) as connection:
            connection.execute(
                update(DEVICES).where(DEVICES.c.id == device).values(last_seen_at=now)
            )
    except DatabaseUnavailable:
        # Another writer is slow: the device is known all the same.
        log.warning("device_sight_not_written", device=device)


def _device(row: Row[Any]) -> Device:
    return Device(
        id=row.id,
        centre=CentreId(row.centre),
        kind=row.kind,
        name=row.name,
        settings=msgspec.convert(row.setting, DeviceSettings),
        is_paired=row.token_hash is not None,
        link_until=row.one_time_until,
        last_seen_at=row.last_seen_at,
        revoked_at=row.revoked_at,
    )


def _unknown(device: str) -> UnknownName:
    message = f"expected a device, got {device!r}"
    return UnknownName(message, kind="device", name=device)
