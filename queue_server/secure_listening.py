"""The HTTPS listener from the settings: its port, its certificate, what is told of it.

What makes certificates is loaded only where there is an authority of one's own.
"""

# ruff: noqa: PLC0415

import contextlib
from collections.abc import Iterator, Sequence

from config.settings import Settings
from queue_server.clock import SystemClock
from queue_server.listening import bound_socket
from queue_server.places import Places
from queue_server.secure.door import Certificates, Door, GivenCertificate
from queue_server.secure.names import in_addresses, own_names, read_names
from queue_server.secure.routes import Offer


@contextlib.contextmanager
def secure_door(settings: Settings, places: Places) -> Iterator[Door | None]:
    """The second listener, its certificate made or renewed; None where none is wanted.

    Raises:
        InvalidValue: The port is taken, or the certificate cannot be used.
    """
    server = settings.server
    if not server.https and server.tls_certificate is None:
        yield None
        return
    clock = SystemClock()
    with bound_socket(server, server.https_port) as listening:
        yield Door(listening, _source(settings, places), clock.now)


def _source(settings: Settings, places: Places) -> Certificates:
    server = settings.server
    if server.tls_certificate is not None and server.tls_key is not None:
        return GivenCertificate(server.tls_certificate, server.tls_key)
    from queue_server.secure.kept import Kept
    from queue_server.secure.own_authority import OwnAuthority

    written = read_names(server.https_names)
    names = written or own_names()
    return OwnAuthority(Kept(places.tls), names[0], names, are_found=not written)


def offer_of(settings: Settings, door: Door) -> Offer:
    """What pages tell of the secure connection."""
    port, source = settings.server.https_port, door.source
    if not isinstance(source, GivenCertificate):
        from queue_server.secure.own_authority import OwnAuthority

        if isinstance(source, OwnAuthority):
            return Offer(port=port, names=tuple(source.names), kept=source.kept)
    return Offer(port=port, names=read_names(settings.server.https_names))


def _best(names: Sequence[str]) -> str:
    """An address of the network works everywhere; a name only where somebody tells it."""
    outside = [name for name in names if name.replace(".", "").isdecimal() and name[:4] != "127."]
    return (*outside, names[0])[0]


def secure_lines(settings: Settings, door: Door) -> list[str]:
    """Lines for the person at the terminal, with what devices' users compare."""
    offer = offer_of(settings, door)
    if offer.kept is None:
        return [f"  secure      port {offer.port}, with the certificate {door.source.files[0]}"]
    from queue_server.secure.authority import fingerprint

    address = f"https://{in_addresses([_best(offer.names)])[0]}:{offer.port}/"
    return [
        f"  secure      {address}   devices are told to trust it at /certificate",
        f"              SHA-256 {fingerprint(offer.kept.authority())}",
    ]
