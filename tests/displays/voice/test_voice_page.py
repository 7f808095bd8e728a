"""The recording page in a real browser, with a microphone that hears a file."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import pytest_asyncio
import soundfile
from playwright.async_api import Browser, Page, async_playwright, expect

from displays.speech.announcement import Clip, ClipId, clips_needed
from displays.speech.announcer.outputs import wav
from displays.speech.clip_files import read_manifest
from displays.speech.clip_maker import prepare
from displays.speech.espeak_voice import EspeakVoice
from displays.speech.phrase_files import read_phrases
from displays.speech.recorded_pack import RecordedPack
from displays.speech.sound import decoded
from displays.speech.voices import VoiceSources, available_voices
from queue_server.core.identifiers import CentreId, Language
from tests.support.accessibility import violations
from tests.support.browser import ARGUMENTS, CONTEXT, chromium_path
from tests.support.live_servers import LiveServer

pytestmark = pytest.mark.asyncio(loop_scope="session")

VI = Language("vi")
PATIENCE_MS = 60_000
OPTIONS: dict[str, Any] = {**CONTEXT}


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def browser(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Browser]:
    """A browser whose microphone hears somebody say two words, again and again."""
    file = tmp_path_factory.mktemp("said") / "said.wav"
    sound = EspeakVoice().render(Clip(ClipId("vi/x"), VI, "Xin mời số"))
    pause = np.zeros(round(0.5 * sound.rate_hz), dtype=np.float32)
    soundfile.write(file, np.concatenate([pause, 0.5 * sound.samples, pause]), sound.rate_hz)
    heard = f"--use-file-for-fake-audio-capture={file}"
    fake = ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream", heard]
    async with async_playwright() as playwright:
        started = await playwright.chromium.launch(
            executable_path=chromium_path(), args=[*ARGUMENTS, *fake]
        )
        yield started
        await started.close()


class Studio:
    """The page before an administrator."""

    def __init__(self, page: Page, server: LiveServer) -> None:
        self.page = page
        self.server = server

    async def press(self, name: str) -> None:
        await self.page.get_by_role("button", name=name, exact=True).click()

    async def says(self, text: str) -> None:
        await expect(self.page.locator(".studio-text")).to_have_text(text, timeout=PATIENCE_MS)


@pytest_asyncio.fixture(loop_scope="session")
async def studio(browser: Browser, tmp_path: Path) -> AsyncIterator[Studio]:
    async def prepare_clips(centre: CentreId) -> None:
        places = server.places
        voices = available_voices(VoiceSources(packs=places.voice_packs), centre)
        prepare(server.configuration, places.clips, voices, read_phrases())

    with LiveServer(tmp_path, state={"prepare_clips": prepare_clips}) as server:
        context = await browser.new_context(**OPTIONS)
        await context.add_cookies([{"name": "queue_session", "value": "admin", "url": server.url}])
        page = await context.new_page()
        await page.goto(f"{server.url}/voice?language=vi")
        yield Studio(page, server)
        await context.close()


async def test_a_word_is_recorded_by_the_space_bar_alone(studio: Studio) -> None:
    page = studio.page
    await studio.says("Xin mời số")
    await page.locator("[data-next]").focus()
    await page.keyboard.press("Space")
    await expect(page.locator(".level")).to_be_visible()
    assert await violations(page) == []
    await page.keyboard.press("Space")
    await expect(page.get_by_role("button", name="Dừng")).to_be_focused()
    await expect(page.locator("[data-level]")).to_have_text("Tốt")
    await page.wait_for_function("() => Number(document.querySelector('meter').value) < -50")
    await page.wait_for_function("() => Number(document.querySelector('meter').value) > -20")
    await page.wait_for_function("() => Number(document.querySelector('meter').value) < -50")
    await page.keyboard.press("Space")
    await expect(page.locator(".take")).to_be_visible()
    assert await violations(page) == []
    await expect(page.get_by_role("button", name="Giữ lại")).to_be_focused()
    await page.keyboard.press("Space")

    await studio.says("đến quầy số")
    await expect(page.locator(".figure-value")).to_have_text("1")
    (kept,) = list(studio.server.places.voice_packs.rglob("*.wav"))
    sound = decoded(kept.read_bytes())
    assert 400 < sound.duration_ms < 12_000
    assert np.abs(sound.samples).max() > 0.1


async def test_the_parts_of_a_call_and_the_microphone_are_called_and_drawn_so(
    studio: Studio,
) -> None:
    page = studio.page
    await studio.says("Xin mời số")

    parts = await page.locator(".voice-group").all_text_contents()
    drawn = await page.locator("[data-next] use").get_attribute("href")

    assert parts[:4] == ["Câu nói", "Chữ cái", "Chữ số", "Quầy"]
    assert drawn is not None
    assert drawn.endswith("#microphone")
    assert await page.evaluate("(href) => fetch(href).then((got) => got.text())", drawn)


async def test_a_take_is_trimmed_by_hand(studio: Studio) -> None:
    page = studio.page
    await studio.press("Bật micrô")
    await studio.press("Ghi âm")
    await page.wait_for_function("() => Number(document.querySelector('meter').value) > -20")
    await studio.press("Dừng")
    before = await page.locator(".take .is-cut").count()

    edge = page.get_by_label("Bắt đầu tại")
    await edge.focus()
    for _ in range(30):
        await page.keyboard.press("ArrowRight")

    assert await page.locator(".take .is-cut").count() > before
    await studio.press("Ghi lại")
    await expect(page.get_by_role("button", name="Dừng")).to_be_visible()


async def test_the_voice_is_used_once_nothing_is_missing(studio: Studio) -> None:
    page, server = studio.page, studio.server
    pack = RecordedPack(server.places.voice_packs, CentreId("an-binh"), VI)
    for clip in clips_needed(server.configuration, read_phrases()):
        if clip.language == VI:
            pack.add(clip.id, wav(EspeakVoice().render(clip)))
    await page.reload()

    await expect(page.get_by_role("button", name="Nghe thử một lượt gọi")).to_be_visible()
    await studio.press("Dùng giọng đọc này")
    await expect(page.locator("#toasts")).to_contain_text(
        "Bảng gọi số sẽ dùng giọng này", timeout=PATIENCE_MS
    )

    assert read_manifest(server.places.clips, CentreId("an-binh"), VI).voice == "pack-recorded-vi"
    await expect(page.locator(".voice-now")).to_contain_text("giọng quý vị đã ghi")
    assert await violations(page) == []


async def test_a_page_that_is_not_secure_says_what_to_do(studio: Studio) -> None:
    page = studio.page
    await page.add_init_script(
        "Object.defineProperty(window, 'isSecureContext', { get: () => false });"
    )
    await page.reload()

    await expect(page.get_by_role("alert")).to_contain_text("HTTPS")
    await expect(page.get_by_role("button", name="Bật micrô")).to_be_disabled()
    assert await violations(page) == []


@pytest.mark.parametrize("size", [{"width": 390, "height": 844}, {"width": 320, "height": 640}])
async def test_a_phone_shows_it_without_scrolling_sideways(
    studio: Studio, size: dict[str, int]
) -> None:
    page = studio.page
    await page.set_viewport_size({"width": size["width"], "height": size["height"]})
    await page.goto(f"{studio.server.url}/voice?language=en")
    await page.get_by_role("button", name="Letters and counters that may come").click()

    assert await page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
    assert await violations(page) == []


async def test_the_page_is_for_administrators(browser: Browser, tmp_path: Path) -> None:
    with LiveServer(tmp_path) as server:
        for name, words in (("lan", "không dùng trang này"), ("", "Đăng nhập")):
            context = await browser.new_context(**OPTIONS)
            if name:
                await context.add_cookies(
                    [{"name": "queue_session", "value": name, "url": server.url}]
                )
            page = await context.new_page()
            await page.goto(f"{server.url}/voice?language=vi")
            await expect(page.locator("body")).to_contain_text(words)
            await context.close()
