"""Virtual citizens and clerks of the surge: every draw from a seed, everything over HTTP.

A citizen's procedure and service time belong to the citizen, so that the same people come in both
runs of a pair whoever serves them.
"""

import asyncio
import math
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from random import Random  # noqa: TID251  # from a seed
from typing import Any

import httpx2
from msgspec import Struct

from counters.estimates.hall import LEVEL_TIME
from queue_server.core.configuration import CentreConfiguration, Level
from queue_server.core.identifiers import CounterId, FieldId, ProcedureCode
from queue_server.core.learned import HALF_HOUR_S
from tests.surge.centre import half_hours
from tests.surge.served import ScaledCentre

CV = 0.7
LOOK_AGAIN_S = 90.0
"""A clerk who has nobody looks again after so long, or when somebody takes a number."""


class Citizen(Struct, frozen=True):
    """Somebody who comes, with the work they bring."""

    after_s: float
    """Since midnight."""
    field: FieldId
    procedure: ProcedureCode
    work_s: float


def citizens(configuration: CentreConfiguration, seed: int) -> list[Citizen]:
    """Everybody who comes until the last ticket, in order."""
    rng = Random(f"surge {seed}")  # noqa: S311  # a test
    last = configuration.hours.weekdays["mon"][0].tickets_until
    last_s = last.hour * 3600.0 + last.minute * 60.0
    coming = [
        citizen
        for field, counts in half_hours(configuration).items()
        for citizen in _of_field(configuration, field, counts, rng)
        if citizen.after_s < last_s
    ]
    return sorted(coming, key=lambda citizen: citizen.after_s)


def _of_field(
    configuration: CentreConfiguration, field: FieldId, counts: list[float], rng: Random
) -> Iterator[Citizen]:
    procedures = [each for each in configuration.procedures.values() if each.field == field]
    sigma = math.sqrt(math.log1p(CV**2))
    for place, count in enumerate(counts):
        reached_s = rng.expovariate(count / HALF_HOUR_S) if count else HALF_HOUR_S
        while reached_s < HALF_HOUR_S:
            procedure = rng.choice(procedures)
            mu = math.log(procedure.mean_transaction_time_s) - sigma**2 / 2
            work_s = rng.lognormvariate(mu, sigma)
            yield Citizen(place * HALF_HOUR_S + reached_s, field, procedure.code, work_s)
            reached_s += rng.expovariate(count / HALF_HOUR_S)


class Wait(Struct, frozen=True):
    """A wait that ended in a call."""

    field: FieldId
    called_at: datetime
    wait_s: float


class Life:
    """Everybody of one run. `live` goes on until it is cancelled."""

    def __init__(self, served: ScaledCentre, seed: int) -> None:
        self.served = served
        self._clock = served.clock
        self._citizens = citizens(served.configuration, seed)
        self._came: dict[str, tuple[Citizen, datetime]] = {}
        self.waits: list[Wait] = []
        self._news = asyncio.Event()
        limits = httpx2.Limits(max_connections=16)
        path = f"{served.url}/api/v1/centres/{served.configuration.id}"
        self._client = httpx2.AsyncClient(base_url=path, timeout=20, limits=limits)

    async def live(self) -> None:
        """Clerks sit down, citizens come."""
        async with asyncio.TaskGroup() as everybody:
            everybody.create_task(self._come())
            for counter, token in self.served.tokens.clerks.items():
                everybody.create_task(self._work_at(counter, token))

    async def close(self) -> None:
        """Close the connections."""
        await self._client.aclose()

    async def accept(self, proposal: str) -> None:
        """What the manager's click does."""
        path = f"/proposals/{proposal}/accept"
        assert await self._post(path, self.served.tokens.manager) is not None

    async def ask(self, path: str) -> Any:  # JSON
        """A question of the manager."""
        answer = await self._client.get(path, headers=_bearer(self.served.tokens.manager))
        answer.raise_for_status()
        return answer.json()

    async def _come(self) -> None:
        local = timedelta(hours=7)
        midnight = (self._clock.now() + local).replace(hour=0, minute=0, second=0, microsecond=0)
        for citizen in self._citizens:
            comes_at = midnight - local + timedelta(seconds=citizen.after_s)
            await self._wait((comes_at - self._clock.now()).total_seconds())
            issued = await self._post(
                "/tickets", self.served.tokens.kiosk, {"procedure": citizen.procedure}
            )
            if issued and issued.get("ticket"):
                self._came[issued["ticket"]["id"]] = (citizen, self._clock.now())
                self._tell()

    async def _work_at(self, counter: CounterId, token: str) -> None:
        path = f"/counters/{counter}"
        await self._post(f"{path}/take", token)
        await self._post(f"{path}/open", token)
        while True:
            called = await self._post(f"{path}/call-next", token)
            ticket = (called or {}).get("ticket")
            if not ticket:
                await self._hear()
                continue
            await self._post(f"{path}/start-serving", token)
            citizen, came_at = self._came[ticket["id"]]
            now = self._clock.now()
            self.waits.append(Wait(citizen.field, now, (now - came_at).total_seconds()))
            await self._wait(citizen.work_s * self._slowness(counter, citizen))
            await self._post(f"{path}/complete", token, {"outcome": "advice_only"})

    def _slowness(self, counter: CounterId, citizen: Citizen) -> float:
        """What is not a counter's first preference takes longer there."""
        facts = self.served.configuration.counters[counter]
        return LEVEL_TIME[facts.trained_fields.get(citizen.field, Level.PRIMARY)]

    def _tell(self) -> None:
        """Everybody who waits for news looks."""
        self._news.set()
        self._news = asyncio.Event()

    async def _hear(self) -> None:
        try:
            async with asyncio.timeout(LOOK_AGAIN_S / self.served.speed):
                await self._news.wait()
        except TimeoutError:
            return

    async def _wait(self, seconds: float) -> None:
        await asyncio.sleep(max(0.0, seconds) / self.served.speed)

    async def _post(
        self, path: str, token: str, body: Mapping[str, Any] | None = None
    ) -> dict[str, Any] | None:
        answer = await self._client.post(path, json=body or {}, headers=_bearer(token))
        if answer.status_code >= 400:
            return None
        result: dict[str, Any] = answer.json()
        return result


def _bearer(token: str) -> dict[str, str]:
    return {"authorization": f"Bearer {token}"}
