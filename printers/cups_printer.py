"""A printer behind CUPS, by the programs `lp` and `lpstat`.

CUPS says that it took a job, never what came out: it completes jobs while the printer is out of
paper. So a job is at best handed over, and nobody but a person can know.
"""

import os
import subprocess
from collections.abc import Sequence
from io import BytesIO
from typing import Final

from PIL import Image

from printers.escpos_bytes import print_commands
from printers.own_letters import own_letters
from printers.printer import UNWATCHED, Verdict, Watch
from printers.printer_model import PrinterModel
from printers.printer_status import Trouble
from queue_server.core.printing import Condition

DPI: Final = 203
TAKE_S: Final = 20.0
ASK_S: Final = 3.0


class CupsPrinter:
    """A queue of the system's print service."""

    def __init__(self, queue: str, model: PrinterModel) -> None:
        self._queue = queue
        self._model = model

    def print(self, job_id: str, picture: Image.Image, watch: Watch = UNWATCHED) -> Verdict:
        """Hand the picture to CUPS; see `printer.Printer`."""
        condition = self.condition()
        watch.seen(condition)
        if condition.is_stopped:
            return Verdict("not_sent", condition.value)
        data = self._document(job_id, picture)
        watch.before_first_byte()
        kind = () if self._model.is_document else ("-o", "raw")
        try:
            _run(("lp", "-d", self._queue, "-t", job_id, *kind, "-"), TAKE_S, data)
        except subprocess.CalledProcessError:
            return Verdict("not_sent", Trouble.OFFLINE)
        except (OSError, subprocess.TimeoutExpired):
            return Verdict("unknown", Trouble.INTERRUPTED)
        return Verdict("unknown", Trouble.NO_STATUS)

    def condition(self) -> Condition:
        """Whether the queue takes jobs; of the printer CUPS knows nothing."""
        try:
            told = _run(("lpstat", "-p", self._queue), ASK_S)
        except (OSError, subprocess.SubprocessError):
            return Condition.UNREACHABLE
        return Condition.OFFLINE if b"disabled" in told else Condition.MUTE

    def distrust(self) -> None:
        """Every job is whole or not at all."""

    def close(self) -> None:
        """Nothing is held."""

    def _document(self, job_id: str, picture: Image.Image) -> bytes:
        if not self._model.is_document:
            return print_commands(picture, self._model, own_letters(job_id, self._model))
        file = BytesIO()
        picture.save(file, "PDF", resolution=DPI)
        return file.getvalue()


def _run(command: Sequence[str], timeout_s: float, data: bytes = b"") -> bytes:
    finished = subprocess.run(  # noqa: S603 - a fixed program; the queue's name was checked
        command,
        input=data,
        capture_output=True,
        check=True,
        timeout=timeout_s,
        env={**os.environ, "LC_ALL": "C"},
    )
    return finished.stdout
