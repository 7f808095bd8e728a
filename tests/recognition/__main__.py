"""Listen to people and voices: ``python -m tests.recognition [--people FOLDER] [--piper …]``."""

import argparse
import random  # noqa: TID251  # seeded
import sys
from pathlib import Path

from config.centre_file import load_centre
from config.settings import SAMPLE_CENTRE
from displays.speech.espeak_voice import EspeakVoice
from displays.speech.piper_voice import PiperVoice
from tests.benchmarks.report import Report, load_average
from tests.recognition.judge import Judge
from tests.recognition.speakers import AmericanEspeak, Speaker, people, voice_of

CALLS = 100
PERSON, SHIPPED = "a person, recorded", "espeak-ng as shipped"
NOT_JUDGED = 2
WHERE_PEOPLE_ARE = """\
Nobody to compare with, so nothing is judged: no recordings of people come with this program.
--people needs a folder with letters/a.wav … and digits/0.wav …, such as
/usr/share/asterisk/sounds/en_US_f_Allison of Debian's asterisk-core-sounds-en-wav (CC-BY-SA 3.0).
"""
WHAT_IT_IS = """\
English alone: there is no recogniser for Vietnamese here, and no figure about it.
"""


def main() -> int:
    """Let the judge hear the same calls from everybody.

    Returns:
        1 if the voice that is shipped is heard worse than a person, 2 if there is no person.
    """
    parser = argparse.ArgumentParser(prog="python -m tests.recognition")
    parser.add_argument("--people", type=Path, help="recordings of a person")
    parser.add_argument("--piper-models", type=Path, help="folder with models of Piper")
    parser.add_argument("--piper-program", default="piper")
    arguments = parser.parse_args()
    before = load_average()
    letters = [each.series.letter for each in load_centre(SAMPLE_CENTRE).fields.values()]
    speakers: dict[str, Speaker] = {}
    if arguments.people is not None:
        speakers[PERSON] = people(arguments.people)
    speakers[SHIPPED] = voice_of(EspeakVoice(), letters)
    speakers["the same, whole announcement"] = voice_of(EspeakVoice(), letters, is_whole=True)
    speakers["espeak-ng, American"] = voice_of(AmericanEspeak(), letters)
    if arguments.piper_models is not None:
        piper = PiperVoice(arguments.piper_models, arguments.piper_program)
        speakers["piper"] = voice_of(piper, letters)
    scores = {name: _score(speaker, letters) for name, speaker in speakers.items()}
    report = _report(scores, before)
    sys.stdout.write(WHAT_IT_IS)
    if PERSON not in scores:
        sys.stdout.write(report.table() + "\n" + WHERE_PEOPLE_ARE)
        return NOT_JUDGED
    sys.stdout.write(report.as_text() + "\n")
    return 0 if report.is_met else 1


def _score(speaker: Speaker, letters: list[str]) -> tuple[int, int, int, int]:
    """Letters, digits, counters and whole calls that were heard right."""
    judge = Judge(letters)
    chance = random.Random(7)  # noqa: S311
    right = [0, 0, 0, 0]
    for _ in range(CALLS):
        letter, counter = chance.choice(letters), chance.randrange(1, 13)
        digits = tuple(chance.randrange(10) for _ in range(3))
        heard = judge.hear(speaker(letter + "".join(map(str, digits)), counter))
        same = [wanted == got for wanted, got in zip(digits, heard.digits, strict=False)]
        found = (heard.letter == letter, sum(same), heard.counter == counter)
        for place, number in enumerate(found):
            right[place] += number
        right[3] += found == (True, 3, True)
    return (right[0], right[1], right[2], right[3])


def _report(scores: dict[str, tuple[int, int, int, int]], before: float) -> Report:
    rows = [
        [
            name,
            f"{letters}/{CALLS}",
            f"{digits}/{3 * CALLS}",
            f"{counters}/{CALLS}",
            f"{whole}/{CALLS}",
        ]
        for name, (letters, digits, counters, whole) in scores.items()
    ]
    ours, theirs = scores[SHIPPED][:3], scores.get(PERSON, ())[:3]
    is_met = bool(theirs) and all(map(int.__ge__, ours, theirs))
    return Report(
        name="recognition",
        heading=["who speaks", "letter", "digits", "counter", "whole call"],
        rows=rows,
        figures={name: found[3] / CALLS for name, found in scores.items()},
        aim="the shipped voice heard at least as well as a person in letter, digits and counter",
        is_met=is_met,
        found=f"shipped voice {ours}, a person {theirs}",
        load_average=before,
    )


if __name__ == "__main__":
    sys.exit(main())
