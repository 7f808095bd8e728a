"""Each way in which a configuration can be wrong is one problem, at its key."""

from collections.abc import Mapping
from datetime import UTC, date, time

import msgspec
import pytest
from msgspec.structs import replace

from queue_server.core.configuration import (
    CentreConfiguration,
    Holidays,
    Level,
    Limits,
    OpeningHours,
    PaperItem,
    Session,
    Term,
    TermUnit,
)
from queue_server.core.configuration_check import problems_of
from queue_server.core.configuration_paths import key_path
from queue_server.core.dossier_rules import DossierRules
from queue_server.core.problems import Problem, Severity
from queue_server.core.routing_rules import RoutingRules
from queue_server.core.speech_rules import SpeechRules

VI = {"vi": "Tên"}
MORNING = Session(opens=time(7, 30), tickets_until=time(11), closes=time(11, 30))
AFTERNOON = Session(opens=time(13, 30), tickets_until=time(16, 30), closes=time(17))
HALL = {"id": "hall", "name": VI}
LAND = {"id": "land", "name": VI, "series": {"letter": "D"}, "zone": "hall"}
FIRST = {"code": "1.013978", "field": "land", "name": VI}
ONE = {"id": "one", "number": "1", "zone": "hall", "profile": {"fields": {"land": "primary"}}}
ELDERLY = {"id": "elderly", "name": VI, "basis": VI}
PRINTER = {"id": "till", "address": "printer.local:9100"}
DOOR = {"id": "door", "diagonal_inch": 32, "zone": "hall", "modes": ["large"]}
GOOD: dict[str, object] = {
    "id": "hoa-binh",
    "name": VI,
    "languages": ["vi"],
    "hours": OpeningHours(weekdays={"mon": (MORNING, AFTERNOON)}),
    "zones": {"hall": HALL},
    "fields": {"land": LAND},
    "procedures": {"1.013978": FIRST},
    "counters": {"one": ONE},
}


def configuration(**changes: object) -> CentreConfiguration:
    return msgspec.convert(
        msgspec.to_builtins({**GOOD, **changes}, builtin_types=(date, time)), CentreConfiguration
    )


def found(**changes: object) -> list[str]:
    return [each.key for each in problems_of(configuration(**changes))]


def test_a_good_configuration_has_no_problems() -> None:
    assert problems_of(configuration()) == ()


ZONED = replace(MORNING, opens=time(7, 30, tzinfo=UTC))
HOURS: dict[str, Mapping[str, object]] = {
    "hours.weekdays": {"weekdays": {"mon": ()}},
    "hours.weekdays.monday": {"weekdays": {"mon": (MORNING,), "monday": (MORNING,)}},
    "hours.weekdays.mon": {"weekdays": {"mon": (ZONED,)}},
    "hours.weekdays.mon[1]": {"weekdays": {"mon": (replace(MORNING, opens=time(11)),)}},
    "hours.weekdays.mon[2]": {"weekdays": {"mon": (AFTERNOON, MORNING)}},
    "hours.weekdays.tue[2]": {
        "weekdays": {"tue": (MORNING, replace(AFTERNOON, opens=time(11, 29)))}
    },
    "hours.exceptions.2026-11-24[1]": {
        "weekdays": {"mon": (MORNING,)},
        "exceptions": {"2026-11-24": (replace(MORNING, closes=time(10)),)},
    },
}


@pytest.mark.parametrize(("key", "hours"), HOURS.items())
def test_hours_are_checked(key: str, hours: Mapping[str, object]) -> None:
    assert found(hours=hours) == [key]


def test_sessions_may_touch_and_issue_until_they_close() -> None:
    late = Session(opens=time(11, 30), tickets_until=time(17), closes=time(17))

    assert found(hours=OpeningHours(weekdays={"mon": (MORNING, late)})) == []


