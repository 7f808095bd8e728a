"""The demo's people: two counters are free to try, and no procedure waits for a visitor."""

from msgspec.structs import replace

from config.centre_file import load_centre
from config.settings import SAMPLE_CENTRE
from queue_server.core.configuration import CentreConfiguration
from queue_server.core.identifiers import CounterId
from queue_server.demo.people import free_counters, virtual_clerks
from tests.support.centres import small_configuration


def unserved(configuration: CentreConfiguration, free: list[CounterId]) -> list[str]:
    """Procedures that none of the other counters serves."""
    profiles = [each.profile for each in configuration.counters.values() if each.id not in free]
    return [
        procedure.code
        for procedure in configuration.procedures.values()
        if not any(profile.level_of(procedure) for profile in profiles)
    ]


def test_two_counters_of_the_sample_are_free_and_every_procedure_is_served() -> None:
    sample = load_centre(SAMPLE_CENTRE)

    free = free_counters(sample)

    assert free == ["counter-10", "counter-7"]
    assert unserved(sample, free) == unserved(sample, [])
    clerks = [clerk.counter for clerk in virtual_clerks(sample)]
    assert set(clerks) == set(sample.counters) - set(free)
    assert len(clerks) == len(sample.counters) - 2


def test_a_counter_whose_field_nobody_else_serves_is_never_free() -> None:
    """Counter 3 alone serves land; 1 and 2 stand in for each other."""
    assert free_counters(small_configuration()) == ["2"]


def test_no_counter_is_free_where_none_can_be_spared() -> None:
    small = small_configuration()
    alone = replace(small, counters={CounterId("3"): small.counters[CounterId("3")]})

    assert free_counters(alone) == []
    assert [clerk.counter for clerk in virtual_clerks(alone)] == ["3"]
