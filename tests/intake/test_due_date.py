"""Due times follow the one-stop rules, on working days only."""

from datetime import UTC, date, datetime, time, timedelta
from timeit import repeat
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from queue_server.core.configuration import (
    CentreConfiguration,
    Holidays,
    OpeningHours,
    Session,
    Term,
    TermUnit,
)
from queue_server.core.dossier_rules import DossierRules
from queue_server.core.errors import InvalidValue
from queue_server.core.identifiers import CentreId
from queue_server.intake.due_date import LONGEST, DueDateRule, due_at
from queue_server.intake.working_days import is_working_day

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
DAY = (
    Session(opens=time(7, 30), tickets_until=time(11), closes=time(11, 30)),
    Session(opens=time(13, 30), tickets_until=time(16, 30), closes=time(17)),
)
WEEK = OpeningHours(weekdays=dict.fromkeys(("mon", "tue", "wed", "thu", "fri"), DAY))


def local(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


def due(  # noqa: PLR0913  # what a test changes is named, the rest is usual
    received: str,
    unit: TermUnit,
    amount: int = 0,
    *,
    hours: OpeningHours | None = WEEK,
    holidays: Holidays = Holidays(),  # noqa: B008  # frozen
    rules: DossierRules = DossierRules(),  # noqa: B008  # frozen
) -> str:
    instant = due_at(
        term=Term(unit=unit, amount=amount),
        received_at=local(received),
        holidays=holidays,
        rules=rules,
        timezone="Asia/Ho_Chi_Minh",
        hours=hours,
    )
    assert instant.tzinfo is UTC
    return f"{instant.astimezone(ZONE):%Y-%m-%d %H:%M}"


@pytest.mark.parametrize(
    ("received", "unit", "amount", "expected"),
    [
        ("2026-11-20 09:15", TermUnit.WORKING_DAYS, 3, "2026-11-26 17:00"),
        ("2026-02-12 09:00", TermUnit.WORKING_DAYS, 3, "2026-02-24 17:00"),
        ("2026-04-24 09:00", TermUnit.WORKING_DAYS, 5, "2026-05-06 17:00"),
        ("2026-08-21 09:00", TermUnit.WORKING_DAYS, 1, "2026-08-22 17:00"),
        ("2026-11-02 15:01", TermUnit.SAME_DAY, 0, "2026-11-03 17:00"),
        ("2026-10-30 15:30", TermUnit.SAME_DAY, 0, "2026-11-02 17:00"),
    ],
    ids=["culture day", "Tet", "Hung Kings", "swapped Saturday", "after cutoff", "Friday"],
)
def test_agrees_with_the_official_examples(
    received: str, unit: TermUnit, amount: int, expected: str
) -> None:
    assert due(received, unit, amount) == expected


@pytest.mark.parametrize(
    ("received", "expected"),
    [
        ("2026-11-02 07:31", "2026-11-02 17:00"),
        ("2026-11-02 15:00", "2026-11-02 17:00"),
        ("2026-11-02 15:00:59", "2026-11-02 17:00"),
        ("2026-10-31 09:00", "2026-11-02 17:00"),
        ("2026-10-31 16:00", "2026-11-02 17:00"),
        ("2026-11-24 09:00", "2026-11-25 17:00"),
    ],
    ids=["morning", "at cutoff", "within its minute", "Saturday", "late Saturday", "holiday"],
)
def test_same_day_means_today_until_the_cutoff(received: str, expected: str) -> None:
    assert due(received, TermUnit.SAME_DAY) == expected


def test_same_day_is_never_due_before_it_was_received() -> None:
    morning_only = DossierRules(due_hour=time(11, 30))

    assert due("2026-11-02 14:00", TermUnit.SAME_DAY, rules=morning_only) == "2026-11-03 11:30"


def test_cutoff_moves_no_term_but_the_same_day() -> None:
    assert due("2026-11-02 15:30", TermUnit.WORKING_DAYS, 1) == "2026-11-03 17:00"


@pytest.mark.parametrize(
    ("received", "amount", "expected"),
    [
        ("2026-11-02 09:00", 2, "2026-11-02 11:00"),
        ("2026-11-02 09:00", 4, "2026-11-02 15:00"),
        ("2026-11-02 12:15", 2, "2026-11-02 15:30"),
        ("2026-11-02 16:00", 2, "2026-11-03 08:30"),
        ("2026-11-02 09:00", 8, "2026-11-03 09:00"),
        ("2026-11-02 09:00", 12, "2026-11-03 15:00"),
        ("2026-11-02 18:00", 8, "2026-11-03 17:00"),
        ("2026-11-02 06:00", 8, "2026-11-02 17:00"),
        ("2026-11-02 07:30", 8, "2026-11-02 17:00"),
        ("2026-11-02 07:31", 8, "2026-11-03 07:31"),
        ("2026-11-02 13:30", 8, "2026-11-03 11:30"),
        ("2026-11-02 13:30", 1, "2026-11-02 14:30"),
        ("2026-10-31 10:00", 1, "2026-11-02 08:30"),
        ("2026-11-23 16:00", 8, "2026-11-25 16:00"),
        ("2026-08-21 16:30", 4, "2026-08-22 11:30"),
    ],
)
def test_hours_run_while_the_agency_works(received: str, amount: int, expected: str) -> None:
    assert due(received, TermUnit.HOURS, amount) == expected


def test_hours_without_opening_hours_are_office_hours() -> None:
    assert due("2026-11-02 11:00", TermUnit.HOURS, 2, hours=None) == "2026-11-02 14:00"


def test_a_day_shift_lands_inside_a_shorter_day() -> None:
    short = OpeningHours(weekdays={**WEEK.weekdays, "tue": DAY[:1], "wed": DAY[1:]})

    assert due("2026-11-02 16:00", TermUnit.HOURS, 8, hours=short) == "2026-11-03 11:30"
    assert due("2026-11-02 09:00", TermUnit.HOURS, 16, hours=short) == "2026-11-04 13:30"


def test_open_saturday_is_no_working_time() -> None:
    saturdays = OpeningHours(weekdays={**WEEK.weekdays, "sat": DAY[:1]})

    assert due("2026-11-06 16:30", TermUnit.HOURS, 2, hours=saturdays) == "2026-11-09 09:00"


@pytest.mark.parametrize(
    ("received", "unit", "amount", "expected"),
    [
        ("2026-11-02 09:00", TermUnit.DAYS, 2, "2026-11-04 17:00"),
        ("2026-11-02 09:00", TermUnit.DAYS, 5, "2026-11-09 17:00"),
        ("2026-11-20 16:00", TermUnit.DAYS, 4, "2026-11-25 17:00"),
        ("2026-01-31 09:00", TermUnit.MONTHS, 1, "2026-03-02 17:00"),
        ("2026-11-02 09:00", TermUnit.MONTHS, 2, "2027-01-04 17:00"),
        ("2026-12-15 09:00", TermUnit.MONTHS, 12, "2027-12-15 17:00"),
        ("2026-12-31 09:00", TermUnit.WORKING_DAYS, 1, "2027-01-04 17:00"),
    ],
)
def test_a_term_never_ends_on_a_day_off(
    received: str, unit: TermUnit, amount: int, expected: str
) -> None:
    assert due(received, unit, amount) == expected


def test_the_centres_own_days_win_over_the_country() -> None:
    own = Holidays(days_off=(date(2026, 11, 3),), working_days=(date(2026, 11, 24),))

    assert due("2026-11-02 09:00", TermUnit.WORKING_DAYS, 1, holidays=own) == "2026-11-04 17:00"
    assert due("2026-11-23 09:00", TermUnit.WORKING_DAYS, 1, holidays=own) == "2026-11-24 17:00"


def test_the_local_date_counts_not_the_utc_date() -> None:
    received_at = datetime(2026, 11, 1, 23, 30, tzinfo=UTC)  # Monday 06:30 in the centre

    instant = due_at(
        term=Term(unit=TermUnit.SAME_DAY),
        received_at=received_at,
        holidays=Holidays(),
        rules=DossierRules(),
        timezone="Asia/Ho_Chi_Minh",
    )

    assert instant == datetime(2026, 11, 2, 10, 0, tzinfo=UTC)


def test_another_country_has_its_own_week() -> None:
    received_at = datetime(2026, 11, 5, 9, 0, tzinfo=UTC)  # Thursday; Friday and Saturday are off

    instant = due_at(
        term=Term(unit=TermUnit.WORKING_DAYS, amount=1),
        received_at=received_at,
        holidays=Holidays(country="KW"),
        rules=DossierRules(),
        timezone="Asia/Kuwait",
    )

    assert instant == datetime(2026, 11, 8, 14, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("unit", "amount"),
    [(unit, -1) for unit in TermUnit]
    + [(unit, LONGEST[unit] + 1) for unit in TermUnit]
    + [(unit, 0) for unit in TermUnit if unit is not TermUnit.SAME_DAY],
)
def test_refuses_an_amount_the_unit_cannot_have(unit: TermUnit, amount: int) -> None:
    with pytest.raises(InvalidValue, match=r"expected .* as the amount of"):
        due("2026-11-02 09:00", unit, amount)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"received_at": datetime(2026, 11, 2, 9, 0)}, "with its time zone"),  # noqa: DTZ001
        ({"received_at": datetime(1970, 1, 1, tzinfo=UTC)}, "between 2000 and 2100"),
        ({"received_at": datetime(2101, 1, 1, tzinfo=UTC)}, "between 2000 and 2100"),
        ({"timezone": "Asia/Sai_Gon"}, "a time zone such as"),
        ({"timezone": "../../etc/passwd"}, "a time zone such as"),
        ({"timezone": ""}, "a time zone such as"),
        ({"timezone": "Asia"}, "a time zone such as"),
        ({"holidays": Holidays(country="ZZ")}, "a country with a known calendar"),
        ({"holidays": Holidays(country="")}, "a country with a known calendar"),
        (
            {"holidays": Holidays(days_off=(date(2026, 1, 5),), working_days=(date(2026, 1, 5),))},
            "got both for 2026-01-05",
        ),
    ],
)
def test_refuses_nonsense_in_a_sentence(change: dict[str, object], sentence: str) -> None:
    sound: dict[str, object] = {
        "term": Term(unit=TermUnit.WORKING_DAYS, amount=3),
        "received_at": local("2026-11-02 09:00"),
        "holidays": Holidays(),
        "rules": DossierRules(),
        "timezone": "Asia/Ho_Chi_Minh",
    }

    with pytest.raises(InvalidValue, match=sentence):
        due_at(**{**sound, **change})  # type: ignore[arg-type]  # one value is wrong on purpose


