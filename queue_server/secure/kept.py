"""The authority and the certificate in files that only this user may read.

`Kept.ready` makes what is missing and renews what is due; devices keep trusting the authority.
"""

import os
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Final

import structlog
from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from queue_server.core.errors import InvalidValue
from queue_server.secure.authority import (
    Pair,
    is_due,
    new_authority,
    permitted,
    require_permitted,
    server_certificate,
)

log = structlog.get_logger()

PRIVATE: Final = 0o600


class Kept:
    """One folder with the authority and the server's certificate."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._authority = folder / "authority.pem"
        self._authority_key = folder / "authority.key"
        self.certificate = folder / "server.pem"
        """The server's certificate, then the authority's."""
        self.key = folder / "server.key"

    def authority(self) -> x509.Certificate:
        """The authority that devices install.

        Raises:
            InvalidValue: There is none that can be read.
        """
        return _read(self._authority)

    def ready(
        self, centre: str, names: Sequence[str], now: datetime, *, are_found: bool = False
    ) -> bool:
        """Make what is missing or due; whether there is another certificate than before.

        Args:
            centre: Shown in a device's list of authorities.
            names: Names and addresses of the server.
            now: By the machine's clock.
            are_found: Nobody wrote the names down: one that the authority may not vouch for,
                since it was made in another network, is left out instead of refused.

        Raises:
            InvalidValue: The files cannot be used, or a name is none the authority vouches for.
        """
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        authority = self._known_authority()
        if are_found and authority is not None:
            names = permitted(authority.certificate, names)
        if authority is None or authority.certificate.not_valid_after_utc <= now:
            authority = new_authority(centre, names, now)
            _write(self._authority_key, _key_text(authority.key))
            _write(self._authority, authority.certificate.public_bytes(Encoding.PEM))
            log.info("a new authority was made", folder=str(self.folder))
        elif not self._is_due(authority.certificate, names, now):
            return False
        require_permitted(authority.certificate, names)
        made = server_certificate(authority, names, now)
        chain = [made.certificate, authority.certificate]
        _write(self.key, _key_text(made.key))
        _write(self.certificate, b"".join(each.public_bytes(Encoding.PEM) for each in chain))
        until = made.certificate.not_valid_after_utc.date().isoformat()
        log.info("a new certificate was made", names=", ".join(names), valid_until=until)
        return True

    def _known_authority(self) -> Pair | None:
        if not self._authority.exists():
            return None
        return Pair(_read(self._authority), _read_key(self._authority_key))

    def _is_due(self, authority: x509.Certificate, names: Sequence[str], now: datetime) -> bool:
        """Also where a file is gone, damaged, or signed by an authority from before."""
        try:
            known, key = _read(self.certificate), _read_key(self.key)
            known.verify_directly_issued_by(authority)
        except (InvalidValue, InvalidSignature, ValueError, TypeError):
            return True
        is_pair = key.public_key() == known.public_key()
        return not is_pair or is_due(known, names, now)


def _read(file: Path) -> x509.Certificate:
    try:
        return x509.load_pem_x509_certificate(file.read_bytes())
    except (OSError, ValueError) as error:
        message = f"expected a certificate in {file}: {error}"
        raise InvalidValue(message) from error


def _read_key(file: Path) -> ec.EllipticCurvePrivateKey:
    try:
        key = load_pem_private_key(file.read_bytes(), password=None)
    except (OSError, ValueError, TypeError) as error:
        message = f"expected a key in {file}: {error}"
        raise InvalidValue(message) from error
    if not isinstance(key, ec.EllipticCurvePrivateKey):
        message = f"expected a key of an elliptic curve in {file}"
        raise InvalidValue(message)
    return key


def _key_text(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def _write(file: Path, data: bytes) -> None:
    """Whole or not at all, and never readable by others, not even for a moment."""
    new = file.with_name(f"{file.name}.new")
    new.unlink(missing_ok=True)
    descriptor = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, PRIVATE)
    with os.fdopen(descriptor, "wb") as target:
        target.write(data)
        target.flush()
        os.fsync(target.fileno())
    new.replace(file)
