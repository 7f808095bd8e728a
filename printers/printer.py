"""What a printer is to the rest of the system: it takes a picture and gives a verdict."""

from typing import TYPE_CHECKING, Literal, Protocol

from msgspec import Struct

from queue_server.core.printing import Condition

if TYPE_CHECKING:
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


class NotYours(Exception):
    """The job may not be begun: it was begun or dropped, or another printer has it."""


class Watch:
    """Is told what happens while a job is printed; this one does nothing."""

    def before_first_byte(self) -> None:
        """The job's first byte leaves when this returns, and not when it raises.

        Raises:
            NotYours: Nothing may be sent.
        """

    def seen(self, condition: Condition) -> None:
        """How the printer is, now and as it changes while the job waits for paper."""


UNWATCHED = Watch()


class Printer(Protocol):
    """Prints pictures of exactly the width of its model."""

    def print(self, job_id: str, picture: "Image.Image", watch: Watch = UNWATCHED) -> Verdict:
        """Print `picture` at most once and tell what is known of it. Never raises OSError.

        Raises:
            NotYours: As the watch does; nothing was sent.
        """
        ...

    def condition(self) -> Condition:
        """How it is now. Never raises OSError."""
        ...

    def distrust(self) -> None:
        """The last job was cut short by somebody else: begin the next one afresh."""
        ...

    def close(self) -> None:
        """Let go of the device, if it is held."""
        ...
