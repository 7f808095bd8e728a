"""The printer of a centre that has none: the paper is kept as a PNG file and shown on screens."""

from pathlib import Path

from PIL import Image

from printers.drawing import png_bytes
from printers.kept_files import file_of_job, write_whole
from printers.printer import UNWATCHED, Verdict, Watch
from queue_server.core.printing import Condition


class PicturePrinter:
    """Keeps every slip as ``<job id>.png`` in a folder, from which screens show it.

    Receipts hold names: remove them in time with `kept_files.remove_before`.

    Args:
        folder: Where screens look.
        further: Where another program fetches each picture too.
    """

    def __init__(self, folder: Path, further: Path | None = None) -> None:
        self._folder = folder
        self._further = further

    def print(self, job_id: str, picture: Image.Image, watch: Watch = UNWATCHED) -> Verdict:
        """Keep `picture`; a repeat writes the same file again."""
        data = png_bytes(picture)
        path = file_of_job(self._folder, job_id, ".png")
        for folder in filter(None, (self._folder, self._further)):
            write_whole(file_of_job(folder, job_id, ".png"), data)
        watch.seen(Condition.READY)
        return Verdict("kept", path.name)

    def condition(self) -> Condition:
        """A folder is always ready."""
        return Condition.READY

    def distrust(self) -> None:
        """Every job is whole or not at all."""

    def close(self) -> None:
        """Nothing is held."""
