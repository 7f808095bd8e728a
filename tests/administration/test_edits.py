"""A draft is a list of edits that leads from the configuration in force to the wanted one."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from config.centre_file import check_tree
from queue_server.administration.edits import (
    Edit,
    differences,
    edited,
    laid_over,
    overlaps,
    without,
)
from queue_server.administration.tree import MISSING, ORDER, tree_of, value_at, with_value
from tests.support.centres import small_configuration

NAMES = st.sampled_from(["a", "b", "c", "d"])
LEAVES = st.integers(0, 3) | st.lists(st.integers(0, 2), max_size=2)
TREES = st.dictionaries(
    NAMES,
    LEAVES | st.dictionaries(NAMES, LEAVES | st.dictionaries(NAMES, LEAVES, max_size=2)),
    max_size=4,
)
LIVE = {"limits": {"undo_within_s": 10}, "fields": {"a": {"name": {"vi": "A"}}, "b": {"x": 1}}}


def edit(*path: str, value: object) -> Edit:
    return Edit(path=path, value=value)


def test_the_tree_of_a_configuration_is_that_configuration() -> None:
    configuration = small_configuration()

    checked = check_tree(tree_of(configuration))

    assert checked.configuration == configuration
    assert checked.is_applicable


@given(TREES, TREES)
def test_the_differences_lead_from_one_tree_to_the_other(live: Any, wanted: Any) -> None:
    reached = laid_over(live, differences(live, wanted))

    assert reached == wanted


@given(TREES, TREES)
def test_what_is_as_it_was_needs_no_edit(live: Any, wanted: Any) -> None:
    there = edited(live, (), differences(live, wanted))
    back = [Edit(path=each.path, value=each.was) for each in there]

    assert laid_over(live, edited(live, there, back)) == live
    assert differences(live, live) == ()


def test_laying_edits_over_a_tree_leaves_the_tree_as_it_was() -> None:
    before = repr(LIVE)

    laid_over(LIVE, [edit("fields", "a", "name", "vi", value="Z"), Edit(path=("limits",))])

    assert repr(LIVE) == before


def test_an_edit_replaces_those_below_it() -> None:
    edits = edited(LIVE, (), [edit("fields", "b", "x", value=2), edit("fields", "b", value={})])

    assert [each.path for each in edits] == [("fields", "b")]
    assert edits[0].was == {"x": 1}


def test_an_edit_below_another_becomes_part_of_it() -> None:
    added = edit("fields", "new", value={"name": {"vi": "N"}})

    edits = edited(LIVE, [added], [edit("fields", "new", "zone", value="hall")])

    assert [(each.path, each.value) for each in edits] == [
        (("fields", "new"), {"name": {"vi": "N"}, "zone": "hall"})
    ]


def test_an_edit_that_is_put_back_is_forgotten() -> None:
    edits = edited(LIVE, (), [edit("limits", "undo_within_s", value=20)])

    assert edited(LIVE, edits, [edit("limits", "undo_within_s", value=10)]) == ()


def test_edits_below_a_place_are_taken_out_together() -> None:
    edits = edited(LIVE, (), [edit("fields", "b", "x", value=2), edit("limits", value={})])

    assert [each.path for each in without(edits, ("fields",))] == [("limits",)]
    assert without(edits, ()) == ()


def test_the_order_of_a_table_is_an_edit_of_its_own() -> None:
    wanted = {"fields": {"b": {"x": 1}, "new": {}, "a": {"name": {"vi": "A"}}}}

    edits = differences(LIVE, {**LIVE, **wanted})
    reached = laid_over(LIVE, edits)

    assert list(reached["fields"]) == ["b", "new", "a"]
    assert ("fields", ORDER) in [each.path for each in edits]


def test_what_somebody_else_changed_since_is_found() -> None:
    edits = edited(LIVE, (), [edit("limits", "undo_within_s", value=20)])
    theirs = with_value(LIVE, ("limits", "undo_within_s"), 30)
    same = with_value(LIVE, ("limits", "undo_within_s"), 20)
    elsewhere = with_value(LIVE, ("fields", "b", "x"), 5)

    assert overlaps(theirs, edits) == (("limits", "undo_within_s"),)
    assert overlaps(same, edits) == ()
    assert overlaps(elsewhere, edits) == ()


def test_a_draft_does_not_bring_back_what_others_removed_elsewhere() -> None:
    edits = edited(LIVE, (), [edit("limits", "undo_within_s", value=20)])
    theirs = with_value(LIVE, ("fields", "b"), MISSING)

    reached = laid_over(theirs, edits)

    assert value_at(reached, ("fields", "b")) is MISSING
    assert value_at(reached, ("limits", "undo_within_s")) == 20
