"""The comparison of pictures sees a change and forgives a letter's edge."""

from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFilter

from tests.support import looks


@pytest.fixture
def page() -> Image.Image:
    drawn = Image.new("RGB", (1280, 800), "white")
    pen = ImageDraw.Draw(drawn)
    pen.rectangle((0, 0, 1280, 80), fill="#0b3b6f")
    pen.rectangle((400, 300, 800, 420), fill="#c8102e")
    for line in range(12):
        pen.line((60, 140 + 12 * line, 300, 140 + 12 * line), fill="black", width=2)
    return drawn


@pytest.fixture
def reference(page: Image.Image, tmp_path: Path) -> Image.Image:
    kept = tmp_path / "page.png"
    looks.accept(page, kept)
    return Image.open(kept).convert("RGB")


def test_the_same_page_looks_the_same(page: Image.Image, reference: Image.Image) -> None:
    assert looks.changed_share(page, reference) == 0.0


def test_softer_edges_look_the_same(page: Image.Image, reference: Image.Image) -> None:
    softer = page.filter(ImageFilter.GaussianBlur(0.8))

    assert looks.changed_share(softer, reference) <= looks.ALLOWED


def test_a_moved_button_is_seen(page: Image.Image, reference: Image.Image) -> None:
    ImageDraw.Draw(page).rectangle((400, 300, 800, 420), fill="white")
    ImageDraw.Draw(page).rectangle((430, 320, 830, 440), fill="#c8102e")

    assert looks.changed_share(page, reference) > looks.ALLOWED


def test_another_size_is_another_page(page: Image.Image, reference: Image.Image) -> None:
    assert looks.changed_share(page.resize((800, 1280)), reference) == 1.0


def test_a_page_without_reference_is_told(
    page: Image.Image, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(looks, "ARTEFACTS", tmp_path)
    kept = tmp_path / "taken.png"
    page.save(kept)

    said = looks.kept("never-seen", kept.read_bytes())

    assert said is not None
    assert "never-seen.png" in said
