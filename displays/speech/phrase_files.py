"""Reads the words of each language from `phrases/<language>.toml`, one file per language."""

from collections.abc import Mapping
from pathlib import Path

import msgspec

from displays.speech.announcement import COUNTER_SLOT, NUMBER_SLOT, ZONE_SLOT, Phrases
from queue_server.core.errors import QueueError
from queue_server.core.identifiers import Language

PHRASES_FOLDER = Path(__file__).parent / "phrases"


class UnusablePhrases(QueueError):
    """A phrases file that cannot be spoken from; the message names the file and the key."""

    code = "unusable_phrases"


def read_phrases(folder: Path = PHRASES_FOLDER) -> Mapping[Language, Phrases]:
    """The phrases of every language in the folder. Read once, in the composition root.

    Raises:
        UnusablePhrases: A file is not what it should be.
    """
    return {phrases.language: phrases for phrases in map(_read, sorted(folder.glob("*.toml")))}


def _read(file: Path) -> Phrases:
    try:
        phrases = msgspec.toml.decode(file.read_bytes(), type=Phrases)
    except msgspec.DecodeError as error:
        message = f"expected phrases in {file.name}: {error}"
        raise UnusablePhrases(message) from error
    problems = _problems_of(phrases, file.stem)
    if problems:
        raise UnusablePhrases(f"expected phrases in {file.name}: " + "; ".join(problems))
    return phrases


def _problems_of(phrases: Phrases, stem: str) -> list[str]:
    slots = {NUMBER_SLOT, COUNTER_SLOT}
    frames = [frame for frame in (phrases.frame, phrases.recall_frame) if frame]
    unknown = {name for frame in frames for name in frame} - slots - {ZONE_SLOT, *phrases.texts}
    kinds = ("digit-", "number-", "letter-", "zone-")
    clashing = [name for name in phrases.texts if name.startswith(kinds)]
    checks = {
        f"language must be {stem!r}, got {phrases.language!r}": phrases.language != stem,
        "frame must hold <number> and <counter> once each": any(
            frame.count(slot) != 1 for frame in (phrases.frame, *frames) for slot in slots
        ),
        f"zone must hold {ZONE_SLOT}": bool(phrases.zone) and ZONE_SLOT not in phrases.zone,
        f"frame names texts that do not exist: {sorted(unknown)}": bool(unknown),
        f"texts may not be called {clashing}": bool(clashing),
        f"digits must be 10 words, got {len(phrases.digits)}": len(phrases.digits) != 10,  # noqa: PLR2004
        f"numbers must be 100 words, got {len(phrases.numbers)}": len(phrases.numbers) != 100,  # noqa: PLR2004
    }
    return [problem for problem, holds in checks.items() if holds]
