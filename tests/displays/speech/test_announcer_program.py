"""The announcer of the ceiling loudspeakers: a program of its own, on a real server."""

import asyncio
import os
import shutil
import signal
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from itertools import pairwise
from pathlib import Path

import httpx2
import msgspec
import pytest
from msgspec.structs import replace

from displays.speech.announcer.clip_shelf import ClipShelf
from displays.speech.announcer.facts import Assignment
from displays.speech.announcer.outputs import FolderOutput, Output, OutputFailed, Played
from displays.speech.announcer.program import Announcer
from displays.speech.voice import Sound
from queue_server.accounts.accounts import Accounts
from queue_server.accounts.devices import DeviceSettings
from queue_server.accounts.pairing import NotPaired, Pairing, pair
from queue_server.app import core_of, web_application
from queue_server.clock import SystemClock
from queue_server.core import commands as c
from queue_server.core.configuration import CentreConfiguration, Zone
from queue_server.core.identifiers import CounterId, Language, StaffId, TicketId, ZoneId
from queue_server.identity import AccountsIdentify
from queue_server.journal.memory_journal import MemoryJournal
from queue_server.pages import VIEWS, page_parts
from queue_server.places import Places
from tests.support.accounts import AN_BINH, QUICK, open_file
from tests.support.live_servers import LiveServer
from tests.support.served import always_open
from tests.support.servers import parts_for, submit
from tests.support.waiting import until
from tests.support.web_server import serving

SECOND = 48_000
"""Bytes; a probe has fewer."""


@pytest.fixture
def live(tmp_path: Path, clips: Path) -> Iterator[LiveServer]:
    with LiveServer(tmp_path / "server") as server:
        shutil.copytree(clips, server.places.clips)
        yield server


class Hall:
    """An announcer on a server, and a counter that calls."""

    def __init__(self, server: LiveServer, folder: Path) -> None:
        self.server = server
        self.folder = folder
        self.counter = CounterId(next(iter(server.configuration.counters)))
        for command in (
            c.TakeCounter(counter=self.counter, staff=StaffId("lan"), name="Lan"),
            c.OpenCounter(counter=self.counter),
            c.CallNext(counter=self.counter),
        ):
            server.do(command)

    @property
    def backlog(self) -> int:
        """Calls that the announcer has heard of and not begun."""
        return self.program._speaker.backlog

    def recall(self) -> None:
        self.server.do(c.Recall(counter=self.counter))

    @asynccontextmanager
    async def announcer(self, output: Output) -> AsyncIterator[asyncio.Task[None]]:
        pairing = Pairing(server=self.server.url, token="ceiling", name="Loa", centre=AN_BINH)  # noqa: S106
        headers = {"authorization": "Bearer ceiling"}
        async with httpx2.AsyncClient(base_url=self.server.url, headers=headers) as client:
            shelf = ClipShelf(self.folder / "kept", client, AN_BINH)
            assignment = Assignment(client)
            await assignment.begin()
            self.program = Announcer(pairing, assignment, shelf, output, clips_every_s=0.2)
            running = asyncio.create_task(self.program.run())
            yield running
            running.cancel()
            await asyncio.wait({running})

    async def states(self) -> set[str]:
        url = f"{self.server.url}/api/v1/centres/{AN_BINH}/sound"
        async with httpx2.AsyncClient(headers={"authorization": "Bearer lan"}) as client:
            return {
                f"{zone['state']} {zone['reason']}".strip()
                for zone in (await client.get(url)).json()
            }

    async def until_played(self, record: Path, count: int) -> list[Played]:
        await until(lambda: len(played(record)) >= count)
        return played(record)


def played(record: Path) -> list[Played]:
    """What sounded, without the probes."""
    if not record.exists():
        return []
    lines = record.read_bytes().splitlines()
    found = [msgspec.json.decode(line, type=Played) for line in lines]
    return [each for each in found if each.name != "probe"]


@pytest.fixture
def hall(live: LiveServer, tmp_path: Path) -> Hall:
    return Hall(live, tmp_path)


