"""Texts shrink, then wrap, and are never wider than their place."""

import pytest

from printers.text_fitting import Style, balanced, fitted
from printers.typeface import Weight
from tests.support.paper_samples import LONG_EN, LONG_VI

STYLE = Style(Weight.BOLD, 40, smallest=24, lines=2)
TEXTS = ("A012", "Đăng ký khai sinh", LONG_VI, LONG_EN, "https://" + "x" * 90, "Ằ" * 60)


def test_a_short_text_keeps_its_size() -> None:
    fit = fitted("Đăng ký khai sinh", STYLE, 552)

    assert (fit.lines, fit.size) == (("Đăng ký khai sinh",), 40)


def test_a_longer_text_shrinks_until_it_takes_the_lines_it_may() -> None:
    fit = fitted("Cấp bản sao trích lục hộ tịch, bản sao Giấy khai sinh, khai tử", STYLE, 552)

    assert len(fit.lines) == 2
    assert 24 <= fit.size < 40


@pytest.mark.parametrize("width", [90, 200, 360, 552])
@pytest.mark.parametrize("text", TEXTS)
def test_no_line_is_wider_than_its_place_and_no_letter_is_lost(text: str, width: int) -> None:
    fit = fitted(text, STYLE, width)

    for lines in (fit.lines, balanced(fit, width).lines):
        assert all(fit.font.getlength(line) <= width for line in lines)
        assert "".join(lines).replace(" ", "") == text.replace(" ", "")


def test_balanced_lines_leave_no_orphan() -> None:
    fit = fitted(LONG_VI, STYLE, 552)

    even = balanced(fit, 552)

    assert len(even.lines) == len(fit.lines)
    lengths = [even.font.getlength(line) for line in even.lines]
    assert min(lengths) > max(lengths) / 2


def test_decomposed_letters_are_drawn_as_one() -> None:
    assert fitted("Đa\u0306ng", STYLE, 552).lines == ("Đăng",)
