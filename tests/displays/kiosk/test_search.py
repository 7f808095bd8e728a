"""People find procedures by what they call them: no marks, joined words, slang, misspellings."""

from pathlib import Path
from time import process_time

import pytest

from config.centre_file import load_centre
from displays.kiosk.search import Hit, index_of, search
from displays.kiosk.spelling import marked, normalised, readings, sound
from displays.kiosk.thesaurus import THESAURUS, Thesaurus
from queue_server.core.configuration import Procedure
from queue_server.core.identifiers import FieldId, ProcedureCode

SAMPLE = Path(__file__).parents[3] / "config" / "centres" / "an-binh.toml"
PROCEDURES = load_centre(SAMPLE).procedures
INDEX = index_of(PROCEDURES.values())


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("khai sinh", "Đăng ký khai sinh"),
        ("khaisinh", "Đăng ký khai sinh"),
        ("khai sin", "Đăng ký khai sinh"),
        ("KHAI SINH", "Đăng ký khai sinh"),
        ("đăng ký khai sinh", "Đăng ký khai sinh"),
        ("birth", "Đăng ký khai sinh"),
        ("1.001193", "Đăng ký khai sinh"),
        ("giay doc than", "Cấp Giấy xác nhận tình trạng hôn nhân"),
        ("so do", "Đăng ký đất đai, cấp Giấy chứng nhận lần đầu đối với hộ gia đình, cá nhân"),
        ("mat so do", "Cấp lại Giấy chứng nhận do bị mất"),
        ("dk tam tru", "Đăng ký tạm trú"),
        ("dang ki ket hon", "Đăng ký kết hôn"),
        ("cuoi", "Đăng ký kết hôn"),
        ("gplx", "Đổi giấy phép lái xe"),
        ("BHXH 1 lan", "Hưởng bảo hiểm xã hội một lần"),
        ("lay ket qua", "Nhận kết quả giải quyết hồ sơ"),
    ],
)
def test_finds_what_people_mean_first(query: str, expected: str) -> None:
    hits = search(INDEX, query)

    assert PROCEDURES[hits[0].code].name["vi"] == expected


def test_notarised_copies_are_certification() -> None:
    hits = search(INDEX, "cong chung")

    assert PROCEDURES[hits[0].code].field == "certification"


def test_a_telex_slip_of_the_finger_still_finds() -> None:
    hits = search(INDEX, "ket hom")

    assert PROCEDURES[hits[0].code].name["vi"] == "Đăng ký kết hôn"


@pytest.mark.parametrize("query", ["", "   ", "…", "zzzz", "xkldd", "qwrtp"])
def test_finds_nothing_for_nothing(query: str) -> None:
    assert search(INDEX, query) == []


def test_answers_no_more_than_asked_and_best_first() -> None:
    hits = search(INDEX, "dang ky", limit=5)

    assert len(hits) == 5
    assert hits == sorted(hits, key=lambda hit: -hit.score)


def test_equals_stay_in_the_order_of_the_centre() -> None:
    twins = [_procedure("b", "Cấp phép"), _procedure("a", "Cấp phép")]

    assert search(index_of(twins), "cap phep") == [
        Hit(ProcedureCode("b"), 100.0),
        Hit(ProcedureCode("a"), 100.0),
    ]


def test_a_query_longer_than_the_name_still_fits() -> None:
    hits = search(index_of([_procedure("a", "Tách hộ")]), "tachho a")

    assert [hit.code for hit in hits] == ["a"]


def test_a_long_query_is_cut() -> None:
    assert search(INDEX, "khai sinh" + " " * 80 + "zzzz" * 1000) != []


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("Sổ đỏ", "so do"),
        ("ĐẤT ĐAI", "dat dai"),
        ("Hộ tịch – Chứng thực", "ho tich chung thuc"),
        ("  Ươm  ", "uom"),
        ("gplđ_1", "gpld 1"),
    ],
)
def test_texts_become_plain_letters(text: str, plain: str) -> None:
    assert normalised(text) == plain


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("sinhs", "sinh"),
        ("dda6t", "dat"),
        ("ddaatj", "dat"),
        ("tuwr", "tu"),
        ("ddoor", "do"),
        ("nguwowfi", "nguoi"),
        ("khaiii", "khai"),
        ("so63", "so"),
    ],
)
def test_marks_typed_as_letters_or_digits_are_read(typed: str, meant: str) -> None:
    assert meant in readings(typed)
    assert typed not in readings(typed)


@pytest.mark.parametrize(
    ("one", "other"),
    [("tru", "chu"), ("sinh", "xin"), ("ly", "li"), ("giay", "day"), ("phep", "fep")],
)
def test_what_sounds_alike_is_heard_alike(one: str, other: str) -> None:
    assert sound(one) == sound(other)
    assert sound("ban") != sound("ran")


def test_marks_may_stand_on_either_vowel() -> None:
    assert marked("hoà") == marked("hòa") != marked("hoa")
    assert marked("đo") != marked("do")


def test_accents_tell_two_words_apart() -> None:
    twins = [_procedure("a", "Tử"), _procedure("b", "Từ")]

    assert [hit.code for hit in search(index_of(twins), "từ")] == ["b", "a"]


def test_initials_find_the_name() -> None:
    assert search(INDEX, "dktt")[0].code in {"1.004222", "1.004194"}


def test_the_name_of_the_field_lists_its_procedures() -> None:
    index = index_of([_procedure("a", "Tách thửa")], {FieldId("f"): {"vi": "Nhà cửa"}})

    assert [hit.code for hit in search(index, "nha cua")] == ["a"]


def test_a_meaning_finds_what_is_called_otherwise() -> None:
    words = Thesaurus(meanings=(("sổ đỏ", "giấy chứng nhận"),))
    known = index_of([_procedure("a", "Cấp giấy chứng nhận")], thesaurus=words)
    unknown = index_of([_procedure("a", "Cấp giấy chứng nhận")], thesaurus=Thesaurus())

    assert [hit.code for hit in search(known, "so do")] == ["a"]
    assert search(unknown, "so do") == []


def test_the_thesaurus_has_no_empty_and_no_lone_wording() -> None:
    assert all(len(wordings) > 1 for wordings in THESAURUS.meanings)
    assert all(normalised(text) for wordings in THESAURUS.meanings for text in wordings)
    assert all(len(set(wordings)) == len(wordings) for wordings in THESAURUS.meanings)


@pytest.mark.parametrize("query", ["k", "giay phep " * 8, "i want to marry a vietnamese woman"])
def test_a_search_takes_less_than_twenty_milliseconds(query: str) -> None:
    def once() -> float:
        begun = process_time()
        search(INDEX, query)
        return process_time() - begun

    assert min(once() for _ in range(5)) < 0.02


def _procedure(code: str, name: str) -> Procedure:
    return Procedure(code=ProcedureCode(code), field=FieldId("f"), name={"vi": name})
