"""The first page leads to every page that the program names when it starts."""

from pathlib import Path
from urllib.parse import unquote

import httpx2
import pytest

from queue_server.home import PAGE_ADDRESSES
from tests.support.live_servers import LiveServer


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder: Path = tmp_path_factory.mktemp("home")
    with LiveServer(folder) as server:
        return unquote(httpx2.get(f"{server.url}/").text)


@pytest.mark.parametrize("address", [address for _, address in PAGE_ADDRESSES if address != "/"])
def test_a_page_that_is_named_has_a_card(home: str, address: str) -> None:
    starts = (f'next={address}"', f"next={address}?", f"next={address}&", f'href="{address}"')

    assert any(start in home for start in starts)


def test_the_voice_is_recorded_from_here(home: str) -> None:
    assert "/voice" in dict(PAGE_ADDRESSES).values()
    assert "Ghi âm giọng đọc" in home
