"""Reads what paper says from `words/<language>.toml`: a language is one file.

Screens take their texts from gettext catalogues; paper is bilingual on one sheet, so it needs
two languages at once and takes them from here.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from string import Formatter
from typing import Final

import msgspec
from msgspec import Struct

from queue_server.core.configuration import TermUnit
from queue_server.core.errors import QueueError
from queue_server.core.identifiers import Language

VIETNAMESE: Final = Language("vi")
WORDS: Final = Path(__file__).with_name("words")


class UnusableWords(QueueError):
    """A file of words that paper cannot be made with; the message names the file and the key."""

    code = "unusable_words"


class Phrases(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Every fixed phrase in one language. Names in braces are filled in with `str.format`."""

    your_number: str
    counter: str
    priority: str
    dossiers: str
    ahead: str
    wait: str
    at_most: str
    no_counter_open: str
    may_not_be_served_today: str
    appointment: str
    papers: str
    more_papers: str
    papers_in_all: str
    follow_on_phone: str
    missed: str
    hotline: str
    reprint: str
    printed_again: str
    minutes: str
    hours: str
    hours_minutes: str
    moment: str
    weekdays: tuple[str, ...]
    """Monday first."""
    long_moment: str

    receipt_title: str
    dossier_code: str
    received_from: str
    phone: str
    procedure: str
    received_at: str
    due_at: str
    term: str
    usual_term: str
    terms: Mapping[TermUnit, str]
    sets: str
    return_by: str
    ways_of_return: Mapping[str, str]
    fee: str
    note: str
    components: str
    component_columns: tuple[str, str, str, str]
    component_kinds: Mapping[str, str]
    register: str
    submitter: str
    receiver: str
    sign: str
    bring: str

    form: str
    address: str
    dossier_of: str
    supplement_title: str
    refusal_title: str
    form_number: str
    to_complete: str
    missing_columns: tuple[str, str, str]
    reason: str
    refusal_reason: str
    basis: str
    written_at: str
    come_back: str
    look_up: str


def read_phrases(folder: Path = WORDS) -> Mapping[Language, Phrases]:
    """The phrases of every language in the folder, Vietnamese first.

    Raises:
        UnusableWords: A file is not what it should be.
    """
    found = {Language(file.stem): _read(file) for file in sorted(folder.glob("*.toml"))}
    if VIETNAMESE not in found:
        message = f"expected vi.toml in {folder}: what has no words is in Vietnamese"
        raise UnusableWords(message)
    others = {tag: phrases for tag, phrases in found.items() if tag != VIETNAMESE}
    vietnamese = found[VIETNAMESE]
    for tag, phrases in others.items():
        _check(f"{tag}.toml", phrases, vietnamese)
    return {VIETNAMESE: vietnamese, **others}


def _read(file: Path) -> Phrases:
    try:
        return msgspec.toml.decode(file.read_bytes(), type=Phrases)
    except msgspec.DecodeError as error:
        message = f"expected words for paper in {file.name}: {error}"
        raise UnusableWords(message) from error


def _check(name: str, phrases: Phrases, vietnamese: Phrases) -> None:
    ours, wanted = dict(_places(phrases)), dict(_places(vietnamese))
    wrong = sorted(key for key in ours.keys() | wanted.keys() if ours.get(key) != wanted.get(key))
    if wrong:
        message = f"expected in {name} the same keys and names in braces as in vi.toml: "
        raise UnusableWords(message + ", ".join(wrong))


def _places(phrases: Phrases) -> Iterator[tuple[str, frozenset[str]]]:
    """Each phrase with the names that are filled in; one that says nothing is none."""
    for key, value in msgspec.to_builtins(phrases).items():
        yield from ((name, _filled_in(text)) for name, text in _texts(key, value) if text)


def _filled_in(text: str) -> frozenset[str]:
    """Names in braces; for braces that do not match, what no phrase has."""
    try:
        return frozenset(field for _, field, _, _ in Formatter().parse(text) if field)
    except ValueError:
        return frozenset({"{"})


def _texts(key: str, value: object) -> list[tuple[str, str]]:
    if isinstance(value, dict):
        return [(f"{key}.{name}", text) for name, text in value.items()]
    if isinstance(value, (list, tuple)):
        return [(f"{key} {place}", text) for place, text in enumerate(value, 1)]
    return [(key, str(value))]
