"""The board in a real browser: who is called is seen, by everybody, once, in both languages."""

import pytest
from playwright.async_api import Page, expect

from queue_server.core import commands as c
from queue_server.core.identifiers import CounterId, Language, ProcedureCode, TicketId
from tests.support.accessibility import violations
from tests.support.boards import (
    SMALL,
    TELEVISION,
    ULTRA,
    UPRIGHT,
    board,
    call_next,
    cut_off,
    leave,
    number_at,
    open_board,
    set_boards,
)
from tests.support.browser import NewPage
from tests.support.contrast import weak_contrasts
from tests.support.live_servers import LiveServer

pytestmark = pytest.mark.asyncio(loop_scope="session")

SIZES = (ULTRA, UPRIGHT, SMALL, TELEVISION)
CERTIFIED_COPY = ProcedureCode("2.000815")
LIST = {
    "calls": board("calls"),
    "far": board("calls", 43, 12),
    "counters": board("counters", 65),
    "waits": board("waits", 43, 4),
}


async def held(new_page: NewPage, server: LiveServer, **options: object) -> Page:
    """A board past its first calls, whose timers go on only when the test says so."""
    set_boards(server, {"near": board()})
    server.later(minutes=5)
    return await open_board(new_page, server, "/board?board=near", is_held=True, **options)


@pytest.mark.parametrize("name", LIST)
async def test_a_layout_is_accessible_and_everything_can_be_read(
    server: LiveServer, new_page: NewPage, name: str
) -> None:
    set_boards(server, LIST)
    page = await open_board(new_page, server, f"/board?board={name}")
    assert await violations(page) == []

    for size in SIZES:
        await page.set_viewport_size(size)  # type: ignore[arg-type]
        await expect(page.locator("html")).to_have_attribute(
            "data-upright", str(size["height"] > size["width"]).lower()
        )
        assert await cut_off(page) == []
        assert await weak_contrasts(page, 7) == []


@pytest.mark.parametrize("reduced_motion", ["reduce", "no-preference"])
async def test_a_new_call_covers_the_board(
    server: LiveServer, new_page: NewPage, reduced_motion: str
) -> None:
    page = await held(new_page, server, reduced_motion=reduced_motion)
    await expect(page.locator(".banner")).to_have_count(0)
    number = call_next(server)

    await expect(page.locator(".banner-number")).to_have_text(number)
    banner = page.locator(".banner")
    await expect(banner).to_contain_text("Mời số")
    await expect(banner).to_contain_text("Now calling")
    await expect(page.locator(".banner-counter")).to_have_text("3")
    await expect(page.locator("#said")).to_contain_text(f"Mời số {plain(number)} đến quầy 3")
    moving = await banner.evaluate("element => getComputedStyle(element).animationName")
    assert (moving == "none") == (reduced_motion == "reduce")
    assert await cut_off(page) == []
    assert await weak_contrasts(page, 7) == []

    await page.clock.run_for(8_000)
    await expect(banner).to_have_count(0)
    await expect(page.locator(".newest-number")).to_have_text(number)


async def test_a_new_call_is_accessible(server: LiveServer, new_page: NewPage) -> None:
    page = await held(new_page, server)
    call_next(server)
    await expect(page.locator(".banner")).to_be_visible()
    await page.clock.resume()  # axe waits

    assert await violations(page) == []


async def test_nothing_flashes_as_fast_as_three_times_a_second(
    server: LiveServer, new_page: NewPage
) -> None:
    page = await held(new_page, server, reduced_motion="no-preference")
    call_next(server)
    await expect(page.locator(".banner")).to_be_visible()

    periods_ms, ends_ms = await page.evaluate(
        """() => {
            const timings = document.getAnimations().map((it) => it.effect.getComputedTiming());
            return [
                timings.filter((it) => it.iterations > 1).map((it) => it.duration),
                timings.map((it) => it.endTime),
            ];
        }"""
    )

    assert len(periods_ms) >= 3
    assert min(periods_ms) > 1000 / 3
    assert max(ends_ms) <= 5_000


async def test_several_calls_at_once_are_shown_one_after_another(
    server: LiveServer, new_page: NewPage
) -> None:
    page = await held(new_page, server)
    numbers = [call_next(server, f"counter-{n}") for n in (3, 4, 5, 6)]
    numbers += [call_next(server, "counter-3")]
    await expect(page.locator(".newest-number")).to_have_text(numbers[-1])
    first, *others = numbers
    await expect(page.locator(".banner-number")).to_have_text(first)
    for number in others:
        await expect(page.locator(".banner-next")).to_contain_text(number)
    shown = [first]
    for _ in range(160):
        await page.clock.run_for(100)
        banner = page.locator(".banner-number")
        if not await banner.count():
            break
        number = str(await banner.text_content())
        if number != shown[-1]:
            shown.append(number)

    assert shown == numbers


async def test_calls_leave_nothing_behind(server: LiveServer, new_page: NewPage) -> None:
    page = await held(new_page, server)
    nodes = """() => {
        const form = document.querySelector(".form");
        const walker = document.createTreeWalker(form, NodeFilter.SHOW_ALL);
        let found = 0;
        while (walker.nextNode()) found += 1;
        return found;
    }"""
    found = []
    for _ in range(3):
        for _ in range(8):
            number = call_next(server)
            await expect(page.locator(".newest-number")).to_have_text(number)
            await page.clock.run_for(2_300)
        for _ in range(8):
            await page.clock.fast_forward(10_000)
        found.append(await page.evaluate(nodes))

    assert found[1] == found[2]


