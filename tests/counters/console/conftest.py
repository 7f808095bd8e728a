"""A live sample centre with nobody waiting."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from queue_server.accounts.accounts import Accounts
from queue_server.clock import SystemClock
from tests.support.accounts import QUICK, open_file
from tests.support.live_servers import LiveServer

__all__ = ["live"]


@pytest.fixture
def live(tmp_path: Path) -> Iterator[LiveServer]:
    engine = open_file(tmp_path)
    accounts = Accounts(engine, SystemClock(), hasher=QUICK)
    with LiveServer(tmp_path, waiting=0, state={"accounts": accounts}) as server:
        yield server
    engine.dispose()
