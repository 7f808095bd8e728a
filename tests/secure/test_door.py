"""HTTP and HTTPS at one server: the same application, and cookies that stay secure."""

import asyncio
import contextlib
import socket
import ssl
from collections.abc import AsyncIterator, Iterator
from datetime import timedelta
from pathlib import Path

import httpx2
import pytest
import websockets
from cryptography.hazmat.primitives.serialization import Encoding
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route, WebSocketRoute
from starlette.websockets import WebSocket

from queue_server.accounts.answers import set_session
from queue_server.app import uvicorn_config
from queue_server.clock import SystemClock
from queue_server.core.errors import InvalidValue
from queue_server.secure.door import Door, GivenCertificate, TwoDoors
from queue_server.secure.kept import Kept
from queue_server.secure.own_authority import OwnAuthority
from tests.support.centres import MORNING
from tests.support.histories import refused

NAMES = ("localhost", "127.0.0.1")


async def scheme(request: Request) -> Response:
    return JSONResponse({"scheme": request.url.scheme})


async def sign_in(request: Request) -> Response:
    return set_session(request, Response("in"), "token")


async def live(socket: WebSocket) -> None:
    await socket.accept()
    await socket.send_text(socket.url.scheme)
    await socket.close()


class _Server(TwoDoors):
    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


class Running:
    """A server with two doors, and the instant by which its certificates are judged."""

    def __init__(self, folder: Path) -> None:
        self.now = SystemClock().now() - timedelta(days=61)  # clients judge by the real time
        self.kept = Kept(folder / "tls")
        self.plain = socket.create_server(("127.0.0.1", 0))
        listening = socket.create_server(("127.0.0.1", 0))
        self.door = Door(listening, OwnAuthority(self.kept, "pc", NAMES), lambda: self.now)
        self.http = f"http://127.0.0.1:{self.plain.getsockname()[1]}"
        self.https = f"https://127.0.0.1:{listening.getsockname()[1]}"

    def context(self) -> ssl.SSLContext:
        """What a device has that installed the authority."""
        data = self.kept.authority().public_bytes(Encoding.DER)
        return ssl.create_default_context(cadata=data)


@pytest.fixture
async def running(tmp_path: Path) -> AsyncIterator[Running]:
    routes = [Route("/", scheme), Route("/in", sign_in), WebSocketRoute("/live", live)]
    found = Running(tmp_path)
    config = uvicorn_config(Starlette(routes=routes), "127.0.0.1", 0)
    server = _Server(config, found.door)
    task = asyncio.create_task(server.serve(sockets=[found.plain]))
    async with httpx2.AsyncClient(transport=httpx2.AsyncHTTPTransport(retries=50)) as client:
        await client.get(found.http)
    yield found
    server.should_exit = True
    await task


async def test_both_doors_lead_to_the_same_application(running: Running) -> None:
    async with httpx2.AsyncClient(verify=running.context()) as client:
        plain, secure = await client.get(running.http), await client.get(running.https)

    assert (plain.json(), secure.json()) == ({"scheme": "http"}, {"scheme": "https"})


async def test_who_has_not_installed_the_authority_does_not_believe_it(running: Running) -> None:
    async with httpx2.AsyncClient() as client:
        with pytest.raises(httpx2.ConnectError, match="certificate"):
            await client.get(running.https)


async def test_cookies_are_secure_over_https_alone(running: Running) -> None:
    async with httpx2.AsyncClient(verify=running.context()) as client:
        plain = await client.get(f"{running.http}/in")
        secure = await client.get(f"{running.https}/in")

    assert "Secure" not in plain.headers["set-cookie"]
    assert "Secure" in secure.headers["set-cookie"]


async def test_sockets_come_through_the_secure_door(running: Running) -> None:
    address = running.https.replace("https", "wss") + "/live"
    async with websockets.connect(address, ssl=running.context(), proxy=None) as socket:
        assert await socket.recv() == "wss"


async def test_a_renewed_certificate_counts_from_the_next_connection_on(running: Running) -> None:
    before = await serial(running)

    running.now += timedelta(days=61)
    running.door.look()

    assert await serial(running) != before


async def test_trouble_at_the_renewal_leaves_the_old_certificate(running: Running) -> None:
    before = await serial(running)
    (running.kept.folder / "authority.key").write_bytes(b"torn")

    running.now += timedelta(days=61)
    running.door.look()

    assert await serial(running) == before


async def serial(running: Running) -> str:
    host, _, port = running.https.removeprefix("https://").partition(":")
    reader, writer = await asyncio.open_connection(host, int(port), ssl=running.context())
    certificate = writer.get_extra_info("ssl_object").getpeercert()
    writer.close()
    await writer.wait_closed()
    assert reader is not None
    return str(certificate["serialNumber"])


def test_a_certificate_of_somebody_else_is_used_and_watched(tmp_path: Path) -> None:
    kept = Kept(tmp_path / "theirs")
    kept.ready("pc", NAMES, MORNING)
    given = GivenCertificate(kept.certificate, kept.key)
    with socket.create_server(("127.0.0.1", 0)) as listening:
        Door(listening, given, lambda: MORNING)

    assert not given.refresh(MORNING)
    kept.ready("pc", NAMES, MORNING + timedelta(days=61))
    assert given.refresh(MORNING)


def test_a_certificate_that_is_not_there_or_not_one_is_named(tmp_path: Path) -> None:
    missing = GivenCertificate(tmp_path / "a.pem", tmp_path / "a.key")
    with (
        socket.create_server(("127.0.0.1", 0)) as listening,
        refused(InvalidValue, "expected a certificate and its key, got"),
    ):
        Door(listening, missing, lambda: MORNING)
    for name in ("a.pem", "a.key"):
        (tmp_path / name).write_text("nothing")
    with (
        socket.create_server(("127.0.0.1", 0)) as listening,
        refused(InvalidValue, "expected a certificate and its key in"),
    ):
        Door(listening, GivenCertificate(*missing.files), lambda: MORNING)
