"""The code at the door and the pass it is exchanged for: proof that somebody stood there. Pure.

The code is in a QR code that everybody in front of the door can scan; it changes every half
minute, and is good until the next one is replaced. Whoever opens it in time gets a pass, good for
ten minutes and for one number. Both are signed with the installation's secret, so every process
knows them and nothing is stored.
"""

import hashlib
import hmac
from base64 import urlsafe_b64encode
from datetime import UTC, datetime, timedelta
from typing import Final

from msgspec import Struct

from queue_server.core.identifiers import CentreId, TicketId

PASS_LIFE: Final = timedelta(minutes=10)
_MAC_BYTES: Final = 15


class Pass(Struct, frozen=True, kw_only=True):
    """What is written in a pass."""

    slot: int
    """Of the code it was got with."""
    nonce: str
    until: datetime


def slot_of(now: datetime, every_s: int) -> int:
    """Running number of the present stretch of `every_s` seconds."""
    return int(now.timestamp() // every_s)


def slot_ends(slot: int, every_s: int) -> datetime:
    """When the code of the slot is replaced."""
    return datetime.fromtimestamp((slot + 1) * every_s, UTC)


def door_code(key: bytes, centre: CentreId, slot: int) -> str:
    """The code of a slot, to stand in an address."""
    return f"{slot:x}.{_signed(key, 'code', centre, f'{slot:x}')}"


def fresh_slot(key: bytes, centre: CentreId, code: str, now: datetime, every_s: int) -> int | None:
    """The code's slot, if it is this or the last one and nobody forged it."""
    text, _, mac = code.partition(".")
    slot = _number(text)
    if slot is None or not 0 <= slot_of(now, every_s) - slot <= 1:
        return None
    return slot if _is_signed(mac, key, "code", centre, text) else None


def new_pass(  # noqa: PLR0913, PLR0917  # what is written in it
    key: bytes, centre: CentreId, slot: int, nonce: str, now: datetime, speed: float = 1.0
) -> str:
    """A pass for one number.

    Args:
        key: To sign it with.
        centre: Where it is good.
        slot: Of the code it is given for.
        nonce: Random, of hexadecimal digits.
        now: When its ten minutes begin.
        speed: Of the clock that tells `now`; a demo's runs faster than people do.
    """
    until = int((now + PASS_LIFE * max(speed, 1.0)).timestamp())
    text = f"{slot:x}.{nonce}.{until:x}"
    return f"{text}.{_signed(key, 'pass', centre, text)}"


def read_pass(key: bytes, centre: CentreId, text: str, now: datetime) -> Pass | None:
    """The pass, if it is one of this centre and its time is not over."""
    written, _, mac = text.rpartition(".")
    parts = written.split(".")
    if len(parts) != len(("slot", "nonce", "until")):
        return None
    slot, until = _number(parts[0]), _number(parts[2])
    if slot is None or until is None or not _is_signed(mac, key, "pass", centre, written):
        return None
    if now.timestamp() > until:
        return None
    return Pass(slot=slot, nonce=parts[1], until=datetime.fromtimestamp(until, UTC))


def ticket_of(key: bytes, centre: CentreId, nonce: str) -> TicketId:
    """The id of the one ticket a pass is good for: nobody guesses it, and a second is refused."""
    text = f"ticket\0{centre}\0{nonce}".encode()
    return TicketId(hmac.new(key, text, hashlib.sha256).hexdigest()[:32])


def _signed(key: bytes, kind: str, centre: CentreId, text: str) -> str:
    mac = hmac.digest(key, f"{kind}\0{centre}\0{text}".encode(), "sha256")
    return urlsafe_b64encode(mac[:_MAC_BYTES]).decode()


def _is_signed(mac: str, key: bytes, kind: str, centre: CentreId, text: str) -> bool:
    return hmac.compare_digest(mac.encode(), _signed(key, kind, centre, text).encode())


def _number(text: str) -> int | None:
    """A short hexadecimal number."""
    is_short = 0 < len(text) <= len("ffffffffffff")
    return int(text, 16) if is_short and all(c in "0123456789abcdef" for c in text) else None
