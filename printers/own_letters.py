"""A line in the printer's own letters, for the test print alone: slips are pictures.

It shows what the code page of the model or the centre file holds, whatever its encoding is.
"""

from typing import Final

from escpos.constants import ESC

from printers.printer_model import PrinterModel
from queue_server.core.printing import is_trial

ONE_BYTE_A_LETTER: Final = b"\x1c."
"""FS . for printers that take two bytes for one Chinese sign until they are told otherwise."""
BEYOND_ASCII: Final = bytes(range(0xA0, 0x100))


def own_letters(job_id: str, model: PrinterModel) -> bytes:
    """Commands that print the upper half of the model's code page at the end of a test print.

    Empty for every other paper, and where no code page is known.
    """
    if not is_trial(job_id) or model.code_page is None:
        return b""
    chosen = bytes(ESC + b"t" + bytes((model.code_page,)))
    label = f"code_page {model.code_page}: ".encode("ascii")
    return ONE_BYTE_A_LETTER + chosen + label + BEYOND_ASCII + b"\n"
