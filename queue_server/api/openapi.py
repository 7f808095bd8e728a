"""OpenAPI 3.1, generated from the same types that decode requests and encode answers."""

import inspect
import re
from collections.abc import Iterable
from functools import cache
from typing import Any, cast

import msgspec
from msgspec import Struct
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from queue_server.api import prepare
from queue_server.api.commands import Answer
from queue_server.api.endpoints import ENDPOINTS, Endpoint
from queue_server.api.queries import CentreSummary, Waits

PREFIX = "/api/v1/centres/{centre}"
REF = "#/components/schemas/{name}"
PROBLEM_SCHEMA = {
    "type": "object",
    "description": "RFC 9457 problem document; further members are facts about the refusal.",
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "code": {"type": "string"},
        "detail": {"type": "string"},
    },
    "required": ["type", "title", "status", "code", "detail"],
}


class Query(Struct, frozen=True):
    """Something that can be read: its address, and its meaning with the summary first."""

    path: str
    meaning: str


@cache
def document(version: str, queries: tuple[Query, ...] = ()) -> bytes:
    """The OpenAPI document as JSON: every command, and these queries."""
    types: list[Any] = [Answer, Waits, CentreSummary]
    types += [endpoint.command for endpoint in ENDPOINTS]
    _, components = msgspec.json.schema_components(types, ref_template=REF)
    components["Problem"] = PROBLEM_SCHEMA
    paths: dict[str, Any] = {
        PREFIX + endpoint.path: {"post": _operation(endpoint)} for endpoint in ENDPOINTS
    }
    for query in queries:
        paths.setdefault(query.path, {})["get"] = _query(query)
    return msgspec.json.encode(
        {
            "openapi": "3.1.0",
            "info": {
                "title": "Queue server",
                "version": version,
                "description": "Every command and query of the queue server.",
                "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
            },
            "paths": paths,
            "components": {"schemas": components, "securitySchemes": _SECURITY},
            "security": [{"token": []}, {"session": []}, {}],
        }
    )


_SECURITY = {
    "token": {"type": "http", "scheme": "bearer", "description": "A device's token"},
    "session": {"type": "apiKey", "in": "cookie", "name": "queue_session"},
}


def _operation(endpoint: Endpoint) -> dict[str, Any]:
    command = endpoint.command
    summary, _, rest = (command.__doc__ or "").partition("\n")
    return {
        "operationId": command.__name__,
        "tags": [endpoint.path.split("/")[1]],
        "summary": summary.strip().rstrip("."),
        "description": f"{rest.strip()}\n\nFor: {_words(endpoint.access.__name__)}".strip(),
        "parameters": [*_parameters(PREFIX + endpoint.path), _KEY, _SENT_AT],
        "requestBody": {"content": {"application/json": {"schema": body_schema(endpoint)}}},
        "responses": {
            "201": _content("Done", "Answer"),
            "200": _content("Nothing to do, e.g. nobody can be called", "Answer"),
            "4XX": _problem("Refused; nothing changed"),
            "503": _problem("Not possible now; send it again with the same Idempotency-Key"),
        },
    }


def body_schema(endpoint: Endpoint) -> dict[str, Any]:
    """The command's schema without what the path or the server provides."""
    name = endpoint.command.__name__
    _, components = msgspec.json.schema_components([endpoint.command], ref_template=REF)
    full = dict(components[name])
    hidden = {*re.findall(r"{(\w+)}", endpoint.path), "command", "person_key", "channel"}
    if endpoint.prepare in {prepare.issue, prepare.new_ticket}:
        hidden |= {"ticket", "person"}
    if endpoint.prepare is prepare.own_print:
        hidden |= {"printer", "sender"}
    if endpoint.prepare is prepare.new_trial:
        hidden.add("trial")
    properties = {key: value for key, value in full["properties"].items() if key not in hidden}
    if endpoint.extra is not None:
        _, more = msgspec.json.schema_components([endpoint.extra], ref_template=REF)
        properties |= more[endpoint.extra.__name__]["properties"]
    required = [key for key in full.get("required", []) if key in properties]
    if endpoint.prepare is prepare.take_counter:
        required.remove("staff")
    return {"type": "object", "properties": properties, "required": required}


def queries_of(routes: Iterable[BaseRoute]) -> tuple[Query, ...]:
    """What can be read below ``/api/``, said in the docstrings of those who answer."""
    return tuple(
        Query(re.sub(r":\w+}", "}", route.path), inspect.getdoc(route.endpoint) or "")
        for route in routes
        if isinstance(route, Route)
        and route.path.startswith("/api/")
        and "GET" in (route.methods or ())
    )


def _query(query: Query) -> dict[str, Any]:
    summary, _, rest = query.meaning.partition("\n")
    schema = _ANSWERS.get(query.path)
    answer = {"description": "The value"} if schema is None else _content("The value", schema)
    return {
        "tags": ["queries"],
        "summary": summary.strip().rstrip("."),
        "description": rest.strip(),
        "parameters": [*_parameters(query.path), *_ASKED.get(query.path, [])],
        "responses": {"200": answer, "4XX": _problem("Refused")},
    }


def _asked(name: str, *, is_required: bool = False, **schema: object) -> dict[str, Any]:
    kind = {"type": "string"} | schema
    return {"name": name, "in": "query", "required": is_required, "schema": kind}


_ANSWERS = {"/api/v1/centres": "CentreSummary", f"{PREFIX}/waits": "Waits"}
_ASKED = {
    f"{PREFIX}/views/{{view}}": [
        _asked("subject"),
        _asked("min_offset", type="integer", minimum=0),
    ],
    f"{PREFIX}/dossiers": [_asked("day", is_required=True, format="date")],
    f"{PREFIX}/procedures": [_asked("search")],
}


_KEY = {
    "name": "Idempotency-Key",
    "in": "header",
    "description": "Makes retries of one command safe for 24 hours; 1 to 255 characters.",
    "schema": {"type": "string", "maxLength": 255},
}

_SENT_AT = {
    "name": "Command-Sent-At",
    "in": "header",
    "description": "When the command was first sent; one of more than 24 hours ago is refused.",
    "schema": {"type": "string", "format": "date-time"},
}


def _parameters(path: str) -> list[dict[str, Any]]:
    return [
        {"name": name, "in": "path", "required": True, "schema": {"type": "string"}}
        for name in re.findall(r"{(\w+)}", path)
    ]


def _content(description: str, schema: str) -> dict[str, Any]:
    ref = {"$ref": REF.format(name=schema)}
    return {"description": description, "content": {"application/json": {"schema": ref}}}


def _problem(description: str) -> dict[str, Any]:
    ref = {"$ref": REF.format(name="Problem")}
    return {"description": description, "content": {"application/problem+json": {"schema": ref}}}


def _words(name: str) -> str:
    return name.replace("_", " ")


async def openapi(request: Request) -> Response:
    """The document at ``/api/v1/openapi.json``."""
    version = cast("str", request.state.version)
    queries = queries_of(request.app.routes)
    return Response(document(version, queries), media_type="application/json")


ROUTES = [Route("/api/v1/openapi.json", openapi, methods=["GET"])]
