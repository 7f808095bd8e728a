"""How often the process looks for cycles among its objects.

Nearly everything on the way of a command is freed by its reference count. With Python's own
thresholds the collector still walks through every ticket of every centre several times a second:
a quarter of the processor time of a busy server, and pauses of 100 ms.
"""

import gc
from typing import Final

SELDOM: Final = (10_000, 20, 20)
"""Thresholds of the three generations; Python's own are 700, 10, 10. Higher ones gain nothing."""


def collect_seldom() -> None:
    """Leave alone what is loaded by now, and look through the rest seldom.

    Call it once, when everything that lives as long as the process is there.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(*SELDOM)
