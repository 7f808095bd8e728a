"""What is wrong with a scenario file, every problem at once."""

from collections.abc import Iterator
from typing import Any


def problems_of(entry: Any) -> list[str]:  # noqa: ANN401
    """A sentence for each problem."""
    return list(_problems(entry))


def _problems(entry: Any) -> Iterator[str]:  # noqa: ANN401
    if not entry.fields:
        yield "expected fields, got none"
