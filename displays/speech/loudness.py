"""How loud it is at an hour. Pure; the same specification as `static/loudness.js`."""

from datetime import time

from msgspec import Struct

from queue_server.core.speech_rules import SpeechRules


class Loudness(Struct, frozen=True, kw_only=True):
    """What a loudspeaker has to know of the centre's rules. Minutes are of the day, from 0."""

    volume: int = 100
    """Percent, where no step says otherwise."""
    steps: tuple[tuple[int, int], ...] = ()
    """From a minute on this many percent, in order."""
    quiet: tuple[tuple[int, int], ...] = ()
    """From one minute to another nothing sounds; may pass midnight."""
    times: int = 2
    """How often an announcement is said while nobody waits."""


def loudness_of(rules: SpeechRules) -> Loudness:
    """The part of the rules that a loudspeaker needs."""
    return Loudness(
        volume=rules.volume,
        steps=tuple(sorted((_minute(step.begins), step.volume) for step in rules.volume_steps)),
        quiet=tuple((_minute(quiet.begins), _minute(quiet.ends)) for quiet in rules.quiet_hours),
        times=rules.times,
    )


def volume_of(loudness: Loudness, minute: int) -> int:
    """Percent at a minute of the day; 0 in quiet hours."""
    if any(_is_within(minute, begins, ends) for begins, ends in loudness.quiet):
        return 0
    steps = [volume for begins, volume in loudness.steps if begins <= minute]
    return steps[-1] if steps else loudness.volume


def _is_within(minute: int, begins: int, ends: int) -> bool:
    if begins <= ends:
        return begins <= minute < ends
    return minute >= begins or minute < ends


def _minute(at: time) -> int:
    return at.hour * 60 + at.minute
