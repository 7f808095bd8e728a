"""The sample centre on a real server, for the door and the phones before it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.live_servers import LiveServer

__all__ = ["live"]


@pytest.fixture
def live(tmp_path: Path) -> Iterator[LiveServer]:
    with LiveServer(tmp_path, state={"public_url": None}) as server:
        yield server
