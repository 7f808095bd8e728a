"""The player in a real browser: order, no overlap, shortening, loss of sound."""

from collections.abc import Mapping
from itertools import pairwise
from pathlib import Path

import msgspec
import pytest

from displays.speech.announcement import Phrases, announcement
from displays.speech.clip_book import read_clip_book
from queue_server.core.configuration import CentreConfiguration
from queue_server.core.identifiers import Language, TicketNumber
from tests.displays.speech.lobby import CLIPS, EN, VI, Lobby, call, spoken_ids

pytestmark = pytest.mark.asyncio(loop_scope="session")


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
    assert [len(report["languages"]) for report in started] == [2, 1, 1, 1, 1, 2, 2]
    clips = await lobby.started()
    assert clips.count("vi/number-3") == 7
    assert clips.count("chime") == clips.count("en/number-3") == 3


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

    await lobby.run("() => announcer.keep([])")
    await lobby.wait_for("spoken", 1)
    await lobby.play(call("2"))

    assert spoken_ids(await lobby.wait_for("spoken", 2)) == ["1", "2"]


async def test_a_waiting_call_of_somebody_who_was_served_is_not_spoken(lobby: Lobby) -> None:
    await lobby.begin()
    await lobby.play(call("1"), call("2", "ticket-b"), call("3"))

    await lobby.run("() => announcer.keep(['ticket-1', 'ticket-3'])")

    assert spoken_ids(await lobby.wait_for("spoken", 2)) == ["1", "3"]


async def test_a_call_that_was_cut_short_goes_on_only_for_who_is_still_called(
    lobby: Lobby,
) -> None:
    await lobby.begin()
    await lobby.run("() => { window.isOurs = true; }")
    await lobby.run(
        """async ([book, call]) => {
          window.shared = new speaker.Announcer({
            context, maySpeak: () => isOurs, onReport: (report) => reports.push(report),
          });
          await shared.load(book);
          shared.play(call);
        }""",
        [lobby.book(), call("1", "ticket-a")],
    )
    await lobby.wait_for("started", 1)

    await lobby.run("() => { shared.keep([]); isOurs = false; shared.refresh(); }")

    await lobby.wait_for("yielded", 1)
    assert await lobby.run("() => shared.backlog") == 0


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


GAINS_HEARD = """() => {
  window.gains = [];
  const gain = Object.getOwnPropertyDescriptor(AudioParam.prototype, "value");
  Object.defineProperty(AudioParam.prototype, "value", {
    get: gain.get,
    set(value) {
      gains.push(Math.round(20 * Math.log10(value)));
      gain.set.call(this, value);
    },
  });
}"""
"""Notes by how many dB each clip is raised."""


async def test_a_line_lost_midway_leaves_the_old_voice_whole(lobby: Lobby) -> None:
    await lobby.begin({**lobby.book(), "gains_db": {"vi": 1.0, "en": 1.0}})
    newer = {**lobby.book(), "gains_db": {"vi": 9.0, "en": 9.0}}
    for place, clip in enumerate(newer["vi"].values()):
        clip["url"] = f"/clips/newer-{place}.wav"
        if place < 3:
            (lobby.folder / f"newer-{place}.wav").write_bytes(
                (lobby.folder / "vi-number-3.wav").read_bytes()
            )
    await lobby.run(GAINS_HEARD)

    missing = await lobby.run("(book) => announcer.load(book)", newer)
    await lobby.play(call("1"))

    await lobby.wait_for("spoken", 1)
    assert missing == CLIPS[3:7]
    assert await lobby.started() == ["chime", *CLIPS]
    assert await lobby.run("() => gains") == [0, *[1] * 7, *[9] * 7]


async def test_the_test_sound_is_the_chime(lobby: Lobby) -> None:
    await lobby.begin()

    await lobby.run("() => { announcer.setVolume(0.4); announcer.chime(); }")

    assert await lobby.started() == ["chime"]


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
