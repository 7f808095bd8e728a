"""How long people wait to be spoken: an hour of calls before one loudspeaker, in virtual time.

The clips are those of espeak-ng for this program's own words, so the lengths are real; the board's
announcer runs in a real Chromium, the server's own beside it on the same calls.
"""

import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import msgspec
from playwright.async_api import async_playwright

from config.centre_file import load_centre
from config.settings import SAMPLE_CENTRE
from displays.speech import phrase_files
from displays.speech.announcement import announcement
from displays.speech.clip_book import read_clip_book
from displays.speech.clip_maker import prepare
from displays.speech.espeak_voice import EspeakVoice
from displays.speech.phrase_files import read_phrases
from queue_server.core.identifiers import TicketNumber
from tests.benchmarks.report import Report, load_average
from tests.support.browser import ARGUMENTS, chromium_path
from tests.support.file_server import serving_files
from tests.support.lobby_hour import (
    Arrival,
    Hour,
    arrivals_of,
    hour_in_browser,
    hour_on_server,
    percentile_95,
)

RATES: Final = (60, 120, 200, 300, 400, 500, 600)
AIM_RATE, AIM_S = 400, 25.0
SEEDS: Final = range(1, 6)
PAGE = """<!doctype html><title>lobby</title><script type="module">
import * as speaker from "/static/announcer.js"; window.speaker = speaker;</script>"""


async def run() -> Report:
    """Waits, drops and overlaps by rate, on the server and in the browser."""
    before = load_average()
    with tempfile.TemporaryDirectory() as folder:
        book, say = _prepared(Path(folder))
        clips = {**book["vi"], **book["en"], "chime": book["chime"]}
        durations = {id_: float(clip["duration_ms"]) for id_, clip in clips.items()}
        rows, hours = [], {}
        for rate in RATES:
            for seed in SEEDS:
                arrivals = arrivals_of(rate, say, seed)
                hours["server", rate, seed] = (arrivals, hour_on_server(arrivals, durations))
        for rate in RATES:
            arrivals = arrivals_of(rate, say, 1)
            hour = await _in_browser(Path(folder), book, arrivals)
            hours["browser", rate, 1] = (arrivals, hour)
    rows = [
        _row(where, rate, _of(hours, where, rate))
        for where in ("server", "browser")
        for rate in RATES
    ]
    at_aim = [found for where in ("server", "browser") for found in _of(hours, where, AIM_RATE)]
    worst_s = max(percentile_95(hour.waits_ms(arrivals)) / 1000 for arrivals, hour in at_aim)
    lost = sum(_lost(arrivals, hour) for arrivals, hour in at_aim)
    overlap_ms = sum(hour.overlap_ms for _, hour in at_aim)
    return Report(
        name="announcements",
        heading=[
            "where",
            "calls/h",
            "p50 s",
            "p95 s",
            "longest s",
            "whole",
            "own",
            "first",
            "chime",
            "lost",
            "overlap ms",
        ],
        rows=rows,
        figures={"p95_s": worst_s, "lost": lost, "overlap_ms": overlap_ms},
        aim=f"at {AIM_RATE} calls an hour p95 at most {AIM_S:.0f} s, none lost, none over another",
        is_met=worst_s <= AIM_S and lost == 0 and overlap_ms == 0,
        found=f"p95 {worst_s:.1f} s, {lost} lost, {overlap_ms:.0f} ms over another",
        load_average=before,
    )


Found = tuple[Sequence[Arrival], Hour]


def _of(hours: Mapping[tuple[str, int, int], Found], where: str, rate: int) -> list[Found]:
    return [found for (place, r, _), found in hours.items() if (place, r) == (where, rate)]


def _lost(arrivals: Sequence[Arrival], hour: Hour) -> int:
    return len(arrivals) - len(hour.waits_ms(arrivals))


def _row(where: str, rate: int, found: Sequence[Found]) -> list[str]:
    waits_s = sorted(ms / 1000 for arrivals, hour in found for ms in hour.waits_ms(arrivals))
    forms = [spoken.form for _, hour in found for spoken in hour.said]
    shares = [
        f"{forms.count(form) / len(forms):.0%}" for form in ("whole", "own", "first", "chime")
    ]
    lost = sum(_lost(arrivals, hour) for arrivals, hour in found)
    overlap_ms = sum(hour.overlap_ms for _, hour in found)
    figures = (waits_s[len(waits_s) // 2], percentile_95(waits_s), waits_s[-1])
    return [
        where,
        str(rate),
        *(f"{s:.1f}" for s in figures),
        *shares,
        str(lost),
        f"{overlap_ms:.0f}",
    ]


def _prepared(folder: Path) -> tuple[dict[str, Any], Any]:
    facts = load_centre(SAMPLE_CENTRE)
    languages, phrases = facts.speech.languages, read_phrases()
    prepare(facts, folder / "clips", [EspeakVoice()], phrases)
    found = read_clip_book(folder / "clips", facts.id, languages, "/clips").for_browser()
    book: dict[str, Any] = msgspec.to_builtins(found)
    letters = [field.series.letter for field in facts.fields.values()]
    counters = [counter.number for counter in facts.counters.values()]

    def say(n: int) -> Sequence[Any]:
        number = TicketNumber(f"{letters[n % len(letters)]}{n % 1000:03}")
        return announcement(number, counters[n % len(counters)], languages, phrases)

    return book, say


async def _in_browser(folder: Path, book: dict[str, Any], arrivals: Sequence[Arrival]) -> Hour:
    (folder / "index.html").write_text(PAGE)
    static = Path(phrase_files.__file__).parent / "static"
    with serving_files({"static": static, "clips": folder / "clips", "": folder}) as address:
        async with async_playwright() as playwright:
            browser = await playwright.chromium.launch(
                executable_path=chromium_path(), args=list(ARGUMENTS)
            )
            page = await browser.new_page()
            await page.goto(address)
            await page.wait_for_function("() => !!window.speaker")
            hour = await hour_in_browser(page.evaluate, book, arrivals)
            await browser.close()
            return hour
