"""How calls are announced: a part of the configuration."""

from datetime import time

from msgspec import Struct

from queue_server.core.identifiers import Language


class VolumeStep(Struct, frozen=True, kw_only=True):
    """How loud it is from an hour on, until the next step."""

    begins: time
    volume: int
    """Percent."""


class QuietHours(Struct, frozen=True, kw_only=True):
    """A stretch of the day in which nothing sounds; may pass midnight. Boards show the calls."""

    begins: time
    ends: time


class SpeechRules(Struct, frozen=True, kw_only=True):
    """How calls are announced."""

    languages: tuple[Language, ...] = (Language("vi"),)
    """Spoken in this order for every call."""
    is_on: bool = True
    adds_citizens_language: bool = True
    """Speak the citizen's own language too, after the others, where there are words for it."""
    times: int = 2
    """How often a call is said while nobody else waits to be called; 1 never repeats."""
    names_zone: bool = False
    """Say the zone of the counter too, where one loudspeaker reaches several."""
    volume: int = 100
    """Percent, at hours for which there is no step."""
    volume_steps: tuple[VolumeStep, ...] = ()
    """How loud it is from an hour on."""
    quiet_hours: tuple[QuietHours, ...] = ()
    """When nothing sounds."""
