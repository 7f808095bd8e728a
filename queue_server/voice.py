"""`queue-server voice`: make, check, carry and look at the voice of a centre."""

import argparse
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from config.centre_file import load_centre
from config.settings import Settings
from displays.speech.announcement import clips_in_reserve, clips_needed, spoken_languages
from displays.speech.clip_maker import prepare
from displays.speech.gtts_voice import check_online
from displays.speech.pack_check import check_clips
from displays.speech.pack_files import export_packs, import_packs
from displays.speech.pack_manifest import packs_of
from displays.speech.phrase_files import read_phrases
from displays.speech.voices import available_voices
from queue_server.clock import clock_in
from queue_server.core.configuration import CentreConfiguration
from queue_server.core.errors import InvalidValue
from queue_server.core.identifiers import CentreId, Language
from queue_server.places import Places
from queue_server.speech_work import sources_of
from queue_server.workshop import Workshop

Step = Callable[[Settings, Places, CentreConfiguration, argparse.Namespace], int]


def voice(settings: Settings, arguments: argparse.Namespace) -> int:
    """Do one step for the centre; 1 when something is wrong with its voice.

    Raises:
        QueueError: It cannot be done.
    """
    places = Places(settings.store.data_folder)
    return STEPS[arguments.step](settings, places, _facts(settings, places, arguments), arguments)


def _facts(
    settings: Settings, places: Places, arguments: argparse.Namespace
) -> CentreConfiguration:
    """The centre as it runs; where no server does, as its file has it."""
    if settings.store.redis_url is None and not places.running_store.exists():
        facts = load_centre(settings.centre.centre_file)
        if arguments.centre not in {None, facts.id}:
            message = f"expected a running server that knows {arguments.centre}"
            raise InvalidValue(message)
        return facts
    shop = Workshop(settings, places.store_url(settings), clock_in(places.clock))
    try:
        name = arguments.centre or load_centre(settings.centre.centre_file).id
        return shop.centre(CentreId(name)).facts
    finally:
        shop.close()


def _prepare(
    settings: Settings, places: Places, facts: CentreConfiguration, arguments: argparse.Namespace
) -> int:
    voices = available_voices(sources_of(settings, places, is_online=arguments.online), facts.id)
    report = prepare(facts, places.clips, voices, read_phrases(), with_reserve=True)
    for failure in report.failed:
        where = failure.language or "chime"
        sys.stdout.write(f"{where}: {failure.voice} was given up: {failure.reason}\n")
    sys.stdout.write(f"{report.made} clips made, {report.kept} kept\n")
    for language, name in report.voices.items():
        sys.stdout.write(f"{language}: {name or 'nobody: the chime alone'}\n")
    return int(any(name is None for name in report.voices.values()))


def _check(
    _: Settings, places: Places, facts: CentreConfiguration, arguments: argparse.Namespace
) -> int:
    if arguments.online:
        for language, words in read_phrases().items():
            sound = check_online(language, next(iter(words.texts.values())))
            sys.stdout.write(f"{language}: the online voice answers, {sound.duration_ms} ms\n")
    checks = check_clips(facts, places.clips, read_phrases())
    for check in checks:
        loud = check.loudness_lufs
        levels = f", {loud[0]:.1f} to {loud[1]:.1f} LUFS" if loud else ""
        who = f"{check.language}: {check.voice or 'nobody'}"
        sys.stdout.write(f"{who}, {check.clips} of {check.needed} clips{levels}\n")
        sys.stdout.writelines(f"  {problem}\n" for problem in check.problems)
    return int(any(check.problems for check in checks))


def _missing(
    _: Settings, __: Places, facts: CentreConfiguration, arguments: argparse.Namespace
) -> int:
    """What a speaker has to say, as a list to print: id, tab, text."""
    phrases = read_phrases()
    for clip in (*clips_needed(facts, phrases), *clips_in_reserve(facts, phrases)):
        if arguments.language in {None, clip.language}:
            sys.stdout.write(f"{clip.id}\t{clip.text}\n")
    return 0


def _export(
    _: Settings, places: Places, facts: CentreConfiguration, arguments: argparse.Namespace
) -> int:
    languages = (
        spoken_languages(facts) if arguments.language is None else (Language(arguments.language),)
    )
    data = export_packs(places.clips, facts.id, languages)
    Path(arguments.file).write_bytes(data)
    sys.stdout.write(f"{arguments.file}: {len(data) / 1e6:.1f} MB\n")
    return 0


def _import(
    settings: Settings, places: Places, facts: CentreConfiguration, arguments: argparse.Namespace
) -> int:
    try:
        data = Path(arguments.file).read_bytes()
    except OSError as error:
        message = f"expected a voice pack: {error}"
        raise InvalidValue(message) from error
    for found in import_packs(data, packs_of(places.voice_packs, facts.id)):
        sys.stdout.write(f"{found.language}: {found.name}, {found.clips} clips\n")
    return _prepare(settings, places, facts, arguments)


STEPS: Final[Mapping[str, Step]] = {
    "prepare": _prepare,
    "check": _check,
    "list": _missing,
    "export": _export,
    "import": _import,
}
"""What `voice` can do, by name."""
