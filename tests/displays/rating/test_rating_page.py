"""The tablet at a counter in a real browser: it wakes, is answered, thanks, and rests."""

import secrets

import pytest
from playwright.async_api import Page, expect

from queue_server.core import commands as c
from queue_server.core.identifiers import CounterId, ProcedureCode, StaffId, TicketId
from queue_server.core.ticket import Criterion, Outcome, Rating, Score
from tests.support.accessibility import violations
from tests.support.browser import NewPage
from tests.support.live_servers import LiveServer

pytestmark = pytest.mark.asyncio(loop_scope="session")

TABLET = {"width": 1280, "height": 800}
UPRIGHT = {"width": 800, "height": 1280}
SMALL = {"width": 600, "height": 960}
FIRST = CounterId("counter-1")


async def opened(
    live: LiveServer,
    new_page: NewPage,
    who: str = "rating",
    viewport: dict[str, int] = TABLET,
) -> Page:
    page = await new_page(viewport=viewport)
    cookie = "queue_device" if who == "rating" else "queue_session"
    await page.context.add_cookies([{"name": cookie, "value": who, "url": live.url}])
    await page.goto(f"{live.url}/rate?counter={FIRST}")
    return page


def serve(live: LiveServer, language: str = "vi") -> TicketId:
    """Somebody is called, served and done at the tablet's counter."""
    ticket = TicketId(secrets.token_hex(16))
    counter = live.core.replicas.loaded()[0].centre.counters[FIRST]
    if counter.staff is None:
        live.do(c.TakeCounter(counter=FIRST, staff=StaffId("lan")))
        live.do(c.OpenCounter(counter=FIRST))
    live.do(c.IssueTicket(ticket=ticket, procedure=procedure(live), language=language))  # type: ignore[arg-type]
    live.do(c.CallTicket(counter=FIRST, ticket=ticket, reason="test"))
    live.do(c.StartServing(counter=FIRST))
    live.do(c.Complete(counter=FIRST, outcome=Outcome.ADVICE_ONLY))
    return ticket


def procedure(live: LiveServer) -> ProcedureCode:
    facts = live.configuration
    profile = facts.counters[FIRST].profile
    return next(each.code for each in facts.procedures.values() if profile.level_of(each))


def rating_of(live: LiveServer, ticket: TicketId) -> Rating | None:
    return live.core.replicas.loaded()[0].centre.tickets[ticket].rating


async def test_it_wakes_after_the_service_and_one_touch_answers(
    live: LiveServer, new_page: NewPage
) -> None:
    page = await opened(live, new_page)
    await expect(
        page.get_by_text("Sau khi làm xong thủ tục, mời ông/bà cho ý kiến")
    ).to_be_visible()
    assert await violations(page) == []

    ticket = serve(live)
    await expect(page.get_by_role("heading", name="Ông/bà có hài lòng")).to_be_visible()
    assert await violations(page) == []
    await page.get_by_role("button", name="Rất hài lòng").click()

    await expect(page.get_by_role("heading", name="Xin cảm ơn ông/bà!")).to_be_visible()
    assert await violations(page) == []
    rating = rating_of(live, ticket)
    assert rating is not None
    assert rating.score is Score.VERY_SATISFIED


async def test_more_is_told_of_single_criteria(live: LiveServer, new_page: NewPage) -> None:
    page = await opened(live, new_page)
    ticket = serve(live)
    await page.get_by_role("button", name="Bình thường").click()

    attitude = page.get_by_role("group", name="Thái độ của cán bộ")
    await attitude.get_by_role("button", name="Không hài lòng").click()
    async with page.expect_response(lambda answer: answer.url.endswith("/rate")):
        await page.get_by_role("button", name="Xong").click()

    rating = rating_of(live, ticket)
    assert rating is not None
    assert rating.criteria == {Criterion.ATTITUDE: Score.NOT_SATISFIED}
    await expect(page.locator(".screen-rest")).to_be_visible()


async def test_a_slip_of_the_finger_is_put_right(live: LiveServer, new_page: NewPage) -> None:
    page = await opened(live, new_page)
    ticket = serve(live)
    await page.get_by_role("button", name="Không hài lòng").click()
    await page.get_by_role("button", name="Chọn lại").click()

    async with page.expect_response(lambda answer: answer.url.endswith("/rate")):
        await page.get_by_role("button", name="Hài lòng", exact=True).click()

    rating = rating_of(live, ticket)
    assert rating is not None
    assert rating.score is Score.SATISFIED


async def test_who_would_rather_not_is_left_alone(live: LiveServer, new_page: NewPage) -> None:
    page = await opened(live, new_page)
    ticket = serve(live)

    await page.get_by_role("button", name="Để khi khác").click()

    await expect(page.locator(".screen-rest")).to_be_visible()
    assert rating_of(live, ticket) is None
    serve(live)
    await expect(page.locator(".screen-ask")).to_be_visible()


async def test_it_speaks_the_language_of_the_number(live: LiveServer, new_page: NewPage) -> None:
    page = await opened(live, new_page)
    await expect(page.locator(".screen-rest")).to_be_visible()

    serve(live, "en")

    await expect(page.get_by_role("heading", name="How satisfied are you")).to_be_visible()

    await page.get_by_role("button", name="Tiếng Việt").click()
    await expect(page.get_by_role("heading", name="Ông/bà có hài lòng")).to_be_visible()
    serve(live, "en")
    await expect(page.get_by_role("heading", name="How satisfied are you")).to_be_visible()


async def test_it_rests_when_the_next_one_is_served(live: LiveServer, new_page: NewPage) -> None:
    page = await opened(live, new_page)
    serve(live)
    await expect(page.locator(".screen-ask")).to_be_visible()
    following = TicketId(secrets.token_hex(16))
    live.do(c.IssueTicket(ticket=following, procedure=procedure(live)))
    live.do(c.CallTicket(counter=FIRST, ticket=following, reason="test"))
    live.do(c.StartServing(counter=FIRST))

    await expect(page.locator(".screen-rest")).to_be_visible()


async def test_a_manager_looks_without_rating(live: LiveServer, new_page: NewPage) -> None:
    page = await opened(live, new_page, "minh")
    await expect(page.get_by_text("Bản xem trước cho quản lý")).to_be_visible()
    ticket = serve(live)

    await page.get_by_role("button", name="Rất hài lòng").click()

    await expect(page.get_by_role("heading", name="Xin cảm ơn ông/bà!")).to_be_visible()
    assert rating_of(live, ticket) is None


async def test_a_tablet_that_is_not_paired_says_how(live: LiveServer, new_page: NewPage) -> None:
    page = await opened(live, new_page, "nobody")

    await expect(page.get_by_role("heading")).to_have_text("Máy tính bảng này chưa được ghép nối")


@pytest.mark.parametrize("viewport", [TABLET, UPRIGHT, SMALL])
async def test_every_screen_fits_without_scrolling(
    live: LiveServer, new_page: NewPage, viewport: dict[str, int]
) -> None:
    page = await opened(live, new_page, viewport=viewport)
    fits = "document.documentElement.scrollHeight <= innerHeight"
    await expect(page.locator(".screen-rest")).to_be_visible()
    assert await page.evaluate(fits)

    serve(live)
    await expect(page.locator(".screen-ask")).to_be_visible()
    assert await page.evaluate(fits)

    await page.get_by_role("button", name="Hài lòng", exact=True).click()
    await expect(page.locator(".screen-thanks")).to_be_visible()
    assert await page.evaluate(fits)
