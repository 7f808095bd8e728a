"""Files are whole or not there, whatever the disk does."""

import subprocess
import sys
from pathlib import Path

from displays.speech.announcement import Clip, ClipId
from displays.speech.clip_files import clip_path
from queue_server.core.identifiers import Language

VI = Language("vi")

WRITE_ON_A_SMALL_DISK = """
import resource, sys
from pathlib import Path
from displays.speech.clip_files import write_whole

resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
write_whole(Path(sys.argv[1]), b"new" * 1000)
"""


def path_of(text: str = "năm", voice: str = "espeak-ng", *fingerprint: str) -> str:
    return clip_path(Clip(ClipId("vi/digit-5"), VI, text), voice, fingerprint)


def test_a_disk_that_is_full_midway_leaves_the_old_file(tmp_path: Path) -> None:
    file = tmp_path / "vi.json"
    file.write_text("old")

    done = subprocess.run(  # noqa: S603 (own arguments)
        [sys.executable, "-c", WRITE_ON_A_SMALL_DISK, str(file)], capture_output=True, check=False
    )

    assert b"OSError" in done.stderr
    assert file.read_text() == "old"
    assert list(tmp_path.iterdir()) == [file]


def test_the_name_of_a_clip_tells_sounds_apart_and_nothing_else() -> None:
    assert path_of("năm") == path_of(" Năm  ")
    assert (
        len({path_of(), path_of("tám"), path_of("năm", "gtts"), path_of("năm", "gtts", "2")}) == 4
    )
    assert path_of().startswith("vi/espeak-ng/")
