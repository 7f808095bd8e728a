"""Words that stand in templates as they are, instead of being asked of the catalogue."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Final

SAID: Final = frozenset({"alt", "aria-label", "placeholder", "title", "aria-roledescription"})
"""Attributes that people read or hear."""
_CLASSES: Final = re.compile(r"\{% block page_class %\}.*?\{% endblock %\}", re.DOTALL)
_JINJA_COMMENT: Final = re.compile(r"\{#.*?#\}", re.DOTALL)
_JINJA: Final = re.compile(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)
_WORD: Final = re.compile(r"[^\W\d_]{2,}")
_COMMENT: Final = re.compile(r"/\*[\s\S]*?\*/|(?<![:\"'])//[^\n]*")
_TEMPLATE: Final = re.compile(r"(?<![\w.])(?:html|svg)`")
_STRING: Final = r"""(?:"((?:[^"\\\n]|\\.)*)"|'((?:[^'\\\n]|\\.)*)')"""
_LITERAL: Final = re.compile(_STRING)
_ASKED: Final = re.compile(rf"(?<![\w$.])[np]?_\(\s*{_STRING}(?:\s*,\s*{_STRING})?")
"""What is asked of the catalogue, in modules and templates alike."""
_SENTENCE: Final = re.compile(r"[A-Z][a-z’']*,? (?:[\w’'%().,:;–-]+ ){0,40}[\w’'%().,:;?!–-]{2,}$")
_VIETNAMESE: Final = re.compile(
    "[àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđ]", re.IGNORECASE
)
_GAP: Final = "\ufffc"
"""Stands for what is filled in."""


class _Texts(HTMLParser):
    """Collects what is shown, in whichever language; what is code is not."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self._silent: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in {"script", "style", "kbd", "code", "pre"}:
            self._silent.append(tag)
        self.found += [value for name, value in attrs if name in SAID and value]

    def handle_endtag(self, tag: str) -> None:
        if self._silent and self._silent[-1] == tag:
            self._silent.pop()

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.found.append(data)


def words_in_markup(markup: str) -> list[str]:
    """Texts with a word in them."""
    parser = _Texts()
    parser.feed(markup)
    parser.close()
    return [" ".join(text.split()) for text in parser.found if _WORD.search(text)]


def words_in_template(source: str) -> list[str]:
    """Texts that stand in a Jinja2 template as they are."""
    return words_in_markup(_JINJA.sub(_GAP, _CLASSES.sub("", source)))


def words_in_module(source: str) -> list[str]:
    """Texts that stand in the tagged templates of a module as they are."""
    source = _COMMENT.sub(" ", source)
    found: list[str] = []
    for match in _TEMPLATE.finditer(source):
        markup = "".join(_markup_from(source, match.end()))
        found += words_in_markup(markup)
    return found


def _markup_from(source: str, start: int) -> Iterator[str]:
    """The template's own markup up to its closing backtick, with gaps for what is filled in."""
    place = start
    while place < len(source) and source[place] != "`":
        if source.startswith("${", place):
            place = _after_filling(source, place + 2)
            yield _GAP
        else:
            place += 2 if source[place] == "\\" else 1
            yield source[place - 1]


def _after_filling(source: str, place: int) -> int:
    """Where a filling ends: at its own bracket, past strings and templates within."""
    depth = 1
    while place < len(source) and depth:
        character = source[place]
        if character in "\"'":
            place = _after_string(source, place)
            continue
        if character == "`":
            place += 1
            while place < len(source) and source[place] != "`":
                if source.startswith("${", place):
                    place = _after_filling(source, place + 2)
                else:
                    place += 2 if source[place] == "\\" else 1
        elif character in "{}":
            depth += 1 if character == "{" else -1
        place += 1
    return place


def _after_string(source: str, place: int) -> int:
    quote, place = source[place], place + 1
    while place < len(source) and source[place] not in (quote, "\n"):
        place += 2 if source[place] == "\\" else 1
    return place + 1


def sentences_in_module(source: str) -> list[str]:
    """Strings of a module that read as an English sentence and are not asked of the catalogue."""
    own = _ASKED.sub("_(", _COMMENT.sub(" ", source))
    texts = ("".join(found) for found in _LITERAL.findall(own))
    return [text for text in texts if _SENTENCE.match(text)]


def vietnamese_lines(source: str) -> list[str]:
    """Lines of a module or a template that are Vietnamese by themselves, comments left out."""
    own = _ASKED.sub("_(", _JINJA_COMMENT.sub(" ", _COMMENT.sub(" ", source)))
    return [line.strip() for line in own.splitlines() if _VIETNAMESE.search(line)]
