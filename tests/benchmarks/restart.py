"""How soon a centre is back: the replica from the journal, and the whole process.

The journal holds a day of 2,000 tickets. The replica is loaded without a snapshot, which folds
every commit, and with one; the process is started as an init system starts it, private store
included, until it says that it is ready.
"""

import asyncio
import secrets
import tempfile
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from time import perf_counter

from msgspec.structs import replace

from queue_server.clock import SystemClock
from queue_server.core import commands as c
from queue_server.core.commit import Actor, Commit
from queue_server.core.configuration import CentreConfiguration
from queue_server.core.identifiers import CommandId, StaffId, TicketId
from queue_server.core.ticket import Outcome
from queue_server.hub.replica import Replica, Request, payload_hash
from queue_server.journal.embedded_redis import EmbeddedRedis
from queue_server.journal.memory_journal import MemoryJournal
from queue_server.journal.protocol import Journal
from queue_server.journal.redis_journal import RedisJournal
from queue_server.rules import rules_in_force
from tests.benchmarks.processes import free_port
from tests.benchmarks.report import Report, load_average
from tests.support.busy_centre import busy_centre
from tests.support.installation import Installation

TICKETS = 2_000
REPEATS = 5
STARTS = 3
APPENDED_AT_ONCE = 500
AIM_S = 1.0
SYSTEM = Actor("system", "benchmark")


def _replica(journal: Journal, centre: CentreConfiguration) -> Replica:
    return Replica(
        centre.id,
        journal=journal,
        rules=rules_in_force(),
        clock=SystemClock(),
        on_change=lambda _, __: None,
    )


def _day(centre: CentreConfiguration) -> list[c.Command]:
    """Every ticket is issued, its slip printed, called, served and completed."""
    counter = next(iter(centre.counters.values()))
    code = next(
        code
        for code, procedure in centre.procedures.items()
        if counter.profile.level_of(procedure) is not None
    )
    commands: list[c.Command] = [
        c.ApplyConfiguration(configuration=centre),
        c.OpenDay(),
        c.TakeCounter(counter=counter.id, staff=StaffId("lan"), name="Lan"),
        c.OpenCounter(counter=counter.id),
    ]
    for n in range(TICKETS):
        ticket = TicketId(f"{n:032x}")
        commands += [
            c.IssueTicket(ticket=ticket, procedure=code),
            c.RecordPrint(job=f"slip-{ticket}-1", result="printed"),
            c.CallNext(counter=counter.id),
            c.StartServing(counter=counter.id),
            c.Complete(counter=counter.id, outcome=Outcome.ADVICE_ONLY),
        ]
    return commands


async def _commits(centre: CentreConfiguration) -> Sequence[Commit]:
    """The day, decided in memory, where nothing waits for a disk."""
    journal = MemoryJournal(SystemClock())
    replica = _replica(journal, centre)
    await replica.load()
    for command in _day(centre):
        await replica.submit(
            Request(
                command=command,
                actor=SYSTEM,
                command_id=CommandId(secrets.token_hex(16)),
                payload_hash=payload_hash(command),
                may_act_for_others=True,
            )
        )
    return await journal.read(centre.id, after=0, limit=100_000)


async def _append_all(journal: Journal, commits: Sequence[Commit]) -> None:
    epoch = (await journal.settle(commits[0].centre)).position.epoch
    for begin in range(0, len(commits), APPENDED_AT_ONCE):
        some = commits[begin : begin + APPENDED_AT_ONCE]
        await asyncio.gather(*(journal.append(replace(one, epoch=epoch)) for one in some))


async def _load_s(url: str, centre: CentreConfiguration) -> float:
    """One load as at the start of a process, connecting included."""
    journal = RedisJournal(url)
    begin = perf_counter()
    await _replica(journal, centre).load()
    elapsed_s = perf_counter() - begin
    await journal.close()
    return elapsed_s


async def _start_s(installation: Installation) -> float:
    """From the start of the process to its first "ready"."""
    begin = perf_counter()
    installation.start()
    await installation.wait_until_ready()
    elapsed_s = perf_counter() - begin
    await installation.stop()
    return elapsed_s


async def run() -> Report:
    """Load and start, each several times."""
    busy = load_average()
    centre = busy_centre(SystemClock().now())
    with tempfile.TemporaryDirectory(prefix="queue-bench-") as temporary:
        installation = Installation(Path(temporary), centre, free_port())
        store = EmbeddedRedis(installation.places.store, min_free_bytes=0)
        url = await store.start()
        journal = RedisJournal(url)
        commits = await _commits(centre)
        await _append_all(journal, commits)
        folded_s = [await _load_s(url, centre) for _ in range(REPEATS)]
        replica = _replica(journal, centre)
        await replica.load()
        await replica.save_snapshot(force=True)
        loaded_s = [await _load_s(url, centre) for _ in range(REPEATS)]
        await journal.close()
        await store.stop()
        started_s = [await _start_s(installation) for _ in range(STARTS)]
    return _report(len(commits), folded_s, loaded_s, started_s, busy)


def _report(
    commits: int,
    folded_s: Sequence[float],
    loaded_s: Sequence[float],
    started_s: Sequence[float],
    busy: float,
) -> Report:
    measured = {
        f"load, no snapshot ({commits:,} commits)": folded_s,
        "load, snapshot": loaded_s,
        "process, store included, to ready": started_s,
    }
    slowest_s = max(median(folded_s), median(loaded_s))
    return Report(
        name="restart",
        heading=(f"a day of {TICKETS:,} tickets", "median s", "slowest s"),
        rows=[
            (name, f"{median(times):.2f}", f"{max(times):.2f}") for name, times in measured.items()
        ],
        figures={
            "folded_s": median(folded_s),
            "loaded_s": median(loaded_s),
            "started_s": median(started_s),
        },
        aim=f"a load in less than {AIM_S:.0f} s",
        is_met=slowest_s < AIM_S,
        found=f"{slowest_s:.2f} s to load, {median(started_s):.1f} s for the whole process",
        load_average=busy,
    )
