"""Kiosks and clerks that send commands until they are answered, and remember every answer."""

import asyncio
from collections.abc import Mapping, Sequence
from itertools import count
from random import Random  # noqa: TID251  # seeded: a run can be repeated
from typing import Any

import httpx2
from msgspec import Struct

RETRY_EVERY_S = 0.1
ANSWER_LIMIT_S = 8.0
UNDECIDED = frozenset({500, 502, 503, 504})
"""Statuses after which nobody knows whether the command was done: it is sent again."""
PAPER = 0.25
THINK_S = 0.04
"""The longest a clerk or citizen waits before the next command."""
ACCEPTED: Mapping[str, Any] = {
    "outcome": "dossier_accepted",
    "dossiers": [{"print_receipt": False}],
}
"""Opens a dossier, which goes to the register."""


class Answered(Struct, frozen=True, kw_only=True):
    """A command that was answered for good."""

    key: str
    path: str
    status: int
    body: dict[str, Any]
    sendings: int


class Unanswered(Exception):
    """The run ended before the command was answered."""


class Refused(Exception):
    """A visitor that knows what it does was refused: something was lost or done twice."""


class Ledger:
    """All answers, in the order in which they came."""

    def __init__(self) -> None:
        self.answered: list[Answered] = []
        self.is_ending = False
        self.sendings = 0


class Caller:
    """Sends one command at a time, again and again under the same key until it is answered."""

    def __init__(self, name: str, client: httpx2.AsyncClient, token: str, ledger: Ledger) -> None:
        self.name = name
        self._client = client
        self._token = token
        self._ledger = ledger
        self._numbers = count(1)

    async def send(self, path: str, body: Mapping[str, Any] | None = None) -> Answered:
        """The final answer.

        Raises:
            Unanswered: The run ends, and none has come.
            Refused: The command is not possible.
        """
        key = f"{self.name}-{next(self._numbers)}"
        headers = {"authorization": f"Bearer {self._token}", "idempotency-key": key}
        sendings = 0
        while not self._ledger.is_ending:
            sendings += 1
            try:
                answer = await self._client.post(path, json=body or {}, headers=headers)
            except httpx2.HTTPError:
                answer = None
            if answer is not None and answer.status_code not in UNDECIDED:
                answered = Answered(
                    key=key,
                    path=path,
                    status=answer.status_code,
                    body=answer.json(),
                    sendings=sendings,
                )
                self._ledger.answered.append(answered)
                self._ledger.sendings += sendings
                if answer.is_error:
                    message = f"{path} ({key}) was refused: {answer.text}"
                    raise Refused(message)
                return answered
            await asyncio.sleep(RETRY_EVERY_S)
        raise Unanswered


class Day(Struct, frozen=True):
    """What a visitor goes by."""

    chance: Random
    end: asyncio.Event
    """Set when visitors shall finish what they do."""


async def citizens(caller: Caller, at: str, procedures: Sequence[str], day: Day) -> None:
    """Take numbers at a kiosk; every fourth wants paper, more than that no printer prints."""
    chance = day.chance
    while not day.end.is_set():
        wanted = {"procedure": chance.choice(procedures), "print_slip": chance.random() < PAPER}
        await caller.send(f"{at}/tickets", wanted)
        await asyncio.sleep(chance.uniform(0, 4 * THINK_S))


async def clerk(caller: Caller, at: str, seat: tuple[str, str], day: Day) -> None:
    """Call, serve and complete, now and then with a no-show or somebody put back.

    `seat` is the counter, and who a manager seats there.
    """
    counter, staff = seat
    here = f"{at}/counters/{counter}"
    await caller.send(f"{here}/take", {"staff": staff})
    await caller.send(f"{here}/open")
    while not day.end.is_set():
        called = await caller.send(f"{here}/call-next")
        if called.body.get("ticket") is not None:
            for action, body in _service(day.chance):
                await caller.send(f"{here}/{action}", body)
        await asyncio.sleep(day.chance.uniform(0, THINK_S))


def _service(chance: Random) -> list[tuple[str, Mapping[str, Any]]]:
    """What the clerk does with whoever was called; nobody stays at the counter."""
    luck = chance.random()
    if luck < 0.1:
        return [("no-show", {})]
    if luck < 0.2:
        return [("requeue", {})]
    recalls: list[tuple[str, Mapping[str, Any]]] = [("recall", {})] if luck < 0.3 else []
    ending = {"outcome": "advice_only"} if luck < 0.8 else ACCEPTED
    return [*recalls, ("start-serving", {}), ("complete", ending)]
