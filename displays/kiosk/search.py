"""Finding a procedure by what people call it, typed without marks, joined, or misspelt.

What was typed is read as known words and meanings (`typed`); a phrase is good when it has what
was typed, and little else. The words that tell little weigh little.
"""

from collections import defaultdict
from collections.abc import Container, Mapping
from itertools import pairwise
from typing import Final

from msgspec import Struct
from rapidfuzz import fuzz, process

from displays.kiosk.search_index import Index, Phrase, index_of
from displays.kiosk.spelling import normalised
from displays.kiosk.typed import Typed, readings_of
from queue_server.core.identifiers import ProcedureCode

__all__ = ["MAX_QUERY", "Hit", "index_of", "normalised", "search"]

MAX_QUERY: Final = 80
"""Characters of a query that are looked at."""
LEAST_SCORE: Final = 30.0
"""Below this a match is more often wrong than right (tests/displays/kiosk/test_search.py)."""
NEAR_THE_BEST: Final = 0.5
"""Share of the best score below which a match only distracts."""
MEANT: Final = 0.93
"""Likeness of another wording of the same meaning."""
LONE: Final = 0.55
"""Share left of a likeness when the word stands without the neighbour it was typed with."""
APART: Final = 0.85
"""The same for a word that was typed beside others that it does not belong to."""
SHORTENED: Final = 0.85
"""Likeness of a phrase whose initials were typed."""
WORTH_A_LOOK: Final = 0.6
"""Share of the best coverage below which a phrase is not looked at closely."""
UNCLEAR: Final = 50.0
"""Best score below which the letters are compared as a whole as well."""
LEAST_SHAPED: Final = 72.0
SHAPED: Final = 0.75
SHAPED_LETTERS: Final = 6
LATER_READING: Final = 0.97
OF_PHRASE: Final = 0.75
"""Share of the score that the best phrase gives; the rest comes from all phrases together."""
MARKS_COUNT: Final = 0.04


class Hit(Struct, frozen=True):
    """A procedure that was found, and how well, 0 to 100."""

    code: ProcedureCode
    score: float


class Match(Struct):
    """What of the query a phrase has."""

    like: dict[int, float]
    """By the place of the typed word."""
    found: dict[int, str]
    """Words of the phrase themselves, by the place of the typed word."""
    covered: set[int]
    """Places in the phrase whose meaning was typed."""


def search(index: Index, query: str, limit: int = 12) -> list[Hit]:
    """Procedures that fit the query, best first; of equals the one that is listed first.

    Args:
        index: What `index_of` answers.
        query: As typed; only its first `MAX_QUERY` characters count.
        limit: Most hits answered.
    """
    best: dict[ProcedureCode, float] = {}
    share = 1.0
    for typed in readings_of(index, query[:MAX_QUERY]):
        for code, score in _scores(index, typed).items():
            best[code] = max(best.get(code, 0.0), score * share)
        share *= LATER_READING
    if max(best.values(), default=0.0) < UNCLEAR:
        for code, score in _shaped(index, query[:MAX_QUERY]).items():
            best[code] = max(best.get(code, 0.0), score)
    least = max(LEAST_SCORE, NEAR_THE_BEST * max(best.values(), default=0.0))
    ranked = sorted(best.items(), key=lambda found: (-round(found[1], 1), index.order[found[0]]))
    return [Hit(code, round(score, 1)) for code, score in ranked[:limit] if score >= least]


def _shaped(index: Index, query: str) -> dict[ProcedureCode, float]:
    """Phrases whose letters look alike as a whole, for words joined and misspelt at once."""
    letters = normalised(query).replace(" ", "")
    if len(letters) < SHAPED_LETTERS:
        return {}
    found: dict[ProcedureCode, float] = {}
    for _, like, place in process.extract(
        letters, index.joined, scorer=fuzz.ratio, score_cutoff=LEAST_SHAPED, limit=20
    ):
        phrase = index.phrases[int(place)]
        found[phrase.code] = max(found.get(phrase.code, 0.0), like * SHAPED * phrase.share)
    return found


def _scores(index: Index, typed: Typed) -> dict[ProcedureCode, float]:
    matches = _matches(index, typed)
    covers = {place: _coverage(typed, match.like) for place, match in matches.items()}
    least = WORTH_A_LOOK * max(covers.values(), default=0.0)
    of_phrase: dict[ProcedureCode, float] = defaultdict(float)
    for place, cover in covers.items():
        phrase = index.phrases[place]
        if cover >= least:
            score = cover * _shape(index, typed, phrase, matches[place])
            of_phrase[phrase.code] = max(score, of_phrase[phrase.code])
    together = _together(index, matches, of_phrase.keys())
    return {
        code: 100 * (OF_PHRASE * score + (1 - OF_PHRASE) * _coverage(typed, together[code]))
        for code, score in of_phrase.items()
    }


