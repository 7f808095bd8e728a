"""The OpenAPI document is made from the types that decode requests, and holds every command."""

import json
import re
from typing import Any

import pytest

from queue_server.api import commands
from queue_server.api.endpoints import ENDPOINTS
from queue_server.api.openapi import document, queries_of
from queue_server.app import API_ROUTES
from queue_server.core.decide import DECISIONS
from queue_server.pages import ROUTES

INTERNAL = {
    "Expire",
    "LearnParameters",
    "MakeProposals",
    "PauseSilentCounter",
    "RecordHandOver",
    "DropPrint",
    "MovePrint",
    "ReportPrinter",
    "RecordPrint",
    "ReleaseReservation",
}
"""Commands that timers and jobs send; they have no endpoint."""


@pytest.fixture
def openapi() -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(document("1.2.3", queries_of([*API_ROUTES, *ROUTES])))
    return loaded


def test_every_route_of_a_command_is_described(openapi: dict[str, Any]) -> None:
    routes = {route.path for several in commands.ROUTES for route in several.routes}

    assert routes <= set(openapi["paths"])


def test_every_command_has_an_endpoint_or_is_internal() -> None:
    offered = {endpoint.command.__name__ for endpoint in ENDPOINTS}
    decided = {command.__name__ for command in DECISIONS}

    assert decided - offered <= INTERNAL | {"ReleaseHandOver"}


def test_what_the_server_fills_in_is_not_asked_for(openapi: dict[str, Any]) -> None:
    path = openapi["paths"]["/api/v1/centres/{centre}/tickets"]["post"]
    body = path["requestBody"]["content"]["application/json"]["schema"]

    assert body["required"] == ["procedure"]
    assert not {"ticket", "channel", "person", "person_key"} & set(body["properties"])
    assert "identity" in body["properties"]


def test_every_reference_leads_somewhere(openapi: dict[str, Any]) -> None:
    text = json.dumps(openapi)
    names = {part.split('"')[0] for part in text.split("#/components/schemas/")[1:]}

    assert names <= set(openapi["components"]["schemas"])


@pytest.mark.parametrize(
    "path",
    [
        "/waits",
        "/configuration",
        "/views/{view}",
        "/procedures",
        "/procedures/{code}",
        "/prints/{job}.png",
        "/numbers/{number}",
        "/dossiers",
        "/reports",
        "/reports/{day}",
        "/reports/{day}.csv",
        "/today",
    ],
)
def test_every_query_is_described(openapi: dict[str, Any], path: str) -> None:
    query = openapi["paths"][f"/api/v1/centres/{{centre}}{path}"]["get"]

    assert query["summary"]
    assert {asked["name"] for asked in query["parameters"]} >= set(re.findall(r"{(\w+)}", path))


def test_pages_are_not_queries(openapi: dict[str, Any]) -> None:
    assert [path for path in openapi["paths"] if not path.startswith("/api/v1/")] == []
