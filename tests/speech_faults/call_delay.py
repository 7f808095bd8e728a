"""Whether a call waits for the voice: the same calls while the worker hangs on a dead service."""

import statistics
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import httpx2
from msgspec.structs import replace

from queue_server.core.configuration import CentreConfiguration
from tests.support.accounts import PASSWORD
from tests.support.served import ServedCentre, sample_centre

CALLS: Final = 150


def delays_ms(folder: Path, environment: Mapping[str, str], *, is_online: bool) -> list[float]:
    """How long each call takes on a real server, in ms."""
    settings = {**environment, "QUEUE_GTTS": "true" if is_online else "false"}
    facts = _unlimited(sample_centre())
    with (
        ServedCentre(folder, facts, settings) as served,
        httpx2.Client(base_url=served.url, timeout=30, headers={"origin": served.url}) as client,
    ):
        _sign_in(client, served.first_link.split("token=")[1])
        return _called(client, facts)


def _unlimited(facts: CentreConfiguration) -> CentreConfiguration:
    return replace(facts, limits=replace(facts.limits, tickets_per_person=100))


def _sign_in(client: httpx2.Client, token: str) -> None:
    """As an administrator, who may do everything."""
    chosen = client.post("/api/v1/session/password", json={"token": token, "password": PASSWORD})
    if not chosen.is_success:
        raise RuntimeError(chosen.text)


def _called(client: httpx2.Client, facts: CentreConfiguration) -> list[float]:
    base = f"/api/v1/centres/{facts.id}"
    counter = next(iter(facts.counters))
    procedure = next(
        code
        for code, each in facts.procedures.items()
        if facts.counters[counter].profile.level_of(each) is not None
    )

    def do(path: str, **body: object) -> httpx2.Response:
        answer = client.post(f"{base}{path}", json=body)
        if not answer.is_success:
            raise RuntimeError(answer.text)
        return answer

    client.post(f"{base}/day/open", json={})
    do(f"/counters/{counter}/take")
    do(f"/counters/{counter}/open")
    found: list[float] = []
    for _ in range(CALLS):
        do("/tickets", procedure=procedure, print_slip=False)
        start_s = time.monotonic()
        do(f"/counters/{counter}/call-next")
        found.append((time.monotonic() - start_s) * 1000)
        do(f"/counters/{counter}/start-serving")
        do(f"/counters/{counter}/complete", outcome="advice_only")
    return found


def summary(found: list[float]) -> str:
    """Median and 95th of a hundred."""
    ordered = sorted(found)
    return f"{statistics.median(ordered):.1f} / {ordered[int(0.95 * len(ordered))]:.1f}"
