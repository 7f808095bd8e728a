"""What is wrong with a configuration: every cross-reference, range and shape, all at once.

A centre file and the administrator's page both go through `problems_of` before a configuration
is applied. An error refuses the configuration; a warning is shown and let through.
"""

import re
from collections.abc import Collection, Mapping
from itertools import chain, starmap
from typing import Final
from zoneinfo import ZoneInfo

from queue_server.core.configuration import CentreConfiguration
from queue_server.core.configuration_paths import key_path, texts_of
from queue_server.core.configuration_ranges import (
    DAY_S,
    HOUR_S,
    LEAST_SILENCE_S,
    RULES,
)
from queue_server.core.devices_check import device_problems
from queue_server.core.hours_check import hours_problems
from queue_server.core.identifiers import CounterId, Language
from queue_server.core.paper_check import paper_problems
from queue_server.core.problems import Problem, Problems, Severity, problem_at, reference, within
from queue_server.core.procedure_check import procedure_problems
from queue_server.core.routing_check import routing_problems
from queue_server.core.speech_check import speech_problems

_IDENTIFIER: Final = re.compile(r"[a-z0-9][a-z0-9_-]{0,39}")
_CENTRE: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
_LANGUAGE: Final = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_COUNTER_NUMBER: Final = re.compile(r"[1-9][0-9]{0,2}[A-Z]?")
_LETTER: Final = re.compile(r"[A-ZĐ]")
_AGENCY: Final = re.compile(r"[A-Z]\d{2}(\.\d{1,3}){0,4}|\d{3}\.\d{2}\.\d{2}\.[A-Z]\d{2}", re.ASCII)
_MISREAD: Final = dict(zip("IOQSZ", "10052", strict=True))
"""Letters that are taken for digits on a board far away (docs/reference/centre-file.md)."""


def problems_of(
    configuration: CentreConfiguration,
    *,
    known_strategies: Collection[str] = (),
    known_models: Collection[str] = (),
) -> tuple[Problem, ...]:
    """Every problem of a configuration, in the order of its parts.

    Args:
        configuration: The whole configuration of one centre.
        known_strategies: Names that `routing.strategy` may have; empty checks no name.
        known_models: Names that a printer's `model` may have; empty checks no name.
    """
    parts = (
        _centre(configuration),
        _texts(configuration),
        _identifiers(configuration),
        hours_problems(configuration),
        _fields(configuration),
        _series_overlaps(configuration),
        procedure_problems(configuration),
        _counters(configuration),
        _priority_classes(configuration),
        device_problems(configuration, known_models),
        _rules(configuration, known_strategies),
    )
    return tuple(chain.from_iterable(parts))


def _centre(c: CentreConfiguration) -> Problems:
    if not _CENTRE.fullmatch(c.id):
        yield problem_at(
            "id", "expected small letters, digits and hyphens, got '%(got)s'", got=c.id
        )
    if not _is_timezone(c.timezone):
        yield problem_at(
            "timezone", "expected a name such as Asia/Ho_Chi_Minh, got '%(got)s'", got=c.timezone
        )
    yield from _languages("languages", c.languages)
    for key in ("zones", "fields", "procedures", "counters"):
        if not getattr(c, key):
            yield problem_at(key, "expected at least one")
    yield from reference("reception_procedure", c.reception_procedure, c.procedures)
    yield from reference("kiosk_printer", c.kiosk_printer, c.printers)


def _is_timezone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return False
    return True


def _languages(key: str, languages: tuple[Language, ...]) -> Problems:
    if not languages:
        yield problem_at(key, "expected at least one language")
    for n, language in enumerate(languages, 1):
        if not _LANGUAGE.fullmatch(language):
            yield problem_at(
                key_path(key, n), "expected a language tag such as vi, got '%(got)s'", got=language
            )
        if language in languages[: n - 1]:
            yield problem_at(key_path(key, n), "'%(name)s' is named twice", name=language)


def _texts(c: CentreConfiguration) -> Problems:
    missing: dict[Language, list[str]] = {language: [] for language in c.languages}
    for key, texts, is_required in texts_of(c):
        if not texts and not is_required:
            continue
        if "vi" not in texts:
            yield problem_at(key, "the Vietnamese text (vi) is missing")
        yield from (
            problem_at(f"{key}.{language}", "the text is empty")
            for language, text in texts.items()
            if not text.strip()
        )
        for language, keys in missing.items():
            if language not in texts and language != "vi":
                keys.append(key)
    for language, keys in missing.items():
        if keys:
            yield problem_at(
                "languages",
                "%(count)s texts have no '%(language)s' and show Vietnamese, first %(first)s",
                severity=Severity.WARNING,
                count=len(keys),
                language=language,
                first=keys[0],
            )


def _identifiers(c: CentreConfiguration) -> Problems:
    named: Mapping[str, Mapping[str, str]] = {
        "zones": {key: zone.id for key, zone in c.zones.items()},
        "fields": {key: field.id for key, field in c.fields.items()},
        "procedures": {key: procedure.code for key, procedure in c.procedures.items()},
        "counters": {key: counter.id for key, counter in c.counters.items()},
        "priority_classes": {key: each.id for key, each in c.priority_classes.items()},
        "printers": {key: printer.id for key, printer in c.printers.items()},
        "boards": {key: board.id for key, board in c.boards.items()},
        "kiosks": {key: kiosk.id for key, kiosk in c.kiosks.items()},
        "park_reasons": {key: key for key in c.park_reasons},
        "pause_reasons": {key: key for key in c.pause_reasons},
    }
    for part, id_by_key in named.items():
        for key, identifier in id_by_key.items():
            if key != identifier:
                yield problem_at(
                    key_path(part, key), "is called '%(name)s' inside", name=identifier
                )
            if part != "procedures" and not _IDENTIFIER.fullmatch(key):
                yield problem_at(
                    key_path(part, key),
                    "expected a name of small letters, digits, _ and -, got '%(got)s'",
                    got=key,
                )


