"""One run of the surge: until the proposal, then on, with it accepted or left alone."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from statistics import fmean
from typing import Any

import msgspec
from msgspec import Struct

from queue_server.core.proposals import Effect, Proposal
from tests.surge.centre import LAND, MORNING
from tests.surge.people import Life
from tests.surge.served import ScaledCentre

LOOK_EVERY_S = 0.25
ENDS = MORNING + timedelta(hours=4)
"""Long after the doors closed, everybody was served."""


class Observed(Struct, frozen=True, kw_only=True):
    """What became of a run."""

    said: Effect
    """Of the first proposal, on the mean wait in land."""
    land_wait_s: float
    """Mean wait for land of all who were called after it was made."""


@asynccontextmanager
async def living(served: ScaledCentre, seed: int) -> AsyncIterator[Life]:
    """A centre with its people, for as long as it is looked at."""
    life = Life(served, seed)
    task = asyncio.create_task(life.live())
    try:
        yield life
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        await life.close()


async def until(question: Callable[[], Awaitable[Any]], within_s: float) -> Any:
    """Ask again and again until there is an answer.

    Raises:
        TimeoutError: There was none within so many real seconds.
    """
    async with asyncio.timeout(within_s):
        while not (answer := await question()):  # noqa: ASYNC110  # another process knows
            await asyncio.sleep(LOOK_EVERY_S)
        return answer


async def proposal_for_land(life: Life) -> Proposal | None:
    """The open proposal that has a counter take land."""
    load = await life.ask("/views/load")
    for shown in load["rebalancing"]["open"]:
        if LAND in shown["proposal"]["takes"]:
            return msgspec.convert(shown["proposal"], Proposal)
    return None


def mean_land_wait_s(life: Life, since: datetime) -> float:
    """Of those called for land from the instant on."""
    waits = [wait.wait_s for wait in life.waits if wait.field == LAND and wait.called_at >= since]
    return fmean(waits) if waits else 0.0


async def run(served: ScaledCentre, seed: int, *, accepts: bool) -> Observed:
    """The whole day; the first proposal is accepted or left alone, later ones always left."""

    async def is_over() -> bool:
        return served.clock.now() >= ENDS

    whole_s = (ENDS - MORNING).total_seconds() / served.speed
    async with living(served, seed) as life:
        proposal = await until(lambda: proposal_for_land(life), whole_s)
        made_at = served.clock.now()
        if accepts:
            await life.accept(proposal.id)
        await until(is_over, whole_s)
        wait_s = mean_land_wait_s(life, made_at)
    return Observed(said=proposal.field_effect, land_wait_s=wait_s)
