"""What is wrong with a centre's rules of speech; the centre file goes through it."""

from collections.abc import Sequence
from itertools import pairwise

from queue_server.core.configuration_ranges import SPEECH
from queue_server.core.identifiers import Language
from queue_server.core.problems import Problems, problem_at, reference, within
from queue_server.core.speech_rules import SpeechRules


def speech_problems(speech: SpeechRules, languages: Sequence[Language]) -> Problems:
    """What is wrong, by key.

    Args:
        speech: The rules.
        languages: Of the centre.
    """
    for n, language in enumerate(speech.languages, 1):
        yield from reference(f"speech.languages[{n}]", language, languages)
    for name, (lowest, highest) in SPEECH.items():
        yield from within(f"speech.{name}", getattr(speech, name), lowest, highest)
    for n, step in enumerate(speech.volume_steps, 1):
        key = f"speech.volume_steps[{n}]"
        yield from within(f"{key}.volume", step.volume, *SPEECH["volume"])
        if step.begins.tzinfo:
            yield problem_at(
                f"{key}.begins", "expected a time of the centre's own zone, written without one"
            )
    starts = [step.begins.replace(tzinfo=None) for step in speech.volume_steps]
    if any(second <= first for first, second in pairwise(starts)):
        yield problem_at("speech.volume_steps", "expected the steps in the order of their hours")
    for n, quiet in enumerate(speech.quiet_hours, 1):
        if quiet.begins.tzinfo or quiet.ends.tzinfo:
            yield problem_at(
                f"speech.quiet_hours[{n}]",
                "expected times of the centre's own zone, written without one",
            )
        elif quiet.begins == quiet.ends:
            yield problem_at(f"speech.quiet_hours[{n}]", "expected an end other than the beginning")
