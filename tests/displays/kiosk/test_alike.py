"""Names that are easily taken for each other are asked about, and only those."""

from pathlib import Path

import pytest
from msgspec.structs import replace

from config.centre_file import load_centre
from displays.kiosk.alike import MOST, alike, hint_of
from displays.kiosk.indexes import Indexes
from displays.kiosk.search import Hit, index_of, search
from displays.kiosk.thesaurus import FAMILIES
from queue_server.core.configuration import Procedure
from queue_server.core.identifiers import FieldId, ProcedureCode

SAMPLE = Path(__file__).parents[3] / "config" / "centres" / "an-binh.toml"
FACTS = load_centre(SAMPLE)
INDEX = index_of(FACTS.procedures.values())


def asked(query: str) -> list[ProcedureCode]:
    return alike(search(INDEX, query), FACTS.procedures)


@pytest.mark.parametrize(
    ("query", "codes"),
    [
        ("khai sinh", {"1.001193", "1.004884", "2.000528"}),
        ("ket hon", {"1.000894", "1.004746", "2.000806"}),
        ("tam tru", {"1.004194", "1.002755", "1.010028"}),
        ("ho ngheo", {"1.011606", "1.011607"}),
    ],
)
def test_asks_which_of_the_family_is_meant(query: str, codes: set[str]) -> None:
    assert codes <= set(asked(query))
    assert len(asked(query)) <= MOST


@pytest.mark.parametrize("query", ["giay doc than", "mat so do", "sang ten so do", "di chuc", ""])
def test_does_not_ask_where_the_first_is_clear(query: str) -> None:
    assert asked(query) == []


def test_an_unknown_code_is_a_sibling_by_its_name() -> None:
    names = {"a": "Cấp phép", "b": "Cấp phép lưu động", "c": "Báo cáo"}
    procedures = {
        ProcedureCode(code): Procedure(
            code=ProcedureCode(code), field=FieldId("f"), name={"vi": name}
        )
        for code, name in names.items()
    }
    hits = [Hit(ProcedureCode(code), 90.0) for code in names]

    assert alike(hits, procedures) == ["a", "b"]


def test_every_family_of_the_sample_says_what_differs() -> None:
    for family in FAMILIES.values():
        assert len({text["vi"] for text in family.values()}) == len(family) > 1
        assert all(set(text) == {"vi", "en"} for text in family.values())
    assert hint_of(ProcedureCode("2.000528"))["en"] == "The father or the mother is a foreigner"
    assert hint_of(ProcedureCode("nothing")) == {}


def test_no_procedure_is_of_two_families() -> None:
    codes = [code for family in FAMILIES.values() for code in family]

    assert len(set(codes)) == len(codes)


def test_an_index_is_kept_until_the_configuration_or_the_list_changes() -> None:
    indexes = Indexes()
    first = indexes.of(FACTS, FACTS.procedures)
    fewer = dict(list(FACTS.procedures.items())[:3])

    assert indexes.of(FACTS, FACTS.procedures) is first
    assert indexes.of(FACTS, fewer) is not first
    assert indexes.of(replace(FACTS), fewer) is not indexes.of(FACTS, fewer)
