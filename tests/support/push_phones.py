"""A phone's browser, as far as push services and senders see it: real keys, real decryption."""

from base64 import urlsafe_b64encode
from secrets import token_bytes
from typing import Any

import http_ece
import msgspec
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from queue_server.push.subscriptions import Keys


class PhoneBrowser:
    """Its subscription's keys, and what it reads of a message."""

    def __init__(self) -> None:
        self._key = ec.generate_private_key(ec.SECP256R1())
        self._auth = token_bytes(16)

    @property
    def keys(self) -> Keys:
        point = self._key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        return Keys(_text(point), _text(self._auth))

    def read(self, body: bytes) -> dict[str, Any]:
        """The message, decrypted as browsers do (RFC 8291)."""
        data = http_ece.decrypt(
            body, private_key=self._key, auth_secret=self._auth, version="aes128gcm"
        )
        found: dict[str, Any] = msgspec.json.decode(data)
        return found


def _text(data: bytes) -> str:
    return urlsafe_b64encode(data).rstrip(b"=").decode()
