"""The key by which push services know this server (VAPID, RFC 8292), kept in the data folder."""

import os
from base64 import urlsafe_b64encode
from pathlib import Path
from typing import Final

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)

from queue_server.core.errors import InvalidValue

PRIVATE: Final = 0o600


def server_key(file: Path) -> ec.EllipticCurvePrivateKey:
    """The key in the file, made at the first time; another one would lose every subscription.

    Raises:
        InvalidValue: The file holds no such key.
    """
    if not file.exists():
        _make(file)
    try:
        key = load_pem_private_key(file.read_bytes(), password=None)
    except (OSError, ValueError, TypeError) as error:
        message = f"expected the key of messages to phones in {file}: {error}"
        raise InvalidValue(message) from error
    if not isinstance(key, ec.EllipticCurvePrivateKey):
        message = f"expected a key of the curve P-256 in {file}"
        raise InvalidValue(message)
    return key


def _make(file: Path) -> None:
    """Two processes may begin at once: whoever is first has made it."""
    key = ec.generate_private_key(ec.SECP256R1())
    text = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    new = file.with_name(f"{file.name}.{os.getpid()}")
    descriptor = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, PRIVATE)
    with os.fdopen(descriptor, "wb") as target:
        target.write(text)
        target.flush()
        os.fsync(target.fileno())
    try:
        os.link(new, file)
    except FileExistsError:
        pass
    finally:
        new.unlink()


def public_key(key: ec.EllipticCurvePrivateKey) -> str:
    """What browsers are told: the uncompressed point in URL-safe base64."""
    point = key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return urlsafe_b64encode(point).rstrip(b"=").decode()
