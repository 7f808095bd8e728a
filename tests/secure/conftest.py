"""The sample centre on a real server that offers HTTPS with its own authority."""

from collections.abc import Iterator

import pytest

from queue_server.clock import SystemClock
from queue_server.secure.kept import Kept
from queue_server.secure.routes import Offer
from tests.support.live_servers import LiveServer

__all__ = ["offer", "server"]

NAMES = ("queue.lan", "127.0.0.1", "localhost")


@pytest.fixture(scope="session")
def offer(tmp_path_factory: pytest.TempPathFactory) -> Offer:
    kept = Kept(tmp_path_factory.mktemp("tls"))
    kept.ready("pc", NAMES, SystemClock().now())
    return Offer(port=8443, names=NAMES, kept=kept)


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory, offer: Offer) -> Iterator[LiveServer]:
    with LiveServer(tmp_path_factory.mktemp("data"), state={"secure": offer}) as running:
        yield running
