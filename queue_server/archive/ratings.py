"""Figures of what citizens said after their visits. Pure."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from msgspec import Struct

from queue_server.core.ticket import Criterion, Score

FEWEST: Final = 5
"""Of one counter or field fewer say nothing about it, and too much about whoever gave them."""


class RatingFacts(Struct, frozen=True, kw_only=True):
    """One rating, and where the visit was served last."""

    field: str
    procedure: str
    counter: str | None
    score: int
    criteria: Mapping[str, int] = {}


class Ratings(Struct, frozen=True, kw_only=True):
    """Ratings of one group."""

    count: int = 0
    scores: tuple[int, ...] = ()
    """How many gave each answer, from not satisfied to very satisfied; empty where none is told."""
    satisfied: float | None = None
    """Share that were satisfied or very satisfied."""
    criteria: Mapping[Criterion, tuple[int, ...]] = {}
    """The same counts for each criterion that somebody rated."""


def ratings(found: Sequence[RatingFacts]) -> Ratings:
    """Figures of a group."""
    if not found:
        return Ratings()
    scores = _counts(each.score for each in found)
    of_criteria = {
        criterion: _counts(each.criteria[criterion] for each in found if criterion in each.criteria)
        for criterion in Criterion
    }
    return Ratings(
        count=len(found),
        scores=scores,
        satisfied=sum(scores[Score.SATISFIED - 1 :]) / len(found),
        criteria={name: counts for name, counts in of_criteria.items() if any(counts)},
    )


def ratings_of_few(found: Sequence[RatingFacts]) -> Ratings:
    """Figures of one counter, field or procedure: of too few only how many there are."""
    return ratings(found) if len(found) >= FEWEST else Ratings(count=len(found))


def _counts(scores: Iterable[int]) -> tuple[int, ...]:
    counted = Counter(scores)
    return tuple(counted[score] for score in Score)
