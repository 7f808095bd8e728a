"""Every language says everything, with the same values filled in."""

from string import Formatter

import msgspec
import pytest

from printers.phrases import PHRASES, phrases_for, text_in
from queue_server.core.identifiers import Language
from tests.support.paper_samples import EN, VI


def _places(text: str) -> set[str]:
    return {name.split(":")[0] for _, name, _, _ in Formatter().parse(text) if name}


@pytest.mark.parametrize("language", PHRASES)
def test_every_phrase_takes_the_same_values_as_in_vietnamese(language: Language) -> None:
    ours, vietnamese = (msgspec.structs.asdict(phrases_for(name)) for name in (language, VI))

    for key, phrase in ours.items():
        assert phrase, f"{language} has no {key}"
        if isinstance(phrase, str):
            assert _places(phrase) == _places(vietnamese[key]), key
        else:
            assert len(phrase) == len(vietnamese[key]), key


def test_an_unknown_language_speaks_vietnamese() -> None:
    assert phrases_for("lo") is PHRASES[VI]  # type: ignore[arg-type]


def test_a_text_without_translation_is_shown_in_vietnamese() -> None:
    assert text_in({"vi": "Tầng 1"}, EN) == "Tầng 1"
    assert text_in({}, EN) == ""
