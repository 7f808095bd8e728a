"""How a program without a page becomes a device: it spends a one-time link and keeps the token."""

import ssl
from http import HTTPStatus
from pathlib import Path
from typing import Final
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

import httpx2
import msgspec
from msgspec import Struct

from queue_server.core.errors import QueueError

TIMEOUT: Final = httpx2.Timeout(4.0, connect=2.0)


class NotPaired(QueueError):
    """A program has no token, or the server does not know it any more."""

    code = "not_paired"


class Pairing(Struct, frozen=True, kw_only=True):
    """What a program keeps of its pairing."""

    server: str
    token: str
    name: str
    centre: str
    zone: str | None = None
    ca_file: str | None = None


class _Redeemed(Struct, frozen=True):
    token: str
    name: str


class _Who(Struct, frozen=True):
    centre: str | None = None
    device_kind: str | None = None
    zone: str | None = None


def pair(link: str, kind: str, ca_file: Path | None = None) -> Pairing:
    """Spend a one-time link, such as ``https://server/device?token=…``.

    Raises:
        NotPaired: The link is none, was used or is too old, or is for another kind of device; or
            the server cannot be reached.
    """
    parts = urlsplit(link.strip())
    token = parse_qs(parts.query).get("token", [""])[0]
    if parts.scheme not in {"http", "https"} or not parts.netloc or not token:
        message = f"expected a link such as https://server/device?token=…, got {link!r}"
        raise NotPaired(message)
    server = f"{parts.scheme}://{parts.netloc}"
    ca = None if ca_file is None else str(ca_file.absolute())
    try:
        redeemed, who = _redeemed(server, token, ca)
    except httpx2.HTTPError as error:
        message = f"the server cannot be reached: {error}"
        raise NotPaired(message) from error
    if who.device_kind != kind or who.centre is None:
        message = f"expected the link of a device of the kind {kind}, got one of {who.device_kind}"
        raise NotPaired(message)
    return Pairing(
        server=server,
        token=redeemed.token,
        name=redeemed.name,
        centre=who.centre,
        zone=who.zone,
        ca_file=ca,
    )


def _redeemed(server: str, token: str, ca: str | None) -> tuple[_Redeemed, _Who]:
    with httpx2.Client(
        base_url=server, verify=tls_of(ca), trust_env=False, timeout=TIMEOUT
    ) as client:
        answer = client.post("/api/v1/devices/redeem", json={"token": token})
        if answer.status_code != HTTPStatus.OK:
            message = "expected a link that is new, got one that was used or is too old"
            raise NotPaired(message)
        redeemed = msgspec.json.decode(answer.content, type=_Redeemed)
        headers = {"authorization": f"Bearer {redeemed.token}"}
        who = client.get("/api/v1/session", headers=headers)
    return redeemed, msgspec.json.decode(who.content, type=_Who)


def tls_of(ca_file: str | None) -> ssl.SSLContext:
    """Trust in this authority alone, or in those of the machine."""
    return ssl.create_default_context(cafile=ca_file)


def save_pairing(path: Path, pairing: Pairing) -> None:
    """Keep the pairing, for its owner's eyes alone."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    temporary = path.with_name(f".{path.name}.{uuid4().hex}")
    temporary.touch(mode=0o600)
    temporary.write_bytes(msgspec.json.encode(pairing))
    temporary.replace(path)


def read_pairing(path: Path) -> Pairing:
    """The pairing that was kept.

    Raises:
        NotPaired: There is none.
    """
    if not path.is_file():
        message = f"expected a pairing in {path}: begin with --link and the link of the device"
        raise NotPaired(message)
    return msgspec.json.decode(path.read_bytes(), type=Pairing)
