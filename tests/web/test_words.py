"""Words and formats of the pages' modules, in a real browser."""

import pytest
from playwright.async_api import Page

pytestmark = pytest.mark.asyncio(loop_scope="session")

INSTANT = "2026-11-22T07:05:09Z"


VIETNAMESE = {
    "w._('Close')": "Đóng",
    "w._('Version %(version)s', {version: 3})": "Phiên bản 3",
    "w._('never translated %(x)s')": "never translated %(x)s",
    "w.duration(95 * 60)": "1 giờ 35 phút",
    "w.duration(61)": "2 phút",
    "w.duration(7200)": "2 giờ",
    "w.duration(-5)": "0 phút",
    f"w.clockTime('{INSTANT}')": "14:05",
    f"w.clockTimeWithSeconds('{INSTANT}')": "14:05:09",
    "w.clockTime('2026-11-22T17:00:00Z')": "00:00",
    f"w.day('{INSTANT}')": "22/11/2026",
    f"w.weekday('{INSTANT}')": "Chủ Nhật, 22/11/2026",
    "w.number(1234567.5)": "1.234.567,5",
    "w.percent(0.037)": "3,7%",
    "w.plain('Sổ đỏ – Đất đai')": "so do – dat dai",
    "['Ê', 'Đ', 'D', 'A'].sort(w.byName).join('')": "ADĐÊ",
}
ENGLISH = {
    "w._('Close')": "Close",
    "w.duration(60) + ', ' + w.duration(5 * 60)": "1 minute, 5 minutes",
    f"w.clockTime('{INSTANT}')": "14:05",
    f"w.clockTimeWithSeconds('{INSTANT}')": "14:05:09",
}
DAYS = {
    f"w.day('{INSTANT}')": "22/11/2026",
    f"w.weekday('{INSTANT}')": "Sunday, 22/11/2026",
}


async def opened(page: Page, site: str, language: str) -> None:
    await page.goto(f"{site}/probe?language={language}")
    await page.locator("#kept", has_text="fresh").wait_for()


@pytest.mark.parametrize(
    ("language", "said"), [("vi", VIETNAMESE), ("en", ENGLISH | DAYS), ("fr", ENGLISH)]
)
async def test_says_it_in_the_readers_language(
    page: Page, site: str, language: str, said: dict[str, str]
) -> None:
    await opened(page, site, language)

    values = ", ".join(said)

    assert await page.evaluate(f"() => {{ const w = probe.i18n; return [{values}]; }}") == list(
        said.values()
    )


async def test_a_board_may_speak_two_languages(page: Page, site: str) -> None:
    await opened(page, site, "en")

    both = await page.evaluate(
        """async () => {
            const vi = await probe.i18n.translator('vi');
            return [probe.i18n._('Counter'), vi._('Counter')];
        }"""
    )

    assert both == ["Counter", "Quầy"]
