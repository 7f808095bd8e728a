"""Without a printer the paper is kept as a PNG file, whole or not at all."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PIL import Image

from printers.escpos_printer import NetworkPrinter
from printers.kept_files import remove_before
from printers.picture_printer import PicturePrinter
from printers.printer import Verdict
from printers.printer_choice import printer_for
from printers.printer_model import model_of
from queue_server.core.errors import InvalidValue
from queue_server.core.identifiers import PrinterId
from queue_server.core.printer_configuration import PrinterConfiguration


def test_keeps_the_picture_under_the_jobs_name(tmp_path: Path) -> None:
    picture = Image.new("1", (384, 100), 0)

    verdict = PicturePrinter(tmp_path / "pictures").print("slip-1", picture)

    assert verdict == Verdict("kept", "slip-1.png")
    assert [path.name for path in (tmp_path / "pictures").iterdir()] == ["slip-1.png"]
    with Image.open(tmp_path / "pictures" / "slip-1.png") as kept:
        assert kept.size == (384, 100)


def test_a_job_id_that_could_leave_the_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InvalidValue, match="print job id"):
        PicturePrinter(tmp_path).print("../slip", Image.new("1", (8, 8)))


def test_old_files_are_removed_and_young_ones_kept(tmp_path: Path) -> None:
    PicturePrinter(tmp_path).print("slip-1", Image.new("1", (8, 8)))
    written_at = datetime.fromtimestamp((tmp_path / "slip-1.png").stat().st_mtime, UTC)

    PicturePrinter(tmp_path, tmp_path / "front").print("slip-2", Image.new("1", (8, 8)))

    assert remove_before(tmp_path, written_at - timedelta(hours=1)) == 0
    assert remove_before(tmp_path, written_at + timedelta(hours=1)) == 3
    assert [path.name for path in tmp_path.rglob("*")] == ["front"]


def test_the_configuration_chooses_the_printer(tmp_path: Path) -> None:
    network = PrinterConfiguration(
        id=PrinterId("front"), model="generic_58mm", address="127.0.0.1:9100"
    )

    assert isinstance(printer_for(None, tmp_path), PicturePrinter)
    assert isinstance(
        printer_for(PrinterConfiguration(id=PrinterId("none")), tmp_path), PicturePrinter
    )
    assert isinstance(printer_for(network, tmp_path), NetworkPrinter)
    assert (model_of(None).dots, model_of(network).dots) == (576, 384)
