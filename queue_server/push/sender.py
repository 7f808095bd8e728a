"""Encrypt a message for one browser and hand it to its push service (RFC 8030, 8188, 8291, 8292).

One try: a call that comes a minute late is of no use, and the next one may.
"""

from base64 import urlsafe_b64decode
from datetime import datetime, timedelta
from http import HTTPStatus
from typing import Final, Literal

import http_ece
import httpx2
import msgspec
from cryptography.hazmat.primitives.asymmetric import ec
from msgspec import Struct
from py_vapid import Vapid02

from queue_server.push.endpoints import Target, target_of
from queue_server.push.message import Message
from queue_server.push.subscriptions import Keys, Subscription

TIMEOUT_S: Final = 8.0
TOKEN_LIFE: Final = timedelta(hours=1)
LIFE_S: Final = {"turn": 180, "soon": 300}
"""How long a push service keeps a message for a phone that is out of reach."""
_GONE: Final = frozenset({HTTPStatus.NOT_FOUND, HTTPStatus.GONE})


class Identity(Struct, frozen=True):
    """Who sends: the server's key, and whom a push service may ask."""

    key: ec.EllipticCurvePrivateKey
    contact: str
    """``mailto:`` or an address of the web."""


class Sender:
    """Sends to push services; redirects are not followed, answers are not read."""

    def __init__(self, identity: Identity, *, is_private_allowed: bool = False) -> None:
        self._identity = identity
        self._is_private_allowed = is_private_allowed

    def send(
        self, phone: Subscription, message: Message, now: datetime
    ) -> Literal["sent", "gone", "failed"]:
        """Send once. ``gone``: the phone wants no more, forget it.

        Raises:
            InvalidValue: The phone's address leads into a private network.
            OSError: The push service cannot be reached.
        """
        target = target_of(phone.endpoint, is_private_allowed=self._is_private_allowed)
        body = encrypted(msgspec.json.encode(message), phone.keys)
        headers = {
            **self._signed(target, now),
            "Host": _host(target),
            "Content-Encoding": "aes128gcm",
            "Content-Type": "application/octet-stream",
            "TTL": str(LIFE_S[message.kind]),
            "Urgency": "high",
            "Topic": phone.ticket[:32],
        }
        try:
            with httpx2.Client(timeout=TIMEOUT_S, trust_env=False) as client:
                answer = client.post(
                    _pinned(target, phone.endpoint),
                    content=body,
                    headers=headers,
                    extensions={"sni_hostname": target.host},
                )
        except httpx2.HTTPError as error:
            raise OSError(str(error)) from error
        if answer.status_code in _GONE:
            return "gone"
        return "sent" if answer.is_success else "failed"

    def _signed(self, target: Target, now: datetime) -> dict[str, str]:
        vapid = Vapid02(private_key=self._identity.key)
        scheme = "https" if target.is_secure else "http"
        claims = {
            "aud": f"{scheme}://{_host(target)}",
            "sub": self._identity.contact,
            "exp": int((now + TOKEN_LIFE).timestamp()),
        }
        signed: dict[str, str] = vapid.sign(claims)
        return signed


def encrypted(data: bytes, keys: Keys) -> bytes:
    """The data for the one browser that has the other half of the keys."""
    found: bytes = http_ece.encrypt(
        data,
        private_key=ec.generate_private_key(ec.SECP256R1()),
        dh=_decoded(keys.p256dh),
        auth_secret=_decoded(keys.auth),
        version="aes128gcm",
    )
    return found


def _decoded(text: str) -> bytes:
    bare = text.rstrip("=")
    return urlsafe_b64decode(bare + "=" * (-len(bare) % 4))


def _host(target: Target) -> str:
    usual = 443 if target.is_secure else 80
    return target.host if target.port == usual else f"{target.host}:{target.port}"


def _pinned(target: Target, endpoint: str) -> str:
    """The endpoint with the address that was judged in place of its name."""
    scheme, _, rest = endpoint.partition("://")
    path = rest.partition("/")[2]
    address = f"[{target.address}]" if ":" in target.address else target.address
    return f"{scheme}://{address}:{target.port}/{path}"
