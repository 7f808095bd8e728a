"""A draft as a list of edits: what was set where, and what stood there when it was set.

Edits are laid over the configuration in force, whatever that is by then. So a draft never brings
back what somebody else changed meanwhile at another place, and where both changed the same, it
can be said.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from msgspec import UNSET, Struct, UnsetType

from queue_server.administration.tree import MISSING, ORDER, Path, Tree, value_at, with_value


class Edit(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One value set, or with UNSET removed."""

    path: Path
    value: Any = UNSET
    was: Any = UNSET
    """What the configuration said when it was first edited; UNSET for nothing."""


def laid_over(tree: Tree, edits: Iterable[Edit]) -> Tree:
    """The tree with the edits; orders come last, since edits add keys."""
    listed = list(edits)
    for edit in sorted(listed, key=lambda each: each.path[-1] == ORDER):
        tree = with_value(tree, edit.path, _written(edit.value))
    return tree


def edited(live: Tree, edits: Sequence[Edit], new: Iterable[Edit]) -> tuple[Edit, ...]:
    """The edits and the new ones, without those that change nothing.

    An edit replaces those at or below its path; one below another becomes part of it.
    """
    kept = list(edits)
    for edit in new:
        kept = _with(live, kept, edit)
    return tuple(each for each in kept if _written(each.value) != value_at(live, each.path))


def without(edits: Sequence[Edit], path: Path) -> tuple[Edit, ...]:
    """The edits but for those at or below the path."""
    return tuple(each for each in edits if not _is_within(each.path, path))


def overlaps(live: Tree, edits: Iterable[Edit]) -> tuple[Path, ...]:
    """Places that somebody else changed since they were edited here."""
    return tuple(
        edit.path
        for edit in edits
        if value_at(live, edit.path) not in (_written(edit.was), _written(edit.value))
    )


def differences(live: Tree, wanted: Tree) -> tuple[Edit, ...]:
    """The edits that make one tree of the other, as small as tables allow."""
    return tuple(_differences(live, wanted, ()))


def _differences(live: Tree, wanted: Tree, path: Path) -> Iterable[Edit]:
    for key in [*live, *(key for key in wanted if key not in live)]:
        before, after = live.get(key, MISSING), wanted.get(key, MISSING)
        if isinstance(before, dict) and isinstance(after, dict):
            yield from _differences(before, after, (*path, key))
        elif before != after:
            yield Edit(path=(*path, key), value=_kept(after), was=_kept(before))
    is_table = len(path) == 1
    if is_table and list(live) != list(wanted) and _would_be(live, wanted) != list(wanted):
        yield Edit(path=(*path, ORDER), value=list(wanted), was=list(live))


def _would_be(live: Tree, wanted: Tree) -> list[str]:
    """The order of the keys if only keys were taken away and added at the end."""
    return [key for key in live if key in wanted] + [key for key in wanted if key not in live]


def _with(live: Tree, edits: list[Edit], edit: Edit) -> list[Edit]:
    for place, each in enumerate(edits):
        if len(each.path) < len(edit.path) and _is_within(edit.path, each.path):
            return [*edits[:place], _deepened(each, edit), *edits[place + 1 :]]
    was = _kept(value_at(live, edit.path))
    return [*without(edits, edit.path), Edit(path=edit.path, value=edit.value, was=was)]


def _deepened(outer: Edit, inner: Edit) -> Edit:
    """The outer edit with the inner one in its value."""
    value = outer.value if isinstance(outer.value, dict) else {}
    rest = inner.path[len(outer.path) :]
    return Edit(
        path=outer.path, value=with_value(value, rest, _written(inner.value)), was=outer.was
    )


def _is_within(inner: Path, outer: Path) -> bool:
    return inner[: len(outer)] == outer


def _written(value: object) -> object:
    return MISSING if isinstance(value, UnsetType) else value


def _kept(value: object) -> object:
    return UNSET if value is MISSING else value
