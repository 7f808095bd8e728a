"""Forms are made from the configuration's Structs: whatever they have appears by itself."""

from collections.abc import Iterator, Mapping
from datetime import date, time
from enum import StrEnum

import pytest
from msgspec import Struct

from config.shape import fit
from queue_server.administration.form import Control, Part, _Maker, form
from queue_server.administration.tree import tree_of
from queue_server.core.configuration import CentreConfiguration, Texts
from queue_server.core.configuration_ranges import LIMITS
from queue_server.core.identifiers import FieldId, Language, ZoneId
from queue_server.web.extract_structs import configuration_classes, texts_in, words_of
from tests.support.centres import small_configuration


class Colour(StrEnum):
    """A choice."""

    DEEP_BLUE = "deep_blue"
    """As the sea."""
    RED = "red"


class Novelty(Struct, frozen=True, kw_only=True):
    """What a later release may bring."""

    id: str
    title: Texts
    seen_for_s: int = 60
    """How long it is shown."""
    is_loud: bool = False
    colour: Colour = Colour.RED
    zone: ZoneId | None = None
    languages: tuple[Language, ...] = ()
    by_field: Mapping[FieldId, Colour] = {}
    days: tuple[date, ...] = ()
    at: time = time(8)
    odd: bytes = b""


def parts_below(control: Control) -> Iterator[tuple[Part, ...]]:
    """The parts of every struct of a form."""
    if control.parts:
        yield control.parts
    for inner in (control.of, control.key, *(part.control for part in control.parts)):
        if inner is not None:
            yield from parts_below(inner)


def kinds(control: Control) -> dict[str, str]:
    return {part.name: part.control.kind for part in control.parts}


def test_a_new_struct_has_a_form_without_more_ado() -> None:
    made = _Maker("en").struct(Novelty, is_named=True)

    assert kinds(made) == {
        "title": "texts",
        "seen_for_s": "whole",
        "is_loud": "flag",
        "colour": "choice",
        "zone": "reference",
        "languages": "list",
        "by_field": "table",
        "days": "list",
        "at": "time",
        "odd": "other",
    }
    by_name = {part.name: part for part in made.parts}
    assert by_name["seen_for_s"].label == "Seen for"
    assert by_name["seen_for_s"].help == "How long it is shown."
    assert by_name["title"].is_required
    assert by_name["zone"].control.is_optional
    assert by_name["zone"].control.to == "zones"
    assert [(c.value, c.help) for c in by_name["colour"].control.choices] == [
        ("deep_blue", "As the sea."),
        ("red", ""),
    ]
    assert by_name["at"].default == "08:00:00"


def test_names_are_said_in_words() -> None:
    said = [words_of(name) for name in ("is_declared_at_kiosk", "parked_for_s", "width_mm", "cups")]

    assert said == ["Declared at kiosk", "Parked for", "Width (mm)", "Cups"]


def test_identifiers_lead_to_their_tables() -> None:
    [procedures] = [part for part in form("en").parts if part.name == "procedures"]
    assert procedures.control.of is not None

    field = next(part for part in procedures.control.of.parts if part.name == "field")

    assert (field.control.kind, field.control.to) == ("reference", "fields")


def test_numbers_bring_their_ranges() -> None:
    [limits] = [part for part in form("en").parts if part.name == "limits"]

    shown = {part.name: (part.control.least, part.control.most) for part in limits.control.parts}

    assert {name: shown[name] for name in LIMITS} == dict(LIMITS)


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_part_of_the_configuration_has_a_label(language: str) -> None:
    parts = [part for parts in parts_below(form(language)) for part in parts]

    assert all(part.label for part in parts)
    assert len(parts) > 80


def test_vietnamese_forms_are_vietnamese() -> None:
    english = {part.name: part for part in form("en").parts}

    same = [part.name for part in form("vi").parts if part.label == english[part.name].label]

    assert same == []


def test_the_form_has_every_key_of_a_configuration() -> None:
    assert set(tree_of(small_configuration())) <= {part.name for part in form("en").parts}


def test_every_struct_of_the_configuration_is_read_for_the_catalogues() -> None:
    classes = configuration_classes()

    names = {name for found in classes.values() for name in found}

    assert {"CentreConfiguration", "Procedure", "Session", "RebalancingRules", "Level"} <= names
    assert all(module.startswith("queue_server.core.") for module in classes)


def test_sentences_are_those_below_the_attributes() -> None:
    source = '''
class One(Struct):
    first: int = 1
    """What it is,
    over two lines."""
    kind: Literal["a_b", "c"] = "c"
    _hidden: int = 0
    def method(self): ...
'''

    [first, kind] = texts_in(source)["One"]

    assert (first.name, first.meaning) == ("first", "What it is, over two lines.")
    assert (kind.name, kind.meaning, kind.choices) == ("kind", "", ("a_b", "c"))


def test_what_a_form_leaves_out_is_said_where_it_belongs() -> None:
    tree = tree_of(small_configuration())
    del tree["fields"]["land"]["name"]

    _, [problem] = fit(tree, CentreConfiguration)

    assert problem.key == "fields.land.name"
    assert problem.template == "this must be filled in"
