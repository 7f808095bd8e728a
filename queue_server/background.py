"""What runs beside the requests for as long as the server: followers, timers, workers.

A loop that fails in a way it does not know is logged and begun again after a pause that grows;
until it has gone on for a while the server says that it is not ready.
"""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Final

import structlog

log = structlog.get_logger()

FIRST_PAUSE_S: Final = 1.0
LONGEST_PAUSE_S: Final = 30.0
STEADY_S: Final = 10.0
"""A loop that has run for so long since it ended counts as well again."""


class Background:
    """The loops of one server, by name."""

    def __init__(self, *, first_pause_s: float = FIRST_PAUSE_S, steady_s: float = STEADY_S) -> None:
        self._first_pause_s = first_pause_s
        self._steady_s = steady_s
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._ended_at: dict[str, float] = {}
        self._begun_at: dict[str, float] = {}

    def start(self, name: str, run: Callable[[], Awaitable[None]]) -> None:
        """Keep `run` going until `stop`."""
        self._tasks[name] = asyncio.create_task(self._keep(name, run), name=name)

    def ended(self) -> list[str]:
        """Loops that do not run, or that ended a moment ago."""
        return [name for name, task in self._tasks.items() if task.done() or self._is_shaky(name)]

    async def stop(self) -> None:
        """Cancel every loop and wait for its end."""
        tasks = list(self._tasks.values())
        self._tasks.clear()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def _is_shaky(self, name: str) -> bool:
        ended_at = self._ended_at.get(name)
        if ended_at is None:
            return False
        is_waiting = ended_at >= self._begun_at[name]
        return is_waiting or _time() - self._begun_at[name] < self._steady_s

    async def _keep(self, name: str, run: Callable[[], Awaitable[None]]) -> None:
        pause_s = self._first_pause_s
        while True:
            self._begun_at[name] = _time()
            try:
                await run()
                log.error("a background loop has ended and is begun again", loop=name)
            except Exception:
                log.exception("a background loop failed and is begun again", loop=name)
            self._ended_at[name] = _time()
            if self._ended_at[name] - self._begun_at[name] >= self._steady_s:
                pause_s = self._first_pause_s
            await asyncio.sleep(pause_s)
            pause_s = min(2 * pause_s, LONGEST_PAUSE_S)


def _time() -> float:
    return asyncio.get_running_loop().time()
