"""Nothing that people read stands in a page as it is; dates and plurals are the language's own."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import pytest

from tests.support.page_texts import (
    sentences_in_module,
    vietnamese_lines,
    words_in_module,
    words_in_template,
)
from tests.support.source_tree import ROOT, shown, source_files

PACKAGES: Final = tuple(
    ROOT / name for name in ("queue_server", "displays", "counters", "printers")
)
AS_THEY_ARE: Final[Mapping[str, str]] = {
    "queue_server/web/templates/errors.html": "the reference of codes, in English as all of docs",
}
NAMES: Final = frozenset({"QR", "SHA-256"})
VIETNAMESE: Final[Mapping[str, str]] = {
    "displays/kiosk/telex.js": "how marks are typed",
    "displays/kiosk/vietnamese.js": "letters and marks of the keyboard",
    "queue_server/administration/desk.js": "đ is searched as d",
    "queue_server/web/static/js/i18n.js": "đ is searched as d",
    "queue_server/web/templates/style_guide.html": "a number with the letter Đ",
}
"""Files with Vietnamese letters that no catalogue could have."""
KEYS: Final = frozenset({"Space Enter"})
"""Strings that look like a sentence: names of keys for `aria-keyshortcuts`."""
LOCALE_OF_ITS_OWN: Final[Mapping[str, str]] = {
    "queue_server/web/static/js/i18n.js": "the one place that formats",
    "queue_server/web/static/js/centre_time.js": "values of inputs, not words",
}
_BY_HAND: Final = re.compile(
    r"\.get(?:UTC)?(?:Hours|Minutes|Day|Date|Month|FullYear)\(\)|\.toLocale(?:Date|Time)?String\("
)
_OWN_PLURAL: Final = re.compile(
    r"(?:===?|!==?|>) 1 \? _\((?!.* : nothing)|(?<!n)_\(\"[^\"]*%\(num\)s [a-z]+s\b"
)


def of_pages(suffix: str) -> list[Path]:
    """Files of that kind in the packages with pages."""
    return [
        path
        for path in source_files(suffix)
        if path.is_relative_to(ROOT) and any(path.is_relative_to(each) for each in PACKAGES)
    ]


@pytest.mark.parametrize("path", of_pages(".html"), ids=shown)
def test_no_words_stand_unmarked_in_a_template(path: Path) -> None:
    found = set(words_in_template(path.read_text("utf-8"))) - NAMES

    assert shown(path) in AS_THEY_ARE or found == set(), "ask the catalogue: {{ _(…) }}"


@pytest.mark.parametrize("path", of_pages(".js"), ids=shown)
def test_no_words_stand_unmarked_in_a_module(path: Path) -> None:
    found = set(words_in_module(path.read_text("utf-8"))) - NAMES

    assert shown(path) in AS_THEY_ARE or found == set(), "ask the catalogue: ${_(…)}"


@pytest.mark.parametrize("path", of_pages(".js"), ids=shown)
def test_no_sentence_is_handed_on_unmarked(path: Path) -> None:
    found = set(sentences_in_module(path.read_text("utf-8"))) - KEYS

    assert found == set(), "ask the catalogue: _(…)"


@pytest.mark.parametrize("path", [*of_pages(".js"), *of_pages(".html")], ids=shown)
def test_no_page_is_vietnamese_by_itself(path: Path) -> None:
    found = vietnamese_lines(path.read_text("utf-8"))

    assert bool(found) == (shown(path) in VIETNAMESE), found


@pytest.mark.parametrize("path", of_pages(".js"), ids=shown)
def test_dates_and_plurals_are_made_by_the_language(path: Path) -> None:
    source = path.read_text("utf-8")
    by_hand = [] if shown(path) in LOCALE_OF_ITS_OWN else _BY_HAND.findall(source)

    assert by_hand == [], "use day, clockTime, weekday … of i18n.js"
    assert _OWN_PLURAL.findall(source) == [], "use n_ of i18n.js"


def test_those_that_are_excused_still_need_it() -> None:
    read = {name: (ROOT / name).read_text("utf-8") for name in AS_THEY_ARE}

    found = {
        name: words_in_module(text) if name.endswith(".js") else words_in_template(text)
        for name, text in read.items()
    }

    assert [name for name, words in found.items() if not words] == []


def test_unmarked_words_are_found_wherever_they_stand() -> None:
    module = """
    /* html`<b>a comment</b>` */ const s = "a string";
    const page = () => html`<p class="it">${_("marked")} plain ${
      x ? html`<b>inner</b>` : { a: `not ${"shown"}` }
    }</p><input placeholder="typed" aria-label=${_("x")} /><kbd>Esc</kbd>
    <i lang="en">In English</i>`;
    """
    template = """{# no #}{% block page_class %}page-x{% endblock %}
      <p title="said">{{ _("marked") }} loose</p><script>no();</script>"""

    assert set(words_in_module(module)) == {"typed", "\ufffc plain \ufffc", "inner", "In English"}
    assert set(words_in_template(template)) == {"said", "\ufffc loose"}


def test_texts_beside_the_catalogue_are_found_wherever_they_stand() -> None:
    module = """
    // "A comment says it." and "Chú thích"
    const STEPS = [["qr", "Mở máy ảnh", "Open the camera, scan the code"]];
    const NAMES = { vi: 'Tiếng Việt', tone: "is-wide row", keys: "Enter" };
    word("info", "No numbers on phones"); n_("One day", "Two days of Tết", 2);
    say(_("Marked “Tết” is not"));
    const sentence = p_("a context", "Not this one"); const plain = `đường ${x}`;
    """
    template = """{# ghi chú #}<p lang="vi">Ngôn ngữ</p>{{ _("Days like “Tết”") }}"""

    assert sentences_in_module(module) == [
        "Open the camera, scan the code",
        "No numbers on phones",
    ]
    assert [line[:11] for line in vietnamese_lines(module)] == [
        "const STEPS",
        "const NAMES",
        "const sente",
    ]
    assert vietnamese_lines(template) == ['<p lang="vi">Ngôn ngữ</p>{{ _() }}']