async def test_calls_sound_one_after_another_and_staff_know_who_speaks(
    hall: Hall, tmp_path: Path
) -> None:
    record = tmp_path / "said" / "record.jsonl"
    async with hall.announcer(FolderOutput(tmp_path / "said", speed=20)):
        await hall.until_played(record, 3)
        hall.recall()
        found = await hall.until_played(record, 6)
        states = await hall.states()

    assert states == {"spoken"}
    assert all(first.end_s <= second.start_s for first, second in pairwise(found))
    assert all(each.is_whole for each in found)
    whole = [file for file in sorted((tmp_path / "said").glob("*.wav")) if file.stat().st_size]
    assert len(whole) >= 6


async def test_a_zone_that_is_added_is_spoken_in_without_a_new_start(
    hall: Hall, tmp_path: Path
) -> None:
    facts, record = hall.server.configuration, tmp_path / "said" / "record.jsonl"
    annex = Zone(id=ZoneId("annex"), name={Language("vi"): "Phòng bên"})
    moved = replace(facts.counters[hall.counter], zone=annex.id)
    async with hall.announcer(FolderOutput(tmp_path / "said", speed=20)):
        await hall.until_played(record, 3)
        hall.server.do(
            c.ApplyConfiguration(
                configuration=replace(
                    facts,
                    zones={**facts.zones, annex.id: annex},
                    counters={**facts.counters, moved.id: moved},
                )
            )
        )
        hall.recall()
        recall = f"{AN_BINH}-{hall.server.replica().centre.calls[0].id}"

        await until(lambda: recall in {each.name for each in played(record)})

    assert hall.server.replica().centre.calls[0].zone == annex.id


class NoCard:
    """A loudspeaker that is not there, until somebody plugs it in."""

    def __init__(self, output: Output) -> None:
        self.output = output
        self.is_there = False

    async def play(self, sound: Sound, name: str) -> None:
        if not self.is_there:
            message = "no cards found"
            raise OutputFailed(message)
        await self.output.play(sound, name)


class Shut:
    """A loudspeaker that takes nothing before it is opened."""

    def __init__(self, output: Output) -> None:
        self.output = output
        self.opened = asyncio.Event()

    async def play(self, sound: Sound, name: str) -> None:
        await self.opened.wait()
        await self.output.play(sound, name)


async def test_who_has_arrived_or_was_not_meant_is_called_no_more(
    hall: Hall, tmp_path: Path
) -> None:
    record = tmp_path / "said" / "record.jsonl"
    output = Shut(FolderOutput(tmp_path / "said", speed=20))
    waiting = hall.server.replica().centre.calls[:]
    *_, undone, arrived = waiting
    async with hall.announcer(output):
        await until(lambda: hall.backlog == len(waiting))

        hall.server.do(c.StartServing(counter=arrived.counter))
        hall.server.do(c.UndoLast(counter=undone.counter))
        await until(lambda: hall.backlog == len(waiting) - 2)
        output.opened.set()
        found = await hall.until_played(record, len(waiting) - 2)

    expected = [f"{AN_BINH}-{call.id}" for call in reversed(waiting[:-2])]
    assert [each.name for each in found] == expected


async def test_a_loudspeaker_that_is_not_there_is_told_to_staff(hall: Hall, tmp_path: Path) -> None:
    async with hall.announcer(NoCard(FolderOutput(tmp_path / "said"))):

        async def is_told() -> bool:
            return await hall.states() == {"blocked failed"}

        await until(is_told)
    assert not (tmp_path / "said").exists()


async def test_whose_line_is_cut_falls_silent_in_the_middle_of_a_word(
    live: LiveServer, tmp_path: Path
) -> None:
    hall, said = Hall(live, tmp_path), tmp_path / "said"
    async with hall.announcer(FolderOutput(said, speed=0.2)):
        await until(lambda: any(file.stat().st_size > SECOND for file in said.glob("*.wav")))
        await asyncio.to_thread(live.__exit__)
        await until(lambda: any(not each.is_whole for each in played(said / "record.jsonl")))

    last = played(said / "record.jsonl")[-1]
    assert not last.is_whole


