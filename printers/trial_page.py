"""The test print: what it says, and what whoever set the printer up is to look at."""

from datetime import datetime
from itertools import product
from typing import Final
from unicodedata import normalize

from msgspec import Struct

_TONES: Final = ("", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323")
_LETTERS: Final = (
    *(normalize("NFC", vowel + tone) for vowel, tone in product("aăâeêioôơuưy", _TONES)),
    *"bcdđghklmnpqrstvx",
)
SMALL_LETTERS: Final = "".join(_LETTERS)
LETTERS: Final = SMALL_LETTERS + SMALL_LETTERS.upper()
"""All 178 letters of Vietnamese."""
CHECKS: Final = (
    ("Chữ: đủ 178 chữ cái, dấu rõ.", "Letters: all 178, with clear marks."),
    ("Mã QR: điện thoại đọc được.", "Code: a phone reads it."),
    ("Khổ giấy: thấy cả hai vạch đen ở hai mép.", "Width: a black bar at each edge."),
    ("Cắt giấy: giấy đã được cắt.", "Cut: the paper is cut, or at the tear bar."),
)
OWN_LETTERS: Final = (
    "Chữ của máy, trang mã {}: dòng dưới; phiếu không cần.",
    "Its own letters, code page {}: the line below; slips do not need them.",
)


class TrialPage(Struct, frozen=True, kw_only=True):
    """A test print."""

    printer: str
    """Its name, or its address."""
    model: str
    dots: int
    moment: str
    """Local time."""
    checks: tuple[tuple[str, str], ...] = CHECKS
    """What to look at, in Vietnamese and English."""

    @property
    def code(self) -> str:
        """What a phone reads."""
        return f"{self.printer} · {self.model} · {self.moment}"


def trial_page(
    name: str, model: str, dots: int, at: datetime, code_page: int | None = None
) -> TrialPage:
    """The test print of a printer.

    Args:
        name: The printer, or its address.
        model: What it is.
        dots: Across its head.
        at: Local time.
        code_page: Whose letters the printer writes below by itself; see `own_letters`.
    """
    checks: tuple[tuple[str, str], ...] = CHECKS
    if code_page is not None:
        vietnamese, english = OWN_LETTERS
        checks += ((vietnamese.format(code_page), english.format(code_page)),)
    moment = f"{at:%H:%M:%S · %d/%m/%Y}"
    return TrialPage(printer=name, model=model, dots=dots, moment=moment, checks=checks)
