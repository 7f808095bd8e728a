"""Translations for Python and templates; the pages' modules have `static/js/i18n.js`.

One gettext catalogue per language. Message ids are English, so English needs none; a language
without a catalogue reads English. Procedure names and notices are data of the centre, not here.
"""

import gettext
from functools import cache
from pathlib import Path
from typing import Final

from babel import Locale, UnknownLocaleError

LOCALE: Final = Path(__file__).parent / "locale"
SOURCE_LANGUAGE: Final = "en"
CENTRES_LANGUAGE: Final = "vi"


@cache
def translations(language: str) -> gettext.NullTranslations:
    """Catalogue of `language` (BCP 47, e.g. ``vi``), or one that answers the ids."""
    return gettext.translation("messages", LOCALE, [language.replace("-", "_")], fallback=True)


@cache
def languages() -> tuple[str, ...]:
    """Languages that pages can be read in, the centres' own first; English is always one."""
    found = {path.parent.parent.name for path in LOCALE.glob("*/LC_MESSAGES/messages.mo")}
    found.add(SOURCE_LANGUAGE)
    return tuple(sorted(found, key=lambda tag: (tag != CENTRES_LANGUAGE, tag)))


@cache
def language_names() -> dict[str, str]:
    """The languages that pages can be read in, each by its own name."""
    return {tag: autonym(tag) for tag in languages()}


def autonym(tag: str) -> str:
    """What a language calls itself: as CLDR has it, else its catalogue, else the tag."""
    known = _locale(tag)
    name = known.get_display_name() if known else _named_by_its_catalogue(tag)
    return name[:1].upper() + name[1:] if name else tag


def _named_by_its_catalogue(tag: str) -> str | None:
    name = translations(tag).pgettext("what this language calls itself", "English")
    return None if name == "English" else name


def formats_of(tag: str) -> Locale:
    """How days and numbers are written in a language; as in Vietnamese where CLDR has it not."""
    return _locale(tag) or Locale.parse(CENTRES_LANGUAGE)


def _locale(tag: str) -> Locale | None:
    try:
        return Locale.parse(tag, sep="-" if "-" in tag else "_")
    except (UnknownLocaleError, ValueError):
        return None
