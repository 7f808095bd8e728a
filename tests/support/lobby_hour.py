"""An hour of calls before one loudspeaker, in virtual time: the browser's and the server's own.

In the browser the real `Announcer` runs on a context whose clock is virtual; every clip that it
starts is put into `OfflineAudioContext`s as a constant level, so the rendered hour is the audio
graph's own record: two levels on top of each other are two voices at once.
"""

import math
import random  # noqa: TID251  # seeded
from collections.abc import Callable, Sequence
from typing import Any, Final

import msgspec
from msgspec import Struct

from displays.speech.announcement_plan import Call, Form
from displays.speech.speaker import Speaker

HOUR_MS: Final = 3_600_000
LEAD_MS: Final = 50
"""Of the browser's announcer: between the decision and the first sound."""


class Arrival(Struct, frozen=True):
    """A call and when it comes."""

    at_ms: float
    call: Call


class Spoken(Struct, frozen=True, kw_only=True):
    """One announcement as it was begun."""

    id: str
    form: Form
    start_ms: float
    end_ms: float


class Hour(Struct, frozen=True, kw_only=True):
    """What became of an hour's calls."""

    said: tuple[Spoken, ...]
    dropped: int
    overlap_ms: float
    sounding_ms: float

    def waits_ms(self, arrivals: Sequence[Arrival]) -> list[float]:
        """From each call to its first sound, in order; a call that was never said is missing."""
        first: dict[str, float] = {}
        for spoken in self.said:
            first.setdefault(spoken.id, spoken.start_ms)
        return sorted(
            first[arrival.call.id] - arrival.at_ms
            for arrival in arrivals
            if arrival.call.id in first
        )


def arrivals_of(
    calls_per_hour: int, say: Callable[[int], Sequence[Any]], seed: int = 1
) -> list[Arrival]:
    """Calls at random instants of an hour, exactly so many; one citizen in twenty reads English."""
    chance = random.Random(seed)  # noqa: S311
    instants = sorted(chance.uniform(0, HOUR_MS) for _ in range(calls_per_hour))
    return [
        Arrival(
            at_ms,
            Call(
                id=f"call-{n}",
                ticket=f"ticket-{n}",
                language="en" if chance.random() < 0.05 else "vi",
                zone="hall",
                spoken=tuple(say(n)),
            ),
        )
        for n, at_ms in enumerate(instants)
    ]


def percentile_95(values: Sequence[float]) -> float:
    """The value that 95 of 100 do not exceed."""
    return values[math.ceil(0.95 * len(values)) - 1]


def hour_on_server(arrivals: Sequence[Arrival], durations: dict[str, float]) -> Hour:
    """The server's own loudspeaker; it is told of a call in the millisecond it comes."""
    speaker = Speaker(durations.get)
    said: list[Spoken] = []
    coming = list(arrivals)
    now_ms, overlap_ms, dropped = 0.0, 0.0, 0
    while coming or speaker.backlog or speaker.wait_ms(now_ms) is not None:
        while coming and coming[0].at_ms <= now_ms:
            arrival = coming.pop(0)
            speaker.hear(arrival.call, arrival.at_ms)
        utterance = speaker.next(now_ms)
        dropped += len(speaker.dropped)
        speaker.dropped.clear()
        if utterance is not None:
            start_ms = now_ms + LEAD_MS
            end_ms = start_ms + utterance.timeline.duration_ms
            overlap_ms += max(0.0, said[-1].end_ms - start_ms) if said else 0.0
            form = utterance.announcement.form
            said.append(
                Spoken(id=utterance.entry.call.id, form=form, start_ms=start_ms, end_ms=end_ms)
            )
            while coming and coming[0].at_ms <= end_ms:
                arrival = coming.pop(0)
                speaker.hear(arrival.call, arrival.at_ms)
            now_ms = end_ms
            speaker.ended(now_ms)
            continue
        wait_ms = speaker.wait_ms(now_ms)
        nexts = [] if wait_ms is None else [now_ms + max(wait_ms, 0.001)]
        nexts += [coming[0].at_ms] if coming else []
        if not nexts:
            break
        now_ms = min(nexts)
    return Hour(
        said=tuple(said),
        dropped=dropped,
        overlap_ms=overlap_ms,
        sounding_ms=sum(spoken.end_ms - spoken.start_ms for spoken in said),
    )


