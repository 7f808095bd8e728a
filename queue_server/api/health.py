"""Whether the process lives, whether it can serve, and how it is doing."""

from http import HTTPStatus
from typing import cast

import msgspec
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from queue_server.background import Background
from queue_server.hub.replicas import Replicas


class Metrics:
    """The process's figures for Prometheus. One object per server, no globals."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.commits = Counter(
            "queue_commits", "Commits folded", ["centre"], registry=self.registry
        )
        self._commits_of: dict[str, Counter] = {}
        self.command_time = Histogram(
            "queue_request_seconds",
            "Time to answer a command",
            registry=self.registry,
            buckets=(0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1.0, 5.0),
        )
        self.sockets = Gauge("queue_sockets", "Open sockets", registry=self.registry)
        self.waiting = Gauge(
            "queue_waiting_tickets", "Tickets that wait", ["centre"], registry=self.registry
        )

    def count_commit(self, centre: str) -> None:
        """Count a commit of the centre; looking up a label costs more than counting."""
        counter = self._commits_of.get(centre)
        if counter is None:
            counter = self._commits_of[centre] = self.commits.labels(centre)
        counter.inc()


async def live(_: Request) -> Response:
    """The process answers."""
    return PlainTextResponse("live\n")


async def ready(request: Request) -> Response:
    """The store is reached, the clock right, there is space, every loop runs; else 503 with why."""
    replicas = cast("Replicas", request.state.replicas)
    missing = []
    if not replicas.is_current:
        missing.append("the store cannot be reached or read")
    if replicas.clock_check is not None and replicas.clock_check.is_off:
        missing.append(replicas.clock_check.reason)
    if not request.state.space.has_space():
        missing.append("the disk is nearly full: no new numbers are given")
    ended = cast("Background", request.state.background).ended()
    missing += [f"a background loop has ended: {name}; see the log" for name in ended]
    status = HTTPStatus.SERVICE_UNAVAILABLE if missing else HTTPStatus.OK
    body = msgspec.json.encode({"is_ready": not missing, "missing": missing})
    return Response(body, status_code=status, media_type="application/json")


async def metrics(request: Request) -> Response:
    """Figures in the Prometheus text format."""
    own = cast("Metrics", request.state.metrics)
    for replica in cast("Replicas", request.state.replicas).loaded():
        own.waiting.labels(replica.centre.id).set(len(replica.centre.waiting))
    return Response(generate_latest(own.registry), media_type="text/plain; version=0.0.4")


ROUTES = [
    Route("/health/live", live, methods=["GET"]),
    Route("/health/ready", ready, methods=["GET"]),
    Route("/metrics", metrics, methods=["GET"]),
]
