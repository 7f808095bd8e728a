"""Pages travel compressed, nothing else is touched."""

from collections.abc import AsyncIterator

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response, StreamingResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from queue_server.web.compressed import CompressedPages

LONG = "<p>Xin chào</p>" * 200


async def page(_: Request) -> Response:
    return HTMLResponse(LONG, headers={"Cache-Control": "no-store"})


async def short(_: Request) -> Response:
    return HTMLResponse("<p>ok</p>")


async def values(_: Request) -> Response:
    return JSONResponse({"text": LONG})


async def pieces(_: Request) -> Response:
    async def parts() -> AsyncIterator[str]:
        yield LONG
        yield "end"

    return StreamingResponse(parts(), media_type="text/html")


@pytest.fixture
def client() -> TestClient:
    routes = [
        Route("/page", page),
        Route("/short", short),
        Route("/values", values),
        Route("/pieces", pieces),
        Route("/api/page", page),
    ]
    return TestClient(Starlette(routes=routes, middleware=[Middleware(CompressedPages)]))


def test_a_page_is_small_for_who_takes_it(client: TestClient) -> None:
    small = client.get("/page", headers={"accept-encoding": "gzip, br"})
    plain = client.get("/page", headers={"accept-encoding": "identity"})

    assert small.headers["content-encoding"] == "gzip"
    assert int(small.headers["content-length"]) < len(LONG) / 10
    assert (small.text, plain.text) == (LONG, LONG)
    assert "content-encoding" not in plain.headers
    assert small.headers["vary"] == "Accept-Encoding"
    assert small.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("path", ["/short", "/values", "/pieces", "/api/page"])
def test_the_rest_is_left_as_it_is(client: TestClient, path: str) -> None:
    answer = client.get(path, headers={"accept-encoding": "gzip"})

    assert "content-encoding" not in answer.headers
    assert answer.status_code == 200
    if path == "/pieces":
        assert answer.text == LONG + "end"


def test_an_answer_to_head_is_passed_on(client: TestClient) -> None:
    answer = client.head("/page", headers={"accept-encoding": "gzip"})

    assert answer.status_code == 200
    assert answer.content == b""
