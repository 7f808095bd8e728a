"""What virtual people have in common: the centre, the scaled time, chance, and HTTP."""

import asyncio
import math
from collections.abc import Awaitable, Callable
from datetime import datetime
from random import Random  # noqa: TID251  # the demo's own chance, from a seed
from typing import Any

import httpx2
import structlog

from queue_server.clock import Clock
from queue_server.core.configuration import CentreConfiguration

log = structlog.get_logger()

TRIES = 20
SERVICE_CV = 0.7
"""Coefficient of variation of serving times, as in the routing study's model."""


class World:
    """The demo's centre as its people see it, over the public API."""

    def __init__(
        self, configuration: CentreConfiguration, base_url: str, clock: Clock, speed: float
    ) -> None:
        self.configuration = configuration
        self.chance = Random(7)  # noqa: S311  # nothing here is a secret
        self._clock = clock
        self._speed = speed
        self._client = httpx2.AsyncClient(
            base_url=f"{base_url}/api/v1/centres/{configuration.id}",
            timeout=30,
            limits=httpx2.Limits(max_connections=8),
        )

    def now(self) -> datetime:
        """The demo's time."""
        return self._clock.now()

    async def wait(self, seconds: float) -> None:
        """Let `seconds` of the demo's time pass."""
        await asyncio.sleep(seconds / self._speed)

    async def post(
        self, path: str, token: str, body: dict[str, Any] | None = None
    ) -> dict[str, Any] | None:
        """Send a command; None when it was refused, which people take in their stride."""
        headers = {"idempotency-key": f"{self.chance.getrandbits(128):032x}"}
        if token:
            headers["authorization"] = f"Bearer {token}"
        for _ in range(TRIES):
            try:
                answer = await self._client.post(path, json=body or {}, headers=headers)
            except httpx2.HTTPError:
                await asyncio.sleep(0.3)
                continue
            if answer.status_code < 400:  # noqa: PLR2004  # accepted
                result: dict[str, Any] = answer.json()
                return result
            if answer.status_code != 503:  # noqa: PLR2004  # not now
                return None
            await asyncio.sleep(0.3)
        return None

    def serving_time_s(self, mean_s: float, pace: float) -> float:
        """A serving time in seconds: lognormal around the mean."""
        sigma = math.sqrt(math.log(1 + SERVICE_CV**2))
        mu = math.log(mean_s * pace) - sigma**2 / 2
        return min(max(self.chance.lognormvariate(mu, sigma), 45.0), 45 * 60.0)

    async def close(self) -> None:
        """Close the connections."""
        await self._client.aclose()


async def keep_living(life: Callable[[], Awaitable[None]], name: str) -> None:
    """Live until cancelled; an unexpected fault is told and life goes on."""
    while True:
        try:
            await life()
        except httpx2.HTTPError as error:
            log.info("a virtual person lost the line", who=name, reason=str(error))
        await asyncio.sleep(1)
