"""Under which names and addresses devices of the network reach this machine."""

import re
import socket
from collections.abc import Iterable, Iterator
from ipaddress import ip_address
from typing import Final

from queue_server.core.errors import InvalidValue

_NAME: Final = re.compile(r"(?!-)[A-Za-z0-9-]{1,63}(?<!-)(\.(?!-)[A-Za-z0-9-]{1,63}(?<!-))*")
_PROBES: Final = ((socket.AF_INET, "192.0.2.1"), (socket.AF_INET6, "2001:db8::1"))
"""Addresses of the documentation: which of our own leads to them is asked, nothing is sent."""


def read_names(text: str) -> tuple[str, ...]:
    """Names and addresses of a setting, separated by commas or spaces.

    Raises:
        InvalidValue: One of them is neither.
    """
    names = tuple(_checked(each) for each in re.split(r"[,\s]+", text) if each)
    return tuple(dict.fromkeys(names))


def own_names() -> tuple[str, ...]:
    """The machine's name, with ``.local`` and ``.lan``, and its addresses; loopback last."""
    host = socket.gethostname().partition(".")[0].lower()
    named = [host, f"{host}.local", f"{host}.lan"] if _NAME.fullmatch(host) else []
    found = [*named, *_own_addresses(), "localhost", "127.0.0.1", "::1"]
    return tuple(dict.fromkeys(found))


def _own_addresses() -> Iterator[str]:
    for family, target in _PROBES:
        with socket.socket(family, socket.SOCK_DGRAM) as probe:
            try:
                probe.connect((target, 9))
            except OSError:
                continue  # no network of this kind
            address = str(probe.getsockname()[0]).partition("%")[0]
            # Public addresses of IPv6 change from day to day, and a certificate with them.
            if family == socket.AF_INET or ip_address(address).is_private:
                yield address


def in_addresses(names: Iterable[str]) -> list[str]:
    """The names as they stand in an address: an IPv6 one in brackets."""
    return [f"[{name}]" if ":" in name else name for name in names]


def _checked(name: str) -> str:
    try:
        return str(ip_address(name))
    except ValueError:
        pass
    if not _NAME.fullmatch(name):
        message = f"expected names and addresses in QUEUE_HTTPS_NAMES, got {name!r}"
        raise InvalidValue(message)
    return name.lower()
