"""How long a running transaction will still take: the mean of what is left of a lognormal time.

``E[S − e | S > e] = m · Φ((μ + σ² − ln e) ÷ σ) ÷ Φ((μ − ln e) ÷ σ) − e`` with the elapsed time e.
Source: routing study §3.2; the partial expectation of the lognormal distribution.
"""

from math import erfc, log, sqrt
from typing import Final

USUAL_CV: Final = 0.7
"""Standard deviation over mean of transaction times where none was measured."""
_LEAST: Final = 1e-12
"""Below it a tail is too thin to divide by."""


def remaining_time_s(mean_s: float, elapsed_s: float, cv: float = USUAL_CV) -> float:
    """Expected seconds until a transaction ends that began `elapsed_s` ago.

    Args:
        mean_s: Mean of such transactions.
        elapsed_s: Since it began; what is not positive counts as just begun.
        cv: Coefficient of variation; 0 for a time that is always the mean.
    """
    if elapsed_s <= 0 or mean_s <= 0:
        return max(mean_s, 0.0)
    if cv <= 0:
        return max(mean_s - elapsed_s, 0.0)
    variance = log(1 + cv * cv)
    sigma = sqrt(variance)
    distance = log(mean_s) - variance / 2 - log(elapsed_s)
    still_running = _normal_cdf(distance / sigma)
    if still_running < _LEAST:
        # The mean excess of a far tail: e · σ² ÷ (ln e − μ).
        return elapsed_s * variance / -distance
    return mean_s * _normal_cdf((distance + variance) / sigma) / still_running - elapsed_s


def _normal_cdf(x: float) -> float:
    return 0.5 * erfc(-x / sqrt(2))
