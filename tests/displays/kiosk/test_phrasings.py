"""How real people ask: the right procedure is among the first three, slips of typing or not."""

import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path
from random import Random  # noqa: TID251  # seeded: the same slips in every run

import pytest

from config.centre_file import load_centre
from displays.kiosk.search import index_of, search

SAMPLE = Path(__file__).parents[3] / "config" / "centres" / "an-binh.toml"
FACTS = load_centre(SAMPLE)
INDEX = index_of(
    FACTS.procedures.values(), {field.id: field.name for field in FACTS.fields.values()}
)
LISTS: Mapping[str, Mapping[str, list[str]]] = tomllib.loads(
    Path(__file__).with_name("phrasings.toml").read_text("utf-8")
)
FIRST = 3
NEARBY = {
    key: other
    for row in ("qwertyuiop", "asdfghjkl", "zxcvbnm")
    for key, other in zip(row, row[1:] + row[-2], strict=True)
}


def is_found(typed: str, codes: list[str]) -> bool:
    return any(hit.code in codes for hit in search(INDEX, typed)[:FIRST])


KNOWN = [
    (typed, codes)
    for phrasings in LISTS.values()
    for typed, codes in phrasings.items()
    if is_found(typed, codes)
]


@pytest.mark.parametrize(("name", "least"), [(name, 0.95) for name in LISTS])
def test_the_right_procedure_is_among_the_first_three(name: str, least: float) -> None:
    missed = [typed for typed, codes in LISTS[name].items() if not is_found(typed, codes)]

    assert len(missed) <= (1 - least) * len(LISTS[name]), missed


def test_the_first_list_asks_for_every_procedure() -> None:
    first = {**LISTS["tuned"], **LISTS["held_out"]}

    assert len(first) == 150
    assert {code for codes in first.values() for code in codes} == set(FACTS.procedures)


def swap(word: str, at: int) -> str:
    return word[:at] + word[at + 1 : at + 2] + word[at] + word[at + 2 :]


def leave_out(word: str, at: int) -> str:
    return word[:at] + word[at + 1 :]


def hold(word: str, at: int) -> str:
    return word[: at + 1] + word[at:]


def hit_beside(word: str, at: int) -> str:
    return word[:at] + NEARBY.get(word[at], word[at]) + word[at + 1 :]


def part(word: str, _: int) -> str:
    return f"{word[: len(word) // 2]} {word[len(word) // 2 :]}"


@pytest.mark.parametrize(
    ("slip", "least"),
    [(swap, 0.95), (leave_out, 0.9), (hold, 0.95), (hit_beside, 0.9), (part, 0.93)],
)
def test_a_slip_of_the_finger_finds_the_same(slip: Callable[[str, int], str], least: float) -> None:
    chosen = Random(3)  # noqa: S311

    def slipped(typed: str) -> str:
        words = typed.split()
        place = max(range(len(words)), key=lambda at: (len(words[at]) > 2, chosen.random()))
        words[place] = slip(words[place], chosen.randrange(len(words[place])))
        return " ".join(words)

    assert _share(slipped) >= least


@pytest.mark.parametrize(
    ("way", "least"),
    [
        (lambda typed: typed.replace(" ", ""), 0.93),
        (lambda typed: " ".join(f"{word}s" for word in typed.split()), 0.93),
        (lambda typed: " ".join(f"{word}5" for word in typed.split()), 0.93),
        (lambda typed: typed[:-1], 0.95),
        (str.upper, 0.97),
        (lambda typed: f"cho toi hoi muon lam {typed} thi can giay to gi, o dau", 0.95),
    ],
    ids=["joined", "telex", "vni", "unfinished", "capitals", "whole sentence"],
)
def test_a_way_of_typing_finds_the_same(way: Callable[[str], str], least: float) -> None:
    assert _share(way) >= least


def _share(way: Callable[[str], str]) -> float:
    """Share of the phrases found at all that are still found when they are typed that way."""
    found = [is_found(way(typed), codes) for typed, codes in KNOWN[::3]]
    return sum(found) / len(found)


@pytest.mark.parametrize(
    ("name", "letters"), [("khai sinh", 5), ("kết hôn", 5), ("tạm trú", 5), ("birth", 3)]
)
def test_it_is_found_while_it_is_being_typed(name: str, letters: int) -> None:
    whole = search(INDEX, name)[0].code

    for end in range(letters, len(name) + 1):
        assert whole in [hit.code for hit in search(INDEX, name[:end])[:FIRST]], name[:end]
