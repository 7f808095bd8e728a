"""The code on the screen says what it shall."""

import pytest

from displays.phone.qr_drawing import qr_svg
from tests.support.qr_reading import read_code


@pytest.mark.parametrize(
    "text", ["http://10.0.0.5:8080/t/" + "a1" * 16, "https://mot-cua.example.gov.vn/t/" + "0f" * 16]
)
def test_a_phone_reads_the_address(text: str) -> None:
    assert read_code(qr_svg(text).decode()) == text
