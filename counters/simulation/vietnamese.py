"""Changes said in Vietnamese, turned into the words that `changes` parses.

"đóng quầy 5", "quầy 7 nhận đất đai từ 9h đến 11h30", "quầy 7 chỉ nhận đất đai", "hai cán bộ ốm".
Works on plain text: small letters without accents.
"""

import re
from typing import Final

_COUNTS: Final = {
    "mot": "1", "hai": "2", "ba": "3", "bon": "4", "nam": "5", "sau": "6", "bay": "7", "tam": "8",
    "chin": "9", "muoi": "10",
}  # fmt: skip
_DO: Final = "(?:nhan|lam|phuc vu)"
_PEOPLE: Final = "(?:can bo|nguoi|nhan vien)"
_ENGLISH: Final = tuple(
    (re.compile(pattern), words)
    for pattern, words in (
        (r"^dong (?:cua )?(?:quay )?(?:so )?(?=\S+(?:\s|$))", "close "),
        (r"^mo (?:cua )?(?:them )?(?:quay )?(?:so )?(?=\S+(?:\s|$))", "open "),
        (rf"^quay (?:so )?(\S+) chi {_DO} ", r"counter \1 only "),
        (rf"^quay (?:so )?(\S+) (?:thoi|ngung|khong|bo)(?: {_DO})? ", r"counter \1 drops "),
        (rf"^quay (?:so )?(\S+) {_DO}(?: them)? ", r"counter \1 takes "),
        (rf"^(\S+) {_PEOPLE} (?:bi |xin )?(?:om|nghi|vang|vang mat)\b", r"\1 clerks ill"),
        (r" tu (?:luc )?(\d\S*) (?:den|toi) (?:luc )?(\d\S*)$", r" \1-\2"),
        (r" tu (?:luc )?(\d\S*)$", r" from \1"),
        (r" (?:den|toi) (?:luc )?(\d\S*)$", r" until \1"),
    )
)


def in_english(words: str) -> str:
    """One change in the words that are parsed; other words stay as they are."""
    for pattern, english in _ENGLISH:
        words = pattern.sub(english, words, count=1)
    first, _, rest = words.partition(" ")
    return f"{_COUNTS[first]} {rest}" if first in _COUNTS and "clerks" in rest else words
