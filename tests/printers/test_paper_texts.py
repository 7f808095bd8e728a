"""Times, waits and numbers read as people write them."""

import pytest

from printers.paper_texts import (
    about_text,
    at_most_text,
    joined_numbers,
    long_moment_text,
    moment_text,
    reprint_text,
)
from printers.phrases import PHRASES
from tests.support.paper_samples import AT, EN, VI

ZONE = "Asia/Ho_Chi_Minh"


def test_moments_are_told_in_the_centres_own_time() -> None:
    assert moment_text(AT, ZONE, VI) == "08:41 · Thứ Hai, 23/11/2026"
    assert moment_text(AT, ZONE, EN) == "08:41 · Monday, 23/11/2026"
    assert long_moment_text(AT, ZONE, VI) == "08 giờ 41 phút, ngày 23 tháng 11 năm 2026"


@pytest.mark.parametrize(
    ("wait_s", "text"),
    [
        (0, "5 phút"),
        (299, "5 phút"),
        (301, "10 phút"),
        (3600, "1 giờ"),
        (3601, "1 giờ 5 phút"),
        (7200, "2 giờ"),
    ],
)
def test_the_longest_wait_is_rounded_up_to_five_minutes(wait_s: int, text: str) -> None:
    assert at_most_text(wait_s, PHRASES[VI]) == text


@pytest.mark.parametrize(
    ("wait_s", "text"),
    [
        (0, "0–5 phút"),
        (119, "0–5 phút"),
        (120, "5 phút"),
        (449, "5 phút"),
        (451, "10 phút"),
        (900, "15 phút"),
        (1020, "15 phút"),
        (3660, "1 giờ"),
    ],
)
def test_the_usual_wait_is_told_to_the_nearest_five_minutes(wait_s: int, text: str) -> None:
    assert about_text(wait_s, PHRASES[VI]) == text


@pytest.mark.parametrize(
    ("numbers", "text"),
    [
        ((), ""),
        (("3",), "3"),
        (("3", "4"), "3, 4"),
        (("1", "3", "4", "5", "6", "9"), "1, 3–6, 9"),
        (("A", "B", "1", "3"), "A, B, 1, 3"),
    ],
)
def test_counters_in_a_row_are_drawn_together(numbers: tuple[str, ...], text: str) -> None:
    assert joined_numbers(numbers) == text


def test_only_later_copies_are_marked_as_reprints() -> None:
    assert reprint_text(1) == ""
    assert reprint_text(3) == "BẢN IN LẠI / COPY 3"