async def hour_in_browser(
    run: Callable[[str, object], Any], book: dict[str, Any], arrivals: Sequence[Arrival]
) -> Hour:
    """The board's announcer on a page that has the modules as `window.speaker`.

    Args:
        run: Evaluates a script with one argument on the page.
        book: The clips.
        arrivals: The hour's calls.
    """
    told = [
        {"at": arrival.at_ms, "call": msgspec.to_builtins(arrival.call)} for arrival in arrivals
    ]
    found = await run(_HOUR, [book, told, HOUR_MS + 120_000])
    return msgspec.convert(found, Hour)


_HOUR = """
async ([book, arrivals, length]) => {
  const rate = 8000, level = 0.25;
  const offline = new OfflineAudioContext(1, rate, rate); // for buffers and nodes alone
  const marks = [];
  let now = 0, number = 0;
  const due = [];
  const at = (time, run) => {
    const timer = { time, number: number++, run };
    let place = due.length;
    while (place > 0 && (due[place - 1].time > time)) place--;
    due.splice(place, 0, timer);
    return timer;
  };
  const timers = {
    setTimeout: (run, wait) => at(now + Math.max(0, wait), run),
    clearTimeout: (timer) => {
      const place = due.indexOf(timer);
      if (place >= 0) due.splice(place, 1);
    },
  };
  const source = () => {
    const node = offline.createBufferSource();
    node.start = (when) => {
      const { duration } = node.buffer;
      marks.push({ when, duration });
      at((when + duration) * 1000, () => node.dispatchEvent(new Event("ended")));
    };
    return node;
  };
  const own = {
    currentTime: () => now / 1000,
    state: () => "running",
    createBufferSource: () => source,
  };
  const context = new Proxy(offline, {
    get(target, name) {
      if (name in own) return own[name]();
      const value = target[name];
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
  const said = [];
  let dropped = 0;
  const announcer = new speaker.Announcer({
    context, timers, now: () => now,
    onReport(report) {
      if (report.kind === "dropped") dropped++;
      if (report.kind !== "started") return;
      const { call, form, duration } = report;
      said.push({ id: call.id, form, start_ms: now + 50, end_ms: now + 50 + duration });
    },
  });
  await announcer.load(book);
  for (const { at: time, call } of arrivals) at(time, () => announcer.play(call));
  while (due.length && due[0].time < length) {
    const { time, run } = due.shift();
    now = time;
    run();
  }
  const minute = 60;
  let overlap = 0, sounding = 0;
  for (let from = 0; from < length / 1000; from += minute) {
    const graph = new OfflineAudioContext(1, minute * rate, rate);
    for (const { when, duration } of marks) {
      if (when + duration <= from + 0.001 || when >= from + minute) continue;
      const length = duration - Math.max(0, from - when); // of what sounds in this minute
      const buffer = graph.createBuffer(1, Math.max(1, Math.floor(length * rate) - 1), rate);
      buffer.getChannelData(0).fill(level);
      const mark = graph.createBufferSource();
      mark.buffer = buffer;
      mark.connect(graph.destination);
      mark.start(Math.max(0, when - from));
    }
    for (const sample of (await graph.startRendering()).getChannelData(0)) {
      if (sample > level * 0.5) sounding++;
      if (sample > level * 1.5) overlap++;
    }
  }
  const ms = 1000 / rate;
  return { said, dropped, overlap_ms: overlap * ms, sounding_ms: sounding * ms };
}
"""
