"""A language is one file, and a wrong file is refused by key."""

from pathlib import Path

import pytest

from displays.speech.phrase_files import PHRASES_FOLDER, UnusablePhrases, read_phrases


def copy_with(folder: Path, old: str, new: str) -> Path:
    text = (PHRASES_FOLDER / "vi.toml").read_text()
    assert old in text
    (folder / "vi.toml").write_text(text.replace(old, new, 1))
    return folder


def test_adding_a_language_is_adding_a_file(tmp_path: Path) -> None:
    folder = copy_with(tmp_path, 'language = "vi"', 'language = "tay"')
    (folder / "vi.toml").rename(folder / "tay.toml")

    assert list(read_phrases(folder)) == ["tay"]


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ('language = "vi"', 'language = "en"', "language must be 'vi'"),
        ('"<number>", ', "", "<number> and <counter> once each"),
        ('frame = ["please-number"', 'frame = ["please"', "do not exist: ['please']"),
        ('"tám", "chín"]', '"tám"]', "digits must be 10 words, got 9"),
        ('"hai mươi", ', "", "numbers must be 100 words, got 99"),
        ("please-number = ", 'digit-3 = "ba"\nplease-number = ', "may not be called ['digit-3']"),
        (
            'recall_frame = ["please-number-again"',
            'recall_frame = ["again"',
            "not exist: ['again']",
        ),
        ('zone = "tại <zone>"', 'zone = "tại"', "zone must hold <zone>"),
        ("[texts]", "[tests]", "tests"),
        ("[texts]", "[texts", "vi.toml"),
    ],
)
def test_refuses_a_file_that_cannot_be_spoken(
    tmp_path: Path, old: str, new: str, problem: str
) -> None:
    folder = copy_with(tmp_path, old, new)

    with pytest.raises(UnusablePhrases) as refusal:
        read_phrases(folder)

    assert problem in refusal.value.message
    assert "vi.toml" in refusal.value.message
