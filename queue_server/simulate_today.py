"""``queue-server simulate`` of today: the centre as its records leave it, and who comes to it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from config.centre_file import load_centre
from config.settings import Settings
from counters.rebalancing.expectation_of import learned_expectation
from counters.simulation.expectation import (
    DayExpectation,
    scaled,
    since_midnight,
    usual_expectation,
)
from queue_server.archive.database import open_database, reading
from queue_server.archive.demand import Demand, demand_of, seen_on
from queue_server.archive.lasting import lasting_centre
from queue_server.core.apply import apply_event
from queue_server.core.centre import Centre
from queue_server.core.configuration import CentreConfiguration
from queue_server.core.errors import InvalidValue
from queue_server.core.events import ConfigurationApplied
from queue_server.core.hours import local_time
from queue_server.core.identifiers import CentreId, FieldId
from queue_server.places import Places

GUESSED: Final = "visits guessed from the configuration"
LEARNED: Final = "as past days taught"


class Records(Struct, frozen=True, kw_only=True):
    """What is known of a centre today."""

    centre: Centre
    demand: Demand | None = None
    """Of the same weekday in the weeks before."""
    seen: Mapping[FieldId, int] = {}
    """Who walked in today so far."""


def records_of(settings: Settings, centre: str | None, now: datetime) -> Records:
    """The centre out of the archive, or as its file has it while there are no records.

    Args:
        settings: Where the archive and the centre file are.
        centre: Which centre; None takes the one of the centre file.
        now: The instant.

    Raises:
        InvalidValue: Neither the archive nor the file knows the centre.
    """
    name = CentreId(centre or load_centre(settings.centre.centre_file).id)
    return _archived(settings, name, now) or Records(centre=_of_file(settings, name, now))


def _archived(settings: Settings, name: CentreId, now: datetime) -> Records | None:
    places = Places(settings.store.data_folder)
    if not places.folder.is_dir():
        return None
    try:
        engine = open_database(places.database_url(settings))
    except InvalidValue:
        return None
    try:
        with reading(engine) as connection:
            centre = lasting_centre(connection, name)
            if centre.configuration is None:
                return None
            day = local_time(centre.facts, now).date()
            demand = demand_of(connection, name, day, centre.facts.timezone)
            return Records(centre=centre, demand=demand, seen=seen_on(connection, name, day))
    except InvalidValue:
        return None
    finally:
        engine.dispose()


def _of_file(settings: Settings, name: CentreId, now: datetime) -> Centre:
    configuration = load_centre(settings.centre.centre_file)
    if configuration.id != name:
        message = f"expected a centre of the records or {configuration.id!r}, got {name!r}"
        raise InvalidValue(message)
    centre = Centre(id=name)
    apply_event(centre, ConfigurationApplied(configuration=configuration), now)
    return centre


def as_set(centre: Centre) -> CentreConfiguration:
    """The configuration with the work profiles that the manager set."""
    facts = centre.facts
    counters = {
        key: replace(counter, profile=centre.counters[key].profile)
        for key, counter in facts.counters.items()
    }
    return replace(facts, counters=counters)


def expected_today(records: Records, now: datetime) -> tuple[DayExpectation, str]:
    """What today is like: the same weekday of the last four weeks, scaled to today so far.

    Without records of such a day it is what was learned, or a rough guess from the configuration.
    """
    centre, found = records.centre, records.demand
    guessed = usual_expectation(as_set(centre), now)
    known = learned_expectation(centre, guessed, now)
    source = GUESSED if known.arrivals is guessed.arrivals else LEARNED
    if found is not None:
        known = replace(
            known, arrivals=found.arrivals, mix=found.mix, priority_share=found.priority_share
        )
        source = f"as on {found.days} earlier days of this weekday"
    if source == GUESSED or not records.seen:
        return known, source
    today = scaled(known, records.seen, since_midnight(centre.facts, now))
    return today, f"{source}, scaled to the {sum(records.seen.values())} visits so far"
