"""Measure a few announcements with both meters; 1 if they differ, 2 if there is no ffmpeg."""

import argparse
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import numpy as np
import soundfile

from config.centre_file import load_centre
from config.settings import SAMPLE_CENTRE
from displays.speech.announcement import announcement
from displays.speech.announcement_plan import Announcement, timeline
from displays.speech.chime import chime
from displays.speech.clip_files import read_manifest
from displays.speech.clip_maker import prepare
from displays.speech.espeak_voice import EspeakVoice
from displays.speech.joined import joined
from displays.speech.loudness_meter import loudness_lufs
from displays.speech.phrase_files import read_phrases
from displays.speech.sound import decoded
from displays.speech.voice import Sound
from queue_server.core.identifiers import Language, TicketNumber
from tests.benchmarks.report import Report, load_average

MOST_LU: Final = 0.5
NO_FFMPEG: Final = 2
LANGUAGES: Final = (Language("vi"), Language("en"))
CALLS: Final = ((0, "012", "1"), (1, "345", "2"), (2, "907", "3"))
"""Which letter of the centre, digits and counter."""


def main() -> int:
    """Compare, and say by how much they differ."""
    parser = argparse.ArgumentParser(prog="python -m tests.loudness_reference")
    parser.add_argument("--ffmpeg", default="ffmpeg", help="the program")
    program = shutil.which(parser.parse_args().ffmpeg)
    if program is None:
        sys.stdout.write("Nothing was compared: ffmpeg is not here; apt-get install ffmpeg\n")
        return NO_FFMPEG
    before = load_average()
    with tempfile.TemporaryDirectory() as folder:
        found = [
            (name, loudness_lufs(sound), _by_ffmpeg(program, sound, Path(folder) / "said.wav"))
            for name, sound in _announcements(Path(folder) / "clips")
        ]
    worst = max(abs(ours - theirs) for _, ours, theirs in found)
    report = Report(
        name="loudness_reference",
        heading=["announcement", "ours LUFS", "ffmpeg LUFS"],
        rows=[[name, f"{ours:.2f}", f"{theirs:.1f}"] for name, ours, theirs in found],
        figures={"worst_lu": worst},
        aim=f"both meters within {MOST_LU} LU",
        is_met=worst <= MOST_LU,
        found=f"at most {worst:.2f} LU apart",
        load_average=before,
    )
    sys.stdout.write(report.as_text() + "\n")
    return 0 if report.is_met else 1


def _announcements(clips: Path) -> Iterator[tuple[str, Sound]]:
    """Calls of the sample centre as they sound, with the chime, in each language."""
    facts, phrases = load_centre(SAMPLE_CENTRE), read_phrases()
    prepare(facts, clips, [EspeakVoice()], phrases)
    letters = sorted(field.series.letter for field in facts.fields.values())
    for language in LANGUAGES:
        manifest = read_manifest(clips, facts.id, language)
        sounds = {
            str(id_): decoded((clips / clip.file).read_bytes())
            for id_, clip in manifest.clips.items()
        } | {"chime": chime()}
        for place, digits, counter in CALLS:
            number = TicketNumber(letters[place] + digits)
            spoken = announcement(number, counter, [language], phrases)
            said = Announcement(form="whole", with_chime=True, spoken=spoken)
            line = timeline(said, lambda key, known=sounds: known[key].duration_exact_ms)  # type: ignore[misc]
            yield f"{language} {number}", joined(line, sounds.get, {language: manifest.gain_db})


def _by_ffmpeg(program: str, sound: Sound, file: Path) -> float:
    """As the filter `ebur128` reads it from both loudspeakers of a pair."""
    soundfile.write(file, np.column_stack([sound.samples] * 2), sound.rate_hz, subtype="FLOAT")
    words = ["-nostats", "-i", str(file), "-filter_complex", "ebur128", "-f", "null", "-"]
    told = subprocess.run(  # noqa: S603 (own arguments)
        [program, "-hide_banner", *words], capture_output=True, text=True, check=True
    ).stderr
    return float(re.findall(r"^\s*I:\s+(-?[\d.]+) LUFS", told, re.MULTILINE)[-1])


if __name__ == "__main__":
    sys.exit(main())
