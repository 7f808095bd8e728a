"""The player in a real browser: order, no overlap, shortening, loss of sound."""

import functools
import io
from collections.abc import AsyncIterator, Mapping
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise
from pathlib import Path
from threading import Thread
from typing import Any

import msgspec
import numpy as np
import pytest
import pytest_asyncio
import soundfile
from playwright.async_api import Page

from displays.speech import phrase_files
from displays.speech.announcement import Phrases, announcement
from displays.speech.clip_book import read_clip_book
from queue_server.core.configuration import CentreConfiguration
from queue_server.core.identifiers import Language, TicketNumber

pytestmark = pytest.mark.asyncio(loop_scope="session")

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


class Files(SimpleHTTPRequestHandler):
    extensions_map = {**SimpleHTTPRequestHandler.extensions_map, ".js": "text/javascript"}  # noqa: RUF012

    def __init__(self, *arguments: Any, folder: Path) -> None:
        self.folder = folder
        super().__init__(*arguments)

    def translate_path(self, path: str) -> str:
        root, _, rest = path.lstrip("/").partition("/")
        return str({"static": STATIC, "clips": self.folder / "clips"}.get(root, self.folder) / rest)

    def log_message(self, *arguments: object) -> None:
        """Quiet."""


@pytest_asyncio.fixture(loop_scope="session")
async def lobby(page: Page, tmp_path: Path) -> AsyncIterator[Lobby]:
    (tmp_path / "index.html").write_text(HARNESS)
    with ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Files, folder=tmp_path)) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        address = f"http://127.0.0.1:{server.server_address[1]}"
        await page.goto(address)
        await page.wait_for_function("() => !!window.speaker")
        yield Lobby(page, address, tmp_path / "clips")
        await page.close()
        server.shutdown()
        thread.join()


async def test_a_call_is_chime_then_each_language_in_order(lobby: Lobby) -> None:
    assert await lobby.begin() == []

    await lobby.play(call("1"))

    await lobby.wait_for("spoken", 1)
    assert await lobby.started() == ["chime", *CLIPS]
    assert await lobby.overlaps() == []


async def test_a_burst_of_seven_is_spoken_whole_in_order_and_without_overlap(lobby: Lobby) -> None:
    await lobby.begin()

    await lobby.play(*[call(str(number)) for number in range(7)])

    reports = await lobby.wait_for("spoken", 7)
    assert spoken_ids(reports) == list("0123456")
    assert await lobby.overlaps() == []
    assert await lobby.run("() => of('dropped')") == []
    started = await lobby.run("() => of('started')")
    assert [len(report["languages"]) for report in started] == [2, 1, 1, 2, 2, 2, 2]
    clips = await lobby.started()
    assert clips.count("vi/number-3") == 7
    assert clips.count("chime") == clips.count("en/number-3") == 5


async def test_a_call_given_again_is_spoken_once(lobby: Lobby) -> None:
    await lobby.begin()

    await lobby.play(call("1"), call("1"))
    await lobby.wait_for("spoken", 1)
    await lobby.play(call("1"), call("2"))

    assert spoken_ids(await lobby.wait_for("spoken", 2)) == ["1", "2"]


async def test_a_call_is_said_again_while_nobody_waits(lobby: Lobby) -> None:
    await lobby.begin(rules={"timesWhenIdle": 2})

    await lobby.play(call("1"))

    assert spoken_ids(await lobby.wait_for("spoken", 2)) == ["1", "1"]
    assert await lobby.started() == ["chime", *CLIPS, *CLIPS]
    assert await lobby.overlaps() == []


async def test_somebody_who_arrived_is_not_called_again(lobby: Lobby) -> None:
    await lobby.begin(rules={"timesWhenIdle": 2})
    await lobby.play(call("1", "ticket-a"))
    await lobby.wait_for("started", 1)

    await lobby.run("() => announcer.forget('ticket-a')")
    await lobby.wait_for("spoken", 1)
    await lobby.play(call("2"))

    assert spoken_ids(await lobby.wait_for("spoken", 2)) == ["1", "2"]


async def test_a_waiting_call_of_somebody_who_was_served_is_not_spoken(lobby: Lobby) -> None:
    await lobby.begin()
    await lobby.play(call("1"), call("2", "ticket-b"), call("3"))

    await lobby.run("() => announcer.forget('ticket-b')")

    assert spoken_ids(await lobby.wait_for("spoken", 2)) == ["1", "3"]


