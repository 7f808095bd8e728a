"""What a search looks in: phrases of procedures as plain words, their weights and meanings."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from math import log
from typing import Final, TypeVar

from msgspec import Struct

from displays.kiosk.spelling import marked, plain, sound, written
from displays.kiosk.thesaurus import THESAURUS, Thesaurus
from queue_server.core.configuration import Procedure, Texts
from queue_server.core.identifiers import FieldId, ProcedureCode

FILLER_SHARE: Final = 0.12
"""Weight of a word that says little, as a share of what it would have."""
FIELD_SHARE: Final = 0.6
"""How well a procedure is named by the name of its field."""
INITIALS: Final = range(3, 9)
"""Words of a phrase that people may shorten to their first letters."""

Mark = tuple[str, str]
Key = TypeVar("Key")


class Member(Struct, frozen=True):
    """One wording of a meaning."""

    meaning: int
    words: tuple[str, ...]
    marks: tuple[Mark, ...]


class Span(Struct, frozen=True):
    """A meaning that stands in a phrase, over the words `start` to `end` (exclusive)."""

    meaning: int
    start: int
    end: int


class Phrase(Struct, frozen=True):
    """One thing a procedure is called."""

    code: ProcedureCode
    words: tuple[str, ...]
    pairs: frozenset[tuple[str, str]]
    """Words that follow each other."""
    marks: frozenset[Mark]
    spans: tuple[Span, ...]
    share: float
    """How well it names the procedure: 1 for its names and synonyms."""


class Index(Struct, frozen=True):
    """Everything that is worked out once for the procedures of a centre."""

    phrases: tuple[Phrase, ...]
    order: Mapping[ProcedureCode, int]
    """Places of the procedures in the centre's list."""
    joined: tuple[str, ...]
    """The phrases without spaces."""
    by_word: Mapping[str, Sequence[int]]
    """Places of the phrases that have the word."""
    by_meaning: Mapping[int, Sequence[int]]
    by_initials: Mapping[str, Sequence[int]]
    members: Mapping[str, Sequence[Member]]
    """Wordings of meanings by their first word."""
    fillers: frozenset[tuple[str, ...]]
    """Phrases of several words that say nothing."""
    weights: Mapping[str, float]
    """What a word tells; every word that is known has a weight."""
    meaning_weights: Mapping[int, float]
    vocabulary: tuple[str, ...]
    """Every known word, in order."""
    neighbours: frozenset[tuple[str, str]]
    """Words that follow each other somewhere."""
    by_sound: Mapping[str, Sequence[str]]


def index_of(
    procedures: Iterable[Procedure],
    fields: Mapping[FieldId, Texts] | None = None,
    thesaurus: Thesaurus = THESAURUS,
) -> Index:
    """The index of the procedures, by name, synonym, code, and the name of their field."""
    members = _members(thesaurus)
    phrases = tuple(_phrases(procedures, fields or {}, members))
    fillers = [tuple(plain(word) for word in written(text)) for text in thesaurus.fillers]
    by_word = _places(phrases, lambda phrase: phrase.words)
    by_meaning = _places(phrases, lambda phrase: [span.meaning for span in phrase.spans])
    meaning_weights = _weights(phrases, by_meaning)
    weights = _weights(phrases, by_word)
    for member in (member for several in members.values() for member in several):
        for word in member.words:
            weights.setdefault(word, meaning_weights.get(member.meaning, 1.0))
    for word in {word for filler in fillers for word in filler}:
        weights.setdefault(word, 1.0)
    for filler in fillers:
        if len(filler) == 1 or filler in _ASKED_IN_TWO_WORDS:
            weights.update({word: weights[word] * FILLER_SHARE for word in filler})
    return Index(
        phrases=phrases,
        order={code: at for at, code in enumerate(dict.fromkeys(p.code for p in phrases))},
        joined=tuple("".join(phrase.words) for phrase in phrases),
        by_word=by_word,
        by_meaning=by_meaning,
        by_initials=_places(phrases, _initials),
        members=members,
        fillers=frozenset(filler for filler in fillers if len(filler) > 1),
        weights=weights,
        meaning_weights=meaning_weights,
        vocabulary=tuple(sorted(weights)),
        neighbours=_neighbours(phrases, members),
        by_sound=_by_sound(weights),
    )


