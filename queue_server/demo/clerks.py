"""Virtual clerks: they sit down in the morning, call, serve, finish, rest, and go home."""

from datetime import datetime, timedelta
from typing import Any, Final

from queue_server.core.centre import Centre
from queue_server.core.counter import Availability
from queue_server.core.hours import local_time, sessions_of
from queue_server.core.identifiers import TicketId
from queue_server.core.ticket import TicketState
from queue_server.demo.opinions import opinion
from queue_server.demo.people import VirtualClerk
from queue_server.demo.world import World

NO_SHOWS, RECALLS, PARKINGS, TRANSFERS = 0.04, 0.08, 0.03, 0.04
ACCEPTED, SUPPLEMENT, ADVICE = 0.8, 0.9, 0.97
"""Cumulated shares of outcomes for procedures that open a dossier; the rest are refused."""
REST_EVERY_S, REST_S = 6000, 600
NOBODY: Final = ""
"""Citizens have no token."""
BEFORE_OPENING: Final = timedelta(minutes=5)
NAMES: Final = ("Nguyễn Văn An", "Trần Thị Bích", "Lê Hoàng Long", "Phạm Thị Thu", "Vũ Minh Khoa")


class Clerk:
    """One clerk of the demo at one counter."""

    def __init__(self, world: World, who: VirtualClerk, token: str, centre: Centre) -> None:
        self._world = world
        self._who = who
        self._token = token
        self._centre = centre
        self._rested_at = world.now()

    async def work(self) -> None:
        """A working day: the sessions, a rest now and then, calling whoever is next."""
        world = self._world
        if not self._is_working_time(world.now()):
            await self._do("leave")
            await world.wait(60)
            return
        await self._sit_down()
        while self._is_working_time(world.now()) or self._has_people():
            if (world.now() - self._rested_at).total_seconds() > REST_EVERY_S * self._who.pace:
                await self._rest()
            if not await self._serve_one():
                await world.wait(world.chance.uniform(8, 20))
        await self._do("close")

    async def _sit_down(self) -> None:
        await self._do("take")
        await self._do("open")

    def _is_unseated(self) -> bool:
        """A new day makes whoever served past the night stand up."""
        counter = self._centre.counters.get(self._who.counter)
        return counter is not None and counter.staff is None

    def _is_on_pause(self) -> bool:
        """A visitor of the demo sat here and went, or a manager paused the counter."""
        counter = self._centre.counters.get(self._who.counter)
        return counter is not None and counter.availability is Availability.PAUSED

    async def _do(self, action: str, body: dict[str, Any] | None = None) -> dict[str, Any] | None:
        path = f"/counters/{self._who.counter}/{action}"
        return await self._world.post(path, self._token, body)

    def _is_working_time(self, now: datetime) -> bool:
        configuration = self._world.configuration
        local = local_time(configuration, now)
        return any(
            (local + BEFORE_OPENING).time() >= session.opens and local.time() < session.closes
            for session in sessions_of(configuration.hours, local.date())
        )

    def _has_people(self) -> bool:
        """Who waits at closing time is still served."""
        day = self._centre.day
        return bool(self._centre.waiting) and day is not None and day.is_open

    async def _rest(self) -> None:
        reasons = list(self._world.configuration.pause_reasons)
        if reasons:
            await self._do("pause", {"reason": reasons[0]})
            await self._world.wait(REST_S * self._who.pace)
            await self._do("open")
        self._rested_at = self._world.now()

    async def _serve_one(self) -> bool:
        """Serve who is at the counter, else call the next; False when nobody can be called."""
        world, chance = self._world, self._world.chance
        present = self._centre.ticket_at(self._centre.counters[self._who.counter])
        if present is not None and present.state is TicketState.SERVING:
            await self._serve(present.id)
            return True
        ticket_id = present.id if present is not None else await self._call()
        if ticket_id is None:
            return False
        await world.wait(chance.uniform(15, 45))
        if chance.random() < RECALLS + NO_SHOWS:
            await self._do("recall")
            await world.wait(40)
            if chance.random() < NO_SHOWS / (RECALLS + NO_SHOWS):
                await self._do("no-show")
                return True
        await self._do("start-serving")
        await self._serve(ticket_id)
        await world.wait(chance.uniform(5, 25))
        return True

    async def _call(self) -> TicketId | None:
        called = await self._do("call-next")
        if called is None and self._is_unseated():
            await self._sit_down()
        elif called is None and self._is_on_pause():
            await self._do("open")
        if called is None or called["ticket"] is None:
            return None
        return TicketId(called["ticket"]["id"])

    async def _serve(self, ticket_id: TicketId) -> None:
        world, chance = self._world, self._world.chance
        ticket = self._centre.tickets.get(ticket_id)
        if ticket is None:
            await self._do("complete", {"outcome": "advice_only"})
            return
        procedure = self._centre.procedure(ticket.procedure)
        mean_s = procedure.mean_transaction_time_s * ticket.dossiers
        await world.wait(world.serving_time_s(mean_s, self._who.pace))
        if chance.random() < TRANSFERS:
            other = chance.choice(list(world.configuration.procedures))
            if await self._do("transfer", {"procedure": other}):
                return
        await self._do("complete", self._result(ticket_id))
        if (said := opinion(chance)) is not None:
            await world.post(f"/tickets/{ticket_id}/rate", NOBODY, said)

    def _result(self, ticket_id: TicketId) -> dict[str, Any]:
        """What came of it, with the papers that were received."""
        chance = self._world.chance
        procedure = self._centre.procedure(self._centre.tickets[ticket_id].procedure)
        if not procedure.opens_dossier:
            is_return = "trả kết quả" in procedure.name.get("vi", "").casefold()
            return {"outcome": "result_returned" if is_return else "advice_only"}
        luck = chance.random()
        if luck < ACCEPTED:
            papers = [
                {"name": paper.name.get("vi", ""), "copies": paper.copies}
                for paper in procedure.papers
            ]
            person = {"name": chance.choice(NAMES), "has_consented": False}
            return {
                "outcome": "dossier_accepted",
                "dossiers": [{"components": papers, "person": person}],
            }
        if luck < SUPPLEMENT:
            return {"outcome": "supplement_needed"}
        return {"outcome": "advice_only" if luck < ADVICE else "refused"}
