"""What paper says is a file for each language, checked when the server starts."""

from pathlib import Path

import pytest

from printers.phrase_files import WORDS, UnusableWords, read_phrases
from printers.phrases import PHRASES, phrases_for, text_in
from tests.support.paper_samples import EN, VI


def copied(folder: Path, old: str = "", new: str = "", name: str = "en.toml") -> Path:
    """The words as they are shipped, but for one change in `name`."""
    for file in WORDS.glob("*.toml"):
        text = file.read_text("utf-8")
        if file.name == name:
            assert old in text
            text = text.replace(old, new, 1)
        (folder / file.name).write_text(text, "utf-8")
    return folder


def test_the_shipped_words_are_vietnamese_and_english() -> None:
    assert list(PHRASES) == [VI, EN]
    assert phrases_for(EN).counter.format(numbers="3") == "Counter 3"


def test_adding_a_language_is_adding_a_file(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    (folder / "pl.toml").write_text((folder / "en.toml").read_text("utf-8"), "utf-8")

    phrases = read_phrases(folder)

    assert list(phrases) == ["vi", "en", "pl"]


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ('counter = "Counter {numbers}"', 'counter = "Counter {number}"', "as in vi.toml: counter"),
        ('hotline = "Hotline: {hotline}"', 'hotline = "Hotline"', "as in vi.toml: hotline"),
        ('reason = "Reason"', 'reason = ""', "as in vi.toml: reason"),
        ('"Saturday", "Sunday"', '"Saturday"', "as in vi.toml: weekdays 7"),
        ('post = "by public postal service"\n', "", "as in vi.toml: ways_of_return.post"),
        ('hotline = "Hotline: {hotline}"\n', "", "`hotline`"),
        ('reprint = "COPY"', 'reprinted = "COPY"', "`reprinted`"),
        ("[terms]", "[terms", "en.toml"),
        ('reason = "Reason"', "reason = 3", "$.reason"),
        ('reason = "Reason"', 'reason = "{"', "as in vi.toml: reason"),
    ],
)
def test_refuses_a_file_that_paper_cannot_be_made_with(
    tmp_path: Path, old: str, new: str, problem: str
) -> None:
    folder = copied(tmp_path, old, new)

    with pytest.raises(UnusableWords) as refusal:
        read_phrases(folder)

    assert problem in refusal.value.message
    assert "en.toml" in refusal.value.message


def test_vietnamese_is_always_there(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    (folder / "vi.toml").unlink()

    with pytest.raises(UnusableWords, match=r"vi\.toml"):
        read_phrases(folder)


def test_an_unknown_language_speaks_vietnamese() -> None:
    assert phrases_for("lo") is PHRASES[VI]  # type: ignore[arg-type]


def test_a_text_without_translation_is_shown_in_vietnamese() -> None:
    assert text_in({"vi": "Tầng 1"}, EN) == "Tầng 1"
    assert text_in({}, EN) == ""
