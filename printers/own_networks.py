"""The networks this machine is in, as far as the system tells."""

import fcntl
import socket
import struct
from collections.abc import Iterator
from ipaddress import IPv4Interface, IPv4Network
from typing import Final

ADDRESS, NETMASK = 0x8915, 0x891B
"""SIOCGIFADDR and SIOCGIFNETMASK of Linux."""
NAME_BYTES: Final = 16
WIDEST_PREFIX: Final = 22
"""1,022 addresses; of a wider network only the 254 around this machine are looked at."""
NEAR_PREFIX: Final = 24


def own_networks() -> list[IPv4Network]:
    """Private networks of this machine's interfaces, none wider than can be searched."""
    found = {near(interface) for interface in _interfaces() if is_searchable(interface.network)}
    return sorted(found)


def is_searchable(network: IPv4Network) -> bool:
    """Whether it is a network of one's own: private, and not this machine alone."""
    return network.is_private and not network.is_loopback and not network.is_link_local


def near(interface: IPv4Interface) -> IPv4Network:
    """The interface's network, or the part around it of one that is too wide."""
    if interface.network.prefixlen >= WIDEST_PREFIX:
        return interface.network
    return IPv4Interface(f"{interface.ip}/{NEAR_PREFIX}").network


def _interfaces() -> Iterator[IPv4Interface]:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        for _, name in socket.if_nameindex():
            try:
                address, mask = (_asked(probe, name, what) for what in (ADDRESS, NETMASK))
            except OSError:
                continue  # no address, or not that kind of interface
            yield IPv4Interface(f"{address}/{mask}")


def _asked(probe: socket.socket, name: str, what: int) -> str:
    request = struct.pack("256s", name.encode()[: NAME_BYTES - 1])
    answer = fcntl.ioctl(probe, what, request)
    return socket.inet_ntoa(answer[20:24])
