"""What goes wrong, at random by a seed: with the printers, and with the processes."""

import asyncio
from collections import Counter
from collections.abc import Callable, Sequence
from random import Random  # noqa: TID251  # seeded: a run can be repeated

from tests.paper.office import AgentProcess
from tests.support.installation import Installation, Part, kill
from tests.support.printer_emulator import Faults, PrinterEmulator
from tests.support.waiting import until

Fault = tuple[str, Callable[[Random], Faults]]

FAULTS: Sequence[Fault] = (
    ("no paper", lambda _: Faults(paper_out=True)),
    ("near end", lambda _: Faults(near_end=True)),
    ("cover open", lambda _: Faults(cover_open=True)),
    ("knife stuck", lambda _: Faults(cutter_stuck=True)),
    ("off line", lambda _: Faults(offline=True)),
    ("hangs up", lambda _: Faults(hangs_up=True)),
    ("roll ends", lambda chance: Faults(paper_out_after_rows=chance.randint(1, 900))),
    ("dies", lambda chance: Faults(dies_after_bytes=chance.randint(1, 24_000))),
    ("answer lost", lambda _: Faults(loses_fence_reply=True)),
    ("mute", lambda _: Faults(mute=True)),
    ("chatty", lambda _: Faults(reports_unasked=True)),
)
SICK_S = (0.2, 2.0)
WELL_S = (0.5, 5.0)
CERTAIN = ("server", "worker", "agent")
"""Each is killed at least once in a run."""
KILLED = (*CERTAIN, "agent")
BETWEEN_KILLS_S = (6.0, 20.0)


class Gremlins:
    """Break things until told to stop; then everything is well."""

    def __init__(self, chance: Random, installation: Installation, agent: AgentProcess) -> None:
        self._chance = chance
        self._installation = installation
        self._agent = agent
        self.done: Counter[str] = Counter()

    async def torment(self, printer: PrinterEmulator) -> None:
        """Let one printer be ill and well in turn."""
        try:
            while True:
                await asyncio.sleep(self._chance.uniform(*WELL_S))
                name, fault = self._chance.choice(FAULTS)
                printer.fall_ill(fault(self._chance))
                self.done[name] += 1
                await asyncio.sleep(self._chance.uniform(*SICK_S))
                printer.recover()
        finally:
            printer.recover()

    async def kill(self) -> None:
        """Kill a process now and then."""
        while True:
            await asyncio.sleep(self._chance.uniform(*BETWEEN_KILLS_S))
            await self._try_to_kill(self._chance.choice(KILLED))

    def plan(self, tickets: int) -> dict[int, str]:
        """What is certainly killed after which ticket of a run, in any order."""
        order = self._chance.sample(CERTAIN, len(CERTAIN))
        return {(n + 1) * tickets // (len(order) + 1): what for n, what in enumerate(order)}

    async def kill_for_certain(self, what: str) -> None:
        """Kill it as soon as it is there."""
        await until(lambda: self._try_to_kill(what))

    async def _try_to_kill(self, what: str) -> bool:
        """Kill one of that kind; whether there was one."""
        if what == "agent":
            was_there = await asyncio.to_thread(self._agent.kill)
        else:
            victims = self._installation.ids_of(Part(what))
            was_there = bool(victims)
            if victims:
                kill(self._chance.choice(victims))
        self.done[f"{what} killed"] += was_there
        return was_there
