"""Templates: language, boot values, what must never be in a page."""

from pathlib import Path

import msgspec
import pytest
from httpx2 import ASGITransport, AsyncClient
from starlette.applications import Starlette
from starlette.requests import Request

from queue_server.api.problems import on_refusal
from queue_server.core.errors import CounterBusy
from queue_server.web.i18n import languages, translations
from queue_server.web.packages import WEB, beside
from queue_server.web.pages import Pages
from queue_server.web.routes import page_routes
from tests.web.scripted_hub import PROBE


@pytest.fixture
def pages() -> Pages:
    return Pages([WEB, PROBE], "1.0+abc")


def test_a_page_is_in_the_readers_language(pages: Pages) -> None:
    assert 'lang="vi"' in pages.render("sign_in.html")
    assert "Đăng nhập" in pages.render("sign_in.html")
    assert "Sign in" in pages.render("sign_in.html", language="en")


def test_an_unknown_language_reads_english(pages: Pages) -> None:
    page = pages.render("sign_in.html", language="../../etc/passwd")

    assert '<html lang="en">' in page
    assert translations("tlh").gettext("Close") == "Close"
    assert languages() == ("vi", "en")


def test_boot_values_cannot_end_their_island(pages: Pages) -> None:
    page = pages.render("sign_in.html", boot={"next": "</script><script>alert(1)</script>"})

    assert "<script>alert" not in page
    assert page.count("</script>") == 2


async def test_the_type_of_a_problem_leads_to_its_meaning(pages: Pages) -> None:
    app = Starlette(routes=page_routes(pages))
    refusal = await on_refusal(Request({"type": "http"}), CounterBusy("counter 1 has A012"))
    address, _, anchor = msgspec.json.decode(refusal.body)["type"].partition("#")

    async with AsyncClient(transport=ASGITransport(app=app), base_url="http://test") as client:
        page = await client.get(address)

    assert page.status_code == 200
    assert f'<tr id="{anchor}">' in page.text
    assert "Somebody is called to or served at the counter." in page.text


def test_text_is_escaped(pages: Pages) -> None:
    page = pages.render("error.html", heading="<b>no</b>", text='"&<')

    assert "<b>no" not in page
    assert "&lt;b&gt;no" in page


def test_home_shows_its_cards(pages: Pages) -> None:
    card = {"href": "/board/zone-1", "title": "Sảnh", "text": "Bảng gọi số", "icon": "screen"}

    page = pages.render("home.html", groups=[{"title": "Màn hình", "text": "", "cards": [card]}])

    assert 'href="/board/zone-1"' in page
    assert "web/icons.svg#screen" in page


def test_a_page_of_another_package_is_named_with_it(tmp_path: Path) -> None:
    folder = tmp_path / "kiosk"
    folder.mkdir()
    (folder / "kiosk.html").write_text(
        "{% extends 'base.html' %}{% block main %}<h1>{{ _('Counter') }}</h1>{% endblock %}"
    )

    page = Pages([WEB, beside("displays", tmp_path)], "2").render("displays/kiosk/kiosk.html")

    assert "<h1>Quầy</h1>" in page
    assert "/s/2/web/css/tokens.css" in page


def test_a_page_asks_for_its_modules_at_once(pages: Pages) -> None:
    page = pages.render("probe/probe.html")

    assert '<link rel="modulepreload" href="/s/1.0+abc/web/js/live_clock.js">' in page


def test_no_cache_keeps_a_page(pages: Pages) -> None:
    answer = pages.response("sign_in.html")

    assert answer.headers["cache-control"] == "no-store"


def test_a_theme_is_linked_after_the_tokens(pages: Pages) -> None:
    page = pages.render("error.html", heading="", text="", theme_url="/theme/an-binh.css")

    assert page.index("tokens.css") < page.index("/theme/an-binh.css")


def test_a_page_brings_the_words_of_its_modules_and_no_others(pages: Pages) -> None:
    page = pages.render("probe/probe.html")

    assert '"Close":"Đóng"' in page
    assert "%(num)s minute" in page
    assert "Sign in" not in page
    assert '"messages":{}' in pages.render("probe/probe.html", language="en")
