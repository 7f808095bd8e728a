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


Families = Mapping[str, Mapping[ProcedureCode, Texts]]
"""Procedures that are easily taken for each other: when each is the right one, in plain words."""


def _read(name: str) -> bytes:
    return files(__package__).joinpath(name).read_bytes()


THESAURUS: Final = msgspec.toml.decode(_read("thesaurus.toml"), type=Thesaurus)
FAMILIES: Final = msgspec.toml.decode(
    _read("hints.toml"), type=dict[str, dict[ProcedureCode, Texts]]
)
