"""`check-config` prints every problem and answers with an exit code."""

from pathlib import Path

from config.check_config import check_config
from tests.support.centre_files import changed


def written(folder: Path, data: bytes) -> Path:
    path = folder / "centre.toml"
    path.write_bytes(data)
    return path


def test_a_good_file_is_summed_up(tmp_path: Path) -> None:
    path = written(tmp_path, changed())

    assert check_config(path) == (
        0,
        f"{path}: no problems; 1 field, 1 procedure, 1 counter\n",
    )


def test_problems_are_printed_with_key_and_reason(tmp_path: Path) -> None:
    path = written(tmp_path, changed(('number = "1"', 'number = "0"'), ('"D"', '"I"')))

    assert check_config(path) == (
        1,
        f"{path}: 1 error, 1 warning\n"
        "  warning  fields.land.series.letter: "
        "I is read as 1 from far away; take another letter\n"
        "  error    counters.one.number: expected 1 to 999, or 3A, got '0'\n",
    )


def test_warnings_alone_do_not_fail(tmp_path: Path) -> None:
    code, text = check_config(written(tmp_path, changed(('"D"', '"I"'))))

    assert code == 0
    assert "0 errors, 1 warning\n" in text


def test_a_strategy_must_be_known_where_the_names_are_given(tmp_path: Path) -> None:
    path = written(tmp_path, changed(("[zones", '[routing]\nstrategy = "graded"\n[zones')))

    code, text = check_config(path, known_strategies=["graded_levels"])

    assert code == 1
    assert "routing.strategy: expected one of graded_levels, got 'graded'" in text


def test_a_file_that_cannot_be_read_is_an_error(tmp_path: Path) -> None:
    code, text = check_config(tmp_path)

    assert code == 1
    assert "cannot be read" in text
