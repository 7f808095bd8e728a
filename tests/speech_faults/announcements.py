"""One fault: announcements that nobody prepared, one after another, and how long each takes."""

import os
import resource
import statistics
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Final

from msgspec import Struct, field

from config.centre_file import load_centre
from config.settings import SAMPLE_CENTRE
from displays.speech.announcement import Clip, announcement, clips_of
from displays.speech.announcement_plan import Announcement, timeline
from displays.speech.clip_book import read_clip_book
from displays.speech.clip_maker import prepare
from displays.speech.espeak_voice import EspeakVoice
from displays.speech.gtts_voice import GttsVoice
from displays.speech.phrase_files import read_phrases
from displays.speech.sound import clip_sound, mp3
from displays.speech.voice import Voice, VoiceFailed
from queue_server.core.identifiers import CentreId, Language, TicketNumber
from tests.benchmarks.report import percentile

VI: Final = Language("vi")
SEGMENTS: Final = 8
"""Words that are made one after another while the fault lasts."""
LOOK_UPS: Final = 30
LIMIT_MS: Final = 200.0
_PHRASES: Final = read_phrases()
"""As a server has them in memory."""


class Fault(Struct, kw_only=True):
    """What one fault did."""

    name: str
    failures_s: list[float] = field(default_factory=list)
    """What the first two words cost the worker."""
    later_ms: list[float] = field(default_factory=list)
    """What each further word cost it, on a clock: waiting takes no processor."""
    later_cpu_ms: list[float] = field(default_factory=list)
    """The same in processor time, which says less about what else the machine does."""
    announcement_ms: list[float] = field(default_factory=list)
    """From the call to the list of clips to play, meanwhile."""
    spoken_by: str = ""
    missing: int = 0
    """Words that nobody spoke."""
    false_clips: int = 0
    """Clips of the online voice that were kept: must be none."""

    @property
    def is_well(self) -> bool:
        """Whether nobody in the lobby noticed."""
        return not self.missing and not self.false_clips and self.worst_ms <= LIMIT_MS

    @property
    def worst_ms(self) -> float:
        """On the clock: a further word, the middle one of six, or a list of clips."""
        word_ms = statistics.median(self.later_ms)
        return max(word_ms, percentile(self.announcement_ms, 0.95))

    def row(self) -> list[str]:
        """For the table."""
        failures = " ".join(f"{seconds:.2f}" for seconds in self.failures_s)
        return [
            self.name,
            failures,
            f"{statistics.median(self.later_ms):.0f}",
            f"{max(self.later_ms):.0f} ({max(self.later_cpu_ms):.0f})",
            f"{percentile(self.announcement_ms, 0.95):.1f}",
            self.spoken_by,
            str(self.missing),
            str(self.false_clips),
            "well" if self.is_well else "NOT WELL",
        ]


HEADING: Final = (
    "fault",
    "1st, 2nd word s",
    "later words ms",
    "the slowest (CPU)",
    "announcement p95 ms",
    "voice",
    "missing",
    "false clips",
    "",
)


def suffer(name: str, environment: Mapping[str, str]) -> Fault:
    """Let the fault last while words are made, a centre is prepared and calls are announced.

    Args:
        name: Of the fault.
        environment: Where the online voice finds its service, or does not.
    """
    plain = {key: value for key, value in os.environ.items() if "proxy" not in key.lower()}
    online = GttsVoice(environment={**plain, **environment}, pause_s=0)
    fault = Fault(name=name)
    voices: Sequence[Voice] = (online, EspeakVoice())
    words = clips_of(read_phrases()[VI], "ABCDEGHK", [])[:SEGMENTS]
    for place, clip in enumerate(words):
        before_s = _processor_s()
        seconds = _timed(lambda clip=clip: _spoken(clip, voices, fault))  # type: ignore[misc]
        if place < 2:
            fault.failures_s.append(seconds)
        else:
            fault.later_ms.append(seconds * 1000)
            fault.later_cpu_ms.append((_processor_s() - before_s) * 1000)
    _announce(fault, voices)
    return fault


def _spoken(clip: Clip, voices: Sequence[Voice], fault: Fault) -> None:
    """Make one word with the first voice that can, as the worker does for whole languages."""
    for voice in voices:
        try:
            mp3(clip_sound(voice.render(clip), clip.text))
        except VoiceFailed:
            continue
        fault.false_clips += voice.name == "gtts"
        return
    fault.missing += 1


def _announce(fault: Fault, voices: Sequence[Voice]) -> None:
    """Prepare a centre under the fault, and look its announcements up as a board does."""
    facts, phrases = load_centre(SAMPLE_CENTRE), read_phrases()
    letters = [each.series.letter for each in facts.fields.values()]
    with tempfile.TemporaryDirectory() as folder:
        clips = Path(folder)
        before = _looked_up(clips, facts.id, letters[0], fault)
        prepare(facts, clips, voices, phrases)
        after = [_looked_up(clips, facts.id, letter, fault) for letter in letters * LOOK_UPS]
        fault.missing += sum(1 for heard in after if heard <= 1)
        fault.missing += before != 1  # the chime at least, before anything is made
        names = read_clip_book(clips, facts.id, [VI], "/clips").voices
        fault.spoken_by = str(names[VI])
        fault.false_clips += len(list(clips.glob("*/gtts/*")))


def _looked_up(clips: Path, centre: CentreId, letter: str, fault: Fault) -> int:
    """How many clips an announcement has; how long that took is noted."""
    heard = 0

    def look() -> None:
        nonlocal heard
        book = read_clip_book(clips, centre, [VI], "/clips")
        lengths = {str(id_): clip.duration_ms for id_, clip in book.clips[VI].items()}
        spoken = announcement(TicketNumber(f"{letter}012"), "3", [VI], _PHRASES)
        said = Announcement(form="whole", with_chime=True, spoken=spoken)
        line = timeline(said, lambda key: 700.0 if key == "chime" else lengths.get(key))
        heard = len(line.clips)

    fault.announcement_ms.append(_timed(look) * 1000)
    return heard


def _processor_s() -> float:
    """Processor time of this process and of the programs it ran."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


def _timed(work: Callable[[], None]) -> float:
    """Seconds that it takes."""
    start_s = time.monotonic()
    work()
    return time.monotonic() - start_s
