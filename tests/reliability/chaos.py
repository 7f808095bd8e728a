"""A centre at work while its processes are killed, and what a model says afterwards."""

import asyncio
import re
from collections import Counter
from pathlib import Path
from random import Random  # noqa: TID251  # seeded: a run can be repeated

import httpx2
import msgspec
import structlog
import zxingcpp
from msgspec import Struct
from msgspec.structs import replace

from queue_server.clock import SystemClock
from queue_server.core.apply import apply
from queue_server.core.centre import Centre
from queue_server.core.commit import Commit
from queue_server.core.configuration import CentreConfiguration
from queue_server.core.identifiers import TicketId
from queue_server.hub.replica import ReplicaState
from queue_server.journal.embedded_redis import EmbeddedRedis
from queue_server.journal.redis_journal import RedisJournal
from tests.reliability import model
from tests.reliability.visitors import (
    ANSWER_LIMIT_S,
    Caller,
    Day,
    Ledger,
    Refused,
    citizens,
    clerk,
)
from tests.support.busy_centre import busy_centre
from tests.support.installation import Installation, NotReady, Part, Tokens, kill
from tests.support.printer_emulator import PrinterEmulator
from tests.support.served import free_port

log = structlog.get_logger()

KIOSKS, CLERKS = 4, 6
TARGETS = {Part.SERVER: 3, Part.STORE: 3, Part.WORKER: 3, Part.CREW: 1}
"""How often each part is killed, as weights."""
SHORTEST_S, LONGEST_S = 0.1, 1.5
"""Between two kills; the server takes longer than that to start, and is hit then too."""
PATIENCE = 0.6
"""Share of the kills before which the server may become ready."""
END_LIMIT_S = 45.0
SETTLE_LIMIT_S = 45.0
"""Print jobs that a worker was killed over are offered again after 10 and 25 s."""
FROM_TICKET = re.compile(r"/t/[^/]+/([0-9a-f]{32})|/t/([0-9a-f]{32})")


class Outcome(Struct, kw_only=True):
    """What a run did, and every promise that it found broken."""

    kills: dict[str, int]
    server_starts: int
    commands: int
    sendings: int
    commits: int
    slips: int
    problems: list[str]


