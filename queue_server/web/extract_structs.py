"""Babel extractor for the configuration: names, meanings and choices of its Structs.

The administrator's forms are made from the Structs of `queue_server.core.configuration`, so their
words are the Structs' own: the name of an attribute, the sentence below it, the values of an
enumeration. `texts_in` reads them from the source, here for the catalogues and in
`queue_server.administration.form` for the pages.
"""

import ast
import io
from collections.abc import Iterator, Mapping, Sequence
from enum import Enum
from functools import cache
from typing import IO, Any, Final, get_args, get_type_hints

from babel.messages.extract import extract_python
from msgspec import Struct

from queue_server.core.configuration import CentreConfiguration

CONTEXT: Final = "configuration"
"""Of names and choices: one English word may mean other things elsewhere."""
_PREFIXES: Final = ("is_", "are_", "has_")
_UNITS: Final = ("_inch", "_mm", "_m")
"""Seconds are left out: durations are shown in the unit that fits."""


class Attribute(Struct, frozen=True):
    """One attribute of a Struct, or one member of an enumeration."""

    name: str
    line: int
    meaning: str = ""
    """The sentence below it, on one line; empty where there is none."""
    choices: tuple[str, ...] = ()
    """Values of a `Literal`, or the one of a member."""
    is_member: bool = False
    """Of an enumeration."""


def words_of(name: str) -> str:
    """A name as words: ``is_declared_at_kiosk`` is "Declared at kiosk"."""
    for prefix in _PREFIXES:
        name = name.removeprefix(prefix)
    name, _, unit = (
        name.rpartition("_") if name.endswith(_UNITS) else (name.removesuffix("_s"), "", "")
    )
    words = name.replace("_", " ").replace("-", " ").strip()
    return words[:1].upper() + words[1:] + (f" ({unit})" if unit else "")


@cache
def configuration_classes() -> Mapping[str, frozenset[str]]:
    """Structs and enumerations that a configuration is made of: names by module."""
    found: dict[str, set[str]] = {}
    seen: set[type] = set()
    waiting: list[object] = [CentreConfiguration]
    while waiting:
        hint = waiting.pop()
        waiting += get_args(hint)
        if not isinstance(hint, type) or not issubclass(hint, Struct | Enum):
            continue
        if hint not in seen:
            seen.add(hint)
            found.setdefault(hint.__module__, set()).add(hint.__name__)
            if issubclass(hint, Struct):
                waiting += get_type_hints(hint).values()
    return {module: frozenset(names) for module, names in found.items()}


def texts_in(source: str) -> dict[str, list[Attribute]]:
    """Attributes of every public class of a module, by class."""
    return {
        node.name: list(_attributes(node))
        for node in ast.parse(source).body
        if isinstance(node, ast.ClassDef)
    }


def extract(
    fileobj: IO[bytes],
    keywords: Mapping[str, Any],
    comment_tags: Sequence[str],
    options: Any,  # noqa: ANN401 - Babel's own, handed on
) -> Iterator[tuple[object, ...]]:
    """Messages of one module, as Babel wants them: line, function, ids, comments.

    What the module asks of the catalogue by calls is found too.
    """
    source = fileobj.read()
    yield from extract_python(io.BytesIO(source), keywords, comment_tags, options)
    wanted = frozenset[str]().union(*configuration_classes().values())
    for name, attributes in texts_in(source.decode("utf-8")).items():
        for each in attributes if name in wanted else ():
            for word in each.choices if each.is_member else (each.name, *each.choices):
                yield each.line, "pgettext", (CONTEXT, words_of(word)), []
            if each.meaning:
                yield each.line, "gettext", each.meaning, []


def _attributes(node: ast.ClassDef) -> Iterator[Attribute]:
    for place, statement in enumerate(node.body):
        name, choices = _named(statement)
        if name and not name.startswith("_"):
            after = node.body[place + 1] if place + 1 < len(node.body) else None
            is_member = isinstance(statement, ast.Assign)
            yield Attribute(name, statement.lineno, _sentence(after), choices, is_member)


def _named(statement: ast.stmt) -> tuple[str, tuple[str, ...]]:
    """The attribute that a statement declares, and the values it may have."""
    match statement:
        case ast.AnnAssign(target=ast.Name(id=name), annotation=annotation):
            return name, tuple(_literals(annotation))
        case ast.Assign(targets=[ast.Name(id=name)], value=ast.Constant(value=str(value))):
            return name, (value,)
        case _:
            return "", ()


def _literals(annotation: ast.expr) -> Iterator[str]:
    for node in ast.walk(annotation):
        match node:
            case ast.Subscript(value=ast.Name(id="Literal"), slice=values):
                for each in ast.walk(values):
                    if isinstance(each, ast.Constant) and isinstance(each.value, str):
                        yield each.value
            case _:
                pass


def _sentence(statement: ast.stmt | None) -> str:
    match statement:
        case ast.Expr(value=ast.Constant(value=str(text))):
            return " ".join(text.replace("``", "").split())
        case _:
            return ""
