"""A server that may not start leaves the one that runs alone."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
import structlog

from config.settings import Settings, read_settings
from queue_server.clock import SystemClock
from queue_server.demo.run import run_demo
from queue_server.journal.store_folder import StoreFolder
from queue_server.places import Places
from queue_server.serve import serve

KEPT = b"the running demo's time"


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.setenv("QUEUE_DATA_FOLDER", str(tmp_path / "data"))
    return read_settings()


@pytest.fixture
def running(settings: Settings) -> Iterator[Places]:
    """A data folder that another process uses for a demo."""
    places = Places(settings.store.data_folder)
    places.store.mkdir(parents=True)
    places.clock.write_bytes(KEPT)
    lock = StoreFolder(places.store).lock_for_application()
    yield places
    os.close(lock)


async def test_a_refused_server_leaves_the_running_demo_its_clock(
    settings: Settings, running: Places
) -> None:
    with structlog.testing.capture_logs() as logs, pytest.raises(SystemExit):
        await serve(settings, SystemClock())

    assert running.clock.read_bytes() == KEPT
    assert "to be free" in logs[-1]["reason"]


async def test_a_refused_demo_leaves_the_running_demo_its_clock(
    settings: Settings, running: Places
) -> None:
    with structlog.testing.capture_logs() as logs, pytest.raises(SystemExit):
        await run_demo(settings, 10.0)

    assert running.clock.read_bytes() == KEPT
    assert "to be free" in logs[-1]["reason"]


@pytest.mark.parametrize("start", [serve, run_demo])
async def test_a_data_folder_that_cannot_be_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, start: object
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("QUEUE_DATA_FOLDER", str(tmp_path / "file" / "data"))
    settings = read_settings()

    with structlog.testing.capture_logs() as logs, pytest.raises(SystemExit):
        await (serve(settings, SystemClock()) if start is serve else run_demo(settings, 10.0))

    assert "expected a data folder" in logs[-1]["reason"]
