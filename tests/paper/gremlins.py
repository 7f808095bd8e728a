"""What goes wrong, at random by a seed: with the printers, and with the processes."""

import asyncio
from collections import Counter
from collections.abc import Callable, Sequence
from random import Random  # noqa: TID251  # seeded: a run can be repeated

from tests.paper.office import AgentProcess
from tests.support.installation import Installation, Part, kill
from tests.support.printer_emulator import Faults, PrinterEmulator

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
SICK_S = (0.2, 2.5)
WELL_S = (0.3, 2.5)
KILLED = ("server", "worker", "agent", "agent")
BETWEEN_KILLS_S = (4.0, 15.0)


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
            what = self._chance.choice(KILLED)
            if what == "agent":
                await asyncio.to_thread(self._agent.kill)
            elif victims := self._installation.ids_of(Part(what)):
                kill(self._chance.choice(victims))
            self.done[f"{what} killed"] += 1
