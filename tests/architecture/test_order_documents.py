"""What the documents say about the order of calls is what the rules do."""

from pathlib import Path

from tests.support import order_example
from tests.support.source_tree import ROOT

GUIDE = ROOT / "docs" / "guides" / "how-the-order-is-made.md"
FORMULAS = ROOT / "docs" / "reference" / "formulas.md"


def says(page: Path, text: str) -> bool:
    return text in page.read_text("utf-8")


def test_the_worked_example_is_computed_by_the_rules() -> None:
    table = order_example.table()

    assert says(GUIDE, table), f"expected in {GUIDE.name}:\n{table}"


def test_the_calls_of_the_example_are_those_of_the_rules() -> None:
    calls = "\n".join(order_example.calls())

    assert says(GUIDE, calls), f"expected in {GUIDE.name}:\n{calls}"


def test_the_answer_is_what_staff_would_read() -> None:
    answer = order_example.answer()

    assert says(GUIDE, answer), f"expected in {GUIDE.name}:\n{answer}"


def test_the_numbers_of_the_modes_are_those_in_force() -> None:
    modes = order_example.modes()

    assert says(FORMULAS, modes), f"expected in {FORMULAS.name}:\n{modes}"
