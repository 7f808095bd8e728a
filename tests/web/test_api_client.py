"""Commands from a page: keys, lost answers, refusals."""

import pytest
from playwright.async_api import Page
from starlette.responses import JSONResponse, Response

from tests.web.scripted_hub import ScriptedHub

pytestmark = pytest.mark.asyncio(loop_scope="session")

PROBLEM = {
    "type": "about:blank",
    "code": "counter_busy",
    "title": "Counter busy",
    "status": 409,
    "detail": "counter 3 serves A012",
    "facts": {"counter": "3"},
}
SEND = """async () => {
    try { return { answer: await probe.post('/command', { a: 1 }, { attempts: 3 }) } }
    catch (refusal) {
        const { code, detail, facts, status } = refusal;
        return { code, detail, facts, status, isRefusal: refusal instanceof probe.Refusal };
    }
}"""


async def ready(page: Page, site: str) -> Page:
    await page.goto(f"{site}/probe")
    await page.locator("#kept", has_text="fresh").wait_for()
    return page


async def test_a_command_carries_a_key_of_its_own(page: Page, site: str, hub: ScriptedHub) -> None:
    await ready(page, site)
    hub.answers = [JSONResponse({"ticket": "A012"}), Response(status_code=204)]

    first = await page.evaluate(SEND)
    second = await page.evaluate(SEND)

    assert (first, second) == ({"answer": {"ticket": "A012"}}, {"answer": None})
    assert len(set(hub.keys)) == 2
    assert all(len(key) == 32 and int(key, 16) >= 0 for key in hub.keys)


async def test_a_lost_answer_is_asked_for_again_with_the_same_key(
    page: Page, site: str, hub: ScriptedHub
) -> None:
    await ready(page, site)
    hub.answers = [None, JSONResponse({}, 503), JSONResponse({"ticket": "A013"})]

    assert await page.evaluate(SEND) == {"answer": {"ticket": "A013"}}

    assert len(hub.keys) == 3
    assert len(set(hub.keys)) == 1


async def test_a_problem_document_becomes_a_refusal(
    page: Page, site: str, hub: ScriptedHub
) -> None:
    await ready(page, site)
    hub.answers = [JSONResponse(PROBLEM, 409, media_type="application/problem+json")]

    refusal = await page.evaluate(SEND)

    assert refusal == {
        "code": "counter_busy",
        "detail": "counter 3 serves A012",
        "facts": {"counter": "3"},
        "status": 409,
        "isRefusal": True,
    }
    assert len(hub.keys) == 1


async def test_gives_up_in_words_when_nobody_answers(
    page: Page, site: str, hub: ScriptedHub
) -> None:
    await ready(page, site)
    hub.answers = [None] * 3

    refusal = await page.evaluate(SEND)

    assert (refusal["code"], refusal["status"]) == ("unreachable", 0)
    assert len(hub.keys) == 3


async def test_the_last_unavailable_answer_is_told_as_it_came(
    page: Page, site: str, hub: ScriptedHub
) -> None:
    await ready(page, site)
    unavailable = {"code": "store_unavailable", "detail": "the journal cannot be written"}
    hub.answers = [JSONResponse(unavailable, 503) for _ in range(3)]

    refusal = await page.evaluate(SEND)

    assert (refusal["code"], refusal["status"]) == ("store_unavailable", 503)
