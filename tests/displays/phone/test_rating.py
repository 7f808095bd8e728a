"""After the service the phone asks how it was."""

from typing import cast

import pytest
from playwright.async_api import Page, Response, expect

from queue_server.core.ticket import Criterion, Rating, Score
from tests.displays.phone.steps import OpenTicket, held, issue, serve
from tests.support.accessibility import violations
from tests.support.live_servers import LiveServer
from tests.support.servers import CommentsInMemory

pytestmark = pytest.mark.asyncio(loop_scope="session")


def is_rating(answer: Response) -> bool:
    return answer.url.endswith("/rate")


async def asked(server: LiveServer, open_ticket: OpenTicket) -> tuple[Page, str]:
    ticket = issue(server)
    page = await open_ticket(ticket)
    serve(server, ticket)
    await expect(page.get_by_role("heading", name="Ông/bà có hài lòng")).to_be_visible()
    return page, ticket


def rating_of(server: LiveServer, ticket: str) -> Rating:
    rating = held(server, ticket).rating  # type: ignore[arg-type]
    assert rating is not None
    return rating


async def test_one_touch_rates(server: LiveServer, open_ticket: OpenTicket) -> None:
    page, ticket = await asked(server, open_ticket)
    assert await violations(page) == []

    async with page.expect_response(is_rating):
        await page.get_by_role("button", name="Rất hài lòng").click()

    await expect(page.get_by_role("heading", name="Xin cảm ơn ông/bà!")).to_be_visible()
    assert await violations(page) == []
    assert rating_of(server, ticket).score is Score.VERY_SATISFIED


async def test_more_can_be_said_and_changed(server: LiveServer, open_ticket: OpenTicket) -> None:
    page, ticket = await asked(server, open_ticket)
    async with page.expect_response(is_rating):
        await page.get_by_role("button", name="Bình thường").click()
    waiting = page.get_by_role("group", name="Thời gian chờ, đúng giờ")
    await waiting.get_by_role("button", name="Không hài lòng").click()
    await page.get_by_label("Ý kiến của ông/bà").fill("Chờ lâu")

    async with page.expect_response(is_rating):
        await page.get_by_role("button", name="Gửi").click()

    await expect(page.get_by_text("Đã lưu")).to_be_visible()
    rating = rating_of(server, ticket)
    assert (rating.score, rating.has_comment) == (Score.NEUTRAL, True)
    assert rating.criteria == {Criterion.PUNCTUALITY: Score.NOT_SATISFIED}
    comments = cast("CommentsInMemory", server.comments)
    assert comments.texts[ticket] == "Chờ lâu"  # type: ignore[index]


async def test_after_a_reload_the_answer_is_still_shown(
    server: LiveServer, open_ticket: OpenTicket
) -> None:
    page, _ = await asked(server, open_ticket)
    async with page.expect_response(is_rating):
        await page.get_by_role("button", name="Hài lòng", exact=True).click()

    await page.reload()

    chosen = page.get_by_role("button", name="Hài lòng", exact=True).first
    await expect(chosen).to_have_attribute("aria-pressed", "true")


async def test_staff_are_told_that_only_citizens_rate(
    server: LiveServer, open_ticket: OpenTicket
) -> None:
    page, ticket = await asked(server, open_ticket)
    await page.context.add_cookies([{"name": "queue_session", "value": "lan", "url": server.url}])

    await page.get_by_role("button", name="Rất hài lòng").click()

    await expect(page.get_by_role("alert")).to_contain_text("chỉ người dân cho ý kiến")
    assert held(server, ticket).rating is None  # type: ignore[arg-type]