@asynccontextmanager
async def with_accounts(
    folder: Path, facts: CentreConfiguration
) -> AsyncIterator[tuple[str, Accounts, object]]:
    """A server that knows devices by their tokens."""
    clock, engine = SystemClock(), open_file(folder)
    accounts = Accounts(engine, clock, hasher=QUICK)
    pages = page_parts()
    parts = parts_for(MemoryJournal(clock), clock, VIEWS)
    parts.identify = AccountsIdentify(accounts)
    parts.routes = pages.routes
    parts.state = {"accounts": accounts, "pages": pages.pages, "places": Places(folder)}
    core, facts = core_of(parts), always_open(facts)
    async with serving(web_application(parts, core)) as url:
        counter = next(iter(facts.counters))
        for command in (
            c.ApplyConfiguration(configuration=facts),
            c.OpenDay(),
            c.IssueTicket(ticket=TicketId("a" * 32), procedure=next(iter(facts.procedures))),
            c.TakeCounter(counter=counter, staff=StaffId("lan"), name="Lan"),
            c.OpenCounter(counter=counter),
            c.CallNext(counter=counter),
        ):
            await submit(core, AN_BINH, command)
        yield url, accounts, core
    engine.dispose()


async def command(folder: Path, *words: str) -> asyncio.subprocess.Process:
    environment = {**os.environ, "QUEUE_DATA_FOLDER": str(folder / "announcer")}
    output = ("--output", f"file:{folder / 'said'}")
    program = (sys.executable, "-m", "queue_server", "announcer", *output, *words)
    pipe = asyncio.subprocess.PIPE
    return await asyncio.create_subprocess_exec(*program, env=environment, stderr=pipe, stdout=pipe)


async def test_the_command_pairs_once_speaks_and_ends_when_it_is_shut_out(
    tmp_path: Path, live: LiveServer
) -> None:
    facts = live.configuration
    async with with_accounts(tmp_path, facts) as (url, accounts, _):
        link = await accounts.create_device(AN_BINH, "announcer", "Loa trần", DeviceSettings())
        first = await command(tmp_path, "--link", f"{url}/device?token={link}")
        await until(lambda: bool(played(tmp_path / "said" / "record.jsonl")))
        first.send_signal(signal.SIGINT)
        await first.communicate()

        second = await command(tmp_path)
        (device,) = await accounts.list_devices()
        await accounts.revoke_device(device.id)
        async with asyncio.timeout(60):
            _, words = await second.communicate()

    assert first.returncode == 0
    assert second.returncode == 1
    assert "pair it" in words.decode()


async def test_pairing_and_hearing_the_chime_are_one_command(
    tmp_path: Path, live: LiveServer
) -> None:
    async with with_accounts(tmp_path, live.configuration) as (url, accounts, _):
        link = await accounts.create_device(AN_BINH, "announcer", "Loa trần", DeviceSettings())
        trying = await command(tmp_path, "--test", "--link", f"{url}/device?token={link}")
        await trying.communicate()
        chimed = played(tmp_path / "said" / "record.jsonl")

        running = await command(tmp_path)
        await until(lambda: len(played(tmp_path / "said" / "record.jsonl")) > len(chimed))
        running.send_signal(signal.SIGINT)
        await running.communicate()

    assert trying.returncode == 0
    assert [each.name for each in chimed] == ["test"]


async def test_only_the_link_of_a_loudspeaker_pairs_one(tmp_path: Path, live: LiveServer) -> None:
    async with with_accounts(tmp_path, live.configuration) as (url, accounts, _):
        board = await accounts.create_device(AN_BINH, "board", "Màn hình", DeviceSettings())
        for link, words in (
            (f"{url}/device?token={board}", "got one of board"),
            (f"{url}/device?token={board}", "a link that is new"),
            (f"{url}/device", "expected a link such as"),
            ("http://127.0.0.1:1/device?token=x", "cannot be reached"),
        ):
            with pytest.raises(NotPaired, match=words):
                await asyncio.to_thread(pair, link, "announcer")
