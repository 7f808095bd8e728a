"""A server that may not start leaves the one that runs alone."""

import os
import socket
from argparse import Namespace
from collections.abc import Iterator
from pathlib import Path

import pytest
import structlog

from config.settings import Settings, read_settings
from queue_server import __main__ as command_line
from queue_server.__main__ import main
from queue_server.clock import SystemClock
from queue_server.core.errors import InvalidValue
from queue_server.demo.run import run_demo
from queue_server.journal.store_folder import StoreFolder
from queue_server.listening import bound_socket
from queue_server.places import Places
from queue_server.secure_listening import offer_of, secure_door, secure_lines
from queue_server.serve import serve
from tests.support.served import free_port

KEPT = b"the running demo's time"


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.setenv("QUEUE_DATA_FOLDER", str(tmp_path / "data"))
    monkeypatch.setenv("QUEUE_PORT", str(free_port()))
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


@pytest.fixture
def taken_port(monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    """A port on which another program listens."""
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        monkeypatch.setenv("QUEUE_HOST", "127.0.0.1")
        monkeypatch.setenv("QUEUE_PORT", str(port))
        yield port


@pytest.mark.parametrize("start", [serve, run_demo])
async def test_a_taken_port_is_named_before_anything_is_started(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    taken_port: int,
    start: object,
) -> None:
    monkeypatch.setenv("QUEUE_DATA_FOLDER", str(tmp_path / "data"))
    settings = read_settings()

    with structlog.testing.capture_logs() as logs, pytest.raises(SystemExit):
        await (serve(settings, SystemClock()) if start is serve else run_demo(settings, 10.0))

    assert f"port {taken_port} is taken by another program" in logs[-1]["reason"]
    assert capsys.readouterr().out == "", "no address that does not answer"
    assert not (tmp_path / "data" / "store").exists()


@pytest.mark.parametrize(
    ("host", "port"), [("192.0.2.1", "8099"), ("no such host", "8099")], ids=["not ours", "no host"]
)
def test_an_address_of_another_machine_is_refused(
    monkeypatch: pytest.MonkeyPatch, host: str, port: str
) -> None:
    monkeypatch.setenv("QUEUE_HOST", host)
    monkeypatch.setenv("QUEUE_PORT", port)

    with pytest.raises(InvalidValue, match="expected an address of this machine in QUEUE_HOST"):
        bound_socket(read_settings().server)


def test_https_is_offered_where_it_is_wanted(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    places = Places(settings.store.data_folder)
    with secure_door(settings, places) as none:
        assert none is None
    assert not places.tls.exists()

    monkeypatch.setenv("QUEUE_HTTPS", "true")
    monkeypatch.setenv("QUEUE_HTTPS_PORT", str(free_port()))
    monkeypatch.setenv("QUEUE_HTTPS_NAMES", "queue.lan, 127.0.0.1")
    wanted = read_settings()
    with secure_door(wanted, places) as door:
        assert door is not None
        assert offer_of(wanted, door).names == ("queue.lan", "127.0.0.1")
        told = "\n".join(secure_lines(wanted, door))
    assert f"https://queue.lan:{wanted.server.https_port}/" in told, "127.0.0.1 is no use elsewhere"
    assert "SHA-256" in told


def test_a_taken_port_of_https_is_named(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, taken_port: int
) -> None:
    monkeypatch.setenv("QUEUE_HTTPS", "true")
    monkeypatch.setenv("QUEUE_HTTPS_PORT", str(taken_port))

    places = Places(settings.store.data_folder)
    message = f"port {taken_port} is taken"
    with pytest.raises(InvalidValue, match=message), secure_door(read_settings(), places):
        pass


@pytest.mark.parametrize("is_folder", [True, False])
async def test_a_database_that_cannot_be_used_is_told_in_a_sentence(
    settings: Settings, *, is_folder: bool
) -> None:
    """And the store that was started for it is stopped."""
    places = Places(settings.store.data_folder)
    file = places.folder / "queue.sqlite3"
    if is_folder:
        file.mkdir(parents=True)
    else:
        places.folder.mkdir(parents=True)
        file.write_bytes(b"no database" * 100)

    with structlog.testing.capture_logs() as logs, pytest.raises(SystemExit):
        await serve(settings, SystemClock())

    assert "expected a database that" in logs[-1]["reason"]
    assert not places.running_store.exists()
    os.close(StoreFolder(places.store).lock_for_application())


def test_settings_nobody_knows_are_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("QUEUE_PROT", "8081")

    assert main(["check-config", "--data-folder", str(tmp_path)]) == 0

    assert "warning  QUEUE_PROT is no setting; did you mean QUEUE_PORT?" in capsys.readouterr().out


def test_a_start_warns_of_settings_nobody_knows(
    settings: Settings, running: Places, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QUEUE_PROT", "8081")

    with structlog.testing.capture_logs() as logs, pytest.raises(SystemExit):
        command_line.serve(settings, Namespace())

    assert running.store.exists()
    assert logs[0]["setting"] == "QUEUE_PROT is no setting; did you mean QUEUE_PORT?"
