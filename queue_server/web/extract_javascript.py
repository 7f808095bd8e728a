"""Babel extractor for our modules: strings in `_(…)`, `n_(…)` and `p_(…)`, wherever they stand.

Babel's own reads JavaScript as tokens and loses most strings inside tagged templates
(research: 3 of 7). Our three names are enough to look for the calls themselves: a string literal,
or for `n_` and `p_` two, must follow the bracket. Template literals as ids are not supported.
"""

import json
import re
from collections.abc import Iterator, Sequence
from typing import IO, Any, Final

_STRING: Final = r"""("(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')"""
_CALL: Final = re.compile(rf"(?<![\w$.])([np]?_)\(\s*{_STRING}(?:\s*,\s*{_STRING})?")
_COMMENT: Final = re.compile(r"/\*[\s\S]*?\*/")
_FUNCTION: Final = {"_": "gettext", "n_": "ngettext", "p_": "pgettext"}

Found = tuple[int, str, str | tuple[str, str], list[str]]


def extract(
    fileobj: IO[bytes],
    keywords: object,  # noqa: ARG001 - the three names are fixed
    comment_tags: Sequence[str],  # noqa: ARG001 - no comments for translators in modules
    options: dict[str, Any],  # noqa: ARG001 - it has none
) -> Iterator[Found]:
    """Messages of one module, as Babel wants them: line, function, ids, comments."""
    source = _COMMENT.sub(_blank, fileobj.read().decode("utf-8"))
    for call in _CALL.finditer(source):
        name, first, second = call.groups()
        line = source.count("\n", 0, call.start()) + 1
        if name == "_":
            yield line, _FUNCTION[name], _value(first), []
        elif second is not None:
            yield line, _FUNCTION[name], (_value(first), _value(second)), []


def messages_in(source: str) -> list[str]:
    """Keys of one module's messages as the browser looks them up: the id, after its context."""
    found: list[str] = []
    for call in _CALL.finditer(_COMMENT.sub(_blank, source)):
        name, first, second = call.groups()
        has_context = name == "p_" and second is not None
        found.append(f"{_value(first)}\x04{_value(second)}" if has_context else _value(first))
    return found


def _blank(comment: re.Match[str]) -> str:
    return "\n" * comment.group().count("\n")


def _value(literal: str) -> str:
    if literal.startswith("'"):
        literal = '"' + literal[1:-1].replace('"', '\\"').replace("\\'", "'") + '"'
    return str(json.loads(literal))
