"""Which files browsers may have, and how."""

from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.testclient import TestClient

from queue_server.web.headers import SecurityHeaders
from queue_server.web.module_graph import modules_of
from queue_server.web.packages import WEB, beside, content_version
from queue_server.web.static_files import static_routes

VERSION = "1.0+abc"


@pytest.fixture
def displays(tmp_path: Path) -> Path:
    folder = tmp_path / "displays"
    kiosk = folder / "kiosk"
    kiosk.mkdir(parents=True)
    (folder / "__init__.py").write_text("")
    (folder / "secret.toml").write_text("a = 1")
    (kiosk / "kiosk.js").write_text('import { _ } from "../../web/js/i18n.js";\n')
    (kiosk / "kiosk.html").write_text("<p>template</p>")
    (kiosk / ".hidden.js").write_text("")
    (tmp_path / "outside.js").write_text("")
    (kiosk / "link.js").symlink_to(tmp_path / "outside.js")
    return folder


@pytest.fixture
def client(displays: Path) -> TestClient:
    routes = static_routes(VERSION, [WEB, beside("displays", displays)])
    return TestClient(Starlette(routes=routes, middleware=[Middleware(SecurityHeaders)]))


@pytest.mark.parametrize(
    ("path", "media_type"),
    [
        ("web/js/live.js", "text/javascript; charset=utf-8"),
        ("web/css/tokens.css", "text/css; charset=utf-8"),
        ("web/icons.svg", "image/svg+xml"),
        ("web/fonts/inter.woff2", "font/woff2"),
        ("web/locale/vi.json", "application/json"),
        ("web/vendor/lit-html/lit-html.js", "text/javascript; charset=utf-8"),
        ("displays/kiosk/kiosk.js", "text/javascript; charset=utf-8"),
    ],
)
def test_serves_files_that_browsers_may_keep(
    client: TestClient, path: str, media_type: str
) -> None:
    answer = client.get(f"/s/{VERSION}/{path}")

    assert answer.status_code == 200
    assert answer.headers["content-type"] == media_type
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "content-security-policy" not in answer.headers


@pytest.mark.parametrize(
    ("path", "is_compressed"), [("web/css/tokens.css", True), ("web/fonts/inter.woff2", False)]
)
def test_texts_travel_compressed(client: TestClient, path: str, is_compressed: bool) -> None:  # noqa: FBT001
    small = client.get(f"/s/{VERSION}/{path}", headers={"accept-encoding": "gzip"})
    plain = client.get(f"/s/{VERSION}/{path}", headers={"accept-encoding": "identity"})

    assert ("gzip" in small.headers.get("content-encoding", "")) is is_compressed
    assert "content-encoding" not in plain.headers
    assert small.content == plain.content
    assert plain.headers.get("vary") == ("Accept-Encoding" if is_compressed else None)


@pytest.mark.parametrize(
    "address",
    [
        "/s/0.9/web/js/live.js",
        f"/s/{VERSION}/counters/console.js",
        f"/s/{VERSION}/displays/kiosk/kiosk.html",
        f"/s/{VERSION}/displays/secret.toml",
        f"/s/{VERSION}/displays/__init__.py",
        f"/s/{VERSION}/displays/kiosk/.hidden.js",
        f"/s/{VERSION}/displays/kiosk/link.js",
        f"/s/{VERSION}/displays/%2e%2e/outside.js",
        f"/s/{VERSION}/displays/kiosk/..%2f..%2foutside.js",
        f"/s/{VERSION}/displays/%00.js",
        f"/s/{VERSION}/displays/kiosk",
        f"/s/{VERSION}/web/",
        f"/s/{VERSION}/web",
    ],
)
def test_serves_nothing_else(client: TestClient, address: str) -> None:
    assert client.get(address).status_code == 404


def test_a_page_can_ask_for_all_its_modules_at_once(displays: Path) -> None:
    packages = [WEB, beside("displays", displays)]

    modules = modules_of(packages, "displays/kiosk/kiosk.js")

    assert modules == ["displays/kiosk/kiosk.js", "web/js/i18n.js", "web/js/boot.js"]


def test_what_is_imported_later_is_not_fetched_first_but_its_words_are_known(
    displays: Path,
) -> None:
    packages = [WEB, beside("displays", displays)]
    (displays / "kiosk/kiosk.js").write_text('const more = () => import("./more.js");\n')
    (displays / "kiosk/more.js").write_text("")

    first = modules_of(packages, "displays/kiosk/kiosk.js")
    every = modules_of(packages, "displays/kiosk/kiosk.js", with_later=True)

    assert first == ["displays/kiosk/kiosk.js"]
    assert every == ["displays/kiosk/kiosk.js", "displays/kiosk/more.js"]


def test_an_import_of_nothing_is_found_before_a_browser_does(displays: Path) -> None:
    (displays / "kiosk/kiosk.js").write_text('import "./gone.js";')

    with pytest.raises(FileNotFoundError, match=r"displays/kiosk/gone\.js"):
        modules_of([WEB, beside("displays", displays)], "displays/kiosk/kiosk.js")


def test_the_version_changes_with_what_browsers_load(displays: Path) -> None:
    packages = [beside("displays", displays)]
    before = content_version("1.0", packages)
    (displays / "notes.py").write_text("")
    same = content_version("1.0", packages)

    (displays / "kiosk/kiosk.html").write_text("<p>other</p>")

    assert before == same
    assert before.startswith("1.0+")
    assert content_version("1.0", packages) != before