def _together(
    index: Index, matches: Mapping[int, Match], codes: Container[ProcedureCode]
) -> dict[ProcedureCode, dict[int, float]]:
    """What of the query all phrases of a procedure have."""
    like: dict[ProcedureCode, dict[int, float]] = defaultdict(dict)
    for place, match in matches.items():
        phrase = index.phrases[place]
        if phrase.code in codes:
            so_far = like[phrase.code]
            for at, likeness in match.like.items():
                so_far[at] = max(likeness * phrase.share, so_far.get(at, 0.0))
    return like


def _matches(index: Index, typed: Typed) -> dict[int, Match]:
    """Phrases that have something of the query, by place."""
    matches: dict[int, Match] = defaultdict(lambda: Match({}, {}, set()))
    _match_words(index, typed, matches)
    several = matches if len(typed.words) > 1 else {}
    for place, match in several.items():
        _discount_lone(typed, index.phrases[place], match)
    _match_initials(index, typed, matches)
    _match_meanings(index, typed, matches)
    return matches


def _match_words(index: Index, typed: Typed, matches: dict[int, Match]) -> None:
    for at, likeness in enumerate(typed.likeness):
        for word, like in likeness.items():
            for place in index.by_word.get(word, ()):
                match = matches[place]
                if like > match.like.get(at, 0.0):
                    match.like[at] = like
                    match.found[at] = word


def _match_initials(index: Index, typed: Typed, matches: dict[int, Match]) -> None:
    for at, word in enumerate(typed.words):
        for place in index.by_initials.get(word, ()):
            match = matches[place]
            match.like[at] = max(SHORTENED, match.like.get(at, 0.0))
            match.covered.update(range(len(index.phrases[place].words)))


def _match_meanings(index: Index, typed: Typed, matches: dict[int, Match]) -> None:
    for meant in typed.meant:
        like = meant.likeness * MEANT
        for place in index.by_meaning.get(meant.meaning, ()):
            match = matches[place]
            for at in range(meant.start, meant.end):
                match.like[at] = max(like, match.like.get(at, 0.0))
            for span in index.phrases[place].spans:
                if span.meaning == meant.meaning:
                    match.covered.update(range(span.start, span.end))


def _discount_lone(typed: Typed, phrase: Phrase, match: Match) -> None:
    """Most words have two syllables, and half of one is no match: ``hồng`` is not ``hỏng``."""
    for at, word in match.found.items():
        before, after = match.found.get(at - 1), match.found.get(at + 1)
        if (before, word) not in phrase.pairs and (word, after) not in phrase.pairs:
            match.like[at] *= LONE if at in typed.compounds else APART


def _shape(index: Index, typed: Typed, phrase: Phrase, match: Match) -> float:
    """How much like the phrase the query is, besides having its words."""
    named = _named(index, phrase, match)
    order = _in_order(typed, phrase, match)
    written = len(typed.marks & phrase.marks) / len(typed.marks) if typed.marks else 0.0
    shape = 0.66 + 0.19 * named + 0.15 * order + MARKS_COUNT * written
    return shape * phrase.share


def _coverage(typed: Typed, like: dict[int, float]) -> float:
    """Share of what was typed that is found, by weight and likeness."""
    total = sum(typed.weights)
    return sum(typed.weights[at] * likeness for at, likeness in like.items()) / total


def _named(index: Index, phrase: Phrase, match: Match) -> float:
    """Share of the phrase that was typed."""
    found = set(match.found.values())
    weights = [index.weights[word] for word in phrase.words]
    typed = (
        weight
        for at, (word, weight) in enumerate(zip(phrase.words, weights, strict=True))
        if word in found or at in match.covered
    )
    return sum(typed) / sum(weights)


def _in_order(typed: Typed, phrase: Phrase, match: Match) -> float:
    """Share of the neighbours in the query that are neighbours in the phrase as well."""
    pairs = list(pairwise(range(len(typed.words))))
    if not pairs:
        return 1.0
    weights = [typed.weights[one] + typed.weights[other] for one, other in pairs]
    within = {at for meant in typed.meant for at in range(meant.start, meant.end - 1)}
    kept = (
        weight
        for (one, other), weight in zip(pairs, weights, strict=True)
        if (match.found.get(one), match.found.get(other)) in phrase.pairs
        or (one in within and one in match.like and other in match.like)
    )
    return sum(kept) / sum(weights)
