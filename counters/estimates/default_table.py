"""The shipped table of how waits ended, for a centre that has not learned its own.

Made by `python -m tests.benchmarks.estimates`; do not edit by hand.
"""

from collections.abc import Mapping
from typing import Final

from queue_server.core.learned import QuantileRow

DEFAULT_QUANTILES: Final[Mapping[str, tuple[QuantileRow, ...]]] = {
    "walk_in": (
        QuantileRow(37.7, 43.6, 94.4, 137.6),
        QuantileRow(87.3, 100.3, 180.7, 243.7),
        QuantileRow(147.8, 165.0, 272.8, 347.7),
        QuantileRow(234.9, 273.8, 412.5, 510.2),
        QuantileRow(357.0, 408.5, 569.7, 688.4),
        QuantileRow(506.9, 587.7, 779.1, 899.6),
        QuantileRow(716.3, 819.3, 1038.0, 1199.5),
        QuantileRow(981.9, 1113.5, 1428.0, 1597.6),
        QuantileRow(1312.5, 1498.8, 1773.4, 1987.6),
        QuantileRow(1696.6, 1908.6, 2318.2, 2529.0),
        QuantileRow(2144.7, 2372.2, 2767.8, 3014.1),
        QuantileRow(2683.8, 2972.9, 3485.2, 3791.5),
        QuantileRow(3426.4, 3834.9, 4422.0, 4759.5),
        QuantileRow(4555.2, 5101.6, 6129.2, 6730.5),
        QuantileRow(7031.8, 7353.0, 8996.7, 10064.6),
    ),
    "priority": (
        QuantileRow(30.4, 28.3, 70.2, 99.5),
        QuantileRow(80.8, 67.4, 166.6, 212.8),
        QuantileRow(146.0, 127.6, 326.7, 403.4),
        QuantileRow(231.8, 237.7, 369.1, 465.2),
        QuantileRow(429.6, 419.3, 746.1, 925.9),
        QuantileRow(1618.8, 1169.5, 2098.3, 3424.9),
    ),
}
