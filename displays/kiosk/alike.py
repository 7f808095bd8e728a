"""Procedures that are easily taken for each other, so that the kiosk asks which one is meant."""

from collections.abc import Mapping, Sequence
from typing import Final

from rapidfuzz import fuzz

from displays.kiosk.search import Hit, normalised
from displays.kiosk.thesaurus import FAMILIES, Families
from queue_server.core.configuration import Procedure, Texts
from queue_server.core.identifiers import ProcedureCode

AS_GOOD: Final = 0.88
"""Share of the best score from which a hit may be what was meant as well."""
SAME_NAME: Final = 95.0
"""Likeness of two names, of which one has only a few words more."""
MOST: Final = 5
"""More than these are no question, but a list."""


def hint_of(code: ProcedureCode, families: Families = FAMILIES) -> Texts:
    """When the procedure is the right one among its siblings; empty for one without any."""
    return next((family[code] for family in families.values() if code in family), {})


def alike(
    hits: Sequence[Hit],
    procedures: Mapping[ProcedureCode, Procedure],
    families: Families = FAMILIES,
) -> list[ProcedureCode]:
    """Codes of the hits among which the citizen must choose; empty where the first is clear."""
    if not hits:
        return []
    first = procedures[hits[0].code]
    found = [
        hit.code
        for hit in hits
        if hit.score >= AS_GOOD * hits[0].score
        and _is_sibling(first, procedures[hit.code], families)
    ]
    return found[:MOST] if len(found) > 1 else []


def _is_sibling(one: Procedure, other: Procedure, families: Families) -> bool:
    family = next((family for family in families.values() if one.code in family), None)
    if family is not None and other.code in family:
        return True
    return one.field == other.field and any(
        fuzz.token_set_ratio(normalised(name), normalised(other.name.get(language, "")))
        >= SAME_NAME
        for language, name in one.name.items()
    )
