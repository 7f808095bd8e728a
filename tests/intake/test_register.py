"""The register keeps dossiers once and people only as long as it may."""

from datetime import date, timedelta
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine

from queue_server.archive.database import open_database
from queue_server.archive.migrate import migrate
from queue_server.archive.tables import DEAD_LETTERS, DOSSIERS
from queue_server.core.errors import InvalidValue, UnknownName
from queue_server.core.identifiers import CentreId, DossierCode, PersonRef
from queue_server.intake.dossier import DeadLetter, Dossier, Person, tidied
from queue_server.intake.register import DossierCodeTaken, Register
from tests.intake.dossiers import CENTRE, CODE, DAY, RECEIVED_AT, enter, opened

AN = Person(name="Nguyễn Văn An", phone="0912345678", has_consented=True)
WEEK = timedelta(days=7)


@pytest.fixture
def register(database: Engine) -> Register:
    return Register(database)


def save(register: Register, centre: CentreId = CENTRE) -> PersonRef:
    return register.save_person(centre, AN, now=RECEIVED_AT, keep_for=WEEK)


def letter(number: int = 12, centre: CentreId = CENTRE) -> DeadLetter:
    return DeadLetter(
        dossier=DossierCode(f"H26.12-261102-{number:04d}"),
        system="dossiers.example",
        centre=centre,
        attempts=12,
        last_error="got 503",
        at=RECEIVED_AT + timedelta(minutes=number),
    )


def test_a_dossier_comes_back_as_it_was_opened(register: Register) -> None:
    event = opened(person=PersonRef("p1"))

    enter(register, event)

    held = register.dossier(CODE)
    assert held.state == "open"
    assert (held.day, held.procedure_name, held.received_by) == (DAY, "Đăng ký khai sinh", "s1")
    assert held.term == event.term
    assert held.components == event.components
    assert (held.received_at, held.due_at) == (event.received_at, event.due_at)
    assert (held.person_ref, held.note, held.sets) == ("p1", "nộp thay", 1)


def test_a_dossier_without_term_has_no_due_time(register: Register) -> None:
    event = msgspec.structs.replace(opened(), term=None, due_at=None, components=())

    held = enter(register, event)

    assert (held.term, held.due_at, held.components) == (None, None, ())


def test_the_same_event_again_changes_nothing(register: Register) -> None:
    first = enter(register, opened())
    changed = msgspec.structs.replace(opened(), note="another note")

    second = enter(register, changed)

    assert second == first


def test_a_replay_does_not_bring_back_a_voided_dossier(register: Register) -> None:
    enter(register, opened())
    register.void(CODE)

    assert enter(register, opened()).state == "voided"
    register.void(CODE)
    assert register.dossier(CODE).state == "voided"


@pytest.mark.parametrize(
    ("ticket", "centre"), [("1e" * 16, CENTRE), ("0f" * 16, CentreId("an-phu"))]
)
def test_refuses_a_code_another_visit_has(
    register: Register, ticket: str, centre: CentreId
) -> None:
    enter(register, opened())

    with pytest.raises(DossierCodeTaken, match="every centre has its own agency identifier"):
        enter(register, opened(ticket=ticket), centre)

    assert register.dossier(CODE).centre == CENTRE


def test_lists_the_day_of_one_centre_in_order(register: Register) -> None:
    for code in ("H26.12-261102-0003", "H26.12-261102-0001", "H26.12-261102-0002"):
        enter(register, opened(code))
    enter(register, opened("H26.13-261102-0001"), CentreId("an-phu"))
    register.void(DossierCode("H26.12-261102-0002"))

    listed = register.dossiers_of_day(CENTRE, DAY)

    assert [(each.code[-4:], each.state) for each in listed] == [
        ("0001", "open"),
        ("0002", "voided"),
        ("0003", "open"),
    ]
    assert register.dossiers_of_day(CENTRE, date(2026, 11, 3)) == ()


@pytest.mark.parametrize("code", ["H26.12-261102-0099", "", "' OR 1=1 --", "Đ" * 5000, "A\0"])
def test_says_that_a_code_is_unknown(register: Register, code: str) -> None:
    with pytest.raises(UnknownName):
        register.dossier(DossierCode(code))


def test_cannot_void_what_was_never_opened(register: Register) -> None:
    with pytest.raises(UnknownName):
        register.void(CODE)


def test_takes_every_note_a_clerk_can_type(register: Register) -> None:
    event = msgspec.structs.replace(opened(), note="giấy\0 \u202e \U0001f4c4 ' \" \\")

    assert enter(register, event).note == "giấy \u202e \U0001f4c4 ' \" \\"


def test_a_person_is_kept_until_erased(register: Register) -> None:
    reference = save(register)

    assert register.person(reference) == AN
    assert register.erase_person(reference)
    assert register.person(reference) is None
    assert not register.erase_person(reference)


def test_references_say_nothing_about_the_person(register: Register) -> None:
    first, second = save(register), save(register)

    assert first != second
    assert {len(first), len(second)} == {32}