TERMS = st.sampled_from(list(TermUnit)).flatmap(
    lambda unit: st.integers(min(1, LONGEST[unit]), min(LONGEST[unit], 90)).map(
        lambda amount: Term(unit=unit, amount=amount)
    )
)
INSTANTS = st.datetimes(
    min_value=datetime(2026, 1, 1),  # noqa: DTZ001
    max_value=datetime(2028, 1, 1),  # noqa: DTZ001
    timezones=st.just(UTC),
)
CALENDARS = st.sampled_from(
    [Holidays(), Holidays(days_off=(date(2026, 6, 1),), working_days=(date(2026, 6, 6),))]
)
HOURS = st.sampled_from(
    [None, WEEK, OpeningHours(weekdays={}), OpeningHours(weekdays={"mon": DAY[:1], "tue": DAY[1:]})]
)


def instant_of(
    term: Term, received_at: datetime, holidays: Holidays, hours: OpeningHours | None
) -> datetime:
    return due_at(
        term=term,
        received_at=received_at,
        holidays=holidays,
        rules=DossierRules(),
        timezone="Asia/Ho_Chi_Minh",
        hours=hours,
    )


@given(TERMS, INSTANTS, st.timedeltas(timedelta(0), timedelta(days=12)), CALENDARS, HOURS)
def test_who_comes_later_is_never_due_earlier(
    term: Term,
    received_at: datetime,
    later: timedelta,
    holidays: Holidays,
    hours: OpeningHours | None,
) -> None:
    first = instant_of(term, received_at, holidays, hours)

    second = instant_of(term, received_at + later, holidays, hours)

    assert first <= second