async def test_a_missing_phrase_is_skipped_and_a_missing_digit_silences_its_language(
    lobby: Lobby,
) -> None:
    book = lobby.book()
    book["vi"]["vi/to-counter"]["url"] = "/clips/none.wav"
    book["en"]["en/digit-1"]["url"] = "/clips/none.wav"

    missing = await lobby.begin(book)
    await lobby.play(call("1"))

    assert sorted(missing) == ["en/digit-1", "vi/to-counter"]
    await lobby.wait_for("spoken", 1)
    assert await lobby.started() == ["chime", *[id_ for id_ in CLIPS[:7] if id_ != "vi/to-counter"]]
    (report,) = await lobby.run("() => of('started')")
    assert sorted(report["missing"]) == ["en/digit-1", "vi/to-counter"]


async def test_a_clip_that_is_no_sound_is_missing_only(lobby: Lobby) -> None:
    book = lobby.book()
    (lobby.folder / "vi-to-counter.wav").write_text("<html>")

    assert await lobby.begin(book) == ["vi/to-counter"]


async def test_without_any_clip_a_tone_still_calls(lobby: Lobby) -> None:
    await lobby.begin({"vi": {}, "en": {}, "chime": None})

    await lobby.play(call("1"))

    await lobby.wait_for("spoken", 1)
    assert await lobby.started() == ["500 ms"]


async def test_calls_that_come_while_clips_load_wait_for_them(lobby: Lobby) -> None:
    await lobby.begin({})

    await lobby.run(
        """async ([book, call]) => {
          const loading = announcer.load(book);
          announcer.play(call);
          await loading;
        }""",
        [lobby.book(), call("1")],
    )

    await lobby.wait_for("spoken", 1)
    assert await lobby.started() == ["chime", *CLIPS]


async def test_sound_that_is_blocked_is_told_and_calls_wait_for_it(lobby: Lobby) -> None:
    await lobby.begin(isBlocked=True)

    await lobby.play(call("1"))

    assert await lobby.run("() => [announcer.state, announcer.backlog]") == ["suspended", 1]
    assert await lobby.started() == []
    await lobby.run("() => announcer.unlock()")
    assert (await lobby.wait_for("state", 1))[-1]["state"] == "running"
    assert spoken_ids(await lobby.wait_for("spoken", 1)) == ["1"]


async def test_sound_that_stops_in_a_call_does_not_stop_the_lobby(lobby: Lobby) -> None:
    await lobby.begin(grace=100)
    await lobby.play(call("1"))
    await lobby.wait_for("started", 1)

    await lobby.run("() => context.suspend()")
    assert spoken_ids(await lobby.wait_for("stalled", 1)) == ["1"]
    await lobby.play(call("2"))
    await lobby.run("() => announcer.unlock()")

    assert spoken_ids(await lobby.wait_for("spoken", 1)) == ["2"]


async def test_a_call_too_old_to_be_of_use_is_dropped_and_reported(lobby: Lobby) -> None:
    await lobby.begin()

    await lobby.play(call("1"), age_ms=61_000)
    await lobby.play(call("2"), age_ms=59_000)

    assert spoken_ids(await lobby.wait_for("dropped", 1)) == ["1"]
    assert spoken_ids(await lobby.wait_for("spoken", 1)) == ["2"]


async def test_a_new_book_is_heard_from_the_next_call(lobby: Lobby) -> None:
    book = lobby.book()
    assert await lobby.begin({**book, "en": {}}) == []

    await lobby.run("(book) => announcer.load(book)", book)
    await lobby.play(call("1"))

    await lobby.wait_for("spoken", 1)
    assert await lobby.started() == ["chime", *CLIPS]


async def test_the_test_sound_is_the_chime(lobby: Lobby) -> None:
    await lobby.begin()

    await lobby.run("() => { announcer.setVolume(0.4); announcer.chime(); }")

    assert await lobby.started() == ["chime"]


def entry(number: int, since_ms: int) -> dict[str, Any]:
    return {"call": call(str(number)), "since": since_ms, "timesSpoken": 0}


async def planned(
    lobby: Lobby, queue: list[Any], now_ms: int, spoken: Any = None
) -> dict[str, Any]:
    plan: dict[str, Any] = await lobby.run(
        "([queue, now, spoken]) => speaker.plan(queue, now, spoken)", [queue, now_ms, spoken]
    )
    return plan


def wording(plan: dict[str, Any]) -> tuple[list[str], bool]:
    said = plan["announcement"]
    return [spoken["language"] for spoken in said["spoken"]], said["withChime"]


async def test_the_plan_shortens_calls_as_the_row_grows(lobby: Lobby) -> None:
    whole, short = ([VI, EN], True), ([VI], False)

    assert wording(await planned(lobby, [entry(0, 0)], 0)) == whole
    assert wording(await planned(lobby, [entry(n, 0) for n in range(4)], 0)) == whole
    assert wording(await planned(lobby, [entry(n, 0) for n in range(5)], 0)) == short
    assert wording(await planned(lobby, [entry(0, 0)], 20_000)) == whole
    assert wording(await planned(lobby, [entry(0, 0)], 20_001)) == short


