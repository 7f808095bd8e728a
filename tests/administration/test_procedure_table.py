"""A table of procedures: what is exported reads back, what is wrong is named by row and column."""

from collections.abc import Sequence
from typing import Any

import pytest

from config.centre_file import load_centre
from config.settings import SAMPLE_CENTRE
from queue_server.administration.edits import laid_over
from queue_server.administration.procedure_cells import (
    Unreadable,
    read_papers,
    read_terms,
    written_papers,
    written_terms,
)
from queue_server.administration.procedure_import import Comparison, compared, taken
from queue_server.administration.procedure_table import (
    exported,
    read_procedures,
    template,
)
from queue_server.administration.tree import Tree, tree_of
from queue_server.core.errors import InvalidValue

TREE: Tree = tree_of(load_centre(SAMPLE_CENTRE))
BIRTH = "1.001193"


def comparison(*rows: list[str], language: str = "en") -> Comparison:
    return compared(read_procedures(list(rows), TREE), TREE, language)


def heading(*more: str) -> list[str]:
    return ["Mã TTHC", "Tên thủ tục", *more]


def test_what_is_exported_changes_nothing() -> None:
    found = compared(read_procedures(exported(TREE), TREE), TREE, "vi")

    assert found.faults == ()
    assert (found.new, found.changed, found.missing) == ((), (), ())
    assert found.unchanged == found.rows == len(TREE["procedures"])
    assert taken(read_procedures(exported(TREE), TREE), TREE, is_removing=True) == ()


def test_the_template_is_understood() -> None:
    found = read_procedures(template(TREE), TREE)

    assert found.ignored == ()
    assert found.faults == ()
    assert [line.code for line in found.lines] == [BIRTH]


def test_official_headings_below_a_title_are_found() -> None:
    found = comparison(
        ["DANH MỤC THỦ TỤC HÀNH CHÍNH"],
        [],
        ["STT", "MÃ TTHC", "Tên thủ tục hành chính", "Lĩnh vực", "Mức thu phí, lệ phí"],
        ["1", BIRTH, "Đăng ký khai sinh", "HỘ TỊCH", "Miễn lệ phí"],
    )

    assert found.faults == ()
    assert found.ignored == ("STT",)
    assert [(each.code, each.changes) for each in found.changed] == [
        (BIRTH, ("Fee note (vi): nothing → Miễn lệ phí",))
    ]


def test_a_column_that_is_not_there_changes_nothing() -> None:
    found = comparison(heading(), [BIRTH, "Đăng ký khai sinh"])

    assert (found.unchanged, found.changed) == (1, ())


def test_new_changed_unchanged_and_missing_are_told_apart() -> None:
    found = comparison(
        heading("Lĩnh vực", "Thời hạn"),
        [BIRTH, "Đăng ký khai sinh", "Hộ tịch", "3 ngày làm việc"],
        ["1.999999", "Thủ tục mới", "Đất đai", "5 ngày"],
    )

    assert [each.code for each in found.new] == ["1.999999"]
    assert found.changed[0].changes == ("Terms: within the working day (checked) → 3 working days",)
    national = [code for code in TREE["procedures"] if code[0].isdigit()]
    assert len(found.missing) == len(national) - 1


def test_a_table_that_is_taken_is_in_the_draft() -> None:
    rows: list[Sequence[str]] = [
        heading("Lĩnh vực", "Thành phần hồ sơ", "Có mở hồ sơ", "Áp dụng từ ngày"),
        ["1.999999", "Mới", "Đất đai", "Đơn [tờ khai, ×2]\nSổ [xuất trình]", "không", "1/2/2027"],
    ]

    edits = taken(read_procedures(rows, TREE), TREE, is_removing=False)
    made = laid_over(TREE, edits)["procedures"]["1.999999"]

    assert made == {
        "code": "1.999999",
        "name": {"vi": "Mới"},
        "field": "land",
        "papers": [
            {"name": {"vi": "Đơn"}, "kind": "form", "copies": 2, "is_required": True},
            {"name": {"vi": "Sổ"}, "kind": "shown", "copies": 1, "is_required": True},
        ],
        "opens_dossier": False,
        "valid_from": "2027-02-01",
    }


def test_what_is_missing_goes_only_when_asked_and_profiles_follow() -> None:
    read = read_procedures([heading(), [BIRTH, "Đăng ký khai sinh"]], TREE)

    kept = laid_over(TREE, taken(read, TREE, is_removing=False))
    gone = laid_over(TREE, taken(read, TREE, is_removing=True))

    assert kept == TREE
    assert list(gone["procedures"]) == [
        code for code in TREE["procedures"] if code == BIRTH or not code[0].isdigit()
    ]
    assert all(not each["profile"]["procedures"] for each in gone["counters"].values())


