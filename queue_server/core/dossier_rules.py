"""How dossiers are coded and dated: a part of the configuration."""

from datetime import time

from msgspec import Struct


class DossierRules(Struct, frozen=True, kw_only=True):
    """How dossiers opened here are coded and dated."""

    agency: str = "H00.000"
    """Agency identifier by Decision 20/2020/QĐ-TTg, the first part of every dossier code."""
    cutoff: time = time(15, 0)
    """Same-day procedures received later are due on the next working day."""
    due_hour: time = time(17, 0)
    """Time of day at which a term counted in days ends."""
