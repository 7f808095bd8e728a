"""The composition root: which routes, which views, what every request finds in its state.

`web_application` makes the ASGI application from its parts; `queue_server.serve` makes the parts
of a real server from the settings, and tests make theirs.
"""

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any, Protocol

import structlog
import uvicorn
from msgspec import Struct
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import BaseRoute

from queue_server.api import (
    appointments,
    commands,
    dossier_status,
    health,
    live,
    openapi,
    queries,
    sound,
    what_if,
)
from queue_server.api.health import Metrics
from queue_server.api.problems import HANDLERS
from queue_server.api.state import Comments, Identify, People
from queue_server.api.what_if import WhatIfProcesses
from queue_server.background import Background
from queue_server.clock import Clock
from queue_server.core.commit import Commit
from queue_server.core.protocols import Rules
from queue_server.hub.presence import Presence
from queue_server.hub.replica import Replica
from queue_server.hub.replicas import Replicas
from queue_server.hub.sound import SoundDesk
from queue_server.hub.trimmed import ArchivedCommits
from queue_server.hub.views import ViewKind, Views
from queue_server.journal.leases import Leases, MemoryLeases
from queue_server.journal.protocol import Journal
from queue_server.web.centre_choice import CentreMemory
from queue_server.web.compressed import CompressedPages
from queue_server.web.headers import SecurityHeaders

log = structlog.get_logger()

VERSION = "0.1.0"
SOCKET_MAX_BYTES = 16_384


class Space(Protocol):
    """Knows whether the disk has room for the journal."""

    def has_space(self) -> bool:
        """False when new numbers must be refused."""
        ...


class Parts(Struct, kw_only=True):
    """What a server is made of."""

    journal: Journal
    rules: Rules
    clock: Clock
    identify: Identify
    people: People
    comments: Comments
    space: Space
    views: Sequence[ViewKind] = ()
    machine: Clock | None = None
    """The machine's clock, to be compared with the store's; None where they are one."""
    archived: ArchivedCommits | None = None
    """Commits that were trimmed from the journal; None where none ever are."""
    leases: Leases | None = None
    """What several processes share for seconds; None for a server that is one process."""
    routes: Sequence[BaseRoute] = ()
    state: dict[str, Any] = {}
    """Further values that the routes find in the request's state."""
    version: str = VERSION


API_ROUTES: list[BaseRoute] = [
    *commands.ROUTES,
    *queries.ROUTES,
    *health.ROUTES,
    *live.ROUTES,
    *openapi.ROUTES,
    *what_if.ROUTES,
    *appointments.ROUTES,
    *dossier_status.ROUTES,
    *sound.ROUTES,
]


class Core(Struct, kw_only=True):
    """The running middle of a server: replicas, views, figures, and what runs beside."""

    replicas: Replicas
    views: Views
    presence: Presence
    metrics: Metrics
    background: Background
    sound: SoundDesk
    hearers: list[Callable[[Commit], None]]
    """Told of each commit that is folded; must be quick and not raise."""


def core_of(parts: Parts) -> Core:
    """Replicas whose commits reach the views and the figures."""
    metrics = Metrics()
    hearers: list[Callable[[Commit], None]] = []
    views = Views(list(parts.views), parts.rules.estimator, parts.clock)

    def on_change(replica: Replica, commit: Commit) -> None:
        metrics.count_commit(commit.centre)
        views.changed(replica, commit)
        for hear in hearers:
            hear(commit)

    replicas = Replicas(
        parts.journal,
        parts.rules,
        parts.clock,
        on_change,
        parts.machine,
        archived=parts.archived,
    )
    machine = parts.machine or parts.clock
    return Core(
        replicas=replicas,
        views=views,
        presence=Presence(replicas, machine),
        metrics=metrics,
        background=Background(),
        sound=SoundDesk(parts.leases or MemoryLeases(machine), machine),
        hearers=hearers,
    )


def web_application(
    parts: Parts,
    core: Core,
    background: AbstractAsyncContextManager[None] | None = None,
) -> Starlette:
    """The ASGI application; its lifespan keeps replicas and views going."""

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[dict[str, Any]]:
        core.background.start("replicas", core.replicas.run)
        core.background.start("views", core.views.run)
        core.background.start("presence", core.presence.run)
        try:
            if background is None:
                yield _state(parts, core)
            else:
                async with background:
                    yield _state(parts, core)
        finally:
            await core.background.stop()
            await core.replicas.close()

    return Starlette(
        routes=[*API_ROUTES, *parts.routes],
        lifespan=lifespan,
        exception_handlers=HANDLERS,
        middleware=[
            Middleware(CentreMemory),
            Middleware(SecurityHeaders),
            Middleware(CompressedPages),
        ],
    )


def _state(parts: Parts, core: Core) -> dict[str, Any]:
    return {
        **parts.state,
        "replicas": core.replicas,
        "views": core.views,
        "presence": core.presence,
        "metrics": core.metrics,
        "background": core.background,
        "sound": core.sound,
        "clock": parts.clock,
        "identify": parts.identify,
        "people": parts.people,
        "comments": parts.comments,
        "space": parts.space,
        "version": parts.version,
        "what_if": WhatIfProcesses(),
    }


def uvicorn_config(app: Starlette, host: str, port: int) -> uvicorn.Config:
    """How the application is served."""
    return uvicorn.Config(
        app,
        host=host,
        port=port,
        loop="uvloop",
        http="httptools",
        ws="websockets-sansio",
        ws_max_size=SOCKET_MAX_BYTES,
        ws_per_message_deflate=False,
        lifespan="on",
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=3,
    )
