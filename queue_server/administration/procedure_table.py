"""Procedures as a table: what an export says, what a file says.

An import changes nothing unless every cell can be read and the centre would hold together with
it; every fault names its row and its column. A column that is not there changes nothing, and a
procedure that is not there is kept unless one says otherwise.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from msgspec import Struct

from queue_server.administration import procedure_cells as cells
from queue_server.administration.procedure_columns import BY_KEY, TEXTS, headings, key_of, plain
from queue_server.administration.table_files import Row, Table, code_in
from queue_server.administration.tree import Tree
from queue_server.core.errors import InvalidValue

LOOKED_THROUGH: Final = 20
"""Lines at the top among which the headings are sought: official lists begin with a title."""


_READINGS: Final[Mapping[str, cells.Reading]] = {
    "synonyms": cells.read_lines,
    "papers": cells.read_papers,
    "terms": cells.read_terms,
    "mean_transaction_time_s": cells.read_time,
    "target_waiting_time_s": cells.read_minutes,
    "opens_dossier": cells.read_truth,
    "valid_from": cells.read_day,
    "valid_until": cells.read_day,
}


class Fault(Struct, frozen=True, kw_only=True):
    """One cell that is wrong."""

    row: int
    """As the file counts, from 1."""
    column: str
    """The heading as it stands in the file."""
    value: str
    what: str
    """``needed``, ``unknown_field``, ``twice``, ``unreadable`` or ``rule``."""
    expected: str = ""


class Line(Struct, frozen=True, kw_only=True):
    """One procedure of the file."""

    row: int
    code: str
    procedure: Tree


class ReadTable(Struct, frozen=True, kw_only=True):
    """What a file says."""

    columns: Mapping[str, str]
    """Heading of each column that was understood, by its key: ``name``, ``name.en`` …"""
    ignored: tuple[str, ...]
    lines: tuple[Line, ...]
    faults: tuple[Fault, ...]


def exported(tree: Tree) -> Table:
    """The procedures of a configuration as rows, headings first."""
    columns = headings(tree.get("languages", []))
    rows: list[Row] = [[column.heading for _, column in columns]]
    for code, procedure in tree.get("procedures", {}).items():
        rows.append([_written(key, code, procedure, tree) for key, _ in columns])
    return rows


def template(tree: Tree) -> Table:
    """Headings and one example."""
    columns = headings(tree.get("languages", []))
    examples = [column.example if "." not in key else "" for key, column in columns]
    return [[column.heading for _, column in columns], examples]


def _written(key: str, code: str, procedure: Tree, tree: Tree) -> str:
    name, _, language = key.partition(".")
    value = procedure.get(name)
    writings: Mapping[str, Callable[[], str]] = {
        "code": lambda: code,
        "field": lambda: _vi(tree.get("fields", {}).get(value, {}).get("name")) or str(value),
        "synonyms": lambda: "; ".join(value or ()),
        "papers": lambda: cells.written_papers(value or ()),
        "terms": lambda: cells.written_terms(procedure.get("terms", ())),
        "is_certain": lambda: "có" if _is_certain(procedure) else "không",
        "mean_transaction_time_s": lambda: cells.written_minutes(value),
        "target_waiting_time_s": lambda: cells.written_minutes(value),
        "opens_dossier": lambda: "có" if procedure.get("opens_dossier", True) else "không",
        "valid_from": lambda: cells.written_day(value),
        "valid_until": lambda: cells.written_day(value),
    }
    if name in TEXTS:
        return str((value or {}).get(language or "vi", ""))
    return writings[name]()


def _is_certain(procedure: Tree) -> bool:
    terms = procedure.get("terms", ())
    return bool(terms) and all(term.get("is_certain") for term in terms)


def _vi(texts: Mapping[str, str] | None) -> str:
    return (texts or {}).get("vi", "")


def read_procedures(table: Table, tree: Tree) -> ReadTable:
    """What a table says of the procedures of a configuration.

    Raises:
        InvalidValue: No line has the headings.
    """
    start, columns, ignored = _found_headings(table)
    reader = _Reader(columns, tree)
    lines = tuple(reader.lines(table, start))
    return ReadTable(
        columns={key: heading for key, (_, heading) in columns.items()},
        ignored=ignored,
        lines=lines,
        faults=tuple(reader.faults),
    )


Columns = dict[str, tuple[int, str]]
"""Place and heading of each column, by its key."""


def _found_headings(table: Table) -> tuple[int, Columns, tuple[str, ...]]:
    for place, row in enumerate(table[:LOOKED_THROUGH]):
        columns: Columns = {}
        ignored = []
        for column, heading in enumerate(row):
            key = key_of(heading)
            if key and key not in columns:
                columns[key] = (column, heading)
            elif heading:
                ignored.append(heading)
        if {"code", "name"} <= columns.keys():
            return place + 1, columns, tuple(ignored)
    raise InvalidValue("expected a line with headings", reason="no_headings")


class _Reader:
    """Reads the lines; `faults` grows on the way."""

    def __init__(self, columns: Columns, tree: Tree) -> None:
        self.faults: list[Fault] = []
        self._columns = columns
        self._known: Tree = tree.get("procedures", {})
        self._fields = _names_of(tree.get("fields", {}))
        self._named = [_vi(field.get("name")) or key for key, field in tree["fields"].items()]
        self._rows: dict[str, int] = {}

    def lines(self, table: Table, start: int) -> Iterator[Line]:
        for number, row in enumerate(table[start:], start + 1):
            code = code_in(self._cell(row, "code"))
            if not code and not self._cell(row, "name"):
                continue  # empty, or the name of a group
            if not code:
                self._fault(number, "code", "", "needed")
            elif code in self._rows:
                self._fault(number, "code", code, "twice", str(self._rows[code]))
            else:
                self._rows[code] = number
                procedure = self._procedure(number, row, self._known.get(code, {}))
                yield Line(row=number, code=code, procedure={"code": code, **procedure})

    def _procedure(self, number: int, row: Row, known: Tree) -> Tree:
        procedure = {key: value for key, value in known.items() if key != "code"}
        self._texts(row, procedure)
        if not procedure.get("name", {}).get("vi"):
            self._fault(number, "name", "", "needed")
        self._field(number, row, procedure)
        for key, read in _READINGS.items():
            if key in self._columns:
                self._value(number, row, procedure, key=key, read=read)
        self._certainty(number, row, procedure)
        return procedure

    def _texts(self, row: Row, procedure: Tree) -> None:
        for key in self._columns:
            name, _, language = key.partition(".")
            if name in TEXTS:
                texts = dict(procedure.get(name, {}))
                text = self._cell(row, key)
                texts[language or "vi"] = text
                procedure[name] = {tag: each for tag, each in texts.items() if each}

    def _field(self, number: int, row: Row, procedure: Tree) -> None:
        said = self._cell(row, "field")
        found = self._fields.get(plain(said))
        if found:
            procedure["field"] = found
        elif said:
            expected = ", ".join(self._named)
            self._fault(number, "field", said, "unknown_field", expected)
        elif "field" not in procedure:
            self._fault(number, "field", "", "needed")

    def _value(
        self, number: int, row: Row, procedure: Tree, *, key: str, read: cells.Reading
    ) -> None:
        cell = self._cell(row, key)
        default: Any = [] if key in {"synonyms", "papers", "terms"} else None
        try:
            value = read(cell, procedure.get(key, default))
        except cells.Unreadable as error:
            self._fault(number, key, cell, "unreadable", str(error))
            return
        if value is None:
            procedure.pop(key, None)
        else:
            procedure[key] = value

    def _certainty(self, number: int, row: Row, procedure: Tree) -> None:
        if "is_certain" not in self._columns or not procedure.get("terms"):
            return
        cell = self._cell(row, "is_certain")
        try:
            is_certain = cells.read_truth(cell, None)
        except cells.Unreadable as error:
            self._fault(number, "is_certain", cell, "unreadable", str(error))
            return
        if is_certain != _is_certain(procedure):
            terms = [{**term, "is_certain": is_certain} for term in procedure["terms"]]
            procedure["terms"] = terms

    def _cell(self, row: Row, key: str) -> str:
        place, _ = self._columns.get(key, (-1, ""))
        return row[place] if 0 <= place < len(row) else ""

    def _fault(self, row: int, key: str, value: str, what: str, expected: str = "") -> None:
        _, heading = self._columns.get(key, (0, BY_KEY[key].heading))
        self.faults.append(
            Fault(row=row, column=heading, value=value[:120], what=what, expected=expected)
        )


def _names_of(fields: Tree) -> dict[str, str]:
    """Every name of each field, plain, with its id."""
    found: dict[str, str] = {}
    for key, field in fields.items():
        for name in (key, *field.get("name", {}).values()):
            found.setdefault(plain(str(name)), key)
    return found
