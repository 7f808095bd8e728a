"""The check that every page is tested with finds what it is there for."""

import pytest
from playwright.async_api import Page

from tests.support.accessibility import violations

pytestmark = pytest.mark.asyncio(loop_scope="session")

PAGE = """<!doctype html><html lang="en"><head><title>A page</title>
<style>button {{ padding: 0; font-size: 8px }} .small {{ width: 20px; height: 20px }}</style></head>
<body><main><h1>A page</h1><p>Words</p>{}</main></body></html>"""


async def found(page: Page, body: str) -> list[str]:
    """Names of the rules that are broken."""
    await page.set_content(PAGE.format(body))
    return sorted({line.split(":")[0] for line in await violations(page)})


async def test_small_buttons_side_by_side_break_the_rule_of_wcag_2_2(page: Page) -> None:
    buttons = "<button class=small>a</button><button class=small>b</button>"

    assert await found(page, buttons) == ["small target", "target-size"]


@pytest.mark.parametrize(
    "body",
    [
        "<button class=small>a</button>",
        "<label style='font-size: 12px'><input type=checkbox> Automatic</label>",
        "<a href='#x' style='font-size: 12px'>Alone</a>",
        "<select style='height: 20px' aria-label=Which><option>One</option></select>",
    ],
)
async def test_a_small_target_is_found_even_with_room_around_it(page: Page, body: str) -> None:
    assert await found(page, body) == ["small target"]


@pytest.mark.parametrize(
    "body",
    [
        "<button style='width: 24px; height: 24px'>a</button>",
        "<label style='display: inline-block; line-height: 24px'><input type=checkbox> On</label>",
        "<p>A sentence with <a href='#x' style='font-size: 12px'>a link</a> within.</p>",
        "<button class=small hidden>a</button>",
    ],
)
async def test_what_is_large_enough_or_in_a_sentence_is_let_be(page: Page, body: str) -> None:
    assert await found(page, body) == []


async def test_the_older_rules_and_best_practices_are_asked_too(page: Page) -> None:
    body = "<p style='color: #bbb'>pale</p><img src='data:,'><h4>Too deep</h4>"

    assert await found(page, body) == ["color-contrast", "heading-order", "image-alt"]
