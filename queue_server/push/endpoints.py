"""Which addresses a phone may ask the server to send to: push services, nothing in the house.

A subscription comes from anybody who holds a ticket. It must not make the server knock at doors
of its own network: the address is judged when it comes, and what its name resolves to when
something is sent, to exactly that address.
"""

import socket
from collections.abc import Callable, Sequence
from ipaddress import ip_address
from typing import Final
from urllib.parse import SplitResult, urlsplit

from msgspec import Struct

from queue_server.core.errors import InvalidValue

LONGEST: Final = 1_000
HTTPS_PORT: Final = 443
_LOCAL_ENDINGS: Final = (".local", ".lan", ".internal", ".localhost", ".home.arpa", ".corp")


LookUp = Callable[[str, int], Sequence[str]]


class Target(Struct, frozen=True, kw_only=True):
    """Where a message goes: the address on the wire, and the name it is for."""

    address: str
    port: int
    host: str
    is_secure: bool


def checked_endpoint(text: str, *, is_private_allowed: bool = False) -> str:
    """The address, if it may be one of a push service.

    Args:
        text: As the browser gave it.
        is_private_allowed: Also plain HTTP and private addresses: a push service of one's own.

    Raises:
        InvalidValue: It is none.
    """
    if len(text) > LONGEST or not text.isascii() or not text.isprintable():
        message = f"expected an address of a push service of at most {LONGEST} characters"
        raise InvalidValue(message)
    parts = _split(text)
    if parts.scheme != "https" and not (is_private_allowed and parts.scheme == "http"):
        raise _refused("expected a push service with https", text)
    if parts.username is not None or parts.password is not None or parts.fragment:
        raise _refused("expected an address without user and fragment", text)
    if is_private_allowed:
        return text
    host = parts.hostname or ""
    if _port(parts) != HTTPS_PORT:
        raise _refused("expected a push service on the usual port", text)
    if not _is_public_name(host):
        raise _refused("expected a push service in the internet", text)
    return text


def addresses_of(host: str, port: int) -> list[str]:
    """Addresses the name leads to now, as the machine's resolver has them. Blocks.

    Raises:
        OSError: It leads nowhere.
    """
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(each[4][0]).partition("%")[0] for each in found]


def target_of(
    endpoint: str, *, is_private_allowed: bool = False, look_up: LookUp = addresses_of
) -> Target:
    """What the endpoint's name leads to now; every address of it must be a public one.

    Raises:
        InvalidValue: The name leads into a private network, or nowhere.
    """
    parts = _split(checked_endpoint(endpoint, is_private_allowed=is_private_allowed))
    host, port = parts.hostname or "", _port(parts)
    try:
        addresses = look_up(host, port)
    except OSError as error:
        raise _refused("expected a name that can be looked up", endpoint) from error
    if not is_private_allowed:
        inside = [each for each in addresses if not ip_address(each).is_global]
        if inside:
            raise _refused("expected a push service in the internet", endpoint)
    return Target(address=addresses[0], port=port, host=host, is_secure=parts.scheme == "https")


def _split(text: str) -> SplitResult:
    try:
        parts = urlsplit(text)
        _ = parts.port
    except ValueError:
        raise _refused("expected an address", text) from None
    if not parts.hostname:
        raise _refused("expected an address", text)
    return parts


def _port(parts: SplitResult) -> int:
    return parts.port or (HTTPS_PORT if parts.scheme == "https" else 80)


def _is_public_name(host: str) -> bool:
    """A name with a dot that is not of a house's own network; no bare address."""
    try:
        ip_address(host)
    except ValueError:
        is_name = "." in host.strip(".") and not host.replace(".", "").isdecimal()
        return is_name and not f".{host.rstrip('.')}".endswith(_LOCAL_ENDINGS)
    return False


def _refused(expected: str, text: str) -> InvalidValue:
    """Only the host is repeated: the path is a secret of the phone."""
    host = text.partition("://")[2].partition("/")[0][:60]
    return InvalidValue(f"{expected}, got {host!r}")