_ASKED_IN_TWO_WORDS: Final = {("dang", "ky"), ("dang", "ki")}


def _members(thesaurus: Thesaurus) -> dict[str, list[Member]]:
    members: dict[str, list[Member]] = defaultdict(list)
    for meaning, wordings in enumerate(thesaurus.meanings):
        for marks in dict.fromkeys(tuple(map(marked, written(text))) for text in wordings):
            words = tuple(word for word, _ in marks)
            members[words[0]].append(Member(meaning, words, marks))
    return dict(members)


def _phrases(
    procedures: Iterable[Procedure],
    fields: Mapping[FieldId, Texts],
    members: Mapping[str, Sequence[Member]],
) -> Iterator[Phrase]:
    for procedure in procedures:
        own = (*procedure.name.values(), *procedure.synonyms, procedure.code)
        texts = dict.fromkeys(own, 1.0)
        for text in fields.get(procedure.field, {}).values():
            texts.setdefault(text, FIELD_SHARE)
        for text, share in texts.items():
            marks = [marked(word) for word in written(text)]
            words = tuple(word for word, _ in marks)
            if words:
                yield Phrase(
                    code=procedure.code,
                    words=words,
                    pairs=frozenset(pairwise(words)),
                    marks=frozenset(marks),
                    spans=tuple(_spans(marks, members)),
                    share=share,
                )


def _spans(marks: Sequence[Mark], members: Mapping[str, Sequence[Member]]) -> Iterator[Span]:
    """Meanings in a phrase; marks count unless the phrase was written without any."""
    is_bare = not any(mark for _, mark in marks)
    for start, (word, _) in enumerate(marks):
        for member in members.get(word, ()):
            end = start + len(member.words)
            part = tuple(marks[start:end])
            same = tuple(w for w, _ in part) == member.words if is_bare else part == member.marks
            if same:
                yield Span(member.meaning, start, end)


def _initials(phrase: Phrase) -> list[str]:
    """``Đăng ký kết hôn`` may be typed ``dkkh``."""
    if phrase.share < 1.0 or len(phrase.words) not in INITIALS:
        return []
    return ["".join(word[0] for word in phrase.words)]


def _places(
    phrases: Sequence[Phrase], keys_of: Callable[[Phrase], Iterable[Key]]
) -> dict[Key, list[int]]:
    places: dict[Key, list[int]] = defaultdict(list)
    for place, phrase in enumerate(phrases):
        for key in dict.fromkeys(keys_of(phrase)):
            places[key].append(place)
    return dict(places)


def _neighbours(
    phrases: Iterable[Phrase], members: Mapping[str, Sequence[Member]]
) -> frozenset[tuple[str, str]]:
    pairs = {pair for phrase in phrases for pair in phrase.pairs}
    wordings = (member.words for several in members.values() for member in several)
    return frozenset(pairs.union(*(pairwise(words) for words in wordings)))


def _weights(phrases: Sequence[Phrase], places: Mapping[Key, Sequence[int]]) -> dict[Key, float]:
    """What is rare tells more: the logarithm of one over the share of procedures that have it."""
    procedures = len({phrase.code for phrase in phrases})
    return {
        key: log(1 + procedures / len({phrases[place].code for place in there}))
        for key, there in places.items()
    }


def _by_sound(words: Iterable[str]) -> dict[str, list[str]]:
    heard: dict[str, list[str]] = defaultdict(list)
    for word in words:
        heard[sound(word)].append(word)
    return dict(heard)
