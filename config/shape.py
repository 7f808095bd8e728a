"""Fit what a TOML file says to the shape of a Struct, collecting every difference.

msgspec's own conversion stops at the first difference; whoever writes a centre file wants all of
them at once. What does not fit is replaced by a stand-in of the right type, so that the rest can
still be checked.
"""

import difflib
from collections.abc import Iterable

import msgspec
from msgspec import inspect

from config.leaf import leaf_of, read_date, said
from queue_server.core.configuration_paths import key_path
from queue_server.core.problems import N_, Problem

Path = tuple[str | int, ...]
MISSING = N_("this must be filled in")
MISFIT = N_("a value of another kind is expected here")


def fit(value: object, struct: type[msgspec.Struct]) -> tuple[object, list[Problem]]:
    """The value as builtins that `msgspec.convert` turns into `struct`, and what did not fit."""
    fitting = _Fitting()
    fitted = fitting.fit(value, inspect.type_info(struct), ())
    return fitted, fitting.problems


class _Fitting:
    """One walk over a value; `problems` grows on the way."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def fit(self, value: object, kind: inspect.Type, path: Path) -> object:
        match kind:
            case inspect.StructType():
                return self._struct(value, kind, path)
            case inspect.DictType():
                return self._table(value, kind, path)
            case inspect.VarTupleType():
                return self._list(value, kind, path)
            case inspect.UnionType():
                return self.fit(value, _without_none(kind), path)
            case _:
                return self._leaf(value, kind, path)

    def _struct(self, value: object, kind: inspect.StructType, path: Path) -> object:
        if not isinstance(value, dict):
            return self._refuse(value, kind, path)
        names = [each.name for each in kind.fields]
        for key in value:
            if key not in names:
                self._report((*path, key), f"unknown key{_nearest(key, names)}")
        fitted = {}
        for each in kind.fields:
            if each.name in value:
                fitted[each.name] = self.fit(value[each.name], each.type, (*path, each.name))
            elif each.required:
                reason = f"is missing: {_expected(each.type, each.name)}"
                self._report((*path, each.name), reason, MISSING)
                fitted[each.name] = _stand_in(each.type)
        return fitted

    def _table(self, value: object, kind: inspect.DictType, path: Path) -> object:
        if not isinstance(value, dict):
            return self._refuse(value, kind, path)
        fitted: dict[object, object] = {}
        for written, entry in value.items():
            key: object = written
            if isinstance(kind.key_type, inspect.DateType):
                key = read_date(written)
                if key is None:
                    self._report((*path, written), "expected a date such as 2026-11-24")
                    continue
            fitted[key] = self.fit(
                self._named(entry, kind, (*path, written)), kind.value_type, (*path, written)
            )
        return fitted

    def _named(self, entry: object, kind: inspect.DictType, path: Path) -> object:
        """The entry with its key as `id` or `code`, where its Struct has one."""
        if not isinstance(kind.value_type, inspect.StructType) or not isinstance(entry, dict):
            return entry
        own = kind.value_type.fields[0].name
        if own not in {"id", "code"}:
            return entry
        if entry.get(own, path[-1]) != path[-1]:
            self._report((*path, own), f"is taken from the name of the table, {path[-1]!r}")
        return {**entry, own: path[-1]}

    def _list(self, value: object, kind: inspect.VarTupleType, path: Path) -> object:
        if not isinstance(value, list):
            return self._refuse(value, kind, path)
        return [self.fit(each, kind.item_type, (*path, n)) for n, each in enumerate(value, 1)]

    def _leaf(self, value: object, kind: inspect.Type, path: Path) -> object:
        fitted = leaf_of(kind).read(value)
        return self._refuse(value, kind, path) if fitted is None else fitted

    def _refuse(self, value: object, kind: inspect.Type, path: Path) -> object:
        name = next((part for part in reversed(path) if isinstance(part, str)), "")
        self._report(path, f"{_expected(kind, name)}, got {said(value)}", MISFIT)
        return _stand_in(kind)

    def _report(self, path: Path, reason: str, template: str = "") -> None:
        self.problems.append(Problem(key_path(*path), reason, template=template))


def _without_none(kind: inspect.UnionType) -> inspect.Type:
    return next(each for each in kind.types if not isinstance(each, inspect.NoneType))


def _stand_in(kind: inspect.Type) -> object:
    match kind:
        case inspect.StructType():
            return {each.name: _stand_in(each.type) for each in kind.fields if each.required}
        case inspect.DictType():
            return {}
        case inspect.VarTupleType():
            return []
        case inspect.UnionType():
            return None
        case _:
            return leaf_of(kind).stand_in


def _expected(kind: inspect.Type, name: str) -> str:
    match kind:
        case inspect.UnionType():
            return _expected(_without_none(kind), name)
        case inspect.DictType(value_type=inspect.StrType()):
            return 'expected a text in each language, { vi = "…", en = "…" }'
        case inspect.StructType() | inspect.DictType():
            return "expected a table"
        case inspect.VarTupleType():
            return "expected a list, [ … ]"
        case _:
            unit = " of seconds" if name.endswith("_s") else ""
            return f"expected {leaf_of(kind).expected}{unit}"


def _nearest(name: str, known: Iterable[str]) -> str:
    near = difflib.get_close_matches(name, list(known), 1)
    return f"; did you mean {near[0]}?" if near else f"; known: {', '.join(known)}"
