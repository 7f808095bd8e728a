"""Virtual citizens: they come in the rhythm of a day, take a number, sometimes leave again."""

import asyncio
import math
from bisect import bisect_right
from datetime import datetime
from itertools import accumulate
from typing import Any, Final

from queue_server.core.configuration import Procedure
from queue_server.core.hours import are_tickets_open, local_time, sessions_of
from queue_server.core.identifiers import FieldId
from queue_server.demo.world import World

PROFILE: Final = (
    0.058, 0.097, 0.107, 0.097, 0.083, 0.068, 0.058, 0.039, 0.019,
    0.015, 0.019, 0.039, 0.063, 0.068, 0.058, 0.049, 0.039, 0.024,
)  # fmt: skip
"""Share of a day's citizens per half hour from the opening: a morning and a smaller noon peak."""
HALF_HOUR_S: Final = 1800
CITIZENS_PER_COUNTER: Final = 34
"""A day's citizens for each virtual clerk: busy, but not hopeless."""
WITH_PRIORITY, IN_ENGLISH, WITH_MORE_DOSSIERS, WHO_LEAVE, WHO_DELAY = 0.08, 0.04, 0.06, 0.02, 0.02


class Crowd:
    """Everybody who comes to the centre."""

    def __init__(self, world: World, kiosk: str, clerks: int) -> None:
        self._world = world
        self._kiosk = kiosk
        self._daily = CITIZENS_PER_COUNTER * clerks
        self._procedures = list(world.configuration.procedures.values())
        self._weights = list(accumulate(self._weight(p) for p in self._procedures))

    def _weight(self, procedure: Procedure) -> float:
        """Short, ordinary procedures come often; each field has one that most people want."""
        field = FieldId(procedure.field)
        same = [p for p in self._procedures if p.field == field]
        place = same.index(procedure)
        return math.pow(1 + place, -1.2) * 480 / procedure.mean_transaction_time_s

    async def come(self) -> None:
        """One citizen after another, while numbers are given."""
        world = self._world
        async with asyncio.TaskGroup() as visits:
            while True:
                now = world.now()
                rate = self._rate_per_s(now)
                if rate <= 0 or not are_tickets_open(world.configuration, now):
                    await world.wait(30)
                    continue
                await world.wait(world.chance.expovariate(rate))
                visits.create_task(self._visit())

    def _rate_per_s(self, now: datetime) -> float:
        """Citizens per second of the demo's time."""
        local = local_time(self._world.configuration, now)
        sessions = sessions_of(self._world.configuration.hours, local.date())
        if not sessions:
            return 0.0
        opens = datetime.combine(local.date(), sessions[0].opens, local.tzinfo)
        place = int((local - opens).total_seconds() // HALF_HOUR_S)
        share = PROFILE[place] if 0 <= place < len(PROFILE) else 0.0
        return self._daily * share / HALF_HOUR_S

    async def _visit(self) -> None:
        world, chance = self._world, self._world.chance
        issued = await world.post("/tickets", self._kiosk, self._wish())
        if issued is None or issued["ticket"] is None:
            return
        fate = chance.random()
        ticket = issued["ticket"]["id"]
        if fate < WHO_LEAVE:
            await world.wait(chance.uniform(300, 2400))
            await world.post(f"/tickets/{ticket}/cancel", self._kiosk)
        elif fate < WHO_LEAVE + WHO_DELAY:
            await world.wait(chance.uniform(120, 600))
            await world.post(f"/tickets/{ticket}/delay", self._kiosk, {"let_pass": 2})

    def _wish(self) -> dict[str, Any]:
        """What one citizen asks for at the kiosk."""
        chance, facts = self._world.chance, self._world.configuration
        place = bisect_right(self._weights, chance.uniform(0, self._weights[-1]))
        procedure = self._procedures[min(place, len(self._procedures) - 1)]
        wish: dict[str, Any] = {"procedure": procedure.code}
        classes = list(facts.priority_classes)
        if classes and chance.random() < WITH_PRIORITY:
            wish["priority_class"] = chance.choice(classes)
        if chance.random() < IN_ENGLISH and len(facts.languages) > 1:
            wish["language"] = facts.languages[1]
        if chance.random() < WITH_MORE_DOSSIERS:
            wish["dossiers"] = chance.choice((2, 2, 3))
        return wish
