"""What was typed, read as words that the index knows: misspelt, joined, shortened, unfinished."""

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Final

from msgspec import Struct
from rapidfuzz import process
from rapidfuzz.distance import OSA

from displays.kiosk.search_index import Index, Mark
from displays.kiosk.spelling import marked, readings, sound, written

READ: Final = 0.96
"""Likeness of a word whose marks were typed as letters."""
BEGUN: Final = 0.92
"""Likeness of an unfinished last word that lacks little."""
BEGUN_LEAST: Final = 0.72
INFLECTED: Final = 0.88
"""*registering*, *certificates*"""
SOUNDED: Final = 0.84
SLIPPED: Final = 0.8
"""One letter too many, too few, wrong, or swapped with its neighbour."""
SLIPPED_IN_THREE: Final = 0.74
"""The same in a word of three letters."""
SLIPPED_TWICE: Final = 0.7
BUT_KNOWN: Final = 0.75
"""Share left of a likeness when what was typed is a word itself."""
LEAST_IN_MEANING: Final = 0.7
SLIP_LETTERS: Final = 4
SLIP_LETTERS_UNKNOWN: Final = 3
TWO_SLIPS_LETTERS: Final = 7
STEM_LETTERS: Final = 4
ENDING_LETTERS: Final = 3
JOINED_LETTERS: Final = 4
SINGLE_LETTERS: Final = frozenset("aiy")
"""Letters that are words: *a*, *i*, ``ý``."""
UNKNOWN_WEIGHT: Final = 1.5
OF_MEANING: Final = 0.7
"""Share of a meaning's weight that each word of a wording of several has at least."""
DULL_WEIGHT: Final = 0.02

Likeness = Mapping[str, float]


class Meant(Struct, frozen=True):
    """A meaning over the typed words `start` to `end` (exclusive)."""

    meaning: int
    start: int
    end: int
    likeness: float


class Typed(Struct, frozen=True):
    """One way to read what was typed."""

    words: tuple[str, ...]
    marks: frozenset[Mark]
    likeness: tuple[Likeness, ...]
    """For each word, the known words it may be."""
    meant: tuple[Meant, ...]
    weights: tuple[float, ...]
    compounds: frozenset[int]
    """Places of words that belong with a neighbour, and alone mean something else."""


def readings_of(index: Index, query: str) -> Iterator[Typed]:
    """Ways to read the query, the plainest first."""
    marks = [marked(word) for word in written(query)]
    words = tuple(word for word, _ in marks)
    if not words:
        return
    ways = [words]
    if any(not _is_known(index, word) for word in words):
        ways.append(tuple(part for word in words for part in _parted(index, word)))
        if len(words) > 1:
            ways.append(tuple(_parted(index, "".join(words))))
    accents = frozenset(mark for mark in marks if mark[1])
    for way in dict.fromkeys(ways):
        yield _typed(index, way, accents)


def _is_known(index: Index, word: str) -> bool:
    return word in index.weights


def _typed(index: Index, words: tuple[str, ...], accents: frozenset[Mark]) -> Typed:
    last = len(words) - 1
    likeness = tuple(_likeness(index, word, at == last) for at, word in enumerate(words))
    meant = tuple(_meant(index, likeness))
    guessed = [_guessed(index, word, like) for word, like in zip(words, likeness, strict=True)]
    dull = _dull(index, guessed, meant)
    weights = [_weight(index, word, like) for word, like in zip(words, likeness, strict=True)]
    for one in meant:
        if one.end - one.start > 1:
            least = OF_MEANING * index.meaning_weights.get(one.meaning, 0.0)
            for at in range(one.start, one.end):
                weights[at] = max(weights[at], least * one.likeness)
    for at in dull:
        weights[at] = DULL_WEIGHT
    kept = tuple({} if at in dull else like for at, like in enumerate(likeness))
    alive = tuple(one for one in meant if not dull.issuperset(range(one.start, one.end)))
    return Typed(
        words=words,
        marks=accents,
        likeness=kept,
        meant=alive,
        weights=tuple(weights),
        compounds=_compounds(index, guessed),
    )


def _guessed(index: Index, word: str, likeness: Likeness) -> str:
    if _is_known(index, word) or not likeness:
        return word
    return max(likeness, key=likeness.__getitem__)


def _compounds(index: Index, words: Sequence[str]) -> frozenset[int]:
    together = (at for at, pair in enumerate(pairwise(words)) if pair in index.neighbours)
    return frozenset(place for at in together for place in (at, at + 1))


def _weight(index: Index, word: str, likeness: Likeness) -> float:
    if word in index.weights:
        return index.weights[word]
    found = [index.weights[known] for known in likeness]
    return sum(found) / len(found) if found else UNKNOWN_WEIGHT


