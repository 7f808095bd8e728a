"""Fixed phrases on paper by language; Vietnamese where a language has none."""

from collections.abc import Mapping
from typing import Final

from printers.phrase_files import VIETNAMESE, Phrases, read_phrases
from queue_server.core.configuration import Texts
from queue_server.core.identifiers import Language

PHRASES: Final[Mapping[Language, Phrases]] = read_phrases()
"""The languages that paper can speak."""


def phrases_for(language: Language) -> Phrases:
    """Phrases of `language`, or the Vietnamese ones."""
    return PHRASES.get(language, PHRASES[VIETNAMESE])


def text_in(texts: Texts, language: Language) -> str:
    """The text in `language`, else in Vietnamese, else empty."""
    return texts.get(language) or texts.get(VIETNAMESE, "")
