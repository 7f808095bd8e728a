"""A configuration as the text of a centre file, which reads back as the same configuration.

Only what differs from the defaults is written. Comments of an earlier file are not kept.
"""

import math
from collections.abc import Iterator, Mapping
from datetime import date, time
from enum import Enum

import msgspec
from msgspec import NODEFAULT, Struct
from msgspec.structs import FieldInfo

from queue_server.core.configuration import CentreConfiguration
from queue_server.core.configuration_paths import key_path, quoted

_OWN_NAMES = frozenset({"id", "code"})
"""Fields that repeat the name of their table."""


def dump_centre(configuration: CentreConfiguration) -> str:
    """The text of a centre file for this configuration."""
    parts = dict(_changed(configuration))
    single = {name: value for name, value in parts.items() if not _is_table(value)}
    lines = [f"{name} = {_value(value)}" for name, value in single.items()]
    for name, value in parts.items():
        if name not in single:
            lines += _tables(name, value)
    return "\n".join([*lines, ""])


def _is_table(value: object) -> bool:
    """Whether a value gets a heading of its own; texts by language stay on one line."""
    is_texts = isinstance(value, Mapping) and all(isinstance(each, str) for each in value.values())
    return isinstance(value, Struct) or (isinstance(value, Mapping) and not is_texts)


def _tables(name: str, value: object) -> Iterator[str]:
    entries = dict(_entries(value))
    if entries and all(isinstance(entry, Struct) for entry in entries.values()):
        for key, entry in entries.items():
            yield from _table(key_path(name, key), dict(_changed(entry, named=True)))
    else:
        yield from _table(name, entries)


def _table(heading: str, entries: Mapping[str, object]) -> Iterator[str]:
    yield f"\n[{heading}]"
    yield from (f"{key_path(key)} = {_value(entry)}" for key, entry in entries.items())


def _entries(value: object) -> Iterator[tuple[str, object]]:
    if isinstance(value, Struct):
        yield from _changed(value)
    elif isinstance(value, Mapping):
        yield from ((str(key), entry) for key, entry in value.items())


def _changed(struct: object, *, named: bool = False) -> Iterator[tuple[str, object]]:
    """The fields of a Struct that differ from their defaults."""
    if not isinstance(struct, Struct):
        return
    for field in msgspec.structs.fields(struct):
        value = getattr(struct, field.name)
        if value != _default(field) and not (named and field.name in _OWN_NAMES):
            yield field.name, value


def _default(field: FieldInfo) -> object:
    return field.default if field.default_factory is NODEFAULT else field.default_factory()


def _value(value: object) -> str:  # noqa: PLR0911
    match value:
        case Enum():
            return quoted(str(value.value))
        case str():
            return quoted(value)
        case bool():
            return str(value).lower()
        case float() if not math.isfinite(value):
            message = f"expected a finite number, got {value}"
            raise ValueError(message)
        case int() | float():
            return str(value)
        case time() | date():
            return value.isoformat()
        case tuple() | list():
            return f"[{', '.join(map(_value, value))}]"
        case _:
            inner = (f"{key_path(key)} = {_value(entry)}" for key, entry in _entries(value))
            return f"{{ {', '.join(inner)} }}"