@given(TERMS, INSTANTS, CALENDARS, HOURS)
def test_due_after_receipt_and_on_a_working_day(
    term: Term, received_at: datetime, holidays: Holidays, hours: OpeningHours | None
) -> None:
    instant = instant_of(term, received_at, holidays, hours)

    assert instant > received_at.replace(second=0, microsecond=0)
    assert is_working_day(instant.astimezone(ZONE).date(), holidays)


@given(INSTANTS, st.integers(1, 60), CALENDARS)
def test_working_days_are_counted_one_by_one(
    received_at: datetime, amount: int, holidays: Holidays
) -> None:
    day = received_at.astimezone(ZONE).date()
    left = amount
    while left:
        day += timedelta(days=1)
        left -= is_working_day(day, holidays)

    term = Term(unit=TermUnit.WORKING_DAYS, amount=amount)
    assert instant_of(term, received_at, holidays, None).astimezone(ZONE).date() == day


def test_the_rule_takes_everything_from_the_configuration() -> None:
    configuration = CentreConfiguration(
        id=CentreId("an-binh"),
        name={},
        timezone="Asia/Tokyo",
        hours=WEEK,
        zones={},
        fields={},
        procedures={},
        counters={},
        dossiers=DossierRules(due_hour=time(16, 0)),
        holidays=Holidays(country="JP"),
    )
    term = Term(unit=TermUnit.WORKING_DAYS, amount=1)
    received_at = datetime(2026, 11, 2, 1, 0, tzinfo=UTC)  # 3 November is Culture Day in Japan

    instant = DueDateRule().due_at(configuration, term, received_at)

    assert instant == datetime(2026, 11, 4, 7, 0, tzinfo=UTC)


@pytest.mark.parametrize("unit", list(TermUnit))
def test_a_warm_rule_costs_microseconds(unit: TermUnit) -> None:
    many_days = tuple(date(2026, 1, 1) + timedelta(days=7 * week) for week in range(50))
    holidays = Holidays(days_off=many_days)
    term = Term(unit=unit, amount=min(LONGEST[unit], 30))
    received_at = local("2026-11-02 09:00")
    instant_of(term, received_at, holidays, WEEK)

    runs = repeat(lambda: instant_of(term, received_at, holidays, WEEK), number=40, repeat=5)

    assert min(runs) / 40 < 50e-6