@pytest.mark.parametrize(
    ("row", "column", "reason"),
    [
        (["", "Không mã", "Hộ tịch"], "Mã TTHC", "must be filled in"),
        (["1.999999", "", "Hộ tịch"], "Tên thủ tục", "must be filled in"),
        (["1.999999", "Mới", ""], "Lĩnh vực", "must be filled in"),
        (["1.999999", "Mới", "Lâm nghiệp"], "Lĩnh vực", "no such field; known: Hộ tịch, "),
        (["9", "Mới", "Hộ tịch"], "Mã TTHC", "Expected a national code such as 1.001193"),
        (["1.999999", "Mới", "Hộ tịch", "vài hôm"], "Thời hạn", "cannot be read; write for"),
        (["1.999999", "Mới", "Hộ tịch", "", "lâu"], "Phút tiếp nhận", "cannot be read"),
        (["1.999999", "Mới", "Hộ tịch", "", "900"], "Phút tiếp nhận", "Expected 30 seconds to 4"),
        (["1.999999", "Mới", "Hộ tịch", "", "", "mai"], "Áp dụng từ ngày", "24/11/2026"),
        (["1.999999", "Mới", "Hộ tịch", "", "", "", "?"], "Có mở hồ sơ", "có, không"),
    ],
)
def test_a_fault_names_its_row_and_column(row: list[str], column: str, reason: str) -> None:
    columns = heading("Lĩnh vực", "Thời hạn", "Phút tiếp nhận", "Áp dụng từ ngày", "Có mở hồ sơ")

    found = comparison(columns, [BIRTH, "Đăng ký khai sinh", "Hộ tịch"] + [""] * 3 + ["có"], row)

    [fault] = found.faults
    assert (fault.row, fault.column) == (3, column)
    assert reason in fault.reason


def test_a_code_that_stands_twice_is_a_fault() -> None:
    found = comparison(heading(), [BIRTH, "Một"], [BIRTH, "Hai"])

    assert [(each.row, each.reason) for each in found.faults] == [(3, "is in row 2 too")]


def test_faults_are_said_in_vietnamese() -> None:
    found = comparison(heading(), [BIRTH, "Một"], [BIRTH, "Hai"], language="vi")

    assert found.faults[0].reason == "đã có ở dòng 2"


def test_of_many_faults_the_first_hundred_are_listed() -> None:
    rows = [["", f"Thủ tục {n}"] for n in range(150)]

    found = comparison(heading(), *rows)

    assert (len(found.faults), found.more_faults) == (100, 50)


def test_a_table_without_headings_is_refused() -> None:
    with pytest.raises(InvalidValue) as refused:
        read_procedures([["a", "b"], ["1", "2"]], TREE)

    assert refused.value.facts["reason"] == "no_headings"


def test_a_further_language_has_columns_of_its_own() -> None:
    [first, *_] = exported(TREE)
    assert "Tên thủ tục (en)" in first

    births = [BIRTH, "Khai sinh", "Births", "Civil"]
    rows: list[Sequence[str]] = [heading("Tên thủ tục (en)", "Lĩnh vực (en)"), births]
    read = read_procedures(rows, TREE)

    assert read.lines[0].procedure["name"] == {"vi": "Khai sinh", "en": "Births"}
    assert read.ignored == ("Lĩnh vực (en)",)


TERMS = [
    ("3 ngày làm việc", {"unit": "working_days", "amount": 3}),
    ("03 ngày làm việc kể từ khi nhận đủ hồ sơ", {"unit": "working_days", "amount": 3}),
    ("15 ngày", {"unit": "days", "amount": 15}),
    ("4 giờ làm việc", {"unit": "hours", "amount": 4}),
    ("2 tháng", {"unit": "months", "amount": 2}),
    ("Trong ngày làm việc", {"unit": "same_day", "amount": 0}),
    ("Giải quyết ngay", {"unit": "same_day", "amount": 0}),
]


@pytest.mark.parametrize(("text", "term"), TERMS)
def test_terms_are_read_as_official_lists_write_them(text: str, term: dict[str, Any]) -> None:
    assert read_terms(text, ()) == [{**term, "case": {}, "is_certain": False}]


def test_cases_of_a_term_stand_on_lines_of_their_own() -> None:
    first, second = read_terms("3 ngày làm việc; 8 ngày làm việc (phải xác minh)", ())

    assert (first["case"], second["case"]) == ({}, {"vi": "phải xác minh"})
    assert read_terms(written_terms([first, second]), ()) == [first, second]


def test_two_times_on_one_line_are_not_guessed() -> None:
    with pytest.raises(Unreadable):
        read_terms("3 ngày làm việc, trường hợp xác minh 8 ngày làm việc", ())


def test_papers_keep_what_the_table_does_not_say() -> None:
    known = TREE["procedures"][BIRTH]["papers"]
    text = written_papers(known)
    first, *rest = text.split("\n")

    changed = read_papers("\n".join([first, *reversed(rest)]), known)

    assert read_papers(text, known) == known
    assert {paper["name"]["en"] for paper in changed} == {paper["name"]["en"] for paper in known}


def test_a_remark_about_a_paper_that_nobody_knows_is_not_guessed() -> None:
    with pytest.raises(Unreadable, match="bản sao"):
        read_papers("Căn cước [màu xanh]", ())
