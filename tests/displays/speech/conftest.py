import shutil
from collections.abc import AsyncIterator, Iterator, Mapping
from datetime import time
from pathlib import Path
from threading import Thread

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, async_playwright

from displays.speech.announcement import Phrases
from displays.speech.chime import chime
from displays.speech.clip_maker import prepare
from displays.speech.espeak_voice import EspeakVoice
from displays.speech.phrase_files import read_phrases
from displays.speech.sound import mp3
from queue_server.core.configuration import (
    CentreConfiguration,
    Counter,
    Field,
    OpeningHours,
    Series,
    Session,
    WorkProfile,
    Zone,
)
from queue_server.core.identifiers import CentreId, CounterId, FieldId, Language, ZoneId
from queue_server.core.speech_rules import SpeechRules
from tests.displays.speech.lobby import lobby  # noqa: F401
from tests.support.translate_stub import TranslateStub, make_certificate

VI, EN = Language("vi"), Language("en")
HALL = ZoneId("hall")


@pytest.fixture(scope="session")
def phrases() -> Mapping[Language, Phrases]:
    return read_phrases()


@pytest.fixture(scope="session")
def configuration() -> CentreConfiguration:
    """Three series, three counters, both languages: 20 clips in each."""
    sessions = (Session(opens=time(7, 30), tickets_until=time(11), closes=time(11, 30)),)
    letters = {FieldId("civil"): "A", FieldId("land"): "K", FieldId("certify"): "H"}
    counters = {CounterId("c1"): "1", CounterId("c5"): "5", CounterId("c15"): "15"}
    return CentreConfiguration(
        id=CentreId("an-binh"),
        name={VI: "An Bình"},
        hours=OpeningHours(weekdays={"mon": sessions}),
        zones={HALL: Zone(id=HALL, name={VI: "Sảnh"})},
        fields={
            id_: Field(id=id_, name={VI: id_}, series=Series(letter=letter), zone=HALL)
            for id_, letter in letters.items()
        },
        procedures={},
        counters={
            id_: Counter(id=id_, number=number, zone=HALL, profile=WorkProfile())
            for id_, number in counters.items()
        },
        speech=SpeechRules(languages=(VI, EN)),
    )


@pytest.fixture(scope="session")
def espeak() -> EspeakVoice:
    if shutil.which("espeak-ng") is None:
        pytest.fail("these tests need the real espeak-ng: apt-get install espeak-ng")
    return EspeakVoice()


@pytest.fixture(scope="session")
def _clips_once(
    configuration: CentreConfiguration,
    phrases: Mapping[Language, Phrases],
    espeak: EspeakVoice,
    tmp_path_factory: pytest.TempPathFactory,
) -> Path:
    folder = tmp_path_factory.mktemp("clips")
    prepare(configuration, folder, [espeak], phrases)
    return folder


@pytest.fixture
def clips(_clips_once: Path, tmp_path: Path) -> Path:
    """A folder with every clip of `configuration`, made by espeak-ng; the test's own copy."""
    return shutil.copytree(_clips_once, tmp_path / "clips")


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if shutil.which("openssl") is None:
        pytest.fail("these tests make a certificate with openssl: apt-get install openssl")
    return make_certificate(tmp_path_factory.mktemp("certificate"))


@pytest.fixture
def translate(certificate: Path) -> Iterator[TranslateStub]:
    with TranslateStub(certificate, mp3(chime())) as stub:
        thread = Thread(target=stub.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        yield stub
        stub.ended.set()
        stub.shutdown()
        thread.join()


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser() -> AsyncIterator[Browser]:
    """A real Chromium that lets pages sound without a touch, as on a kiosk."""
    program = shutil.which("chromium") or shutil.which("google-chrome")
    if program is None:
        pytest.fail("these tests need a real Chromium: apt-get install chromium")
    options = "--no-sandbox --disable-gpu --no-first-run --disable-background-networking"
    sound = "--autoplay-policy=no-user-gesture-required"
    async with async_playwright() as playwright:
        started = await playwright.chromium.launch(
            executable_path=program, args=[*options.split(), sound]
        )
        yield started
        await started.close()


@pytest_asyncio.fixture(loop_scope="session")
async def page(browser: Browser) -> AsyncIterator[Page]:
    async with await browser.new_page() as page:
        yield page
