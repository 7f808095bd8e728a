"""Tables in Excel and CSV files: read with limits, whatever their encoding; written for Excel.

A cell is text as a person would read it in the file; rows and columns keep their places. Excel's
library, and numpy with it, is loaded with the first Excel file: most servers never see one.
"""

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import Final
from unicodedata import normalize

from queue_server.core.errors import InvalidValue

MAX_ROWS: Final = 10_000
MAX_COLUMNS: Final = 100
MAX_CELL: Final = 5_000
"""Characters; longer texts are cut, and no checklist has one."""
MAX_UNPACKED: Final = 64 * 1024 * 1024
"""Bytes of all parts of an Excel file, which is packed: a small file may unpack to anything."""
ZIP: Final = b"PK\x03\x04"
_DELIMITERS: Final = ";\t,|"
_CODE: Final = re.compile(r"(\d)[.,](\d{1,5})")

Row = Sequence[str]
Table = Sequence[Row]


def read_table(data: bytes) -> Table:
    """The rows of the first sheet, or of the CSV.

    Raises:
        InvalidValue: It is no such file, or too large.
    """
    table = _read_excel(data) if data.startswith(ZIP) else _read_csv(data)
    if not any(any(row) for row in table):
        raise no_table("the file is empty")
    return table


def no_table(reason: str) -> InvalidValue:
    """The refusal of a file that is no table."""
    message = f"expected an Excel or CSV file, got something else: {reason}"
    return InvalidValue(message, reason="no_table")


def _read_excel(data: bytes) -> Table:
    from openpyxl import load_workbook  # noqa: PLC0415

    _require_harmless(data)
    try:
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        sheet = book.worksheets[0]
        # What the file says of its size may be anything; rows are counted as they come.
        sheet.reset_dimensions()
        rows = sheet.iter_rows(max_col=MAX_COLUMNS, values_only=True)
        return list(_bounded([_text(cell) for cell in row] for row in rows))
    except InvalidValue:
        raise
    except Exception as error:  # openpyxl raises whatever a broken file leads it to
        raise no_table(type(error).__name__) from error


def _require_harmless(data: bytes) -> None:
    """Refuse what unpacks to too much, and XML that defines entities of its own."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            if sum(each.file_size for each in parts.infolist()) > MAX_UNPACKED:
                raise InvalidValue("expected a smaller table", reason="too_large")
            for each in parts.infolist():
                with parts.open(each) as part:
                    if b"<!DOCTYPE" in part.read(4096):
                        raise no_table("it defines entities")
    except zipfile.BadZipFile as error:
        raise no_table("a damaged Excel file") from error


def _read_csv(data: bytes) -> Table:
    text = _decoded(data)
    if "\0" in text:
        raise no_table("binary data")
    head = text.partition("\n")[0]
    delimiter = max(_DELIMITERS, key=head.count)
    try:
        rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
        return list(_bounded([_clean(cell) for cell in row] for row in rows))
    except csv.Error as error:
        raise no_table(str(error)) from error


def _decoded(data: bytes) -> str:
    """The text: UTF-8 or UTF-16 with or without a mark, else Windows' Vietnamese code page."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1258", errors="replace")


def _bounded(rows: Iterable[list[str]]) -> Iterator[Row]:
    for place, row in enumerate(rows):
        if place >= MAX_ROWS:
            message = f"expected at most {MAX_ROWS} rows"
            raise InvalidValue(message, reason="too_many_rows", most=MAX_ROWS)
        filled = len(row)
        while filled and not row[filled - 1]:
            filled -= 1
        yield row[: min(filled, MAX_COLUMNS)]


def _text(value: object) -> str:
    """A cell of Excel as it is read."""
    match value:
        case None:
            return ""
        case bool():
            return "x" if value else ""
        case datetime() | date():
            return f"{value:%d/%m/%Y}"
        case float():
            return str(int(value)) if value.is_integer() else str(value)
        case _:
            return _clean(str(value))


def _clean(text: str) -> str:
    return normalize("NFC", text.replace("\r\n", "\n").replace("\xa0", " ")).strip()[:MAX_CELL]


def code_in(text: str) -> str:
    """A code as it was before a spreadsheet took it for a number and dropped its last zeros."""
    match = _CODE.fullmatch(text)
    return f"{match[1]}.{match[2]:0<6}" if match else text.replace(",", ".", 1)


def csv_of(table: Iterable[Row]) -> bytes:
    """CSV that Excel opens as it should: UTF-8 with a mark."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerows(_harmless(row) for row in table)
    return text.getvalue().encode("utf-8-sig")


def _harmless(row: Row) -> list[str]:
    """Cells that no spreadsheet takes for a formula."""
    return [f"'{cell}" if cell.startswith(("=", "+", "-", "@")) else cell for cell in row]


def excel_of(table: Sequence[Row], name: str, widths: Sequence[int]) -> bytes:
    """An Excel file with one sheet: headings that stay, columns as wide as they need, all text."""
    from openpyxl import Workbook  # noqa: PLC0415
    from openpyxl.styles import Alignment, Font, PatternFill  # noqa: PLC0415
    from openpyxl.utils import get_column_letter  # noqa: PLC0415

    book = Workbook()
    sheet = book.active or book.create_sheet()
    sheet.title = name
    for number, row in enumerate(table, 1):
        for column, cell in enumerate(row, 1):
            place = sheet.cell(row=number, column=column)
            place.value = cell or None
            if cell:
                place.data_type = "s"
            place.number_format = "@"
            place.alignment = Alignment(wrap_text=True, vertical="top")
    for column, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(column)].width = width
        heading = sheet.cell(row=1, column=column)
        heading.font = Font(bold=True)
        heading.fill = PatternFill("solid", start_color="E3EFFB")
    sheet.freeze_panes = "C2"
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()
