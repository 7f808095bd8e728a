"""The plan on cases solved by hand, and what holds for every plan."""

from collections.abc import Iterable

from hypothesis import given, settings
from hypothesis import strategies as st

from counters.rebalancing.plan import Limits, plan
from counters.rebalancing.situation import Change, CounterSupply, FieldDemand, Situation
from queue_server.core.identifiers import CounterId, FieldId

HORIZON_S = 2700.0
LAND, BIRTH, COPY = FieldId("land"), FieldId("birth"), FieldId("copy")


def demand(field: FieldId, minutes: float, mean: float = 10) -> FieldDemand:
    return FieldDemand(field=field, work_s=minutes * 60, mean_s=mean * 60)


def counter(
    name: str, trained: Iterable[FieldId], active: Iterable[FieldId], **more: object
) -> CounterSupply:
    return CounterSupply(
        counter=CounterId(name),
        available_s=more.pop("available_s", HORIZON_S),  # type: ignore[arg-type]
        trained=dict.fromkeys(trained, 1.1) | dict.fromkeys(active, 1.0),
        active=frozenset(active),
        **more,  # type: ignore[arg-type]
    )


def situation(fields: Iterable[FieldDemand], counters: Iterable[CounterSupply]) -> Situation:
    return Situation(horizon_s=HORIZON_S, fields=tuple(fields), counters=tuple(counters))


def test_an_idle_counter_takes_the_field_that_is_behind() -> None:
    behind = situation(
        [demand(LAND, 90), demand(BIRTH, 5)],
        [counter("1", [LAND], [LAND]), counter("2", [LAND, BIRTH], [BIRTH])],
    )

    assert plan(behind) == (Change(counter=CounterId("2"), takes=(LAND,)),)


def test_nothing_changes_while_everybody_copes() -> None:
    calm = situation(
        [demand(LAND, 10), demand(BIRTH, 5)],
        [counter("1", [LAND], [LAND]), counter("2", [LAND, BIRTH], [BIRTH])],
    )

    assert plan(calm) == ()


def test_a_gain_smaller_than_the_cost_of_a_change_is_left() -> None:
    # The work and its safety of √(45.2 · 0.05 · 1.49) leave less than two minutes uncovered,
    # which cost less than the 4 of a change.
    close = situation(
        [demand(LAND, 45.2, mean=0.05), demand(BIRTH, 5)],
        [counter("1", [LAND], [LAND]), counter("2", [LAND, BIRTH], [BIRTH])],
    )

    assert plan(close) == ()


def test_who_is_not_trained_takes_nothing() -> None:
    behind = situation(
        [demand(LAND, 90)], [counter("1", [LAND], [LAND]), counter("2", [BIRTH], [BIRTH])]
    )

    assert not behind.has_room
    assert plan(behind) == ()


def test_a_busy_counter_is_not_asked() -> None:
    behind = situation(
        [demand(LAND, 90), demand(BIRTH, 60), demand(COPY, 5)],
        [
            counter("1", [LAND], [LAND]),
            counter("2", [LAND, BIRTH], [BIRTH]),
            counter("3", [LAND, COPY], [COPY]),
        ],
    )

    assert plan(behind, Limits(max_changes=1)) == (Change(counter=CounterId("3"), takes=(LAND,)),)


def test_at_most_so_many_changes() -> None:
    flood = situation(
        [demand(LAND, 400)],
        [counter("0", [LAND], [LAND])]
        + [counter(f"{n}", [LAND, BIRTH], [BIRTH]) for n in range(1, 6)],
    )

    for most in (0, 1, 2, 4):
        changes = plan(flood, Limits(max_changes=most))
        assert sum(len(each.takes) + len(each.drops) for each in changes) == most


