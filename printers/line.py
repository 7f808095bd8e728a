"""A line of paper in one or two languages."""

from collections.abc import Callable

from msgspec import Struct

from printers.phrase_files import VIETNAMESE, Phrases
from printers.phrases import PHRASES, phrases_for, text_in
from queue_server.core.configuration import Texts
from queue_server.core.identifiers import Language


class Line(Struct, frozen=True):
    """A text and, where the reader's language is not Vietnamese, the same one small below it."""

    text: str
    small: str = ""


class Writer(Struct, frozen=True):
    """Writes lines: first in `first`, then in `second` unless that is the same or None."""

    first: Language
    second: Language | None

    def phrase(self, pick: Callable[[Phrases], str], **values: object) -> Line:
        """A fixed phrase with its values filled in."""
        return self.line(lambda language: pick(phrases_for(language)).format(**values))

    def texts(self, texts: Texts) -> Line:
        """A text of the centre's configuration."""
        return self.line(lambda language: text_in(texts, language))

    def line(self, say: Callable[[Language], str]) -> Line:
        """What `say` says, once where both languages say the same."""
        text = say(self.first)
        small = say(self.second) if self.second is not None else ""
        return Line(text, small if small != text else "")


def reader_first(language: Language) -> Writer:
    """The reader's language large and Vietnamese small: for slips."""
    first = language if language in PHRASES else VIETNAMESE
    return Writer(first, None if first == VIETNAMESE else VIETNAMESE)


def vietnamese_first(language: Language) -> Writer:
    """Vietnamese large and the reader's language small: for papers of legal weight."""
    is_other = language in PHRASES and language != VIETNAMESE
    return Writer(VIETNAMESE, language if is_other else None)
