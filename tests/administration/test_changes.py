"""What a draft changes is told in sentences that people who run a centre understand."""

from datetime import date, time
from typing import Any

import pytest
from msgspec.structs import replace

from queue_server.administration.changes import Change, changes_between
from queue_server.administration.tree import Tree, tree_of, with_value
from queue_server.core.configuration import CentreConfiguration, OpeningHours, Session
from tests.support.centres import small_configuration
from tests.support.configurations import without


def told(wanted: Tree | CentreConfiguration, language: str = "en") -> list[str]:
    changes = changes_between(
        tree_of(small_configuration()),
        tree_of(wanted) if isinstance(wanted, CentreConfiguration) else wanted,
        language,
    )
    return [_line(change) for change in changes]


def _line(change: Change) -> str:
    values = f": {change.before} → {change.after}" if change.before or change.after else ""
    return f"{change.subject} {change.sentence}{values}"


def changed(*path: str, value: object) -> Tree:
    return with_value(tree_of(small_configuration()), path, value)


def test_nothing_is_told_of_what_stays() -> None:
    assert told(small_configuration()) == []


@pytest.mark.parametrize(
    ("path", "value", "sentence"),
    [
        (
            ("counters", "1", "profile", "fields", "land"),
            "back_up",
            "Counter 1 also takes Land (back up)",
        ),
        (
            ("counters", "1", "profile", "fields", "civil"),
            "secondary",
            "Counter 1 Civil status: primary becomes secondary",
        ),
        (
            ("counters", "2", "trained"),
            {"land": "secondary"},
            "Counter 2 staff are trained for Land too (secondary)",
        ),
        (("limits", "parked_for_s"), 1500, "Limits Parked for: 15 minutes → 25 minutes"),
        (("limits", "undo_within_s"), 90, "Limits Undo within: 10 seconds → 1 minute 30 seconds"),
        (("name", "en"), "Other", "Centre Name (en): Test centre → Other"),
        (("hotline",), "1900", "Centre Hotline: nothing → 1900"),
        (("fields", "land", "zone"), "hall", "Field Land Zone: Annex → Hall"),
        (("fields", "land", "series", "letter"), "L", "Field Land Letter: D → L"),
        (
            ("hours", "weekdays", "sat"),
            [{"opens": "07:30:00", "tickets_until": "11:00:00", "closes": "11:30:00"}],
            "Hours Saturday: closed → 07:30–11:30",
        ),
        (
            ("hours", "exceptions"),
            {"2026-11-24": []},
            "Hours 24/11/2026: as every week → closed",
        ),
        (
            ("procedures", "1.012783", "terms"),
            [{"unit": "working_days", "amount": 3, "is_certain": True}],
            "Procedure 1.012783 Cấp đổi giấy chứng nhận Terms: "
            "5 working days → 3 working days (checked)",
        ),
        (
            ("priority_classes", "elderly", "is_declared_at_kiosk"),
            False,
            "Priority class Người cao tuổi Declared at kiosk: yes → no",
        ),
    ],
)
def test_a_change_is_a_sentence(path: tuple[str, ...], value: Any, sentence: str) -> None:
    assert told(changed(*path, value=value)) == [sentence]


def test_it_is_said_in_vietnamese_too() -> None:
    wanted = changed("counters", "1", "profile", "fields", "land", value="secondary")

    assert told(wanted, "vi") == ["Quầy 1 nhận thêm Đất đai (kiêm nhiệm)"]


def test_what_is_removed_is_told_with_all_that_named_it() -> None:
    wanted = without(small_configuration(), fields=["land"])

    assert told(wanted) == [
        "Field Land is removed",
        "Procedure 1.012783 Cấp đổi giấy chứng nhận is removed",
        "Counter 3 takes Land no more (primary)",
    ]


def test_of_a_list_only_what_differs_is_told() -> None:
    one, two = {"vi": "Một"}, {"vi": "Hai"}
    before = replace(small_configuration(), notices=(one, two))

    [change] = changes_between(
        tree_of(before), tree_of(replace(before, notices=(one, {"vi": "Ba"}))), "vi"
    )

    assert (change.before, change.after) == ("Hai", "Ba")


def test_another_order_is_told() -> None:
    facts = small_configuration()
    fields = dict(reversed([*facts.fields.items()]))

    [line] = told(replace(facts, fields=fields))

    assert line == "Fields the order changes:  → Land, Certification, Civil status"


def test_a_day_that_is_put_back_to_its_week_is_told() -> None:
    facts = small_configuration()
    session = Session(opens=time(8), tickets_until=time(9), closes=time(10))
    hours = OpeningHours(weekdays=facts.hours.weekdays, exceptions={date(2026, 11, 28): (session,)})

    [change] = changes_between(tree_of(replace(facts, hours=hours)), tree_of(facts), "en")

    assert (change.before, change.after) == ("08:00–10:00", "as every week")


def test_a_long_text_is_cut() -> None:
    [line] = told(changed("hotline", value="9" * 1000))

    assert len(line) < 400