def _likeness(index: Index, word: str, is_last: bool) -> dict[str, float]:  # noqa: FBT001
    """Known words that the typed one may be, with how likely it is."""
    found: dict[str, float] = {}

    def note(known: str, likeness: float) -> None:
        found[known] = max(likeness, found.get(known, 0.0))

    is_known = _is_known(index, word)
    share = BUT_KNOWN if is_known else 1.0
    for known in index.by_sound.get(sound(word), ()):
        note(known, SOUNDED * share)
    for known, likeness in _begun(index, word, is_last=is_last):
        note(known, likeness * share)
    least = SLIP_LETTERS if is_known else SLIP_LETTERS_UNKNOWN
    if len(word) >= least and not word.isdigit():
        for known, likeness in _slipped(index, word):
            note(known, likeness * share)
    if not is_known:
        for form in readings(word):
            if _is_known(index, form):
                note(form, READ)
    else:
        found[word] = 1.0
    return found


def _begun(index: Index, word: str, *, is_last: bool) -> Iterator[tuple[str, float]]:
    """Words that the typed one is the beginning of, or an inflection of."""
    if is_last or len(word) >= STEM_LETTERS:
        for known in _continued(index, word):
            part = len(word) / len(known)
            least = BEGUN_LEAST if is_last else 0.0
            yield known, least + ((BEGUN if is_last else BEGUN_LEAST) - least) * part
    for ending in range(1, ENDING_LETTERS + 1):
        stem = word[:-ending]
        if len(stem) >= STEM_LETTERS and _is_known(index, stem):
            yield stem, INFLECTED * len(stem) / len(word)


def _continued(index: Index, beginning: str) -> Iterator[str]:
    """Known words that begin so."""
    for at in range(bisect_left(index.vocabulary, beginning), len(index.vocabulary)):
        known = index.vocabulary[at]
        if not known.startswith(beginning):
            return
        yield known


def _slipped(index: Index, word: str) -> Iterator[tuple[str, float]]:
    most = 2 if len(word) >= TWO_SLIPS_LETTERS else 1
    for known, slips, _ in process.extract(
        word, index.vocabulary, scorer=OSA.distance, score_cutoff=most, limit=None
    ):
        if slips == 1 and len(known) > 1 + len(word) // 2:
            yield known, SLIPPED if len(word) >= SLIP_LETTERS else SLIPPED_IN_THREE
        elif slips == most and len(known) >= TWO_SLIPS_LETTERS - 1:
            yield known, SLIPPED_TWICE


def _meant(index: Index, likeness: Sequence[Likeness]) -> Iterator[Meant]:
    """Meanings whose wording stands in the query."""
    for start, first in enumerate(likeness):
        for word in first:
            for member in index.members.get(word, ()):
                end = start + len(member.words)
                if end > len(likeness):
                    continue
                like = [likeness[start + at].get(part, 0.0) for at, part in enumerate(member.words)]
                if min(like) >= LEAST_IN_MEANING:
                    yield Meant(member.meaning, start, end, sum(like) / len(like))


def _dull(index: Index, words: Sequence[str], meant: Sequence[Meant]) -> set[int]:
    """Places of words in phrases that say nothing, unless they are part of a longer meaning."""
    dull: set[int] = set()
    for start in range(len(words)):
        for end in range(start + 2, min(start + 6, len(words)) + 1):
            part = range(start, end)
            if tuple(words[start:end]) in index.fillers and not any(
                one.start <= start and one.end >= end for one in meant
            ):
                dull.update(part)
    return dull if len(dull) < len(words) else set()


def _parted(index: Index, word: str) -> list[str]:
    """A word typed without spaces, in the fewest known words; as it is where that fails."""
    if len(word) < JOINED_LETTERS or _is_known(index, word):
        return [word]
    best: list[list[str] | None] = [[]] + [None] * len(word)
    for end in range(1, len(word) + 1):
        for start in range(max(0, end - 14), end):
            before, piece = best[start], word[start:end]
            if before is None or not _may_be_piece(index, piece, is_last=end == len(word)):
                continue
            way = [*before, piece]
            if best[end] is None or _cost(index, way) < _cost(index, best[end] or []):
                best[end] = way
    return best[-1] or [word]


def _may_be_piece(index: Index, piece: str, *, is_last: bool) -> bool:
    if len(piece) == 1:
        return piece in SINGLE_LETTERS
    if _is_known(index, piece):
        return True
    if any(_is_known(index, form) for form in readings(piece)):
        return True
    if len(piece) >= SLIP_LETTERS_UNKNOWN and sound(piece) in index.by_sound:
        return True
    return is_last and next(_continued(index, piece), None) is not None


def _cost(index: Index, way: Sequence[str]) -> float:
    """Few pieces, words that follow each other somewhere."""
    follow = sum(pair in index.neighbours for pair in pairwise(way))
    unknown = sum(not _is_known(index, piece) for piece in way)
    single = sum(len(piece) == 1 for piece in way)
    return len(way) + 0.8 * unknown + 0.5 * single - 0.5 * follow