def test_erases_whom_it_kept_long_enough(register: Register) -> None:
    reference = save(register)

    assert register.erase_overdue(RECEIVED_AT + WEEK - timedelta(seconds=1)) == 0
    assert register.erase_overdue(RECEIVED_AT + WEEK) == 1
    assert register.person(reference) is None


def test_an_erased_name_is_not_left_in_the_file(tmp_path: Path) -> None:
    engine = open_database(f"sqlite:///{tmp_path}/queue.db")
    migrate(engine)
    register = Register(engine)
    reference = save(register)
    register.erase_person(reference)
    engine.dispose()

    left = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert AN.name.encode() not in left


def test_a_dossier_outlives_its_person(register: Register) -> None:
    reference = save(register)
    enter(register, opened(person=reference))

    register.erase_person(reference)

    assert register.dossier(CODE).person_ref == reference


def test_sweeps_only_old_people_nobody_names(register: Register) -> None:
    waiting, with_dossier, orphan = (save(register) for _ in range(3))
    elsewhere = save(register, CentreId("an-phu"))
    young = register.save_person(CENTRE, AN, now=RECEIVED_AT + timedelta(minutes=59), keep_for=WEEK)
    enter(register, opened(person=with_dossier))

    swept = register.sweep_orphans(CENTRE, {waiting}, RECEIVED_AT + timedelta(minutes=50))

    assert swept == 1
    assert register.person(orphan) is None
    assert all(register.person(each) for each in (waiting, with_dossier, elsewhere, young))


def test_sweeps_more_people_than_fit_one_statement(
    register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("queue_server.intake.register._ROWS_AT_ONCE", 3)
    references = [save(register) for _ in range(8)]

    swept = register.sweep_orphans(CENTRE, set(), RECEIVED_AT + WEEK)

    assert swept == 8
    assert [register.person(each) for each in references] == [None] * 8


@pytest.mark.parametrize(
    ("name", "phone"),
    [
        ("", None),
        ("  \n", None),
        ("A" * 201, None),
        ("An\x00Bí mật", None),
        ("Bí mật", "09123x678"),
        ("Bí mật", "123"),
        ("Bí mật", "+" + "1" * 16),
        ("Bí mật", "٠٩١٢٣٤٥٦٧٨"),
    ],
)
def test_refuses_a_person_without_repeating_it(
    register: Register, name: str, phone: str | None
) -> None:
    with pytest.raises(InvalidValue) as refusal:
        register.save_person(CENTRE, Person(name=name, phone=phone), now=RECEIVED_AT, keep_for=WEEK)

    said = f"{refusal.value} {refusal.value.facts}"
    assert "Bí mật" not in said
    assert phone is None or phone not in said


@pytest.mark.parametrize(
    ("given_name", "given_phone", "name", "phone"),
    [
        ("  Nguyễn   Văn An ", "091 234 5678", "Nguyễn Văn An", "0912345678"),
        ("Nguyê\u0303n", "(+84) 912-345.678", "Nguyễn", "+84912345678"),
        ("An", "", "An", None),
        ("An", None, "An", None),
    ],
)
def test_tidies_what_people_type(
    given_name: str, given_phone: str | None, name: str, phone: str | None
) -> None:
    assert tidied(Person(name=given_name, phone=given_phone)) == Person(name=name, phone=phone)


@given(st.text(), st.none() | st.text())
def test_tidying_again_changes_nothing(name: str, phone: str | None) -> None:
    try:
        once = tidied(Person(name=name, phone=phone))
    except InvalidValue:
        return

    assert tidied(once) == once


def test_dead_letters_wait_until_requeued(register: Register) -> None:
    for number in (2, 1):
        register.bury(letter(number))
    register.bury(letter(3, CentreId("an-phu")))

    assert register.dead_letters(CENTRE) == (letter(1), letter(2))
    assert len(register.dead_letters()) == 3
    assert register.requeue(letter(1).dossier, letter(1).system, RECEIVED_AT + WEEK)
    assert register.dead_letters(CENTRE) == (letter(2),)


def test_a_letter_is_requeued_once(register: Register) -> None:
    register.bury(letter())

    first, second = (register.requeue(CODE, "dossiers.example", RECEIVED_AT) for _ in range(2))

    assert (first, second) == (True, False)
    assert not register.requeue(CODE, "another", RECEIVED_AT)


def test_a_letter_that_fails_again_waits_again(register: Register) -> None:
    register.bury(letter())
    register.requeue(CODE, "dossiers.example", RECEIVED_AT)
    again = msgspec.structs.replace(letter(), attempts=24, last_error="got 400")

    register.bury(again)

    assert register.dead_letters(CENTRE) == (again,)


def test_the_value_has_a_field_for_every_column() -> None:
    assert set(Dossier.__struct_fields__) == set(DOSSIERS.c.keys())
    assert set(DeadLetter.__struct_fields__) == set(DEAD_LETTERS.c.keys())
