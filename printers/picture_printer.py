"""The printer of a centre that has none: the paper is kept as a PNG file and shown on screens."""

from pathlib import Path

from PIL import Image

from printers.drawing import png_bytes
from printers.kept_files import file_of_job, write_whole
from printers.printer import Verdict


class PicturePrinter:
    """Keeps every slip as ``<job id>.png`` in a folder.

    Receipts hold names: remove them in time with `kept_files.remove_before`.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def print(self, job_id: str, picture: Image.Image) -> Verdict:
        """Keep `picture`; a repeat writes the same file again."""
        path = file_of_job(self._folder, job_id, ".png")
        write_whole(path, png_bytes(picture))
        return Verdict("kept", path.name)
