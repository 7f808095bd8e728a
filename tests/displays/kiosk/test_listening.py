"""A blind person with headphones and a keypad takes a number: arrows, Enter, and what is heard."""

from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Page, Route, expect

from queue_server.core import commands as c
from tests.displays.kiosk.booked import DOSSIER
from tests.displays.kiosk.conftest import OpenKiosk, Taken
from tests.displays.kiosk.steps import choose_birth
from tests.support.live_servers import LiveServer

pytestmark = pytest.mark.asyncio(loop_scope="session")

MOST_STEPS = 60
ELDERLY = "Người từ đủ 75 tuổi"


HEAR = """window.heard = [];
document.addEventListener("spoken", ({ detail }) => window.heard.push(detail));"""
HAS = "words => window.heard.some(({ text }) => text.includes(words))"


class Keypad:
    """Four arrows and Enter, and what is heard in the headphones."""

    def __init__(self, page: Page) -> None:
        self.page = page

    async def heard(self) -> list[dict[str, Any]]:
        """Everything since the last choice."""
        heard: list[dict[str, Any]] = await self.page.evaluate("window.heard")
        return heard

    async def go_to(self, words: str) -> str:
        """Arrow down until the words are heard; what was heard with them."""
        for _ in range(MOST_STEPS):
            await self.page.keyboard.press("ArrowDown")
            said = (await self.heard())[-1]["text"]
            if words in said:
                return str(said)
        message = f"expected to hear {words!r}, heard {await self.heard()}"
        raise AssertionError(message)

    async def choose(self, words: str) -> str:
        """Go there and press Enter; forget what was heard before."""
        said = await self.go_to(words)
        await self.page.evaluate("window.heard.length = 0")
        await self.page.keyboard.press("Enter")
        return said

    async def hears(self, words: str) -> str:
        """Wait until the words are heard."""
        await self.page.wait_for_function(HAS, arg=words)
        return str(next(one["text"] for one in await self.heard() if words in one["text"]))


@pytest_asyncio.fixture(loop_scope="session")
async def keypad(kiosk: OpenKiosk) -> Keypad:
    page = await kiosk()
    await page.add_init_script(HEAR)
    await page.reload()
    await expect(page.locator(".language").first).to_be_visible()
    return Keypad(page)


async def test_a_number_is_taken_by_ear(keypad: Keypad, taken: Taken, server: LiveServer) -> None:
    await keypad.page.keyboard.press("ArrowDown")
    await keypad.hears("Đã bật nghe đọc")
    language = await keypad.choose("Tiếng Việt")
    await keypad.hears("Ông/bà cần làm thủ tục gì hôm nay?")
    await keypad.choose("Chọn theo lĩnh vực")
    await keypad.hears("Mời ông/bà chọn lĩnh vực")
    field = await keypad.choose("Hộ tịch")
    procedure = await keypad.choose("Đăng ký khai sinh")
    await keypad.hears("Đăng ký khai sinh")
    paper = await keypad.choose("Tờ khai đăng ký khai sinh")
    ticked = await keypad.hears("đã đánh dấu")
    wait = await keypad.go_to("Đang chờ")
    await keypad.choose("Thêm một")
    await keypad.hears("2")
    await keypad.choose("Tôi thuộc diện ưu tiên")
    await keypad.hears("Ông/bà có thuộc diện nào")
    elderly = await keypad.choose(ELDERLY)
    await keypad.hears(f"Ưu tiên: {ELDERLY}")
    await keypad.choose("Lấy số")
    number = await keypad.hears("Số của ông/bà là")
    (held,) = taken()
    place = await keypad.go_to("Mời ông/bà chờ tại")
    server.do(c.RecordPrint(job=f"slip-{held.id}-1", result="printed"))
    slip = await keypad.hears("Mời ông/bà lấy phiếu.")

    assert "1 trên 2" in language
    assert "1 trên 12" in field
    assert "1 trên" in procedure
    assert "chưa đánh dấu" in paper
    assert "Tờ khai đăng ký khai sinh" in ticked
    assert "Khu A" in wait
    assert "Năm sinh trên căn cước" in elderly
    assert " ".join(held.number) in number
    assert [one["isPrivate"] for one in await keypad.heard() if one["text"] == number] == [True]
    assert "Khu A" in place
    assert slip
    assert held.priority_class == "elderly"
    assert {one["language"] for one in await keypad.heard()} == {"vi"}


async def test_the_search_works_by_ear(keypad: Keypad) -> None:
    page = keypad.page
    await page.keyboard.press("ArrowDown")
    await keypad.choose("Tiếng Việt")
    await keypad.choose("Tìm thủ tục")
    await keypad.hears("Ô trống")
    await page.keyboard.type("mat so do")
    found = await keypad.hears("Tìm thấy")
    await keypad.choose("Cấp lại Giấy chứng nhận do bị mất")

    await expect(page.get_by_role("heading", level=1)).to_have_text(
        "Cấp lại Giấy chứng nhận do bị mất"
    )
    assert "thủ tục" in found


