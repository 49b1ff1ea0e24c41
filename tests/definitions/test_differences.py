"""How two versions of a permit type differ: told by part and entry, and never only as text."""

from typing import Any

import pytest

from permits.definitions.differences import Change, Kind, Leaf, differences, parts_of
from permits.definitions.parts import Text
from permits.definitions.schema import Definition
from permits.text.publishing import part
from tests.kit import content


def changed(change) -> tuple[Change, ...]:
    after = content()
    change(after)
    return differences(content(), after)


def test_a_version_does_not_differ_from_itself():
    assert differences(content(), content()) == ()


def test_a_limit_that_is_shorter_is_one_change_of_its_track():
    def shorter(data: dict[str, Any]) -> None:
        data["tracks"]["ordinary"]["promised"] = "3wd"

    (one,) = changed(shorter)
    was = content()["tracks"]["ordinary"]["promised"]
    assert (one.part, one.name, one.kind) == ("tracks", "ordinary", Kind.CHANGED)
    assert one.title == Text(**content()["tracks"]["ordinary"]["title"])
    assert one.leaves == (Leaf("promised", was, "3wd"),)


@pytest.mark.parametrize("name", ["materials", "clocks", "documents", "laws", "samples"])
def test_an_entry_that_is_gone_is_removed_and_one_that_is_new_added(name):
    removed = content()
    entry, _value = removed[name].popitem()
    (gone,) = differences(content(), removed)
    assert (gone.part, gone.name, gone.kind) == (name, entry, Kind.REMOVED)
    assert all(leaf.now is None and leaf.was is not None for leaf in gone.leaves)
    (new,) = differences(removed, content())
    assert (new.part, new.name, new.kind) == (name, entry, Kind.ADDED)
    assert all(leaf.was is None for leaf in new.leaves)


def test_states_and_actions_are_told_by_name():
    def change(data: dict[str, Any]) -> None:
        data["chart"]["actions"]["accept"]["by"] = ["window", "examiner"]
        data["chart"]["states"].pop("withdrawn")

    told = {(one.part, one.name, one.kind) for one in changed(change)}
    assert told == {
        ("chart.actions", "accept", Kind.CHANGED), ("chart.states", "withdrawn", Kind.REMOVED),
    }  # fmt: skip


def test_the_order_of_entries_means_something():
    def turn(data: dict[str, Any]) -> None:
        data["materials"] = dict(reversed(data["materials"].items()))

    assert changed(turn) == (Change("materials", "", Kind.MOVED),)


def test_a_question_that_stands_elsewhere_has_another_section():
    def move(data: dict[str, Any]) -> None:
        first, second = data["form"]["sections"][:2]
        second["fields"].append(first["fields"].pop())

    told = {one.name: one for one in changed(move) if one.name}
    (question,) = told.values()
    assert question.part == "form.fields"
    assert [leaf.path for leaf in question.leaves] == ["section"]


def test_parts_without_entries_are_told_whole():
    def change(data: dict[str, Any]) -> None:
        data["permit"]["visits"] = 9
        data.pop("undertaking")

    told = {one.part: one for one in changed(change)}
    assert told["permit"].leaves == (Leaf("visits", content()["permit"]["visits"], 9),)
    assert told["undertaking"].kind is Kind.REMOVED


def test_lists_of_parts_are_told_by_place():
    def change(data: dict[str, Any]) -> None:
        data["permit"]["guide"].append({"zh": "新", "en": "new"})

    (one,) = changed(change)
    place = len(content()["permit"]["guide"])
    assert one.leaves == (Leaf(f"guide[{place}]", None, Text(zh="新", en="new")),)


def test_a_value_that_is_left_out_counts_as_one_that_is_empty():
    def change(data: dict[str, Any]) -> None:
        data["permit"]["effective_until"] = None

    assert changed(change) == ()


def test_every_part_of_a_definition_is_called_something():
    others = {*Definition.model_fields} - {"form", "chart"}
    for name in {*parts_of(content()), *others}:
        assert part(name, "zh") != part(name, "en")
