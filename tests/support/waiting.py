"""Waiting for what another task, thread or process does."""

import asyncio
from collections.abc import Awaitable, Callable

PATIENCE_S = 60.0
LOOK_EVERY_S = 0.02


async def until(holds: Callable[[], bool | Awaitable[bool]], within_s: float = PATIENCE_S) -> None:
    """Look again and again until it holds.

    Raises:
        TimeoutError: It does not in time.
    """
    async with asyncio.timeout(within_s):
        while True:
            found = holds()
            if found if isinstance(found, bool) else await found:
                return
            await asyncio.sleep(LOOK_EVERY_S)
