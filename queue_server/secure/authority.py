"""The centre's own authority and the certificates it makes. Pure but for the keys it draws.

Whoever installs the authority trusts it for the names and networks written in it and no others:
it cannot stand in for a bank, even if its key is stolen.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import Final

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from msgspec import Struct

from queue_server.core.errors import InvalidValue

AUTHORITY_LIFE: Final = timedelta(days=3650)
"""Installed by hand on every device, so it outlives the devices."""
CERTIFICATE_LIFE: Final = timedelta(days=90)
RENEWED_BEFORE: Final = timedelta(days=30)
CLOCK_TOLERANCE: Final = timedelta(days=1)
"""A device whose clock is behind takes a certificate that was made just now."""
LOCAL_NETWORKS: Final = (
    "10.0.0.0/8",
    "172.16.0.0/12",
    "192.168.0.0/16",
    "169.254.0.0/16",
    "127.0.0.0/8",
    "fc00::/7",
    "fe80::/10",
    "::1/128",
)
LOCAL_DOMAINS: Final = ("localhost", "lan", "local", "internal", "home.arpa")

Address = IPv4Address | IPv6Address


class Pair(Struct, frozen=True):
    """A certificate and its key."""

    certificate: x509.Certificate
    key: ec.EllipticCurvePrivateKey


def new_authority(centre: str, names: Sequence[str], now: datetime) -> Pair:
    """An authority for local networks, local names and `names`.

    Args:
        centre: Shown in a device's list of authorities.
        names: Names and addresses of the server; those beyond the local ones are permitted too.
        now: It is valid from here on.
    """
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name(
        [
            x509.NameAttribute(NameOID.COMMON_NAME, f"Queue server {centre}"[:64]),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Queue server, own authority"),
        ]
    )
    usage = x509.KeyUsage(
        digital_signature=False,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=True,
        crl_sign=True,
        encipher_only=False,
        decipher_only=False,
    )
    certificate = (
        _builder(name, name, key, now, AUTHORITY_LIFE)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(usage, critical=True)
        .add_extension(_permitted(names), critical=True)
        .sign(key, SHA256())
    )
    return Pair(certificate, key)


def server_certificate(authority: Pair, names: Sequence[str], now: datetime) -> Pair:
    """A certificate for the server under its names and addresses, good for three months."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, names[0][:64])])
    issuer = authority.certificate.subject
    alternatives = x509.SubjectAlternativeName([_general(name) for name in names])
    usage = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH])
    of_authority = authority.certificate.extensions.get_extension_for_class(
        x509.SubjectKeyIdentifier
    )
    certificate = (
        _builder(subject, issuer, key, now, CERTIFICATE_LIFE)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(alternatives, critical=False)
        .add_extension(usage, critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_subject_key_identifier(of_authority.value),
            critical=False,
        )
        .sign(authority.key, SHA256())
    )
    return Pair(certificate, key)


def is_due(certificate: x509.Certificate, names: Sequence[str], now: datetime) -> bool:
    """Whether another certificate is needed: soon over, not begun, or of other names."""
    left = certificate.not_valid_after_utc - now
    is_begun = certificate.not_valid_before_utc <= now
    return left < RENEWED_BEFORE or not is_begun or set(names_in(certificate)) != set(names)


def names_in(certificate: x509.Certificate) -> list[str]:
    """Names and addresses a certificate is for."""
    found = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    dns = found.get_values_for_type(x509.DNSName)
    return [*dns, *(str(each) for each in found.get_values_for_type(x509.IPAddress))]


def permitted(authority: x509.Certificate, names: Iterable[str]) -> list[str]:
    """Those of the names for which devices believe the authority."""
    constraints = authority.extensions.get_extension_for_class(x509.NameConstraints).value
    known = constraints.permitted_subtrees or []
    return [name for name in names if any(_covers(each, name) for each in known)]


def require_permitted(authority: x509.Certificate, names: Sequence[str]) -> None:
    """Refuse names that devices would not believe the authority.

    Raises:
        InvalidValue: Some name was not known when the authority was made.
    """
    known = permitted(authority, names)
    outside = [name for name in names if name not in known]
    if outside:
        message = (
            f"expected names that the centre's authority may vouch for, got {', '.join(outside)}: "
            "remove the folder tls in the data folder to make a new authority, and install it on "
            "the devices"
        )
        raise InvalidValue(message)


def fingerprint(certificate: x509.Certificate) -> str:
    """SHA-256 of the certificate as people compare it, in pairs with colons."""
    return certificate.fingerprint(SHA256()).hex(":").upper()


def _builder(
    subject: x509.Name,
    issuer: x509.Name,
    key: ec.EllipticCurvePrivateKey,
    now: datetime,
    life: timedelta,
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - CLOCK_TOLERANCE)
        .not_valid_after(now + life)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )


def _permitted(names: Sequence[str]) -> x509.NameConstraints:
    networks = [x509.IPAddress(ip_network(each)) for each in LOCAL_NETWORKS]
    domains = [x509.DNSName(each) for each in LOCAL_DOMAINS]
    known: list[x509.GeneralName] = [*networks, *domains]
    for name in names:
        if not any(_covers(each, name) for each in known):
            address = _address(name)
            known.append(
                x509.DNSName(name) if address is None else x509.IPAddress(ip_network(address))
            )
    return x509.NameConstraints(permitted_subtrees=known, excluded_subtrees=None)


def _covers(permitted: x509.GeneralName, name: str) -> bool:
    address = _address(name)
    if isinstance(permitted, x509.DNSName) and address is None:
        return name == permitted.value or name.endswith(f".{permitted.value}")
    if isinstance(permitted, x509.IPAddress) and address is not None:
        return address in ip_network(str(permitted.value))
    return False


def _general(name: str) -> x509.GeneralName:
    address = _address(name)
    return x509.DNSName(name) if address is None else x509.IPAddress(address)


def _address(name: str) -> Address | None:
    try:
        return ip_address(name)
    except ValueError:
        return None