async def test_a_refused_check_in_is_heard_and_the_focus_stays(keypad: Keypad) -> None:
    page = keypad.page
    await page.keyboard.press("ArrowDown")
    await keypad.choose("Tiếng Việt")
    await keypad.choose("Tôi đã đặt lịch hẹn")
    await page.keyboard.type("12")
    await keypad.choose("Xác nhận đã đến")

    refused = await keypad.hears("Không tìm thấy lịch hẹn nào trong hôm nay.")

    assert "quầy hướng dẫn sẽ tìm lịch hẹn giúp" in refused
    await expect(page.locator(".code-done")).to_be_focused()
    await expect(page.locator(".code-done")).to_have_attribute("aria-disabled", "false")


async def test_a_dossiers_standing_is_heard_and_not_kept(keypad: Keypad) -> None:
    page = keypad.page
    await page.keyboard.press("ArrowDown")
    await keypad.choose("Tiếng Việt")
    await keypad.choose("Tra cứu hồ sơ")
    await page.keyboard.type("2611020012")
    await keypad.choose("Xem")

    standing = await keypad.hears("Kết quả có thể đã sẵn sàng.")

    assert DOSSIER in standing
    assert "03/11/2026, 17:00" in standing
    (said,) = [one for one in await keypad.heard() if one["text"] == standing]
    assert said["isPrivate"]
    await expect(page.locator(".code-done")).to_be_focused()


async def test_the_most_and_the_fewest_dossiers_keep_the_focus(keypad: Keypad) -> None:
    await choose_birth(keypad.page)
    more, fewer = (keypad.page.get_by_role("button", name=n) for n in ("Thêm một", "Bớt một"))

    await more.click()
    await fewer.click()

    await expect(fewer).to_have_attribute("aria-disabled", "true")
    await expect(fewer).to_be_focused()
    await fewer.click(force=True)
    await expect(keypad.page.locator(".stepper-value")).to_have_text("1")


async def test_arrows_move_between_letters_as_they_lie(kiosk: OpenKiosk) -> None:
    page = await kiosk()
    await page.get_by_role("button", name="Tiếng Việt").click()
    await page.get_by_role("button", name="Tìm thủ tục").click()
    keys = page.get_by_role("group", name="Bàn phím")
    await keys.get_by_text("g", exact=True).focus()
    walked: list[str] = []

    for key in ("ArrowUp", "ArrowRight", "ArrowDown", "ArrowDown", "ArrowLeft"):
        await page.keyboard.press(key)
        walked.append(await page.evaluate("document.activeElement.innerText"))

    assert walked == ["t", "y", "g", "b", "v"]


async def test_english_is_spoken_in_english(keypad: Keypad) -> None:
    await keypad.page.keyboard.press("ArrowDown")
    await keypad.choose("English")

    question = await keypad.hears("What would you like to do today?")

    assert question == "What would you like to do today? 3 choices. Arrow down."
    assert {one["language"] for one in await keypad.heard()} == {"en"}


async def test_is_told_before_the_screen_closes(keypad: Keypad) -> None:
    page = keypad.page
    await page.clock.install()
    await page.route("**/spoken", no_sound)
    await page.get_by_role("button", name="Nghe đọc").click()
    await page.get_by_role("button", name="Tiếng Việt").click()

    await page.clock.run_for(121_000)

    await keypad.hears("Ông/bà còn đó không?")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("dialog")).to_be_hidden()


async def test_silence_is_told_and_everything_works(kiosk: OpenKiosk) -> None:
    page = await kiosk()
    await page.route("**/spoken", no_sound)
    await page.get_by_role("button", name="Nghe đọc").click()

    await expect(page.get_by_text("Hiện không có tiếng.")).to_be_visible()
    await page.get_by_role("button", name="Tiếng Việt").click()
    await expect(page.get_by_role("heading", level=1)).to_be_focused()


async def test_sound_is_played(kiosk: OpenKiosk) -> None:
    page = await kiosk()
    await page.evaluate(
        "void (HTMLMediaElement.prototype.play = new Proxy(HTMLMediaElement.prototype.play, {"
        " apply(play, audio) { (window.played ??= []).push(audio.src); return play.call(audio); }"
        "}))"
    )

    async with page.expect_response("**/spoken") as answered:
        await page.get_by_role("button", name="Nghe đọc").click()
    answer = await answered.value
    await page.wait_for_function("() => window.played?.length > 0")

    assert answer.status == 200
    assert answer.headers["content-type"] == "audio/mpeg"


async def no_sound(route: Route) -> None:
    await route.fulfill(status=204)
