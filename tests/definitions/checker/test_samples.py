"""What a sample says, and what is told if something else comes of it."""

import pytest

from permits.definitions.findings import Finding
from tests.definitions.changes import both, without_a_list
from tests.definitions.shipped import GONE, changed


def told(*changes):
    return [finding for finding in changed(both(*changes)) if finding.rule.startswith("sample.")]


def sample(**written):
    return lambda data: data["samples"].update(odd={"like": "road_lamp", **written})


OPEN = {"tracks": ["ordinary", "commitment", "tolerant"], "kind": "with_filing"}


def test_a_sample_that_says_what_comes_is_told_nothing():
    assert told(sample(**OPEN)) == []
    assert told(sample(tracks=["ordinary", "tolerant"], answers={"new_land": True})) == []


@pytest.mark.parametrize(
    ("answers", "why"),
    [
        ({"restricted_place": True}, "excluded by `restricted_place`"),
        ({"listed_as": "not_listed"}, "on no row of the list"),
        ({"new_land": True}, "`no_new_land` does not hold"),
    ],
)
def test_a_track_that_is_shut_is_told_with_the_reason(answers, why):
    (track, _) = told(sample(**OPEN, answers=answers))
    says = f"the commitment track is shut: {why}; expected the opposite"
    assert track == Finding("sample.tracks", ("samples", "odd", "tracks"), says)


def test_a_track_that_is_open_against_expectation_is_told():
    (track, kind) = told(sample(tracks=["ordinary", "tolerant"]))
    assert track.says == "the commitment track is open; expected the opposite"
    assert kind.says == "the kind is with_filing; expected none"


def test_a_track_with_a_condition_of_its_own_is_shut_by_it():
    narrow = {"tracks.commitment.admits": "will_break_road"}
    says = {finding.says for finding in told(sample(**OPEN), narrow)}
    assert (
        "the commitment track is shut: `will_break_road` does not hold; expected the opposite"
        in says
    )


def test_without_a_list_everybody_may_use_a_track_whom_nothing_excludes():
    plain = {
        "answers": {"restricted_place": False},
        "tracks": ["ordinary", "commitment", "tolerant"],
    }
    shut_out = {"answers": {"restricted_place": True}, "tracks": ["ordinary", "tolerant"]}
    assert told(without_a_list, {"samples": {"plain": plain, "restricted": shut_out}}) == []


@pytest.mark.parametrize(
    ("answers", "says"),
    [
        ({"length_m": 5}, "`length_m` is not asked in this application"),
        (
            {"neighbours_affected": True},
            "`neighbours_agree` is asked in this application; answer it",
        ),
        ({"new_land": "no"}, "`new_land` does not take the answer 'no'"),
        ({"nowhere": True}, "there is no field `nowhere`"),
        ({"starts_on": "2022-02-30"}, "`starts_on` does not take the answer '2022-02-30'"),
    ],
)
def test_an_application_that_could_not_be_filed_is_told_so(answers, says):
    assert [finding.says for finding in told(sample(**OPEN, answers=answers))] == [says]


def test_what_decides_nothing_may_be_answered_or_left_out():
    answers = {"starts_on": "2022-06-20", "works_name": "Lamps", "project_code": "any"}
    assert told(sample(**OPEN, answers=answers)) == []


def test_an_approval_that_hangs_on_the_case_itself_is_not_looked_for():
    always = {"still_required.line_check.when": GONE}
    names = {finding.path[1] for finding in told(always)}
    assert "road_lamp" in names
    granted = {"still_required.road_excavation.when": "granted_with_filing"}
    assert "short_line" in {finding.path[1] for finding in told(granted)}
    assert "road_lamp" not in {finding.path[1] for finding in told(granted)}
