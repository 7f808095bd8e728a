"""What people in the centre would notice, computed by folding the event into a copy."""

from datetime import time
from typing import Any

from msgspec.structs import replace

from queue_server.accounts.devices import Device, DeviceSettings
from queue_server.administration.effects import Effect, devices_without, effects_of
from queue_server.administration.sentences import effect_in_words
from queue_server.administration.tree import tree_of
from queue_server.administration.values_in_words import Words
from queue_server.core import commands as c
from queue_server.core.centre import Centre
from queue_server.core.configuration import (
    CentreConfiguration,
    Level,
    OpeningHours,
    Series,
    Session,
    WorkProfile,
)
from queue_server.core.identifiers import CentreId, CounterId, ZoneId
from tests.support.centres import (
    BIRTH,
    CERTIFY,
    CIVIL,
    COPY,
    LAND,
    LAND_TITLE,
    Hall,
    small_configuration,
)
from tests.support.configurations import without

ONE, THREE = CounterId("1"), CounterId("3")


def noticed(hall: Hall, wanted: CentreConfiguration) -> list[Effect]:
    return list(effects_of(hall.centre, wanted, hall.now))


def said(hall: Hall, wanted: CentreConfiguration, language: str = "en") -> list[str]:
    words = Words(language, tree_of(wanted))
    return [effect_in_words(each, words) for each in noticed(hall, wanted)]


def with_counter(facts: CentreConfiguration, counter: CounterId, **changes: Any) -> Any:
    changed = replace(facts.counters[counter], **changes)
    return replace(facts, counters={**facts.counters, counter: changed})


def with_field(facts: CentreConfiguration, **changes: Any) -> CentreConfiguration:
    return replace(facts, fields={**facts.fields, LAND: replace(facts.fields[LAND], **changes)})


def test_nothing_is_noticed_where_nobody_waits() -> None:
    hall = Hall()

    assert noticed(hall, without(hall.centre.facts, fields=["land"])) == []


def test_waiting_numbers_of_a_field_that_goes_stay_and_are_called_where_they_were() -> None:
    hall = Hall()
    for _ in range(3):
        hall.issue(LAND_TITLE)

    sentences = said(hall, without(hall.centre.facts, fields=["land"]))

    assert sentences == ["3 waiting numbers stay and are called at counter 3."]
    assert len(hall.centre.waiting) == 3
    assert LAND in hall.centre.facts.fields


def test_a_procedure_that_goes_alone_is_told_of() -> None:
    hall = Hall()
    hall.issue(COPY)

    assert said(hall, without(hall.centre.facts, procedures=[COPY])) == [
        "1 waiting number stays and is called at counter 1, 2."
    ]


def test_the_last_counter_that_takes_them_is_missed() -> None:
    hall = Hall()
    hall.issue(LAND_TITLE)
    wanted = with_counter(
        hall.centre.facts, THREE, profile=WorkProfile(fields={CIVIL: Level.PRIMARY})
    )

    [effect] = noticed(hall, wanted)

    assert (effect.what, effect.path, effect.is_warning) == (
        "called_by_nobody",
        ("fields", "land"),
        True,
    )


def test_the_last_open_counter_that_takes_them_is_missed() -> None:
    hall = Hall()
    hall.open("1")
    hall.issue(BIRTH)
    wanted = with_counter(
        hall.centre.facts, ONE, profile=WorkProfile(fields={CERTIFY: Level.PRIMARY})
    )

    assert said(hall, wanted) == [
        "1 waiting number could be called by no counter that is open now."
    ]


def test_a_counter_that_goes_while_somebody_works_there() -> None:
    hall = Hall()
    hall.issue(BIRTH)
    hall.open("1")
    hall.do(c.CallNext(counter=ONE))

    effects = noticed(hall, without(hall.centre.facts, counters=["1"]))

    assert [(each.what, each.count) for each in effects] == [("counter_gone", 1)]


def test_a_profile_that_a_manager_changed_holds() -> None:
    hall = Hall()
    hall.do(c.ChangeWorkProfile(counter=ONE, profile=WorkProfile(fields={LAND: Level.PRIMARY})))
    wanted = with_counter(
        hall.centre.facts, ONE, profile=WorkProfile(fields={CIVIL: Level.SECONDARY})
    )

    assert [each.what for each in noticed(hall, wanted)] == ["profile_held"]


def test_numbers_keep_their_letter_and_follow_their_zone() -> None:
    hall = Hall()
    hall.issue(LAND_TITLE)
    wanted = with_field(hall.centre.facts, series=Series(letter="L"), zone=ZoneId("hall"))

    assert [each.what for each in noticed(hall, wanted)] == ["letter_changed", "zone_changed"]


def test_a_capacity_below_what_was_given_ends_the_day() -> None:
    hall = Hall()
    hall.issue(LAND_TITLE)
    hall.issue(LAND_TITLE)

    [effect] = noticed(hall, with_field(hall.centre.facts, daily_capacity=2))

    assert (effect.what, effect.count, effect.is_warning) == ("capacity_reached", 2, True)


def test_hours_of_today_are_warned_about_and_those_of_another_day_are_not() -> None:
    hall = Hall()
    session = Session(opens=time(8), tickets_until=time(9), closes=time(10))
    weekdays = hall.centre.facts.hours.weekdays

    def with_hours(day: str) -> CentreConfiguration:
        hours = OpeningHours(weekdays={**weekdays, day: (session,)})
        return replace(hall.centre.facts, hours=hours)

    assert [each.what for each in noticed(hall, with_hours("mon"))] == ["hours_today"]
    assert noticed(hall, with_hours("tue")) == []


def test_a_device_that_stands_for_what_goes_is_named() -> None:
    before = small_configuration()
    after = without(before, counters=["3"])
    sign, board = (
        Device(
            id=name,
            centre=before.id,
            kind="board",
            name=name,
            settings=settings,
            is_paired=True,
            link_until=None,
            last_seen_at=None,
            revoked_at=None,
        )
        for name, settings in (
            ("The sign", DeviceSettings(counter="3", zone="annex")),
            ("The board", DeviceSettings(zone="hall")),
        )
    )

    [effect] = devices_without([sign, board], before, after)

    assert (effect.path, effect.device) == (("counters", "3"), "The sign")
    assert devices_without([sign, board], before, before) == ()


def test_a_centre_that_was_never_configured_notices_nothing() -> None:
    hall = Hall()

    assert effects_of(Centre(id=CentreId("new")), hall.centre.facts, hall.now) == ()


def test_every_effect_has_a_sentence_in_both_languages() -> None:
    words = [Words(language, {}) for language in ("vi", "en")]
    effects = [
        Effect(what=what, path=("fields",), count=2)
        for what in Effect.__annotations__["what"].__args__
    ]

    sentences = {effect_in_words(each, say) for each in effects for say in words}

    assert len(sentences) >= 2 * (len(effects) - 1)