async def test_the_plan_drops_what_is_older_than_a_minute(lobby: Lobby) -> None:
    plan = await planned(lobby, [entry(0, 0), entry(1, 2), entry(2, 50_000)], 60_001)

    assert [old["call"]["id"] for old in plan["dropped"]] == ["0"]
    assert plan["next"]["call"]["id"] == "1"
    assert [waiting["call"]["id"] for waiting in plan["queue"]] == ["2"]


async def test_the_plan_repeats_only_into_silence_once_and_not_after_a_minute(lobby: Lobby) -> None:
    spoken = {**entry(0, 0), "timesSpoken": 1}

    repeat = await planned(lobby, [], 9_000, spoken)
    assert repeat["next"]["call"]["id"] == "0"
    assert wording(repeat) == ([VI, EN], False)
    assert (await planned(lobby, [entry(1, 8_000)], 9_000, spoken))["next"]["call"]["id"] == "1"
    assert (await planned(lobby, [], 9_000, {**spoken, "timesSpoken": 2}))["next"] is None
    assert (await planned(lobby, [], 60_001, spoken))["next"] is None
    assert (await planned(lobby, [], 0))["next"] is None


async def test_a_burst_of_seven_of_real_length_drops_nobody(lobby: Lobby) -> None:
    queue, now_ms, spoken = [entry(number, 0) for number in range(7)], 0, []

    while queue:
        plan = await planned(lobby, queue, now_ms)
        assert plan["dropped"] == []
        spoken.append(plan["next"]["call"]["id"])
        queue = plan["queue"]
        now_ms += 600 + (9_500 if len(plan["announcement"]["spoken"]) == 2 else 4_300)

    assert spoken == list("0123456")


async def test_a_newer_call_of_a_ticket_takes_the_place_of_the_older(lobby: Lobby) -> None:
    queue = [entry(0, 0), entry(1, 5)]
    newer = {**call("9"), "ticket": "ticket-0"}

    changed = await lobby.run("([queue, call]) => speaker.withCall(queue, call, 7)", [queue, newer])

    assert [(waiting["call"]["id"], waiting["since"]) for waiting in changed] == [
        ("9", 7),
        ("1", 5),
    ]


async def test_real_clips_in_two_languages_sound_one_after_another(
    lobby: Lobby,
    configuration: CentreConfiguration,
    phrases: Mapping[Language, Phrases],
    clips: Path,
) -> None:
    clip_book = read_clip_book(clips, configuration.id, [VI, EN], "/clips")
    spoken = announcement(TicketNumber("K907"), "15", [VI, EN], phrases)
    book = msgspec.to_builtins(clip_book.for_browser())

    assert await lobby.begin(book) == []
    levels, line = await lobby.run(RENDER, [book, msgspec.to_builtins(spoken)])

    assert line["missing"] == []
    assert line["duration"] <= 9_500
    assert len(line["clips"]) == 1 + 2 * 7
    for clip in line["clips"]:
        during = levels[int(clip["start"] / 10) + 1 : int((clip["start"] + clip["duration"]) / 10)]
        assert max(during) > 0.05, clip
    for first, second in pairwise(line["clips"]):
        end = first["start"] + first["duration"]
        assert second["start"] >= end + 69
        gap = levels[int(end / 10) + 2 : int(second["start"] / 10) - 1]
        assert gap
        assert max(gap) < 0.001, (first, second)


RENDER = """
async ([book, spoken]) => {
  const offline = new OfflineAudioContext(1, 24000 * 14, 24000);
  const sounds = {};
  for (const [id, { url }] of Object.entries({ chime: book.chime, ...book.vi, ...book.en }))
    sounds[id] = await offline.decodeAudioData(await (await fetch(url)).arrayBuffer());
  const durationOf = (id) => sounds[id] && sounds[id].duration * 1000;
  const line = speaker.timeline({ withChime: true, spoken }, durationOf);
  for (const { key, start } of line.clips) {
    const source = offline.createBufferSource();
    source.buffer = sounds[key];
    source.connect(offline.destination);
    source.start(start / 1000);
  }
  const samples = (await offline.startRendering()).getChannelData(0);
  const peak = (part) => part.reduce((highest, it) => Math.max(highest, Math.abs(it)), 0);
  const levels = Array.from({ length: 1400 }, (_, at) =>
    peak(samples.subarray(at * 240, at * 240 + 240)),
  );
  return [levels, line];
}
"""
"""Renders an announcement; its peak in every 10 ms, and its timeline."""
