"""One specification of what is said when, kept by the browser and by the server alike."""

import random  # noqa: TID251  # seeded
from pathlib import Path
from typing import Any, Final

import msgspec
import pytest

from displays.speech import announcement_plan as twin
from displays.speech.announcement_plan import Announcement, Call, Entry, PlanRules
from tests.displays.speech.lobby import Lobby

VECTORS: Final[dict[str, Any]] = msgspec.json.decode(
    Path(__file__).with_name("plan_vectors.json").read_bytes()
)
LANGUAGES: Final = ("vi", "en", "fr", "km")


def vectors(kind: str) -> pytest.MarkDecorator:
    return pytest.mark.parametrize(
        "vector", [pytest.param(each, id=each["name"]) for each in VECTORS[kind]]
    )


def entries(queue: list[Any]) -> tuple[Entry, ...]:
    return msgspec.convert(queue, tuple[Entry, ...])


def told(plan: Any) -> dict[str, Any]:
    """What matters of a plan, of either kind, as a vector has it."""
    said = plan["announcement"]
    return {
        "next": plan["next"] and plan["next"]["call"]["id"],
        "form": said and said["form"],
        "withChime": said and said["withChime"],
        "languages": said and [spoken["language"] for spoken in said["spoken"]],
        "queue": [entry["call"]["id"] for entry in plan["queue"]],
        "dropped": [entry["call"]["id"] for entry in plan["dropped"]],
    }


def planned(queue: list[Any], now: float, spoken: Any, rules: Any) -> dict[str, Any]:
    last = None if spoken is None else msgspec.convert(spoken, Entry)
    plan = twin.plan(entries(queue), now, last, msgspec.convert(rules, PlanRules))
    return told(msgspec.to_builtins(plan))


@vectors("plan")
def test_the_server_plans_as_specified(vector: dict[str, Any]) -> None:
    plan = planned(vector["queue"], vector["now"], vector["spoken"], vector["rules"])

    assert plan == vector["expected"]


@vectors("withCall")
def test_the_server_queues_as_specified(vector: dict[str, Any]) -> None:
    call = msgspec.convert(vector["call"], Call)

    queue = twin.with_call(entries(vector["queue"]), call, vector["since"])

    assert [[entry.call.id, entry.since_ms] for entry in queue] == vector["expected"]


@vectors("timeline")
def test_the_server_times_as_specified(vector: dict[str, Any]) -> None:
    announcement = msgspec.convert(vector["announcement"], Announcement)

    timeline = twin.timeline(announcement, vector["durations"].get)

    assert msgspec.json.decode(msgspec.json.encode(timeline)) == vector["expected"]


@pytest.mark.asyncio(loop_scope="session")
async def test_the_browser_plans_queues_and_times_as_specified(lobby: Lobby) -> None:
    plans = await lobby.run(
        "(all) => all.map((v) => speaker.plan(v.queue, v.now, v.spoken, v.rules))", VECTORS["plan"]
    )
    queues = await lobby.run(
        "(all) => all.map((v) => speaker.withCall(v.queue, v.call, v.since))", VECTORS["withCall"]
    )
    timelines = await lobby.run(
        "(all) => all.map((v) => speaker.timeline(v.announcement, (key) => v.durations[key]))",
        VECTORS["timeline"],
    )

    def expected(kind: str) -> list[Any]:
        return [vector["expected"] for vector in VECTORS[kind]]

    assert [told(plan) for plan in plans] == expected("plan")
    ids = [[[entry["call"]["id"], entry["since"]] for entry in queue] for queue in queues]
    assert ids == expected("withCall")
    assert timelines == expected("timeline")


@pytest.mark.asyncio(loop_scope="session")
async def test_browser_and_server_agree_on_rows_that_nobody_thought_of(lobby: Lobby) -> None:
    chance = random.Random(5)  # noqa: S311
    cases = [case(chance) for _ in range(1_500)]

    in_browser = await lobby.run(
        "(all) => all.map((v) => speaker.plan(v.queue, v.now, v.spoken, v.rules))", cases
    )

    on_server = [planned(v["queue"], v["now"], v["spoken"], v["rules"]) for v in cases]
    assert [told(plan) for plan in in_browser] == on_server
    forms = {plan["form"] for plan in on_server}
    assert forms == {"whole", "own", "first", "chime", None}


@pytest.mark.asyncio(loop_scope="session")
async def test_browser_and_server_have_the_same_numbers(lobby: Lobby) -> None:
    assert await lobby.run("() => speaker.RULES") == msgspec.to_builtins(twin.RULES)
    assert await lobby.run("() => speaker.GAPS") == msgspec.to_builtins(twin.GAPS)


def case(chance: random.Random) -> dict[str, Any]:
    """A row of any length and age."""
    now = chance.randrange(200_000)
    length = chance.choice([0, 0, 1, 1, 2, 3, 6, 7, 13, 14, 20])
    queue = [entry(chance, str(n), now) for n in range(length)]
    return {
        "queue": queue,
        "now": now,
        "spoken": chance.choice([None, entry(chance, "last", now)]),
        "rules": chance.choice([{}, {"timesWhenIdle": 1}, {"ownBacklog": 3, "maxAge": 30_000}]),
    }


def entry(chance: random.Random, id_: str, now: int) -> dict[str, Any]:
    languages = chance.sample(LANGUAGES, chance.randrange(len(LANGUAGES) + 1))
    spoken = [{"language": each, "clips": [f"{each}/digit-1"]} for each in languages]
    age = chance.choice([0, 8_000, 8_001, 20_001, 40_001, 60_000, 60_001, chance.randrange(70_000)])
    return {
        "call": {
            "id": id_,
            "ticket": f"ticket-{id_}",
            "language": chance.choice(LANGUAGES),
            "spoken": spoken,
        },
        "since": now - age,
        "timesSpoken": chance.randrange(3),
    }
