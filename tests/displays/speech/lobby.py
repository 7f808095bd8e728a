"""A page with the announcer of a board in a real browser, for tests."""

import io
from collections.abc import AsyncIterator, Mapping
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest_asyncio
import soundfile
from playwright.async_api import Page

from displays.speech import phrase_files
from queue_server.core.identifiers import Language
from tests.support.file_server import serving_files

STATIC = Path(phrase_files.__file__).parent / "static"
VI, EN = Language("vi"), Language("en")
FRAME = ["please-number", "letter-a", "digit-0", "digit-1", "digit-2", "to-counter", "number-3"]
CLIPS = [f"{language}/{name}" for language in (VI, EN) for name in FRAME]
LENGTH_MS = {id_: 10 + place for place, id_ in enumerate(CLIPS)} | {"chime": 50}
"""Every clip has its own length, by which it is recognised when it is started."""

HARNESS = """
<!doctype html><title>lobby</title>
<script type="module">
  import * as speaker from "/static/announcer.js";
  window.started = [];
  const start = AudioBufferSourceNode.prototype.start;
  AudioBufferSourceNode.prototype.start = function (when = 0) {
    window.started.push({ when, ms: Math.round(this.buffer.duration * 1000) });
    return start.call(this, when);
  };
  window.reports = [];
  window.speaker = speaker;
  window.begin = async (book, { isBlocked, ...options }) => {
    window.context = new AudioContext();
    await (isBlocked ? context.suspend() : context.resume());
    const onReport = (report) => reports.push(report);
    window.announcer = new speaker.Announcer({ ...options, context, onReport });
    return announcer.load(book);
  };
  window.of = (kind) => window.reports.filter((report) => report.kind === kind);
</script>
"""


class Lobby:
    """A page with an announcer on a board, and what it did."""

    def __init__(self, page: Page, address: str, folder: Path) -> None:
        self.page = page
        self.address = address
        self.folder = folder

    async def begin(self, book: Mapping[str, Any] | None = None, **options: object) -> list[str]:
        quick = {"character": 7, "phrase": 16, "language": 35, "chime": 10, "call": 60}
        options = {"gaps": {**quick, "repeat": 100}, "rules": {"timesWhenIdle": 1}, **options}
        book = self.book() if book is None else book
        missing: list[str] = await self.page.evaluate("([b, o]) => begin(b, o)", [book, options])
        return missing

    def book(self) -> dict[str, Any]:
        """Tones of known lengths under the ids of clips."""
        self.folder.mkdir(exist_ok=True)
        for id_, length_ms in LENGTH_MS.items():
            file = io.BytesIO()
            soundfile.write(file, np.full(24 * length_ms, 0.1), 24_000, format="WAV")
            (self.folder / f"{id_.replace('/', '-')}.wav").write_bytes(file.getvalue())
        addresses = {
            id_: {"url": f"/clips/{id_.replace('/', '-')}.wav", "duration_ms": length_ms}
            for id_, length_ms in LENGTH_MS.items()
        }
        by_language: dict[str, Any] = {
            language: {id_: clip for id_, clip in addresses.items() if id_.startswith(language)}
            for language in (VI, EN)
        }
        return {**by_language, "chime": addresses["chime"]}

    async def play(self, *calls: dict[str, Any], age_ms: int = 0) -> None:
        script = "([calls, age]) => calls.forEach((call) => announcer.play(call, { age }))"
        await self.page.evaluate(script, [list(calls), age_ms])

    async def run(self, script: str, argument: object = None) -> Any:
        return await self.page.evaluate(script, argument)

    async def wait_for(self, kind: str, reports: int) -> list[dict[str, Any]]:
        await self.page.wait_for_function(
            "([kind, reports]) => of(kind).length >= reports", arg=[kind, reports], timeout=15_000
        )
        found: list[dict[str, Any]] = await self.run("(kind) => of(kind)", kind)
        return found

    async def started(self) -> list[str]:
        """Ids of the clips that were started, in the order in which they sound."""
        names = {length_ms: id_ for id_, length_ms in LENGTH_MS.items()}
        sources = sorted(await self.run("() => started"), key=lambda source: source["when"])
        return [names.get(source["ms"], f"{source['ms']} ms") for source in sources]

    async def overlaps(self) -> list[Any]:
        sources = sorted(await self.run("() => started"), key=lambda source: source["when"])
        return [
            (first, second)
            for first, second in pairwise(sources)
            if second["when"] < first["when"] + first["ms"] / 1000 - 1e-6
        ]


def call(id_: str, ticket: str = "", clips: list[str] | None = None) -> dict[str, Any]:
    names = FRAME if clips is None else clips
    spoken = [
        {"language": language, "clips": [f"{language}/{name}" for name in names]}
        for language in (VI, EN)
    ]
    return {"id": id_, "ticket": ticket or f"ticket-{id_}", "spoken": spoken}


def spoken_ids(reports: list[dict[str, Any]]) -> list[str]:
    return [report["call"]["id"] for report in reports]


@pytest_asyncio.fixture(loop_scope="session")
async def lobby(page: Page, tmp_path: Path) -> AsyncIterator[Lobby]:
    (tmp_path / "index.html").write_text(HARNESS)
    folders = {"static": STATIC, "clips": tmp_path / "clips", "": tmp_path}
    with serving_files(folders) as address:
        await page.goto(address)
        await page.wait_for_function("() => !!window.speaker")
        yield Lobby(page, address, tmp_path / "clips")
        await page.close()
