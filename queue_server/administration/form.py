"""Forms made from the configuration's own Structs: which control each value needs, and its words.

A new attribute of a Struct appears on the pages by itself, with its name as the label and the
sentence below it as the help. What a page lays out by hand uses the same parts.
"""

import inspect
import types
from collections.abc import Mapping
from datetime import date, time
from enum import StrEnum
from functools import cache
from typing import Any, Final, Literal, NewType, Union, get_args, get_origin, get_type_hints

import msgspec
from msgspec import NODEFAULT, Struct
from msgspec.structs import FieldInfo

from queue_server.core import configuration_ranges as ranges
from queue_server.core.configuration import CentreConfiguration
from queue_server.core.identifiers import Language
from queue_server.web.extract_structs import CONTEXT, texts_in, words_of
from queue_server.web.i18n import translations

Kind = Literal[
    "text", "texts", "flag", "whole", "number", "date", "time",
    "choice", "language", "reference", "list", "table", "struct", "other",
]  # fmt: skip
OWN_NAMES: Final = frozenset({"id", "code"})
"""Attributes that repeat the name of their table."""
_RANGES: Final[Mapping[str, ranges.Ranges]] = {
    "limits": ranges.LIMITS,
    "routing": ranges.ROUTING,
    "rebalancing": ranges.REBALANCING,
}
_LEAVES: Final[Mapping[object, Kind]] = {
    str: "text",
    bool: "flag",
    int: "whole",
    float: "number",
    date: "date",
    time: "time",
}


class Choice(Struct, frozen=True, omit_defaults=True):
    """One of several values."""

    value: str
    label: str
    help: str = ""


class Control(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """How a value is shown and entered."""

    kind: Kind
    is_optional: bool = False
    """May be left out, which is not the same as empty."""
    to: str = ""
    """Of a reference: the table at the top of the configuration."""
    least: float | None = None
    most: float | None = None
    choices: tuple[Choice, ...] = ()
    key: "Control | None" = None
    """Of a table: its names."""
    of: "Control | None" = None
    """Of a list or a table: each entry."""
    parts: "tuple[Part, ...]" = ()
    """Of a struct."""


class Part(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One attribute of a struct."""

    name: str
    label: str
    help: str = ""
    control: Control
    is_required: bool = False
    default: Any = None
    """As a plain value; none where it is required."""


@cache
def form(language: str) -> Control:
    """The whole configuration as a form in that language."""
    return _Maker(language).struct(CentreConfiguration)


class _Maker:
    """Makes controls in one language."""

    def __init__(self, language: str) -> None:
        catalogue = translations(language)
        self._name, self._sentence = catalogue.pgettext, catalogue.gettext

    def struct(self, struct: type[Struct], top: str = "", *, is_named: bool = False) -> Control:
        hints = get_type_hints(struct)
        parts = tuple(
            self._part(struct, field, hints[field.name], top)
            for field in msgspec.structs.fields(struct)
            if not (is_named and field.name in OWN_NAMES)
        )
        return Control(kind="struct", parts=parts)

    def _part(self, struct: type[Struct], field: FieldInfo, hint: object, top: str) -> Part:
        control = self._control(hint, top or field.name)
        least, most = _RANGES.get(top, {}).get(field.name, (None, None))
        if least is not None:
            control = msgspec.structs.replace(control, least=least, most=most)
        meaning = _meanings(struct).get(field.name, "")
        return Part(
            name=field.name,
            label=self._name(CONTEXT, words_of(field.name)),
            help=self._sentence(meaning) if meaning else "",
            control=control,
            is_required=field.required,
            default=_default(field),
        )

    def _control(self, hint: Any, top: str) -> Control:  # noqa: ANN401 - a type, or a form of one
        origin, arguments = get_origin(hint), get_args(hint)
        if origin in {Union, types.UnionType}:
            inner = next(each for each in arguments if each is not type(None))
            return msgspec.structs.replace(self._control(inner, top), is_optional=True)
        if origin is tuple:
            return Control(kind="list", of=self._control(arguments[0], top))
        if origin is Mapping:
            return self._table(*arguments, top=top)
        if origin is Literal:
            return Control(kind="choice", choices=tuple(self._choice(str(a)) for a in arguments))
        return self._plain(hint, top)

    def _plain(self, hint: Any, top: str) -> Control:  # noqa: ANN401
        if isinstance(hint, NewType):
            return _reference(hint)
        if isinstance(hint, type) and issubclass(hint, StrEnum):
            meanings = _meanings(hint)
            choices = (self._choice(each.value, meanings.get(each.name, "")) for each in hint)
            return Control(kind="choice", choices=tuple(choices))
        if isinstance(hint, type) and issubclass(hint, Struct):
            return self.struct(hint, top)
        # What has no control yet is shown as it is and changed in the centre file.
        return Control(kind=_LEAVES.get(hint, "other"))

    def _table(self, key: object, value: object, *, top: str) -> Control:
        if key is str and value is str:
            return Control(kind="texts")
        if isinstance(value, type) and issubclass(value, Struct):
            of = self.struct(value, top, is_named=True)
            return Control(kind="table", key=Control(kind="text"), of=of)
        return Control(kind="table", key=self._control(key, top), of=self._control(value, top))

    def _choice(self, value: str, meaning: str = "") -> Choice:
        help_ = self._sentence(meaning) if meaning else ""
        return Choice(value, self._name(CONTEXT, words_of(value)), help_)


def _reference(name: NewType) -> Control:
    if name is Language:
        return Control(kind="language")
    table = _tables().get(name)
    return Control(kind="reference", to=table) if table else Control(kind="text")


@cache
def _tables() -> dict[NewType, str]:
    """Which table at the top of a configuration each kind of identifier names."""
    found: dict[NewType, str] = {}
    for field, hint in get_type_hints(CentreConfiguration).items():
        key, *_ = get_args(hint) or (None,)
        if get_origin(hint) is Mapping and isinstance(key, NewType):
            found[key] = field
    return found


@cache
def _meanings(cls: type) -> dict[str, str]:
    """The sentence below each attribute, by attribute."""
    module = inspect.getmodule(cls)
    texts = texts_in(inspect.getsource(module)) if module else {}
    return {each.name: each.meaning for each in texts.get(cls.__name__, ())}


def _default(field: FieldInfo) -> object:
    if field.required:
        return None
    value = field.default if field.default_factory is NODEFAULT else field.default_factory()
    return msgspec.to_builtins(value, str_keys=True)
