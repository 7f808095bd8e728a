"""The sample centre on a real server, for the page of waits."""

from collections.abc import Iterator

import pytest

from tests.support.live_servers import LiveServer

__all__ = ["server"]


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveServer]:
    with LiveServer(tmp_path_factory.mktemp("data")) as running:
        yield running
