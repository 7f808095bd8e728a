"""The page that tells how devices come to trust the server."""

from pathlib import Path

import httpx2
import pytest
from cryptography import x509
from playwright.async_api import expect

from queue_server.secure.authority import fingerprint
from queue_server.secure.routes import Offer
from tests.support.accessibility import violations
from tests.support.browser import NewPage
from tests.support.live_servers import LiveServer

pytestmark = pytest.mark.asyncio(loop_scope="session")

PHONE = {"width": 360, "height": 640}


@pytest.mark.parametrize("language", ["vi", "en"])
async def test_it_tells_step_by_step(
    server: LiveServer, offer: Offer, new_page: NewPage, language: str
) -> None:
    page = await new_page(viewport=PHONE)
    await page.goto(f"{server.url}/certificate?language={language}")

    assert offer.kept is not None
    await expect(page.get_by_text(fingerprint(offer.kept.authority()))).to_be_visible()
    await expect(page.get_by_role("link", name="https://127.0.0.1:8443/")).to_be_visible()
    await page.get_by_text("Windows: Chrome").click()
    await expect(page.get_by_text("Trusted Root Certification Authorities")).to_be_visible()
    assert await violations(page) == []
    assert await page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


async def test_the_authority_is_taken_along_in_both_forms(server: LiveServer, offer: Offer) -> None:
    async with httpx2.AsyncClient(base_url=server.url) as client:
        binary = await client.get("/certificate/authority.crt")
        text = await client.get("/certificate/authority.pem")

    assert offer.kept is not None
    authority = offer.kept.authority()
    assert x509.load_der_x509_certificate(binary.content) == authority
    assert x509.load_pem_x509_certificate(text.content) == authority
    assert binary.headers["content-type"] == "application/x-x509-ca-cert"
    assert b"PRIVATE" not in text.content


async def test_the_keys_are_nowhere_to_be_had(server: LiveServer) -> None:
    async with httpx2.AsyncClient(base_url=server.url) as client:
        for path in ("authority.key", "server.key", "server.pem"):
            assert (await client.get(f"/certificate/{path}")).status_code == 404


async def test_without_https_the_page_says_so(tmp_path: Path) -> None:
    with LiveServer(tmp_path) as plain:
        async with httpx2.AsyncClient(base_url=plain.url) as client:
            page = await client.get("/certificate?language=en")
            authority = await client.get("/certificate/authority.crt")

    assert "This server offers no secure connection." in page.text
    assert authority.status_code == 404
