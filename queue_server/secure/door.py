"""The second listener: HTTPS beside HTTP, in one process and for one application.

Certificates are looked at twice a day; a new one counts from the next connection on.
"""

import asyncio
import socket
import ssl
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Final, Protocol

import structlog
import uvicorn

from queue_server.core.errors import InvalidValue

log = structlog.get_logger()

LOOK_EVERY_S: Final = 12 * 3600.0


class Certificates(Protocol):
    """Where a certificate and its key are, and whether there are others by now."""

    @property
    def files(self) -> tuple[Path, Path]:
        """Certificate and key."""
        ...

    def refresh(self, now: datetime) -> bool:
        """Make or renew what is due; whether the files are others than before."""
        ...


class GivenCertificate:
    """A certificate that somebody else makes and renews, e.g. the province."""

    def __init__(self, certificate: Path, key: Path) -> None:
        self._files = (certificate, key)
        self._seen: tuple[int, int] | None = None

    @property
    def files(self) -> tuple[Path, Path]:
        """Certificate and key."""
        return self._files

    def refresh(self, now: datetime) -> bool:  # noqa: ARG002  # whoever makes it knows the time
        """Whether the files are others than before."""
        try:
            written = (self.files[0].stat().st_mtime_ns, self.files[1].stat().st_mtime_ns)
        except OSError as error:
            message = f"expected a certificate and its key, got {error}"
            raise InvalidValue(message) from error
        is_other, self._seen = written != self._seen, written
        return is_other


class Door:
    """A bound socket and what is needed to speak TLS on it."""

    def __init__(
        self,
        listening: socket.socket,
        source: Certificates,
        now: Callable[[], datetime],
    ) -> None:
        self.listening = listening
        self.source = source
        self._now = now
        self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.context.minimum_version = ssl.TLSVersion.TLSv1_2
        self.context.set_alpn_protocols(["http/1.1"])
        source.refresh(now())
        self._load()

    def _load(self) -> None:
        certificate, key = self.source.files
        try:
            self.context.load_cert_chain(certificate, key)
        except (OSError, ssl.SSLError) as error:
            message = f"expected a certificate and its key in {certificate} and {key}: {error}"
            raise InvalidValue(message) from error

    def look(self) -> None:
        """Take a new certificate where there is one; trouble is logged, the old one goes on."""
        try:
            if self.source.refresh(self._now()):
                self._load()
        except (InvalidValue, OSError) as error:
            log.error("the certificate cannot be renewed", reason=str(error))  # noqa: TRY400

    async def keep(self) -> None:
        """Look again and again, until cancelled."""
        while True:
            await asyncio.sleep(LOOK_EVERY_S)
            await asyncio.to_thread(self.look)


class TwoDoors(uvicorn.Server):
    """A server that listens on plain HTTP and, with a door, on HTTPS too."""

    def __init__(self, config: uvicorn.Config, door: Door | None = None) -> None:
        super().__init__(config)
        self._door = door

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begin to listen; the second listener serves the same application and state."""
        await super().startup(sockets)
        if self._door is None or self.should_exit:
            return
        config = self.config

        def protocol() -> asyncio.Protocol:
            made: asyncio.Protocol = config.http_protocol_class(  # type: ignore[call-arg]
                config=config, server_state=self.server_state, app_state=self.lifespan.state
            )
            return made

        server = await asyncio.get_running_loop().create_server(
            protocol,
            sock=self._door.listening,
            ssl=self._door.context,
            backlog=config.backlog,
        )
        self.servers.append(server)
