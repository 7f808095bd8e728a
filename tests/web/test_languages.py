"""Languages as the catalogues have them, those that CLDR does not know among them."""

from datetime import date
from pathlib import Path

from babel.messages import pofile
from babel.messages.catalog import Catalog

from hatch_build import compile_catalogue
from queue_server.administration.values_in_words import Words
from queue_server.web.i18n import autonym, language_names, languages

UNKNOWN = "tyz"
"""Tày, as in the translators' guide."""


def test_vietnamese_comes_first_and_each_is_called_by_its_own_name() -> None:
    assert languages() == ("vi", "en")
    assert language_names() == {"vi": "Tiếng Việt", "en": "English"}
    assert (autonym("fr"), autonym("zh-Hant"), autonym(UNKNOWN)) == (
        "Français",
        "中文 (繁體)",
        UNKNOWN,
    )


def test_a_language_that_cldr_does_not_know_is_compiled(tmp_path: Path) -> None:
    path = tmp_path / UNKNOWN / "LC_MESSAGES" / "messages.po"
    path.parent.mkdir(parents=True)
    catalogue = Catalog(locale=UNKNOWN)
    catalogue.add("Close", "Hap")
    catalogue.add(("%(num)s day", "%(num)s days"), ("%(num)s vằn", "%(num)s vằn lai"))
    with path.open("wb") as file:
        pofile.write_po(file, catalogue)

    compiled = compile_catalogue(path)

    assert compiled["messages"]["Close"] == "Hap"
    assert compiled["messages"]["%(num)s day"] == {"one": "%(num)s vằn", "other": "%(num)s vằn lai"}


def test_its_days_are_written_as_in_vietnamese() -> None:
    words = Words(UNKNOWN, {})

    assert words.day(date(2026, 11, 24)) == "24/11/2026"
    assert words.weekday("mon") == "Thứ Hai"
