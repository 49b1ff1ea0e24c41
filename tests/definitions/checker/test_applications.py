"""Which applications conditions can tell apart."""

import pytest

from permits.definitions.checker.applications import Applications, TooWide, kinds_of
from permits.definitions.checker.asking import condition_findings
from permits.definitions.fitting import whole
from permits.definitions.schema import Definition, TrackName
from tests.definitions.changes import BOTH
from tests.definitions.shipped import data, definition


def telling(changes, *sources, tracks=()):
    """The applications that expressions can tell apart, after a change of the data."""
    changed = data()
    changes(changed)
    for n, source in enumerate(sources):
        changed["conditions"][f"odd_{n}"] = {"when": source, "says": BOTH}
    definition = Definition.model_validate(changed, strict=False, by_alias=True)
    conditions, findings = condition_findings(whole(definition, changed))
    assert findings == ()
    names = [f"odd_{n}" for n in range(len(sources))]
    return Applications(definition, conditions).telling(names, *tracks)


def nothing(_data):
    return None


def test_only_answers_to_questions_that_are_put_are_met():
    found = telling(nothing, "length_m < 200")
    assert {tuple(a.answers) for a in found} == {("listed_as", "length_m"), ("listed_as",)}
    assert {a.answers["listed_as"] for a in found if "length_m" in a.answers} == {"short_line"}


def test_an_optional_answer_may_be_missing():
    def optional(changed):
        changed["form"]["sections"][2]["fields"][8]["required"] = False

    assert [dict(a.answers) for a in telling(nothing, "new_land")] == [
        {"new_land": False},
        {"new_land": True},
    ]
    assert {} in [dict(a.answers) for a in telling(optional, "new_land")]


def test_facts_go_together_as_they_do_on_a_track():
    found = telling(nothing, "case_track == 'ordinary' || case_on_the_spot || case_kind == 'none'")
    assert [tuple(a.facts.values()) for a in found] == [
        ("none", False, "ordinary"),
        ("with_filing", True, "commitment"),
        ("outright", True, "commitment"),
        ("none", False, "tolerant"),
    ]
    only = telling(nothing, "case_kind == 'none'", tracks=(TrackName.ORDINARY,))
    assert [dict(a.facts) for a in only] == [{"case_kind": "none"}]


def test_without_a_list_no_case_has_a_kind():
    changed = definition().model_copy(update={"list": {}})
    assert kinds_of(changed, TrackName.COMMITMENT) == ("none",)


def test_an_application_meets_conditions_together():
    found = {
        (a.answers["new_land"], a.answers["breaks_road"]): a
        for a in telling(nothing, "new_land", "!breaks_road")
    }
    assert len(found) == 4
    assert found[True, False].meets(["odd_0", "odd_1"])
    assert not found[True, True].meets(["odd_0", "odd_1"])
    assert found[True, True].meets(["odd_0"])
    assert found[False, True].meets([])


TRUTHS = ["with_road", "type_changed", "route_changed", "inside_red_line", "new_land"]
TRUTHS += ["underground", "breaks_road", "neighbours_affected", "restricted_place"]


def always_asked(changed):
    for section in changed["form"]["sections"]:
        for field in section["fields"]:
            field.pop("when", None)


def test_questions_that_are_never_put_together_make_nothing_wide():
    lengths = [f"length_m != {n * 10}" for n in range(1, 20)]
    assert len(telling(nothing, *TRUTHS, *lengths)) < 5000


def test_too_many_combinations_are_not_tried():
    lengths = [f"length_m != {n * 10}" for n in range(1, 20)]
    with pytest.raises(TooWide):
        telling(always_asked, *TRUTHS, *lengths)


def test_too_many_combinations_of_answers_and_facts_are_not_tried():
    facts = "case_corrections == 1 || case_result == 'open' || case_kind == 'none'"
    with pytest.raises(TooWide):
        telling(always_asked, *TRUTHS, "length_m != 100", facts)