def _fields(c: CentreConfiguration) -> Problems:
    with_procedures = {procedure.field for procedure in c.procedures.values()}
    for field_id, field in c.fields.items():
        key = key_path("fields", field_id)
        yield from reference(f"{key}.zone", field.zone, c.zones)
        target = field.target_waiting_time_s
        yield from within(f"{key}.target_waiting_time_s", target, 60, 8 * HOUR_S, " s")
        series, capacity = field.series, field.daily_capacity
        yield from _letter(f"{key}.series.letter", series.letter)
        if not 1 <= series.first <= series.last <= 9999:  # noqa: PLR2004
            yield problem_at(
                f"{key}.series",
                "expected 1 ≤ first ≤ last ≤ 9999, got %(first)s to %(last)s",
                first=series.first,
                last=series.last,
            )
        numbers = max(series.last - series.first + 1, 0)
        yield from within(f"{key}.daily_capacity", capacity, 1, numbers, " (its numbers)")
        booked = field.appointments_per_half_hour
        yield from within(f"{key}.appointments_per_half_hour", booked, 0, 100)
        if field_id not in with_procedures:
            yield problem_at(key, "no procedure belongs to this field", severity=Severity.WARNING)


def _letter(key: str, letter: str) -> Problems:
    if not _LETTER.fullmatch(letter):
        yield problem_at(key, "expected one capital letter, got '%(got)s'", got=letter)
    if letter in _MISREAD:
        yield problem_at(
            key,
            "%(letter)s is read as %(digit)s from far away; take another letter",
            severity=Severity.WARNING,
            letter=letter,
            digit=_MISREAD[letter],
        )


def _series_overlaps(c: CentreConfiguration) -> Problems:
    fields = list(c.fields.items())
    for n, (field_id, field) in enumerate(fields):
        key, series = key_path("fields", field_id, "series"), field.series
        for other_id, other in fields[:n]:
            if series.letter == other.series.letter and (
                series.first <= other.series.last and other.series.first <= series.last
            ):
                yield problem_at(
                    key, "has numbers that the field '%(field)s' has too", field=other_id
                )
            if {series.letter, other.series.letter} == {"D", "Đ"}:
                yield problem_at(
                    f"{key}.letter", "D and Đ look alike; '%(field)s' has the other", field=other_id
                )


def _counters(c: CentreConfiguration) -> Problems:
    counter_by_number: dict[str, str] = {}
    for counter_id, counter in c.counters.items():
        key = key_path("counters", counter_id)
        for n, language in enumerate(counter.languages, 1):
            yield from reference(f"{key}.languages[{n}]", language, c.languages)
        if not _COUNTER_NUMBER.fullmatch(counter.number):
            yield problem_at(
                f"{key}.number", "expected 1 to 999, or 3A, got '%(got)s'", got=counter.number
            )
        first = counter_by_number.setdefault(counter.number, counter_id)
        if first != counter_id:
            yield problem_at(
                f"{key}.number",
                "'%(number)s' is the number of '%(counter)s' too",
                number=counter.number,
                counter=first,
            )
        yield from reference(f"{key}.zone", counter.zone, c.zones)
        yield from reference(f"{key}.printer", counter.printer, c.printers)
        yield from _profile(counter_id, c)
        for field_id in counter.trained:
            yield from reference(f"{key}.trained.{field_id}", field_id, c.fields)


def _profile(counter_id: CounterId, c: CentreConfiguration) -> Problems:
    profile = c.counters[counter_id].profile
    path = ("counters", counter_id, "profile")
    if not profile.fields and not profile.procedures:
        yield problem_at(key_path(*path), "the counter serves nothing")
    for field_id in profile.fields:
        yield from reference(key_path(*path, "fields", field_id), field_id, c.fields)
    for code in profile.procedures:
        yield from reference(key_path(*path, "procedures", code), code, c.procedures)


def _priority_classes(c: CentreConfiguration) -> Problems:
    for class_id, priority in c.priority_classes.items():
        key = key_path("priority_classes", class_id)
        yield from within(f"{key}.rate", priority.rate, 1, 100)
        yield from within(f"{key}.head_start_s", priority.head_start_s, 0, DAY_S, " s")


def _rules(c: CentreConfiguration, known_strategies: Collection[str]) -> Problems:
    for part, ranges in RULES.items():
        for name, (lowest, highest) in ranges.items():
            value = getattr(getattr(c, part), name)
            yield from within(f"{part}.{name}", value, lowest, highest)
    if 0 < c.limits.silent_after_s < LEAST_SILENCE_S:
        yield problem_at(
            "limits.silent_after_s",
            "expected 0 (never) or at least %(least)s s, got %(got)s",
            least=LEAST_SILENCE_S,
            got=c.limits.silent_after_s,
        )
    for key, reason in routing_problems(c.routing, known_strategies):
        yield Problem(key, reason)
    yield from starmap(Problem, paper_problems(c))
    yield from speech_problems(c.speech, c.languages)
    yield from _languages("speech.languages", c.speech.languages)
    if c.dossiers.cutoff.tzinfo or c.dossiers.due_hour.tzinfo:
        yield problem_at("dossiers", "expected times of the centre's own zone, written without one")
    if not _AGENCY.fullmatch(c.dossiers.agency):
        yield problem_at(
            "dossiers.agency",
            "expected a code such as H26.12, got '%(got)s'",
            got=c.dossiers.agency,
        )
