"""A centre's colours, kept readable."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from queue_server.web.theme import PAPER, contrast, darkened, readable_on, theme_css

COLOURS = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


def test_contrast_is_that_of_the_guidelines() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@given(COLOURS)
def test_text_can_be_read_on_any_brand_colour(colour: str) -> None:
    # 4.1 is the least that the better of our two inks has on any colour
    assert contrast(readable_on(colour), colour) >= 4.1
    assert contrast(darkened(colour), PAPER) >= 4.5


def test_a_good_colour_stays_as_it_is() -> None:
    assert darkened("#0B4A8F") == "#0b4a8f"
    assert "--on-accent: #0b1b33;" in theme_css("#0b4a8f", "#ffd43b")


@pytest.mark.parametrize("colour", ["red", "#fff", "#12345g", "#123456; } body {"])
def test_what_is_no_colour_is_refused(colour: str) -> None:
    with pytest.raises(ValueError, match="six hexadecimal digits"):
        theme_css(colour, "#ffffff")
