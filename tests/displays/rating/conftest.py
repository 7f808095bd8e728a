"""The sample centre on a real server, for the rating tablet."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.live_servers import LiveServer

__all__ = ["live"]


@pytest.fixture
def live(tmp_path: Path) -> Iterator[LiveServer]:
    with LiveServer(tmp_path, waiting=0) as server:
        yield server
