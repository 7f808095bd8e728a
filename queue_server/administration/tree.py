"""A configuration as plain values by name: what forms show, drafts change and centre files hold.

A tree is what a centre file would say with every default written out: tables keyed by identifier,
days and times as text. What is None is left out, as TOML has no word for it.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

import msgspec

from queue_server.core.configuration import CentreConfiguration

Tree = dict[str, Any]
Path = tuple[str, ...]
"""Names from the top down, e.g. ``("fields", "land", "name", "vi")``; lists are changed whole."""

ORDER: Final = "#order"
"""Last step of a path that stands for the order of a table's keys."""


class _Missing:
    """Nothing is written there; None is no value of a tree either."""

    def __repr__(self) -> str:
        return "MISSING"


MISSING: Final = _Missing()


def tree_of(configuration: CentreConfiguration) -> Tree:
    """The configuration as a tree."""
    tree: Tree = _without_none(msgspec.to_builtins(configuration, str_keys=True))
    return tree


def _without_none(value: Any) -> Any:  # noqa: ANN401 - plain values of any shape
    if isinstance(value, Mapping):
        return {key: _without_none(each) for key, each in value.items() if each is not None}
    if isinstance(value, list | tuple):
        return [_without_none(each) for each in value]
    return value


def value_at(tree: Tree, path: Path) -> Any:  # noqa: ANN401 - plain values of any shape
    """What is written at the path, or MISSING."""
    *way, last = path
    table = _table_at(tree, way)
    if table is None:
        return MISSING
    if last == ORDER:
        return list(table)
    return table.get(last, MISSING)


def with_value(tree: Tree, path: Path, value: object) -> Tree:
    """A tree with the value at the path; MISSING removes what is there. The tree is not changed."""
    step, *rest = path
    if step == ORDER:
        return _ordered(tree, value)
    changed = dict(tree)
    if rest:
        inner = changed.get(step)
        changed[step] = with_value(inner if isinstance(inner, dict) else {}, tuple(rest), value)
    elif value is MISSING:
        changed.pop(step, None)
    else:
        changed[step] = value
    return changed


def _ordered(table: Tree, value: object) -> Tree:
    """The table with these keys first, in their order; keys it has not are passed over."""
    wanted = [str(key) for key in value] if isinstance(value, Iterable) else []
    return {key: table[key] for key in dict.fromkeys((*wanted, *table)) if key in table}


def _table_at(tree: Tree, path: Sequence[str]) -> Tree | None:
    table: object = tree
    for step in path:
        if not isinstance(table, dict) or step not in table:
            return None
        table = table[step]
    return table if isinstance(table, dict) else None
