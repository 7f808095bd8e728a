"""What is wrong with a centre's rules of speech; the centre file goes through it."""

from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from itertools import pairwise

from queue_server.core.configuration_ranges import SPEECH
from queue_server.core.identifiers import Language
from queue_server.core.speech_rules import SpeechRules


def speech_problems(
    speech: SpeechRules, languages: Sequence[Language]
) -> Iterator[tuple[str, str]]:
    """Key and reason of each problem.

    Args:
        speech: The rules.
        languages: Of the centre.
    """
    for n, language in enumerate(speech.languages, 1):
        if language not in languages:
            near = get_close_matches(language, languages, 1)
            hint = f"; did you mean {near[0]!r}?" if near else ""
            yield f"speech.languages[{n}]", f"{language!r} does not exist{hint}"
    for name, (lowest, highest) in SPEECH.items():
        yield from _within(f"speech.{name}", getattr(speech, name), lowest, highest)
    for n, step in enumerate(speech.volume_steps, 1):
        key = f"speech.volume_steps[{n}]"
        yield from _within(f"{key}.volume", step.volume, *SPEECH["volume"])
        if step.begins.tzinfo:
            yield f"{key}.begins", "expected a time of the centre's own zone, written without one"
    starts = [step.begins.replace(tzinfo=None) for step in speech.volume_steps]
    if any(second <= first for first, second in pairwise(starts)):
        yield "speech.volume_steps", "expected the steps in the order of their hours"
    for n, quiet in enumerate(speech.quiet_hours, 1):
        if quiet.begins.tzinfo or quiet.ends.tzinfo:
            reason = "expected times of the centre's own zone, written without one"
            yield f"speech.quiet_hours[{n}]", reason
        elif quiet.begins == quiet.ends:
            yield f"speech.quiet_hours[{n}]", "expected an end other than the beginning"


def _within(key: str, value: int, lowest: int, highest: int) -> Iterator[tuple[str, str]]:
    if not lowest <= value <= highest:
        yield key, f"expected {lowest} to {highest}, got {value}"
