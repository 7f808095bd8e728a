"""Virtual citizens rate as people do: some, mostly well, in the words of the survey."""

from random import Random  # noqa: TID251  # seeded here

from queue_server.core.ticket import Criterion
from queue_server.demo.opinions import opinion


def test_some_rate_and_most_are_satisfied() -> None:
    said = [opinion(Random(seed)) for seed in range(500)]  # noqa: S311  # nothing secret
    rated = [each for each in said if each is not None]

    assert 150 < len(rated) < 250
    assert sum(each["score"] >= 3 for each in rated) / len(rated) > 0.75
    assert {each["score"] for each in rated} == {1, 2, 3, 4}


def test_what_is_said_of_single_criteria_is_of_the_survey() -> None:
    said = [opinion(Random(seed)) for seed in range(200)]  # noqa: S311  # nothing secret
    criteria = [each["criteria"] for each in said if each and "criteria" in each]

    assert criteria
    assert all(set(each) == {one.value for one in Criterion} for each in criteria)
