"""Pictures of pages: kept as artefacts, compared with the ones that somebody has looked at.

A reference is a picture at half size in ``tests/journeys/references``. Pictures are compared
at an eighth of their size: another version of the browser draws the edges of letters a little
differently, a moved button or a lost colour shows. Take new references, and look at them before
they are committed, with::

    QUEUE_ACCEPT_LOOKS=yes python -m pytest tests/journeys
"""

import os
from io import BytesIO
from pathlib import Path
from typing import Final

import numpy as np
from PIL import Image

ARTEFACTS: Final = Path("artefacts/looks")
REFERENCES: Final = Path(__file__).parents[1] / "journeys" / "references"
REDUCTION: Final = 8
REFERENCE_REDUCTION: Final = 2
DIFFERENCE: Final = 24
"""Of 255: how far a point may be off before it counts as changed."""
ALLOWED: Final = 0.004
"""Share of the points that may be changed: about a word on a TV."""


def kept(name: str, picture: bytes) -> str | None:
    """Keep the picture; say how it differs from its reference, None when it looks the same."""
    ARTEFACTS.mkdir(parents=True, exist_ok=True)
    taken = ARTEFACTS / f"{name}.png"
    taken.write_bytes(picture)
    image = Image.open(BytesIO(picture)).convert("RGB")
    reference = REFERENCES / f"{name}.png"
    if os.environ.get("QUEUE_ACCEPT_LOOKS"):
        accept(image, reference)
        return None
    if not reference.exists():
        return f"{name}: expected a reference {reference.name}, there is none; see {taken}"
    share = changed_share(image, Image.open(reference).convert("RGB"))
    if share <= ALLOWED:
        return None
    return f"{name}: {share:.1%} of the picture changed; compare {taken} with {reference}"


def accept(image: Image.Image, reference: Path) -> None:
    """Make the picture the reference."""
    REFERENCES.mkdir(parents=True, exist_ok=True)
    half = image.reduce(REFERENCE_REDUCTION)
    half.quantize(128, dither=Image.Dither.NONE).save(reference, optimize=True)


def changed_share(image: Image.Image, reference: Image.Image) -> float:
    """Share of the points that differ; 1.0 where the sizes do.

    Args:
        image: The page as it is now, at full size.
        reference: At half that size.
    """
    now = np.asarray(image.reduce(REDUCTION), dtype=np.int16)
    before = np.asarray(reference.reduce(REDUCTION // REFERENCE_REDUCTION), dtype=np.int16)
    if now.shape != before.shape:
        return 1.0
    return float((np.abs(now - before).max(axis=2) > DIFFERENCE).mean())
