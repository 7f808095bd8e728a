"""The shipped table of how waits ended, for a centre that has not learned its own.

Made by `python -m tests.benchmarks.estimates`; do not edit by hand.
"""

from collections.abc import Mapping
from typing import Final

from queue_server.core.learned import QuantileRow

DEFAULT_QUANTILES: Final[Mapping[str, tuple[QuantileRow, ...]]] = {
    "walk_in": (
        QuantileRow(37.1, 43.9, 97.6, 145.0),
        QuantileRow(86.6, 98.7, 187.4, 256.4),
        QuantileRow(148.4, 169.5, 265.9, 349.4),
        QuantileRow(237.5, 277.2, 418.4, 521.5),
        QuantileRow(356.9, 425.2, 578.4, 689.4),
        QuantileRow(503.5, 586.0, 769.0, 884.6),
        QuantileRow(716.2, 833.2, 1060.5, 1205.7),
        QuantileRow(988.2, 1164.0, 1466.0, 1674.8),
        QuantileRow(1307.4, 1518.4, 1838.5, 2051.6),
        QuantileRow(1703.8, 1892.8, 2246.3, 2477.8),
        QuantileRow(2138.1, 2406.3, 2861.4, 3143.4),
        QuantileRow(2666.3, 2980.6, 3501.5, 3791.0),
        QuantileRow(3352.8, 3711.4, 4434.5, 4843.4),
        QuantileRow(4505.0, 4969.1, 5818.4, 6213.8),
        QuantileRow(6502.0, 6131.2, 7485.7, 7841.9),
    ),
    "priority": (
        QuantileRow(30.3, 31.6, 71.4, 106.3),
        QuantileRow(79.9, 75.3, 153.2, 203.4),
        QuantileRow(146.5, 140.3, 210.6, 305.8),
        QuantileRow(228.0, 229.8, 332.1, 382.9),
        QuantileRow(932.5, 650.3, 909.7, 1324.5),
    ),
}
