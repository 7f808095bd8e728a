"""Tables come in whatever a spreadsheet writes, and nothing in them can hurt the server."""

import io
import zipfile
from datetime import date
from unicodedata import combining, normalize

import pytest
from openpyxl import Workbook

from queue_server.administration.table_files import (
    MAX_CELL,
    MAX_COLUMNS,
    MAX_ROWS,
    code_in,
    csv_of,
    excel_of,
    read_table,
)
from queue_server.core.errors import InvalidValue

TEXT = "Mã TTHC;Tên thủ tục;Lĩnh vực\r\n1.001193;Đăng ký khai sinh;Hộ tịch\r\n"
ROWS = [["Mã TTHC", "Tên thủ tục", "Lĩnh vực"], ["1.001193", "Đăng ký khai sinh", "Hộ tịch"]]


def windows_1258(text: str) -> bytes:
    """As Windows writes Vietnamese: the tone is a character of its own, the vowel is not."""
    encoded = b""
    for character in text:
        parts = normalize("NFD", character)
        tone = "".join(part for part in parts if part in "\u0300\u0301\u0303\u0309\u0323")
        rest = "".join(part for part in parts if part not in tone)
        encoded += normalize("NFC", rest).encode("cp1258") + tone.encode("cp1258")
    return encoded


def excel(*rows: list[object]) -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def packed(**parts: bytes) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in parts.items():
            file.writestr(name, data)
    return content.getvalue()


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode(),
        TEXT.encode("utf-8-sig"),
        TEXT.encode("utf-16"),
        windows_1258(TEXT),
        normalize("NFD", TEXT).encode(),
        TEXT.replace(";", ",").encode(),
        TEXT.replace(";", "\t").encode(),
        TEXT.replace("\r\n", "\n").encode(),
        excel(*ROWS),  # type: ignore[arg-type]  # cells of text
    ],
    ids=["utf-8", "mark", "utf-16", "windows", "decomposed", "comma", "tab", "unix", "excel"],
)
def test_the_same_table_is_read_from_whatever_it_came_in(data: bytes) -> None:
    assert [list(row) for row in read_table(data)] == ROWS


def test_a_field_may_go_over_lines() -> None:
    table = read_table(b'a,b\n"one\ntwo",3\n')

    assert table[1] == ["one\ntwo", "3"]


def test_what_was_exported_reads_back() -> None:
    table = [["Mã", "Tên"], ["1.001193", 'dòng 1\ndòng 2; "x", y']]

    assert read_table(csv_of(table)) == table
    assert read_table(excel_of(table, "Thủ tục", [10, 20])) == table


def test_an_export_holds_no_formulas() -> None:
    table = [["=1+1", "@cmd", "+84", "bình thường"]]

    assert "'=1+1,'@cmd,'+84,bình thường" in csv_of(table).decode("utf-8-sig")
    assert read_table(excel_of(table, "t", [])) == table


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        (1.001193, "1.001193"),
        (1.00069, "1.000690"),
        ("1,001193", "1.001193"),
        ("2.5", "2.500000"),
        ("an-binh.huong-dan", "an-binh.huong-dan"),
    ],
)
def test_a_code_gets_back_what_a_spreadsheet_took(cell: object, code: str) -> None:
    [row] = read_table(excel([cell, "x"]))

    assert code_in(row[0]) == code


def test_days_numbers_and_marks_are_read_as_they_look() -> None:
    [row] = read_table(excel([date(2026, 11, 24), 8.0, 7.5, True, None, "x"]))

    assert row == ["24/11/2026", "8", "7.5", "x", "", "x"]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\n\n;;\n",
        b"PK\x03\x04 broken",
        packed(nothing=b"here"),
        b"\xd0\xcf\x11\xe0 an old Excel file \x00\x00",
        excel(["a", "b"])[:500],
    ],
)
def test_what_is_no_table_is_refused(data: bytes) -> None:
    with pytest.raises(InvalidValue) as refused:
        read_table(data)

    assert refused.value.facts["reason"] == "no_table"


def test_a_file_that_unpacks_to_too_much_is_refused() -> None:
    bomb = packed(**{"xl/worksheets/sheet1.xml": b"0" * (65 * 1024 * 1024)})
    assert len(bomb) < 100_000

    with pytest.raises(InvalidValue) as refused:
        read_table(bomb)

    assert refused.value.facts["reason"] == "too_large"


def test_entities_of_its_own_are_refused() -> None:
    laughs = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]><worksheet>&a;</worksheet>'
    with zipfile.ZipFile(io.BytesIO(excel(["a"]))) as good:
        parts = {name: good.read(name) for name in good.namelist()}

    with pytest.raises(InvalidValue, match="entities"):
        read_table(packed(**{**parts, "xl/worksheets/sheet1.xml": laughs}))


def test_rows_columns_and_cells_are_bounded() -> None:
    with pytest.raises(InvalidValue) as refused:
        read_table(b"a,b\n" * (MAX_ROWS + 1))
    assert refused.value.facts == {"reason": "too_many_rows", "most": MAX_ROWS}

    [row] = read_table((",".join("x" * 3 for _ in range(500)) + "\n").encode())
    assert len(row) == MAX_COLUMNS
    [row] = read_table(b"a," + b"x" * 20_000 + b"\n")
    assert len(row[1]) == MAX_CELL


def test_the_tone_of_the_fixture_is_apart() -> None:
    assert any(combining(character) for character in windows_1258("ủ").decode("cp1258"))
