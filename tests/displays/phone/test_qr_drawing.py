"""The code on the screen says what it shall."""

import re

import numpy as np
import pytest
import zxingcpp

from displays.phone.qr_drawing import qr_svg

PIXELS = 6


@pytest.mark.parametrize(
    "text", ["http://10.0.0.5:8080/t/" + "a1" * 16, "https://mot-cua.example.gov.vn/t/" + "0f" * 16]
)
def test_a_phone_reads_the_address(text: str) -> None:
    svg = qr_svg(text).decode()

    (found,) = zxingcpp.read_barcodes(_picture(svg))

    assert found.text == text


def _picture(svg: str) -> np.ndarray:
    """The drawing's dark modules as grey pixels."""
    size = int(re.findall(r'viewBox="0 0 (\d+)', svg)[0])
    picture = np.full((size, size), 255, np.uint8)
    for x, y in re.findall(r"M(\d+) (\d+)h1v1", svg):
        picture[int(y), int(x)] = 0
    return np.kron(picture, np.ones((PIXELS, PIXELS), np.uint8))
