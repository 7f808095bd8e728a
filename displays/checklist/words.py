"""How a checklist says papers and terms."""

from collections.abc import Callable
from gettext import NullTranslations
from typing import Final

from queue_server.core.configuration import PaperItem, Term, TermUnit, Texts

KINDS: Final = {
    "original": "original",
    "copy": "copy",
    "certified_copy": "certified copy",
    "form": "form, also at the counter",
    "shown": "only to be shown",
}
"""Message ids, as in displays/kiosk/words.js."""


def text_of(texts: Texts, language: str) -> str:
    """The text in the language, else in Vietnamese; empty where there is none."""
    return texts.get(language) or texts.get("vi", "")


def paper_words(paper: PaperItem, catalogue: NullTranslations) -> str:
    """In which form a paper is handed in."""
    words = [catalogue.gettext(KINDS[paper.kind])]
    if paper.copies > 1:
        copies = catalogue.ngettext("%(num)s copy", "%(num)s copies", paper.copies)
        words.append(copies % {"num": paper.copies})
    if not paper.is_required:
        words.append(catalogue.gettext("only if you have it"))
    return " · ".join(words)


def term_words(term: Term, catalogue: NullTranslations, language: str) -> str:
    """When the result is due; never a promise where it was not checked."""
    time = _time(term, catalogue)
    if not term.is_certain:
        time = catalogue.gettext("usually %(time)s, please ask at the counter") % {"time": time}
    case = text_of(term.case, language)
    words = f"{case}: {time}" if case else time
    return words[:1].upper() + words[1:]


def _time(term: Term, catalogue: NullTranslations) -> str:
    count = catalogue.ngettext
    in_units: dict[TermUnit, Callable[[int], str]] = {
        TermUnit.HOURS: lambda n: count("%(num)s working hour", "%(num)s working hours", n),
        TermUnit.WORKING_DAYS: lambda n: count("%(num)s working day", "%(num)s working days", n),
        TermUnit.DAYS: lambda n: count("%(num)s day", "%(num)s days", n),
        TermUnit.MONTHS: lambda n: count("%(num)s month", "%(num)s months", n),
    }
    if term.unit is TermUnit.SAME_DAY:
        return catalogue.gettext("within the working day")
    return in_units[term.unit](term.amount) % {"num": term.amount}
