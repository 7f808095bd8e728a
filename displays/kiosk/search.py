"""Finding a procedure by what people call it, typed without marks, joined, or misspelt.

Everything is compared as plain small letters. A query is good when its words are found among
the words of one phrase (the official name in any language, or a synonym), or when it is found
in the phrase with all spaces left out. The shorter of two phrases that match is the closer one.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from msgspec import Struct
from rapidfuzz import fuzz, process

from queue_server.core.configuration import Procedure
from queue_server.core.identifiers import ProcedureCode

MAX_QUERY: Final = 80
"""Characters of a query that are looked at."""
LEAST_SCORE: Final = 66.0
"""Below this a match is more often wrong than right (tests/displays/kiosk/test_search.py)."""
NEAR_THE_BEST: Final = 0.75
"""Share of the best score below which a match only distracts."""
LIKE_ENOUGH: Final = 74.0
"""Two words of which one is a misspelling of the other, by rapidfuzz's ratio."""
CANDIDATES: Final = 300
"""Phrases that are looked at closely, chosen by a rough and quick comparison."""
PREFIX_LETTERS: Final = 2
FUZZY_LETTERS: Final = 4
JOINED_LETTERS: Final = 4

ABBREVIATIONS: Final[Mapping[str, str]] = {
    "bhxh": "bao hiem xa hoi",
    "bhyt": "bao hiem y te",
    "cccd": "can cuoc cong dan",
    "cmnd": "chung minh nhan dan",
    "dk": "dang ky",
    "gks": "giay khai sinh",
    "gp": "giay phep",
    "gplx": "giay phep lai xe",
    "gpxd": "giay phep xay dung",
    "hk": "ho khau",
    "hkd": "ho kinh doanh",
    "kh": "ket hon",
    "ks": "khai sinh",
    "lltp": "ly lich tu phap",
    "qsdd": "quyen su dung dat",
    "tthn": "tinh trang hon nhan",
}
"""What people write for short; a centre's own go into the synonyms of its procedures."""


class Hit(Struct, frozen=True):
    """A procedure that was found, and how well, 0 to 100."""

    code: ProcedureCode
    score: float


class Phrase(Struct, frozen=True):
    """One thing a procedure is called, normalised."""

    code: ProcedureCode
    words: tuple[str, ...]
    joined: str


def normalised(text: str) -> str:
    """Small Latin letters and digits in single spaces: ``Sổ đỏ`` is ``so do``."""
    letters = unicodedata.normalize("NFD", text.casefold().replace("đ", "d"))
    bare = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return " ".join(re.findall(r"[^\W_]+", bare))


def index_of(procedures: Iterable[Procedure]) -> tuple[Phrase, ...]:
    """Every phrase by which the procedures can be found; their codes too."""
    return tuple(
        Phrase(procedure.code, words, "".join(words))
        for procedure in procedures
        for words in _phrases(procedure)
    )


def _phrases(procedure: Procedure) -> Iterable[tuple[str, ...]]:
    texts = (*procedure.name.values(), *procedure.synonyms, procedure.code)
    distinct = dict.fromkeys(tuple(normalised(text).split()) for text in texts)
    return [words for words in distinct if words]


def search(phrases: Sequence[Phrase], query: str, limit: int = 12) -> list[Hit]:
    """Procedures that fit the query, best first; of equals the one that is listed first.

    Args:
        phrases: What `index_of` answers.
        query: As typed; only its first `MAX_QUERY` characters count.
        limit: Most hits answered.
    """
    words = _query_words(query)
    if not words:
        return []
    best: dict[ProcedureCode, float] = {}
    for place in _candidates(phrases, words):
        phrase = phrases[place]
        score = _score(words, phrase)
        if score >= LEAST_SCORE and score > best.get(phrase.code, 0.0):
            best[phrase.code] = score
    least = NEAR_THE_BEST * max(best.values(), default=0.0)
    order = {code: place for place, code in enumerate(dict.fromkeys(p.code for p in phrases))}
    ranked = sorted(best.items(), key=lambda found: (-found[1], order[found[0]]))
    return [Hit(code, round(score, 1)) for code, score in ranked[:limit] if score >= least]


def _query_words(query: str) -> tuple[str, ...]:
    typed = normalised(query[:MAX_QUERY]).split()
    return tuple(word for part in typed for word in ABBREVIATIONS.get(part, part).split())


def _candidates(phrases: Sequence[Phrase], words: tuple[str, ...]) -> list[int]:
    """Places of the phrases worth a close look; an exact word anywhere is one."""
    joined = "".join(words)
    rough = process.extract(
        joined,
        [phrase.joined for phrase in phrases],
        scorer=fuzz.partial_ratio,
        score_cutoff=50,
        limit=CANDIDATES,
    )
    places = {int(place) for _, _, place in rough}
    wanted = set(words)
    places |= {at for at, phrase in enumerate(phrases) if not wanted.isdisjoint(phrase.words)}
    return sorted(places)


def _score(words: tuple[str, ...], phrase: Phrase) -> float:
    joined = "".join(words)
    covered = max(_coverage(words, phrase.words), _joined(joined, phrase.joined))
    brevity = min(1.0, len(joined) / len(phrase.joined))
    return 100 * covered * (0.88 + 0.12 * brevity)


def _coverage(words: tuple[str, ...], among: tuple[str, ...]) -> float:
    """Share of the query's letters whose words the phrase has, weighted by how well."""
    letters = sum(len(word) for word in words)
    return sum(len(word) * _likeness(word, among) for word in words) / letters


def _likeness(word: str, among: tuple[str, ...]) -> float:
    if word in among:
        return 1.0
    if len(word) >= PREFIX_LETTERS and any(other.startswith(word) for other in among):
        return 0.92
    if len(word) < FUZZY_LETTERS:
        return 0.0
    nearest = max(fuzz.ratio(word, other) for other in among)
    return nearest / 100 if nearest >= LIKE_ENOUGH else 0.0


def _joined(query: str, phrase: str) -> float:
    """How well the query stands in the phrase when nobody types spaces."""
    if len(query) < JOINED_LETTERS:
        return 0.0
    if len(query) > len(phrase):
        return fuzz.ratio(query, phrase) / 100 * 0.97
    return fuzz.partial_ratio(query, phrase) / 100 * 0.97
