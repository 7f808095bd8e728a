"""The sample centre on a real server."""

from collections.abc import Iterator

import pytest

from tests.support.live_servers import LiveServer

__all__ = ["server"]


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveServer]:
    """One server for all tests."""
    with LiveServer(tmp_path_factory.mktemp("data")) as running:
        yield running
