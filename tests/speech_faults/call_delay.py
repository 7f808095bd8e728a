"""Whether a call waits for the voice: calls on two servers in turn, one whose voice hangs.

The online voice rests after two failures, so it is asked for anew whenever nothing hangs any more:
each call is made while the worker waits for a dead service. Two servers that do the same differ by
chance too; how much is told by the calls themselves, each pair of which may be changed about.
"""

import random  # noqa: TID251  # seeded
import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Final

import httpx2
from msgspec import Struct
from msgspec.structs import replace

from queue_server.core.configuration import CentreConfiguration
from tests.benchmarks.report import percentile
from tests.support.accounts import PASSWORD
from tests.support.served import ServedCentre, sample_centre
from tests.support.translate_stub import TranslateStub

PAIRS: Final = 200
HANGS_FOR_S: Final = 3.0
"""After a request the worker surely waits so long: the child gives it up after four seconds."""
ASKED_WITHIN_S: Final = 60.0
SHUFFLES: Final = 2_000
CHANCE: Final = 0.99
"""Of two equal servers one is called slower once in a hundred runs, for each of the two figures."""

FIGURES: Final[Mapping[str, Callable[[Sequence[float]], float]]] = {
    "p50": statistics.median,
    "p95": lambda found: percentile(found, 0.95),
}


class Difference(Struct, frozen=True):
    """By how much calls are slower while the voice hangs, in ms."""

    found: float
    by_chance: float
    """What 99 of 100 comparisons of equal servers stay below."""

    @property
    def is_delay(self) -> bool:
        """Whether it is more than chance."""
        return self.found > self.by_chance


class Delays(Struct, frozen=True):
    """How long each call took, in ms; the calls of one place were made one after the other."""

    quiet: Sequence[float]
    hanging: Sequence[float]

    def differences(self) -> Mapping[str, Difference]:
        """Of each figure."""
        return {name: self._difference(figure) for name, figure in FIGURES.items()}

    def _difference(self, figure: Callable[[Sequence[float]], float]) -> Difference:
        chance = random.Random(7)  # noqa: S311
        shuffled: list[float] = []
        for _ in range(SHUFFLES):
            pairs = [
                pair if chance.random() < 0.5 else pair[::-1]
                for pair in zip(self.quiet, self.hanging, strict=True)
            ]
            shuffled.append(figure([b for _, b in pairs]) - figure([a for a, _ in pairs]))
        found = figure(self.hanging) - figure(self.quiet)
        return Difference(found, percentile(shuffled, CHANCE))


def delays(folder: Path, stub: TranslateStub, environment: Mapping[str, str]) -> Delays:
    """Call on both servers in turn, now one first and now the other."""
    with ExitStack() as stack:

        def caller(name: str, **settings: str) -> "_Caller":
            served = ServedCentre(folder / name, _unlimited(sample_centre()), settings)
            return _Caller(stack.enter_context(served), stack)

        quiet = caller("quiet", QUEUE_GTTS="false")
        hanging = caller("hanging", QUEUE_GTTS="true", **environment)
        found: dict[_Caller, list[float]] = {quiet: [], hanging: []}
        for turn in range(PAIRS):
            _keep_hanging(hanging, stub)
            for each in (quiet, hanging) if turn % 2 else (hanging, quiet):
                found[each].append(each.call_ms())
    return Delays(found[quiet], found[hanging])


def _keep_hanging(caller: "_Caller", stub: TranslateStub) -> None:
    """Wait until the worker waits, for long enough to make a pair of calls."""
    if time.monotonic() - stub.asked_at_s < HANGS_FOR_S:
        return
    stub.came.clear()
    caller.prepare_clips()
    if not stub.came.wait(ASKED_WITHIN_S):
        message = f"expected the online voice to be asked within {ASKED_WITHIN_S:.0f} s"
        raise TimeoutError(message)


def _unlimited(facts: CentreConfiguration) -> CentreConfiguration:
    return replace(facts, limits=replace(facts.limits, tickets_per_person=100))


class _Caller:
    """An administrator, who may do everything, at a counter of a server."""

    def __init__(self, served: ServedCentre, stack: ExitStack) -> None:
        facts = served.configuration
        self._client = stack.enter_context(
            httpx2.Client(base_url=served.url, timeout=30, headers={"origin": served.url})
        )
        self._base = f"/api/v1/centres/{facts.id}"
        self._counter = next(iter(facts.counters))
        profile = facts.counters[self._counter].profile
        self._procedure = next(
            code for code, each in facts.procedures.items() if profile.level_of(each) is not None
        )
        token = served.first_link.split("token=")[1]
        chosen = {"token": token, "password": PASSWORD}
        self._client.post("/api/v1/session/password", json=chosen).raise_for_status()
        self._client.post(f"{self._base}/day/open", json={})
        self._do(f"/counters/{self._counter}/take")
        self._do(f"/counters/{self._counter}/open")

    def call_ms(self) -> float:
        """How long one call takes; then the counter is free again."""
        self._do("/tickets", procedure=self._procedure, print_slip=False)
        start_s = time.monotonic()
        self._do(f"/counters/{self._counter}/call-next")
        taken_ms = (time.monotonic() - start_s) * 1000
        self._do(f"/counters/{self._counter}/start-serving")
        self._do(f"/counters/{self._counter}/complete", outcome="advice_only")
        return taken_ms

    def prepare_clips(self) -> None:
        """Have the worker ask its voices again."""
        self._do("/voice/use")

    def _do(self, path: str, **body: object) -> None:
        answer = self._client.post(f"{self._base}{path}", json=body)
        if not answer.is_success:
            raise RuntimeError(answer.text)


def summary(found: Sequence[float]) -> str:
    """Every figure."""
    return " / ".join(f"{figure(found):.1f}" for figure in FIGURES.values())
