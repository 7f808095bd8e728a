"""Keeps the index of each centre, which takes longer to make than to search."""

from collections import OrderedDict
from collections.abc import Mapping
from typing import Final

from msgspec import Struct

from displays.kiosk.search_index import Index, index_of
from queue_server.core.configuration import CentreConfiguration, Procedure
from queue_server.core.identifiers import CentreId, ProcedureCode

MOST_CENTRES: Final = 32


class Kept(Struct, frozen=True):
    """An index and what it was made from."""

    facts: CentreConfiguration
    codes: tuple[ProcedureCode, ...]
    index: Index


class Indexes:
    """Indexes of the centres that were searched last."""

    def __init__(self) -> None:
        self._kept: OrderedDict[CentreId, Kept] = OrderedDict()

    def of(
        self, facts: CentreConfiguration, procedures: Mapping[ProcedureCode, Procedure]
    ) -> Index:
        """The index of `procedures`, those of the configuration that are in force."""
        kept, codes = self._kept.get(facts.id), tuple(procedures)
        if kept is None or kept.facts is not facts or kept.codes != codes:
            names = {field.id: field.name for field in facts.fields.values()}
            kept = Kept(facts, codes, index_of(procedures.values(), names))
            self._kept[facts.id] = kept
        self._kept.move_to_end(facts.id)
        if len(self._kept) > MOST_CENTRES:
            self._kept.popitem(last=False)
        return kept.index
