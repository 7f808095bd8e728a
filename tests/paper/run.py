"""Takes numbers while everything breaks, and compares what came out with what was said."""

import asyncio
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from random import Random  # noqa: TID251  # seeded: a run can be repeated
from typing import Any

import httpx2
from msgspec import Struct

from queue_server.core.apply import apply
from queue_server.core.centre import Centre
from queue_server.core.configuration import CentreConfiguration
from queue_server.core.identifiers import TicketId
from queue_server.core.printing import PrintJob
from queue_server.journal.redis_journal import RedisJournal
from tests.paper.gremlins import CERTAIN, Gremlins
from tests.paper.office import BACK, FRONT, USB, AgentProcess, agent_link, paper_centre
from tests.reliability.chaos import papers_of
from tests.support.installation import Installation
from tests.support.printer_emulator import PrinterEmulator
from tests.support.printer_ways import PrinterDevice
from tests.support.served import free_port

ANSWER_S = 8.0
AGAIN_S = 0.2
SETTLE_S = 150.0
KEPT_EVERY_S = 0.2
MOST_UNKNOWN = 0.1
"""A program that said so of every slip would break no promise."""
UNDECIDED = frozenset({500, 502, 503, 504})


class Outcome(Struct, kw_only=True):
    """What a run did, and every promise that it found broken."""

    tickets: int
    results: dict[str, int]
    reasons: dict[str, int]
    slips: int
    moved: int
    faults: dict[str, int]
    server_starts: int
    agent_starts: int
    problems: list[str]


class PaperRun:
    """One run on a folder of its own.

    Args:
        folder: Where its data and logs are.
        tickets: Numbers that are taken.
        seed: Of everything that happens at random.
        pace_s: Mean time between two numbers.
        most_unknown: Share of slips that may end as unknown.
    """

    def __init__(
        self,
        folder: Path,
        *,
        tickets: int,
        seed: int,
        pace_s: float = 0.6,
        most_unknown: float = MOST_UNKNOWN,
    ) -> None:
        self._folder = folder
        self._tickets = tickets
        self._pace_s = pace_s
        self._most_unknown = most_unknown
        self._chance = Random(seed)  # noqa: S311
        self._issued: list[TicketId] = []

    async def __call__(self) -> Outcome:
        """Run, put away, compare."""
        with PrinterEmulator() as front, PrinterEmulator() as back, PrinterEmulator() as usb:
            with PrinterDevice(usb.address) as device:
                centre = paper_centre(front, back, device.path)
                installation = Installation(self._folder, centre, free_port())
                tokens = await installation.make_accounts()
                link = await agent_link(installation, centre)
                agent = AgentProcess(self._folder / "agent", link)
                agent_folder = self._folder / "agent"
                agent_folder.mkdir(exist_ok=True)
                gremlins = Gremlins(self._chance, installation, agent)
                printers = (front, back, usb)
                keeping = asyncio.create_task(_keep(installation, agent))
                try:
                    await installation.wait_until_ready()
                    await installation.open_day(tokens.manager)
                    await self._work(installation, centre, tokens.kiosk, gremlins, printers)
                    folded = await _settled(installation, centre)
                finally:
                    keeping.cancel()
                    await asyncio.gather(keeping, return_exceptions=True)
                    await asyncio.to_thread(agent.stop)
                    await installation.stop()
            papers = sum((papers_of(printer) for printer in printers), Counter[TicketId]())
        return self._outcome(folded, papers, gremlins, installation.starts, agent.starts)

    async def _work(
        self,
        installation: Installation,
        centre: CentreConfiguration,
        token: str,
        gremlins: Gremlins,
        printers: tuple[PrinterEmulator, ...],
    ) -> None:
        trouble = [asyncio.create_task(gremlins.torment(printer)) for printer in printers]
        trouble.append(asyncio.create_task(gremlins.kill()))
        try:
            async with httpx2.AsyncClient(base_url=installation.url, timeout=ANSWER_S) as client:
                await self._issue_all(client, centre, token, gremlins)
        finally:
            for task in trouble:
                task.cancel()
            await asyncio.gather(*trouble, return_exceptions=True)

    async def _issue_all(
        self,
        client: httpx2.AsyncClient,
        centre: CentreConfiguration,
        token: str,
        gremlins: Gremlins,
    ) -> None:
        kills = gremlins.plan(self._tickets)
        path = f"/api/v1/centres/{centre.id}/tickets"
        procedures = list(centre.procedures)
        for n in range(self._tickets):
            body = {
                "procedure": self._chance.choice(procedures),
                "printer": self._chance.choice((FRONT, BACK, USB)),
            }
            headers = {"authorization": f"Bearer {token}", "idempotency-key": f"paper-{n}"}
            self._issued.append(await _issue(client, path, body, headers))
            if n in kills:
                await gremlins.kill_for_certain(kills[n])
            await asyncio.sleep(self._chance.expovariate(1 / self._pace_s))

    def _outcome(
        self,
        folded: Centre,
        papers: Counter[TicketId],
        gremlins: Gremlins,
        server_starts: int,
        agent_starts: int,
    ) -> Outcome:
        jobs = {job.ticket: job for job in folded.prints.values()}
        results = Counter[str](job.result for job in jobs.values())
        return Outcome(
            tickets=len(self._issued),
            results=dict(results),
            reasons=dict(Counter(job.detail for job in jobs.values() if job.detail)),
            slips=sum(papers.values()),
            moved=sum(job.moves > 0 for job in jobs.values()),
            faults=dict(gremlins.done),
            server_starts=server_starts,
            agent_starts=agent_starts,
            problems=[
                *broken_promises(self._issued, jobs, papers),
                *hollow(gremlins.done, results["unknown"] / len(self._issued), self._most_unknown),
            ],
        )


