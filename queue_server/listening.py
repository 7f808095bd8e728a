"""The server's port, taken before anything else is started, so that a refusal is clear."""

import errno
import socket

from config.settings import ServerSettings
from queue_server.core.errors import InvalidValue


def bound_socket(settings: ServerSettings, port: int | None = None) -> socket.socket:
    """A socket on the configured address and port; whoever comes before it listens is refused.

    Args:
        settings: Where to listen.
        port: Another port than that of plain HTTP.

    Raises:
        InvalidValue: The port is taken, or there cannot be such an address here.
    """
    host, port = settings.host, port or settings.port
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        bound = socket.socket(family, kind, protocol)
    except OSError as error:
        message = f"expected an address of this machine in QUEUE_HOST, got {host!r}: {_why(error)}"
        raise InvalidValue(message) from error
    try:
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        bound.bind(address)
    except OSError as error:
        bound.close()
        raise InvalidValue(_refusal(error, host, port)) from error
    return bound


def _refusal(error: OSError, host: str, port: int) -> str:
    if error.errno == errno.EADDRINUSE:
        return (
            f"port {port} is taken by another program: stop it, or choose another port with "
            "--port or QUEUE_PORT, of HTTPS with --https-port or QUEUE_HTTPS_PORT"
        )
    if error.errno == errno.EACCES:
        return f"expected a port this user may listen on, got {port}: {_why(error)}"
    return f"expected an address of this machine in QUEUE_HOST, got {host!r}: {_why(error)}"


def _why(error: OSError) -> str:
    return error.strerror or str(error)
