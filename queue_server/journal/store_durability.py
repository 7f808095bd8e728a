"""Whether a store that somebody else runs keeps what it acknowledges."""

import asyncio
from collections.abc import Mapping

import structlog

from queue_server.core.errors import StoreUnavailable
from queue_server.journal.store_connection import LINE_FAULTS, StoreConnection, items, text

log = structlog.get_logger()

WANTED: Mapping[str, str] = {
    "appendonly": "yes",
    "appendfsync": "always",
    "maxmemory-policy": "noeviction",
}
"""With `everysec` a killed store forgets acknowledged tickets and their numbers are reissued."""

TIMEOUT_S = 5


async def check_store(url: str) -> list[str]:
    """Settings of the store that are weaker than the embedded default, also logged.

    An answer like ``["appendfsync is everysec, always is expected"]`` is a warning, not a
    fault: the operator of a shared store may have chosen so.

    Raises:
        StoreTooOld: The server's version is below 7.0.
        StoreUnavailable: It cannot be reached.
    """
    try:
        async with asyncio.timeout(TIMEOUT_S):
            weak = await _weak_settings(url)
    except LINE_FAULTS as fault:
        message = f"expected a store at the configured address, got {fault!r}"
        raise StoreUnavailable(message) from fault
    for sentence in weak:
        log.warning("the store may lose what it acknowledged", setting=sentence)
    return weak


async def _weak_settings(url: str) -> list[str]:
    connection = await StoreConnection.open(url)
    try:
        replies = await connection.execute([("CONFIG", "GET", name) for name in WANTED])
    finally:
        connection.close()
    weak = []
    for (name, wanted), reply in zip(WANTED.items(), replies, strict=True):
        if not isinstance(reply, list) or not reply:
            weak.append(f"{name} is not told by the server, {wanted} is expected")
            continue
        value = text(items(reply)[1])
        if value != wanted:
            weak.append(f"{name} is {value}, {wanted} is expected")
    return weak
