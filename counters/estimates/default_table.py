"""The shipped table of how waits ended, for a centre that has not learned its own.

Made by `python -m tests.benchmarks.estimates`; do not edit by hand.
"""

from collections.abc import Mapping
from typing import Final

from queue_server.core.learned import QuantileRow

DEFAULT_QUANTILES: Final[Mapping[str, tuple[QuantileRow, ...]]] = {}
