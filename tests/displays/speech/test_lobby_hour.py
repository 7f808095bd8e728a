"""An hour of 400 calls before one loudspeaker, in virtual time."""

from collections.abc import Mapping
from itertools import pairwise
from pathlib import Path
from typing import Any

import msgspec
import pytest

from displays.speech.announcement import Phrases, announcement
from displays.speech.clip_book import read_clip_book
from queue_server.core.configuration import CentreConfiguration
from queue_server.core.identifiers import Language, TicketNumber
from tests.displays.speech.lobby import EN, VI, Lobby
from tests.support.lobby_hour import (
    Arrival,
    Hour,
    arrivals_of,
    hour_in_browser,
    hour_on_server,
    percentile_95,
)

CALLS = 400


@pytest.fixture
def book(clips: Path, configuration: CentreConfiguration) -> dict[str, Any]:
    found = read_clip_book(clips, configuration.id, [VI, EN], "/clips").for_browser()
    book: dict[str, Any] = msgspec.to_builtins(found)
    return book


@pytest.fixture
def durations(book: dict[str, Any]) -> dict[str, float]:
    clips = {**book["vi"], **book["en"], "chime": book["chime"]}
    return {id_: float(clip["duration_ms"]) for id_, clip in clips.items()}


@pytest.fixture
def arrivals(phrases: Mapping[Language, Phrases]) -> list[Arrival]:
    def say(n: int) -> tuple[Any, ...]:
        return announcement(TicketNumber(f"A{n % 1000:03}"), "15", [VI, EN], phrases)

    return arrivals_of(CALLS, say)


def check(hour: Hour, arrivals: list[Arrival]) -> None:
    waits_ms = hour.waits_ms(arrivals)
    assert len(waits_ms) == CALLS
    assert hour.dropped == 0
    assert hour.overlap_ms == 0
    assert percentile_95(waits_ms) <= 25_000
    assert max(waits_ms) <= 60_000
    forms = {spoken.form for spoken in hour.said}
    assert {"whole", "own"} <= forms
    for first, second in pairwise(hour.said):
        assert second.start_ms >= first.end_ms + 400, (first, second)


def test_four_hundred_calls_an_hour_are_spoken_by_the_server(
    arrivals: list[Arrival], durations: dict[str, float]
) -> None:
    check(hour_on_server(arrivals, durations), arrivals)


@pytest.mark.asyncio(loop_scope="session")
async def test_four_hundred_calls_an_hour_are_spoken_by_a_board(
    lobby: Lobby, arrivals: list[Arrival], durations: dict[str, float], book: dict[str, Any]
) -> None:
    hour = await hour_in_browser(lobby.run, book, arrivals)

    check(hour, arrivals)
    said_s = sum(spoken.end_ms - spoken.start_ms for spoken in hour.said) / 1000
    assert 0.5 * said_s < hour.sounding_ms / 1000 <= said_s  # pauses between words are silent
    on_server = hour_on_server(arrivals, durations)
    assert percentile_95(on_server.waits_ms(arrivals)) == pytest.approx(
        percentile_95(hour.waits_ms(arrivals)), rel=0.15
    )