async def test_a_recall_is_shown_again(server: LiveServer, new_page: NewPage) -> None:
    page = await held(new_page, server)
    number = call_next(server)
    await expect(page.locator(".banner-number")).to_have_text(number)
    await page.clock.run_for(8_000)
    await expect(page.locator(".banner")).to_have_count(0)

    server.do(c.Recall(counter=CounterId("counter-3")))

    await expect(page.locator(".banner-number")).to_have_text(number)
    await expect(page.locator(".banner")).to_contain_text("Mời lại số")


async def test_a_call_that_was_taken_back_is_gone(server: LiveServer, new_page: NewPage) -> None:
    page = await held(new_page, server)
    number = call_next(server)
    await expect(page.locator(".banner-number")).to_have_text(number)

    server.do(c.UndoLast(counter=CounterId("counter-3")))

    await expect(page.locator(".banner")).to_have_count(0)
    await expect(page.locator(".newest-number")).not_to_have_text(number)


async def test_a_citizen_is_called_in_their_language_first(
    server: LiveServer, new_page: NewPage
) -> None:
    page = await held(new_page, server)
    leave(server, "counter-3")
    ticket = TicketId("e" * 32)
    server.do(c.IssueTicket(ticket=ticket, procedure=CERTIFIED_COPY, language=Language("en")))
    server.do(c.CallTicket(counter=CounterId("counter-3"), ticket=ticket, reason="test"))

    await expect(page.locator(".banner-number")).to_have_text(number_at(server, "counter-3"))
    await expect(page.locator(".banner-label .lead")).to_have_text("Now calling")
    await expect(page.locator(".banner-label .beside")).to_have_text("Mời số")


async def test_waits_and_notices_take_turns_in_both_languages(
    server: LiveServer, new_page: NewPage
) -> None:
    page = await held(new_page, server)
    languages, notices = set(), set()
    wanted = {text for vi_en in server.configuration.notices for text in vi_en.values()}
    for _ in range(60):  # so fast that the server may take the page for a broken one meanwhile
        await page.clock.run_for(5_000)
        languages.add(await page.locator(".queues").get_attribute("lang"))
        notices.add(await page.locator(".foot-words").text_content())
        if wanted <= notices and len(languages) > 1:
            break

    assert languages == {"vi", "en"}
    assert wanted <= notices


async def test_a_message_of_the_manager_is_at_the_foot_until_its_time(
    server: LiveServer, new_page: NewPage
) -> None:
    page = await held(new_page, server)
    texts = {"vi": "Quầy 3 nghỉ sớm", "en": "Counter 3 closes early"}
    server.do(c.AnnounceMessage(message="early", texts=texts))
    seen = set()
    for _ in range(24):
        await page.clock.run_for(5_000)
        seen |= set(await page.locator(".foot.is-message").all_text_contents())
    server.do(c.WithdrawMessage(message="early"))

    assert {text.strip() for text in seen} == set(texts.values())


async def test_an_unpaired_screen_says_what_to_do(server: LiveServer, new_page: NewPage) -> None:
    page = await new_page(viewport=TELEVISION)
    answer = await page.goto(f"{server.url}/board")

    await expect(page.locator(".hint")).to_contain_text("Màn hình này chưa được kết nối")
    await expect(page.locator(".hint")).to_contain_text("This screen is not connected yet")
    assert answer is not None
    assert answer.headers["cache-control"] == "no-store"


async def test_a_board_that_is_not_configured_says_so_and_shows_all(
    server: LiveServer, new_page: NewPage
) -> None:
    page = await open_board(new_page, server, "/board?board=gone")

    await expect(page.locator(".chip")).to_contain_text("Bảng này chưa được cấu hình")
    await expect(page.locator(".newest-number")).to_be_visible()


async def test_a_new_configuration_is_in_force_without_a_touch(
    server: LiveServer, new_page: NewPage
) -> None:
    set_boards(server, {"moved": board("calls", 43, 4)})
    page = await open_board(new_page, server, "/board?board=moved")
    await expect(page.locator(".form-beside")).to_be_visible()

    set_boards(server, {"moved": board("counters", 43, 4)})

    await expect(page.locator(".form-counters")).to_be_visible()


async def test_blocked_sound_is_seen_at_the_board_and_at_the_reception(
    server: LiveServer, new_page: NewPage
) -> None:
    set_boards(server, {"loud": board(has_sound=True)})
    page = await new_page(viewport=TELEVISION)
    await page.add_init_script(
        """const Real = AudioContext;
        window.AudioContext = class extends Real { constructor() { super(); this.suspend(); } };"""
    )
    cookie = {"name": "queue_device", "value": "board", "url": server.url}
    await page.context.add_cookies([cookie])  # type: ignore[list-item]
    await page.goto(f"{server.url}/board?board=loud")
    reception = await new_page()
    staff = {"name": "queue_session", "value": "lan", "url": server.url}
    await reception.context.add_cookies([staff])  # type: ignore[list-item]
    await reception.goto(f"{server.url}/reception")

    await expect(page.locator(".unlock")).to_contain_text("Chạm vào đây để bật âm thanh")
    notice = reception.locator("[data-silent] .silent-screen")
    await expect(notice).to_have_count(1)
    await expect(notice).to_contain_text("Khu A")
    await expect(notice).to_contain_text("chạm vào màn hình")
    await page.locator(".unlock").click()

    await expect(page.locator(".unlock")).to_have_count(0)
    await expect(reception.locator("[data-silent]")).to_have_count(0)


def plain(number: str) -> str:
    return number.replace("\u2009", "")