CENTRES: list[tuple[str, dict[str, object]]] = [
    ("id", {"id": "Hòa Bình"}),
    ("id", {"id": "{x}"}),
    ("timezone", {"timezone": "Asia/Hanoi"}),
    ("timezone", {"timezone": ""}),
    ("timezone", {"timezone": "../../etc/passwd"}),
    ("languages[2]", {"languages": ["vi", "vi"]}),
    ("name", {"name": {}}),
    ("name.en", {"name": {"vi": "Tên", "en": " "}}),
    ("address", {"address": {"en": "Street"}}),
    ("reception_procedure", {"reception_procedure": "1.000000"}),
    ("kiosk_printer", {"kiosk_printer": "kiosk"}),
    ("pause_reasons.lunch", {"pause_reasons": {"lunch": {}}}),
    ('pause_reasons."giờ nghỉ"', {"pause_reasons": {"giờ nghỉ": VI}}),
    ("notices[2]", {"notices": [VI, {"en": "Hello"}]}),
    ("zones.gate", {"zones": {"hall": HALL, "gate": HALL}}),
    (
        "holidays",
        {"holidays": Holidays(days_off=(date(2026, 1, 2),), working_days=(date(2026, 1, 2),))},
    ),
    ("holidays.country", {"holidays": Holidays(country="Vietnam")}),
    ("limits.tickets_per_person", {"limits": Limits(tickets_per_person=0)}),
    ("limits.reinstate_within_s", {"limits": Limits(reinstate_within_s=-1)}),
    ("limits.undo_within_s", {"limits": Limits(undo_within_s=601)}),
    ("limits.delays_per_ticket", {"limits": Limits(delays_per_ticket=-1)}),
    ("limits.dossiers_per_ticket", {"limits": Limits(dossiers_per_ticket=0)}),
    ("limits.parked_for_s", {"limits": Limits(parked_for_s=1)}),
    ("limits.reserved_for_s", {"limits": Limits(reserved_for_s=1)}),
    ("limits.silent_after_s", {"limits": Limits(silent_after_s=29)}),
    ("limits.call_automatically_after_s", {"limits": Limits(call_automatically_after_s=0)}),
    ("limits.calls_before_no_show", {"limits": Limits(calls_before_no_show=0)}),
    ("routing", {"routing": RoutingRules(secondary_weight=0.3, back_up_weight=0.6)}),
    ("routing", {"routing": RoutingRules(back_up_weight=0)}),
    ("speech.languages", {"speech": SpeechRules(languages=())}),
    ("speech.languages[1]", {"speech": {"languages": ["en"]}}),
    ("dossiers.agency", {"dossiers": DossierRules(agency="Hà Nội")}),
    ("dossiers", {"dossiers": DossierRules(cutoff=time(15, tzinfo=UTC))}),
]


@pytest.mark.parametrize(("key", "changes"), CENTRES)
def test_the_centre_and_its_rules_are_checked(key: str, changes: dict[str, object]) -> None:
    assert found(**changes) == [key]


@pytest.mark.parametrize(
    ("key", "changes"),
    [
        ("kiosks.door.zone", {"zone": "roof"}),
        ("kiosks.door.printer", {"printer": "till"}),
        ("kiosks.door.diagonal_inch", {"diagonal_inch": 5}),
        ("kiosks.door.diagonal_inch", {"diagonal_inch": 210}),
        ("kiosks.door.name", {"name": {"en": "By the door"}}),
        ("kiosks.door", {"id": "gate"}),
    ],
)
def test_kiosks_are_checked(key: str, changes: dict[str, object]) -> None:
    assert found(kiosks={"door": DOOR}) == []
    assert next(each.split(" ")[0] for each in found(kiosks={"door": {**DOOR, **changes}})) == key


def test_a_language_is_a_tag() -> None:
    assert found(languages=["vi", "Tiếng Anh"])[0] == "languages[2]"


def test_an_empty_centre_names_every_missing_part() -> None:
    empty: dict[str, object] = {key: {} for key in ("zones", "fields", "procedures", "counters")}

    assert found(**empty, languages=[]) == [
        "languages",
        "zones",
        "fields",
        "procedures",
        "counters",
        "speech.languages[1]",
    ]


FIELDS: list[tuple[str, dict[str, object]]] = [
    ("zone", {"zone": "roof"}),
    ("name", {"name": {"en": "Land"}}),
    ("target_waiting_time_s", {"target_waiting_time_s": 15}),
    ("series.letter", {"series": {"letter": "DD"}}),
    ("series.letter", {"series": {"letter": "d"}}),
    ("series", {"series": {"letter": "D", "first": 9, "last": 8}}),
    ("series", {"series": {"letter": "D", "last": 10_000}}),
    ("daily_capacity", {"daily_capacity": 0}),
    ("daily_capacity", {"daily_capacity": 1000}),
]


@pytest.mark.parametrize(("key", "changes"), FIELDS)
def test_fields_are_checked(key: str, changes: dict[str, object]) -> None:
    assert found(fields={"land": {**LAND, **changes}}) == [f"fields.land.{key}"]


def with_two_fields(**second: object) -> list[Problem]:
    civil = {**LAND, "id": "civil", **second}
    birth = {**FIRST, "code": "1.001193", "field": "civil"}
    both = {"fields": {"land": "primary", "civil": "back_up"}}
    return list(
        problems_of(
            configuration(
                fields={"land": LAND, "civil": civil},
                procedures={"1.013978": FIRST, "1.001193": birth},
                counters={"one": {**ONE, "profile": both}},
            )
        )
    )


def test_series_share_no_number() -> None:
    overlap = with_two_fields(series={"letter": "D", "first": 999, "last": 1100})

    assert [each.key for each in overlap] == ["fields.civil.series"]
    assert "'land'" in overlap[0].reason


def test_series_may_share_a_letter_side_by_side() -> None:
    assert with_two_fields(series={"letter": "D", "first": 1000, "last": 1999}) == []


def test_the_two_letters_d_exclude_each_other() -> None:
    assert [each.key for each in with_two_fields(series={"letter": "Đ"})] == [
        "fields.civil.series.letter"
    ]


