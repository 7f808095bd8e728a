"""Printer models are rows; an unknown one is refused with the names of those there are."""

import pytest

from printers.printer_model import MODELS, Cut, model_named
from queue_server.core.errors import UnknownName


def test_the_two_paper_widths_have_generic_models() -> None:
    assert model_named("generic_80mm").dots == 576
    assert model_named("generic_58mm").dots == 384
    assert model_named("generic_58mm").cut is Cut.NONE


def test_heads_are_whole_bytes_wide() -> None:
    assert all(model.dots % 8 == 0 for model in MODELS.values())


def test_an_unknown_model_is_refused_naming_the_known_ones() -> None:
    with pytest.raises(UnknownName, match=r"generic_80mm, generic_58mm.*got 'laser'"):
        model_named("laser")
