"""Columns of a table of procedures, and the headings by which they are known."""

import re
from collections.abc import Sequence
from typing import Final
from unicodedata import combining, normalize

from msgspec import Struct


class Column(Struct, frozen=True, kw_only=True):
    """One column of the table."""

    key: str
    heading: str
    others: tuple[str, ...] = ()
    """Further headings that are understood, without accents and in small letters."""
    width: int = 20
    example: str = ""


COLUMNS: Final = (
    Column(
        key="code",
        heading="Mã thủ tục",
        others=("ma tthc", "ma so", "ma so tthc", "ma", "code", "ma thu tuc hanh chinh", "ma qg"),
        width=14,
        example="1.001193",
    ),
    Column(
        key="name",
        heading="Tên thủ tục",
        others=("ten tthc", "ten thu tuc hanh chinh", "thu tuc hanh chinh", "thu tuc", "name"),
        width=52,
        example="Đăng ký khai sinh",
    ),
    Column(
        key="field",
        heading="Lĩnh vực",
        others=("ten linh vuc", "nhom thu tuc", "field"),
        width=24,
        example="Hộ tịch",
    ),
    Column(
        key="synonyms",
        heading="Cách gọi thường ngày",
        others=("tu khoa", "ten goi khac", "tu dong nghia", "synonyms", "keywords"),
        width=36,
        example="khai sinh; làm giấy khai sinh",
    ),
    Column(
        key="papers",
        heading="Thành phần hồ sơ",
        others=("giay to", "ho so gom", "giay to can co", "giay to can mang", "papers"),
        width=60,
        example="Tờ khai đăng ký khai sinh [tờ khai]\nGiấy chứng sinh",
    ),
    Column(
        key="terms",
        heading="Thời hạn giải quyết",
        others=("thoi han", "thoi gian giai quyet", "term", "terms"),
        width=34,
        example="trong ngày",
    ),
    Column(
        key="is_certain",
        heading="Thời hạn đã đối chiếu",
        others=("da doi chieu", "checked"),
        width=12,
        example="có",
    ),
    Column(
        key="fee_note",
        heading="Phí, lệ phí",
        others=("le phi", "phi", "muc phi", "phi le phi", "muc thu phi le phi", "fee", "fee note"),
        width=40,
        example="Miễn lệ phí khi đăng ký đúng hạn",
    ),
    Column(
        key="mean_transaction_time_s",
        heading="Phút tiếp nhận",
        others=("so phut tiep nhan", "thoi gian tiep nhan phut", "minutes"),
        width=10,
        example="10",
    ),
    Column(
        key="target_waiting_time_s",
        heading="Phút chờ tối đa",
        others=("cho toi da phut", "target minutes"),
        width=10,
    ),
    Column(
        key="opens_dossier",
        heading="Có mở hồ sơ",
        others=("mo ho so", "opens dossier"),
        width=10,
        example="có",
    ),
    Column(
        key="valid_from",
        heading="Áp dụng từ ngày",
        others=("hieu luc tu", "tu ngay", "valid from"),
        width=14,
    ),
    Column(
        key="valid_until",
        heading="Áp dụng đến ngày",
        others=("hieu luc den", "den ngay", "valid until"),
        width=14,
    ),
)
BY_KEY: Final = {column.key: column for column in COLUMNS}
TEXTS: Final = ("name", "fee_note")
"""Columns that there may be one of for each language, as ``Tên thủ tục (en)``."""
_IN_LANGUAGE: Final = re.compile(r"(.*)\(([a-z]{2,3}(?:-[A-Za-z0-9]+)*)\)\s*")


def headings(languages: Sequence[str]) -> list[tuple[str, Column]]:
    """Key and column of everything that is exported, with a column for each further language."""
    found: list[tuple[str, Column]] = []
    for column in COLUMNS:
        found.append((column.key, column))
        if column.key in TEXTS:
            found += [
                (
                    f"{column.key}.{tag}",
                    Column(key=column.key, heading=f"{column.heading} ({tag})", width=column.width),
                )
                for tag in languages
                if tag != "vi"
            ]
    return found


def key_of(heading: str) -> str:
    """Key of the column that a heading names; empty for one that nobody knows."""
    match = _IN_LANGUAGE.fullmatch(heading.strip())
    said, language = (plain(match[1]), match[2]) if match else (plain(heading), "")
    for column in COLUMNS:
        if said == plain(column.heading) or said in column.others:
            if language and column.key in TEXTS and language != "vi":
                return f"{column.key}.{language}"
            return "" if language and language != "vi" else column.key
    return ""


def plain(text: str) -> str:
    """Small letters without accents; everything else is a space."""
    bare = "".join(c for c in normalize("NFD", text.lower()) if not combining(c))
    return " ".join(re.sub(r"[^a-z0-9]+", " ", bare.replace("đ", "d")).split())