@pytest.mark.parametrize("letter", "IOQSZ")
def test_a_letter_like_a_digit_is_warned_about(letter: str) -> None:
    (problem,) = with_two_fields(series={"letter": letter})

    assert problem.key == "fields.civil.series.letter"
    assert problem.severity is Severity.WARNING


def test_a_field_without_procedures_is_warned_about() -> None:
    civil = {**LAND, "id": "civil", "series": {"letter": "A"}}

    (problem,) = problems_of(configuration(fields={"land": LAND, "civil": civil}))

    assert (problem.key, problem.severity) == ("fields.civil", Severity.WARNING)


PROCEDURES: list[tuple[str, dict[str, object]]] = [
    (".mean_transaction_time_s", {"mean_transaction_time_s": 8}),
    (".target_waiting_time_s", {"target_waiting_time_s": 15}),
    (".valid_until", {"valid_from": "2027-03-01", "valid_until": "2027-02-28"}),
    (".synonyms[2]", {"synonyms": ["sổ đỏ", ""]}),
    (".papers[1].name", {"papers": [{"name": {}}]}),
    (".papers[1].copies", {"papers": [PaperItem(name=VI, copies=0)]}),
    (".terms[1].amount", {"terms": [Term(unit=TermUnit.DAYS)]}),
    (".terms[1].amount", {"terms": [Term(unit=TermUnit.SAME_DAY, amount=1)]}),
    (".terms[2].case", {"terms": [Term(unit=TermUnit.SAME_DAY)] * 2}),
    (".fee_note", {"fee_note": {"en": "Free"}}),
    (".field", {"field": "lnd"}),
]


@pytest.mark.parametrize(("key", "changes"), PROCEDURES)
def test_procedures_are_checked(key: str, changes: dict[str, object]) -> None:
    other = {**FIRST, "code": "hoa-binh.advice"}
    profile = {"fields": {"land": Level.PRIMARY}, "procedures": {"1.013978": Level.PRIMARY}}

    keys = found(
        procedures={"1.013978": {**FIRST, **changes}, "hoa-binh.advice": other},
        counters={"one": {**ONE, "profile": profile}},
    )

    assert keys == [f'procedures."1.013978"{key}']


@pytest.mark.parametrize("code", ["1.01", "advice", "1,013978", "Ａ.1", "١.٠١٣٩٧٨", ""])
def test_codes_have_a_shape(code: str) -> None:
    assert found(procedures={code: {**FIRST, "code": code}}) == [key_path("procedures", code)]


@pytest.mark.parametrize("code", ["2.000815.000.00.00.H55", "1.001193.02", "an-binh.huong-dan"])
def test_local_copies_and_own_codes_are_codes(code: str) -> None:
    assert found(procedures={code: {**FIRST, "code": code}}) == []


def test_a_procedure_may_be_offered_for_one_day() -> None:
    day = {"valid_from": "2027-03-01", "valid_until": "2027-03-01"}

    assert found(procedures={"1.013978": {**FIRST, **day}}) == []


def test_a_procedure_needs_a_counter() -> None:
    birth = {**FIRST, "code": "1.001193"}
    one = {**ONE, "profile": {"procedures": {"1.001193": "back_up"}}}

    keys = found(procedures={"1.013978": FIRST, "1.001193": birth}, counters={"one": one})

    assert keys == ['procedures."1.013978"']


COUNTERS: list[tuple[str, dict[str, object]]] = [
    ("", {"id": "other"}),
    (".number", {"number": "01"}),
    (".number", {"number": "1"}),
    (".zone", {"zone": "roof"}),
    (".printer", {"printer": "till"}),
    (".name", {"name": {"en": "Help"}}),
    (".profile", {"profile": {}}),
    (".profile.fields.lnd", {"profile": {"fields": {"lnd": "primary"}}}),
    ('.profile.procedures."1.1"', {"profile": {"procedures": {"1.1": "primary"}}}),
]


@pytest.mark.parametrize(("key", "changes"), COUNTERS)
def test_counters_are_checked(key: str, changes: dict[str, object]) -> None:
    two = {**ONE, "id": "two", "number": "2", **changes}

    assert found(counters={"one": ONE, "two": two}) == [f"counters.two{key}"]


@pytest.mark.parametrize(
    ("key", "changes"),
    [("rate", {"rate": 0.5}), ("head_start_s", {"head_start_s": -1}), ("basis", {"basis": {}})],
)
def test_priority_classes_are_checked(key: str, changes: dict[str, object]) -> None:
    keys = found(priority_classes={"elderly": {**ELDERLY, **changes}})

    assert keys == [f"priority_classes.elderly.{key}"]


def test_missing_translations_are_one_warning_per_language() -> None:
    (problem,) = problems_of(configuration(languages=["vi", "en"]))

    assert problem.severity is Severity.WARNING
    assert problem.reason == "4 texts have no 'en' and show Vietnamese, first name"


def test_a_strategy_must_be_one_of_those_given() -> None:
    (problem,) = problems_of(configuration(), known_strategies=["strict"])

    assert problem.key == "routing.strategy"
