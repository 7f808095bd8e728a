"""Transaction times for rolling forward: each roll with other ones, evenly spread, none random.

A hall with five busy counters is free sooner than the mean of any of them: what comes first is
the least of five times. So a queue is rolled forward several times, with times that are spread
over their distribution by a low-discrepancy sequence, and the middle of the results is taken.
The same hall always gives the same estimate.
"""

from functools import lru_cache
from math import erf, exp, log, sqrt
from statistics import NormalDist
from typing import Final

_NORMAL: Final = NormalDist()
_STEP: Final = 0.6180339887498949
"""The golden ratio: its multiples fill 0 to 1 evenly from the first on."""
_OTHER_STEP: Final = 0.7548776662466927
"""For what must not go in step with it: the plastic pair's first."""
_STEPS: Final = 64
_EDGE: Final = 1e-6


class Times:
    """Transaction times of one roll."""

    def __init__(self, roll: int, cv: float) -> None:
        """The roll with that number, from 0: the first rolls are spread as evenly as all."""
        self._offset = _halved(roll + 1)
        self._sigma = sqrt(log(1 + cv * cv))
        self._ratios = _ratios(cv)
        self._started = roll * _OTHER_STEP

    def whole_s(self, mean_s: float) -> float:
        """How long the next transaction of that mean takes."""
        self._started += _STEP
        return mean_s * self._ratios[int(self._started % 1 * _STEPS)]

    def rest_s(self, place: int, mean_s: float, elapsed_s: float) -> float:
        """How long the one under way at the counter with that place still takes."""
        u = (place * _OTHER_STEP + self._offset) % 1
        sigma = self._sigma
        if sigma == 0 or mean_s <= 0:
            return max(mean_s - elapsed_s, 0.0)
        mu = log(mean_s) - sigma * sigma / 2
        passed = 0.0
        if elapsed_s > 0:
            passed = 0.5 * (1 + erf((log(elapsed_s) - mu) / sigma / sqrt(2)))
        point = min(max(passed + u * (1 - passed), _EDGE), 1 - _EDGE)
        return max(exp(mu + sigma * _NORMAL.inv_cdf(point)) - elapsed_s, 0.0)


def _halved(number: int) -> float:
    """The number's binary digits behind the point, turned round: 1/2, 1/4, 3/4 and so on.

    Source: van der Corput 1935.
    """
    point, digit = 0.0, 0.5
    while number:
        point += digit * (number & 1)
        number >>= 1
        digit /= 2
    return point


@lru_cache(maxsize=16)
def _ratios(cv: float) -> tuple[float, ...]:
    """Times over their mean at evenly spread points of the lognormal distribution; mean 1."""
    sigma = sqrt(log(1 + cv * cv))
    points = [
        exp(sigma * _NORMAL.inv_cdf((place + 0.5) / _STEPS)) if sigma else 1.0
        for place in range(_STEPS)
    ]
    mean = sum(points) / _STEPS
    return tuple(point / mean for point in points)
