"""What people call public services: words of one meaning, and words that mean nothing here."""

from collections.abc import Mapping
from importlib.resources import files
from typing import Final

import msgspec
from msgspec import Struct

from queue_server.core.configuration import Texts
from queue_server.core.identifiers import ProcedureCode


class Thesaurus(Struct, frozen=True, forbid_unknown_fields=True):
    """Everyday language, the same in every centre; a centre's own words are its synonyms."""

    fillers: tuple[str, ...] = ()
    """Words and phrases that say nothing about which procedure is meant."""
    meanings: tuple[tuple[str, ...], ...] = ()
    """Words and phrases that may stand for each other, in any language."""


class Hints(Struct, frozen=True, forbid_unknown_fields=True):
    """When a procedure is the right one among its siblings, in plain words, by national code."""

    hints: Mapping[ProcedureCode, Texts] = {}


def _read(name: str) -> bytes:
    return files(__package__).joinpath(name).read_bytes()


THESAURUS: Final = msgspec.toml.decode(_read("thesaurus.toml"), type=Thesaurus)
HINTS: Final = msgspec.toml.decode(_read("hints.toml"), type=Hints).hints
