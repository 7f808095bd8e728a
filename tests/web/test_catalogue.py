"""Translations: every string found, every string translated, every value kept."""

import io
import re
from pathlib import Path

import pytest

from queue_server.web.catalogue import (
    catalogue_paths,
    extracted,
    merged,
    read_catalogue,
    untranslated,
)
from queue_server.web.extract_javascript import extract

ROOT = Path(__file__).parents[2]
CATALOGUES = list(catalogue_paths(ROOT))
PLACEHOLDER = re.compile(r"%\((\w+)\)s")

MODULE = r"""
/* _("in a comment") */
const page = () => html`<p class="it's">${_("first")} don't ${x ? _("second") : _('third "quoted"')}
  ${list.map((n) => html`<b>${n_("one person", "%(num)s people", n)}</b>`)}</p>`;
p_("verb", "Call"); translator._("it\'s Counter \"5\" →"); my_("no"); _(variable);
_(
  "on its own line", { a: 1 },
);
"""


def test_finds_strings_inside_tagged_templates() -> None:
    found = [
        (function, message)
        for _line, function, message, _comments in extract(
            io.BytesIO(MODULE.encode()), None, [], {}
        )
    ]

    assert found == [
        ("gettext", "first"),
        ("gettext", "second"),
        ("gettext", 'third "quoted"'),
        ("ngettext", ("one person", "%(num)s people")),
        ("pgettext", ("verb", "Call")),
        ("gettext", "on its own line"),
    ]


def test_tells_the_line_of_a_string() -> None:
    lines = [line for line, *_ in extract(io.BytesIO(b'/*\n\n*/\n_("a");'), None, [], {})]

    assert lines == [4]


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parts[-3])
def test_catalogue_has_every_string_of_the_source(path: Path) -> None:
    wanted = {(message.context, message.id) for message in extracted(ROOT) if message.id}
    there = {(message.context, message.id) for message in read_catalogue(path) if message.id}

    assert wanted - there == set(), "run scripts/update-translations"
    assert there - wanted == set(), "run scripts/update-translations"


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parts[-3])
def test_nothing_is_untranslated_or_fuzzy(path: Path) -> None:
    assert untranslated(path) == []


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parts[-3])
def test_translations_keep_the_values(path: Path) -> None:
    for message in read_catalogue(path):
        ids = [message.id] if isinstance(message.id, str) else message.id
        texts = [message.string] if isinstance(message.string, str) else message.string or ()
        wanted = set(PLACEHOLDER.findall(" ".join(ids)))
        assert all(set(PLACEHOLDER.findall(text)) <= wanted for text in texts), message.id
        assert message.id == "" or set(PLACEHOLDER.findall(" ".join(texts))) == wanted, message.id


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parts[-3])
def test_merging_again_changes_nothing(path: Path) -> None:
    assert merged(path, extracted(ROOT)) == path.read_bytes()


def test_vietnamese_is_there() -> None:
    assert [path.parts[-3] for path in CATALOGUES] == ["vi"]