class Run:
    """One run on a folder of its own."""

    def __init__(self, folder: Path, *, kills: int, seed: int) -> None:
        self._folder = folder
        self._kills = kills
        self._chance = Random(seed)  # noqa: S311
        self._seed = seed
        self._ledger = Ledger()
        self._stop = asyncio.Event()
        self._killed: Counter[str] = Counter()
        self._problems: list[str] = []

    async def __call__(self) -> Outcome:
        """Work, kill, put away, and check."""
        with PrinterEmulator() as printer:
            address = f"{printer.address.host}:{printer.address.port}"
            centre = busy_centre(SystemClock().now(), printer_address=address)
            centre = replace(centre, speech=replace(centre.speech, is_on=False))
            installation = Installation(self._folder, centre, free_port())
            try:
                await self._work(installation, centre)
            except NotReady as error:
                self._problems.append(str(error))
                return self._outcome(installation, [], Counter())
            finally:
                await installation.stop()
            papers = await asyncio.to_thread(papers_of, printer)
        commits, snapshot = await read_journal(installation, centre)
        self._check(centre, commits, snapshot, papers)
        return self._outcome(installation, commits, papers)

    def _outcome(
        self, installation: Installation, commits: list[Commit], papers: Counter[TicketId]
    ) -> Outcome:
        return Outcome(
            kills=dict(self._killed),
            server_starts=installation.starts,
            commands=len(self._ledger.answered),
            sendings=self._ledger.sendings,
            commits=len(commits),
            slips=sum(papers.values()),
            problems=self._problems,
        )

    async def _work(self, installation: Installation, centre: CentreConfiguration) -> None:
        tokens = await installation.make_accounts(CLERKS)
        limits = httpx2.Timeout(ANSWER_LIMIT_S, connect=1.0)
        async with httpx2.AsyncClient(base_url=installation.url, timeout=limits) as client:
            keeping = asyncio.create_task(installation.keep())
            try:
                await installation.wait_until_ready()
                await installation.open_day(tokens.manager)
                visitors = asyncio.gather(
                    *self._visitors(client, tokens, centre), return_exceptions=True
                )
                await self._kill_all(installation)
                self._stop.set()
                await self._finish(visitors)
                await self._settle(installation, centre)
            finally:
                self._ledger.is_ending = True
                keeping.cancel()
                await asyncio.gather(keeping, return_exceptions=True)

    def _visitors(
        self, client: httpx2.AsyncClient, tokens: Tokens, centre: CentreConfiguration
    ) -> list["asyncio.Task[None]"]:
        at = f"/api/v1/centres/{centre.id}"
        counters = list(centre.counters)[:CLERKS]
        served = [
            code
            for code, procedure in centre.procedures.items()
            if procedure.opens_dossier
            and any(centre.counters[key].profile.level_of(procedure) for key in counters)
        ]
        kiosks = [
            citizens(Caller(name, client, tokens.kiosk, self._ledger), at, served, self._day(name))
            for name in (f"kiosk-{n}" for n in range(KIOSKS))
        ]
        clerks = [
            clerk(
                Caller(key, client, tokens.manager, self._ledger), at, (key, staff), self._day(key)
            )
            for key, staff in zip(counters, tokens.clerks, strict=True)
        ]
        return [asyncio.create_task(visitor) for visitor in (*kiosks, *clerks)]

    def _day(self, visitor: str) -> Day:
        return Day(chance=Random(f"{self._seed} {visitor}"), end=self._stop)  # noqa: S311

    async def _kill_all(self, installation: Installation) -> None:
        for part in self._chance.choices(list(TARGETS), list(TARGETS.values()), k=self._kills):
            if self._chance.random() < PATIENCE:
                await installation.wait_until_ready()
            await asyncio.sleep(self._chance.uniform(SHORTEST_S, LONGEST_S))
            victim = self._chance.choice(await self._found(installation, part))
            kill(victim)
            self._killed[part] += 1
            log.info("killed", part=str(part), n=self._killed.total())

    async def _found(self, installation: Installation, part: Part) -> list[int]:
        """Processes of the part, once there is one: it may have been killed just before."""
        async with asyncio.timeout(END_LIMIT_S):
            while not (victims := installation.ids_of(part)):  # noqa: ASYNC110  # another process
                await asyncio.sleep(SHORTEST_S)
        return victims

    async def _finish(self, visitors: "asyncio.Future[list[BaseException | None]]") -> None:
        """Let everybody have an answer."""
        try:
            async with asyncio.timeout(END_LIMIT_S):
                endings = await visitors
        except TimeoutError:
            self._problems.append(f"a command was not answered within {END_LIMIT_S} s")
            return
        for ending in endings:
            if isinstance(ending, Refused):
                self._problems.append(str(ending))
            elif ending is not None:
                raise ending

    async def _settle(self, installation: Installation, centre: CentreConfiguration) -> None:
        """Wait until it is known what became of every slip."""
        await installation.wait_until_ready()
        url = installation.places.running_store.read_text(encoding="utf-8").strip()
        journal = RedisJournal(url)
        folded, after = Centre(id=centre.id), 0
        try:
            async with asyncio.timeout(SETTLE_LIMIT_S):
                while True:
                    for commit in await journal.read(centre.id, after, limit=100_000):
                        apply(folded, commit)
                        after = commit.offset
                    if all(
                        job.result not in {"pending", "sending"} for job in folded.prints.values()
                    ):
                        return
                    await asyncio.sleep(0.3)
        except TimeoutError:
            return  # the model says which
        finally:
            await journal.close()

    def _check(
        self,
        centre: CentreConfiguration,
        commits: list[Commit],
        snapshot: Centre | None,
        papers: Counter[TicketId],
    ) -> None:
        folded = model.fold(centre.id, commits)
        self._problems += model.problems_of_journal(centre.id, commits)
        self._problems += model.problems_of_answers(commits, self._ledger.answered)
        self._problems += model.problems_of_paper(folded, papers)
        if snapshot is None:
            self._problems.append("no snapshot was written, or the last one cannot be read")
        elif snapshot != folded:
            self._problems.append("the server's snapshot is not what its journal tells")


async def read_journal(
    installation: Installation, centre: CentreConfiguration
) -> tuple[list[Commit], Centre | None]:
    """All commits, and what the last snapshot tells with those after it; from a fresh store."""
    store = EmbeddedRedis(installation.places.store, min_free_bytes=0)
    journal = RedisJournal(await store.start())
    try:
        commits = await journal.read(centre.id, after=0, limit=1_000_000)
        kept = await journal.load_snapshot(centre.id)
    finally:
        await journal.close()
        await store.stop()
    if kept is None:
        return commits, None
    snapshot = msgspec.json.decode(kept.state, type=ReplicaState).centre
    for commit in commits[kept.position.offset :]:
        apply(snapshot, commit)
    return commits, snapshot


def papers_of(printer: PrinterEmulator) -> Counter[TicketId]:
    """How often the slip of each ticket came out, by its QR code."""
    tickets: Counter[TicketId] = Counter()
    for paper in printer.slips(10_000):
        for code in zxingcpp.read_barcodes(paper.convert("L")):
            found = FROM_TICKET.search(code.text)
            if found is not None:
                tickets[TicketId(found[1] or found[2])] += 1
    return tickets
