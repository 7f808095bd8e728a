"""What a printer is to the rest of the system: it takes a picture and gives a verdict."""

from typing import Literal, Protocol

from msgspec import Struct
from PIL import Image

Result = Literal["printed", "not_sent", "unknown", "kept"]
"""As in the event `PrintRecorded`."""


class Verdict(Struct, frozen=True):
    """What became of a print job.

    `printed`: the printer said so. `not_sent`: no byte of it left, it may be tried again.
    `unknown`: bytes left and no answer came; only a person can see whether paper came out, so it
    is never sent again by program. `kept`: no printer, the picture is kept.
    """

    result: Result
    detail: str = ""
    """A word a screen can translate, e.g. ``paper_out``; for `kept`, the name of the file."""
    warning: str = ""
    """Something to see to soon, e.g. ``paper_near_end``."""


class Printer(Protocol):
    """Prints pictures of exactly the width of its model."""

    def print(self, job_id: str, picture: Image.Image) -> Verdict:
        """Print `picture` at most once and tell what is known of it. Never raises OSError."""
        ...