def test_a_closed_counter_opens_when_it_is_worth_it() -> None:
    closed = counter("2", [LAND], [LAND], is_open=False, may_open=True)
    open_one = counter("1", [LAND], [LAND])

    flood = situation([demand(LAND, 90)], [open_one, closed])
    calm = situation([demand(LAND, 40, mean=1)], [open_one, closed])

    assert plan(flood) == (Change(counter=CounterId("2"), opens=True),)
    assert plan(calm) == ()


def test_a_counter_nobody_may_open_stays_closed() -> None:
    closed = counter("2", [LAND], [LAND], is_open=False)

    assert plan(situation([demand(LAND, 200)], [counter("1", [LAND], [LAND]), closed])) == ()


def test_a_counter_closes_only_where_closing_is_worth_something() -> None:
    idle = [counter(f"{n}", [LAND], [LAND], may_close=True) for n in range(4)]
    quiet = situation([demand(LAND, 20, mean=1)], idle)

    assert plan(quiet) == ()
    closed = plan(quiet, Limits(max_changes=1, closing_gain=20))
    assert [each.closes for each in closed] == [True]


def test_a_declined_field_is_not_proposed() -> None:
    behind = situation(
        [demand(LAND, 90), demand(BIRTH, 5)],
        [
            counter("1", [LAND], [LAND]),
            counter("2", [LAND, BIRTH], [BIRTH], fixed=frozenset({LAND})),
        ],
    )

    assert plan(behind) == ()


def test_a_counter_on_its_break_is_no_help() -> None:
    behind = situation(
        [demand(LAND, 90), demand(BIRTH, 5)],
        [
            counter("1", [LAND], [LAND]),
            counter("2", [LAND, BIRTH], [BIRTH], available_s=120),
        ],
    )

    assert plan(behind) == ()


FIELDS = [FieldId(f"f{n}") for n in range(5)]


@st.composite
def situations(draw: st.DrawFn) -> Situation:
    fields = [
        demand(field, draw(st.floats(0, 300)), mean=draw(st.floats(1, 30))) for field in FIELDS
    ]
    counters = []
    for n in range(draw(st.integers(1, 6))):
        trained = draw(st.sets(st.sampled_from(FIELDS), min_size=1))
        active = draw(st.sets(st.sampled_from(sorted(trained)), min_size=1))
        fixed = frozenset(draw(st.sets(st.sampled_from(FIELDS), max_size=2)))
        is_open = draw(st.booleans())
        counters.append(
            counter(
                f"{n}",
                trained,
                active,
                fixed=fixed,
                is_open=is_open,
                may_open=draw(st.booleans()),
                may_close=draw(st.booleans()),
                available_s=draw(st.floats(0, HORIZON_S)),
            )
        )
    return situation(fields, counters)


@given(situations(), st.integers(0, 4), st.sampled_from([0.0, 30.0]))
@settings(max_examples=60, deadline=None)
def test_every_plan_keeps_what_is_promised(now: Situation, most: int, gain: float) -> None:
    changes = plan(now, Limits(max_changes=most, closing_gain=gain))

    known = {each.counter: each for each in now.counters}
    after = {each.counter: set(each.active) for each in now.counters if each.is_open}
    count = 0
    for change in changes:
        before = known[change.counter]
        count += len(change.takes) + len(change.drops) + change.opens + change.closes
        assert set(change.takes) <= before.trained.keys() - before.active - before.fixed
        assert set(change.drops) <= before.active - before.fixed
        if change.opens:
            assert before.may_open
            assert not before.is_open
            after[change.counter] = set(before.active)
        elif change.closes:
            assert before.may_close
            assert gain
            del after[change.counter]
        else:
            assert before.is_open
            after[change.counter] |= set(change.takes)
            after[change.counter] -= set(change.drops)
    assert count <= most
    assert all(after.values()), "an open counter serves something"
    for field in FIELDS:
        had = sum(field in each.active for each in now.counters if each.is_open)
        has = sum(field in served for served in after.values())
        assert has >= min(had, 2), "a field never loses its last counters"
