"""The certificates of the centre's own authority, as the door wants them."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from msgspec import Struct

from queue_server.secure.kept import Kept


class OwnAuthority(Struct, frozen=True):
    """Certificates of the centre's own authority."""

    kept: Kept
    centre: str
    names: Sequence[str]
    are_found: bool = False
    """By looking at the machine, not written down by anybody."""

    @property
    def files(self) -> tuple[Path, Path]:
        """Certificate and key."""
        return (self.kept.certificate, self.kept.key)

    def refresh(self, now: datetime) -> bool:
        """Make or renew what is due; whether there is another certificate."""
        return self.kept.ready(self.centre, self.names, now, are_found=self.are_found)
