"""Reads a QR code that was drawn as SVG, as a phone's camera would."""

import re

import numpy as np
import zxingcpp

PIXELS = 6


def read_code(svg: str) -> str:
    """What stands in the code."""
    (found,) = zxingcpp.read_barcodes(_picture(svg))
    text: str = found.text
    return text


def _picture(svg: str) -> np.ndarray:
    """The drawing's dark modules as grey pixels."""
    size = int(re.findall(r'viewBox="0 0 (\d+)', svg)[0])
    picture = np.full((size, size), 255, np.uint8)
    for x, y in re.findall(r"M(\d+) (\d+)h1v1", svg):
        picture[int(y), int(x)] = 0
    return np.kron(picture, np.ones((PIXELS, PIXELS), np.uint8))