def broken_promises(
    issued: list[TicketId], jobs: Mapping[TicketId, PrintJob], papers: Mapping[TicketId, int]
) -> Iterator[str]:
    """What was said of a paper and is not so."""
    for ticket in issued:
        job, count = jobs.get(ticket), papers.get(ticket, 0)
        if job is None:
            yield f"{ticket}: no print job, {count} slips"
        elif count not in _ALLOWED.get(job.result, ()):
            yield f"{ticket}: said to be {job.result} ({job.detail}), {count} slips came out"
    for ticket in papers.keys() - set(issued):
        yield f"{ticket}: a slip of nobody's"


def hollow(faults: Mapping[str, int], unknown: float, most_unknown: float) -> Iterator[str]:
    """Why a run proves little: what never broke, or too many slips of which nothing is said."""
    for what in CERTAIN:
        if not faults.get(f"{what} killed"):
            yield f"no {what} was killed"
    if unknown > most_unknown:
        yield f"{unknown:.1%} of the slips are unknown, more than {most_unknown:.0%}"


_ALLOWED: Mapping[str, tuple[int, ...]] = {"printed": (1,), "not_sent": (0,), "unknown": (0, 1)}


async def _issue(
    client: httpx2.AsyncClient, path: str, body: Mapping[str, Any], headers: Mapping[str, str]
) -> TicketId:
    """Ask until there is an answer; the key makes all sendings one."""
    while True:
        try:
            answer = await client.post(path, json=dict(body), headers=dict(headers))
        except httpx2.HTTPError:
            await asyncio.sleep(AGAIN_S)
            continue
        if answer.status_code not in UNDECIDED:
            assert answer.status_code == 201, answer.text
            return TicketId(answer.json()["ticket"]["id"])
        await asyncio.sleep(AGAIN_S)


async def _keep(installation: Installation, agent: AgentProcess) -> None:
    """Start what is gone again, as an init system does."""
    serving = asyncio.create_task(installation.keep())
    try:
        await installation.wait_until_ready()
        while True:
            agent.keep()
            await asyncio.sleep(KEPT_EVERY_S)
    finally:
        serving.cancel()
        await asyncio.gather(serving, return_exceptions=True)


async def _settled(installation: Installation, centre: CentreConfiguration) -> Centre:
    """The centre when it is known what became of every slip, or when that takes too long."""
    await installation.wait_until_ready()
    folded, after = Centre(id=centre.id), 0
    async with asyncio.timeout(SETTLE_S):
        while True:
            url = installation.places.running_store.read_text(encoding="utf-8").strip()
            journal = RedisJournal(url)
            for commit in await journal.read(centre.id, after, limit=100_000):
                apply(folded, commit)
                after = commit.offset
            await journal.close()
            if all(_is_over(job) for job in folded.prints.values()):
                return folded
            await asyncio.sleep(AGAIN_S)


def _is_over(job: PrintJob) -> bool:
    return not job.is_open and job.result != "sending"
