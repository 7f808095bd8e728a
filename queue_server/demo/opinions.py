"""What virtual citizens say of their visits: most are satisfied, few say much."""

from random import Random  # noqa: TID251  # the demo's own chance, passed in
from typing import Any, Final

from queue_server.core.ticket import Criterion, Score

WHO_RATE: Final = 0.4
"""Share of citizens who answer at all."""
WHO_SAY_MORE: Final = 0.3
WEIGHTS: Final = (1, 2, 7, 10)
"""Of the answers, from not satisfied to very satisfied."""


def opinion(chance: Random) -> dict[str, Any] | None:
    """The body of a rating; None from who says nothing."""
    if chance.random() >= WHO_RATE:
        return None
    said: dict[str, Any] = {"score": _score(chance)}
    if chance.random() < WHO_SAY_MORE:
        said["criteria"] = {criterion.value: _score(chance) for criterion in Criterion}
    return said


def _score(chance: Random) -> int:
    return int(chance.choices(list(Score), WEIGHTS)[0])
