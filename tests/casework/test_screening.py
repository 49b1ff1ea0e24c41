"""Which permit and which track: questions and answer are read off the definition."""

from permits.casework.refusals import Reason
from permits.casework.screening import deciding, screen
from permits.definitions.edition import compile_edition
from tests.definitions.shipped import definition
from tests.kit import plan_exempt

GAS = {
    "listed_as": "short_line", "length_m": "150", "road_class": "branch", "new_land": "false",
    "neighbours_affected": "false", "restricted_place": "false",
}  # fmt: skip


def names(found):
    return [question.id for question in found.questions]


def test_only_what_decides_is_asked_and_nothing_about_a_person():
    asked = {question.id for question in deciding(plan_exempt())}
    assert {"listed_as", "length_m", "new_land", "neighbours_agree"} <= asked
    assert not asked & {"works_name", "project_code", "contact_name", "contact_phone", "starts_on"}


def test_a_question_comes_up_once_the_answers_before_it_ask_for_it():
    first = screen(plan_exempt(), {})
    assert "listed_as" in names(first)
    assert "length_m" not in names(first)
    assert first.tracks == {}
    second = screen(plan_exempt(), {"listed_as": "short_line"})
    assert {"length_m", "road_class"} <= {*names(second)}


def test_once_everything_is_answered_each_track_is_open_or_says_why_not():
    found = screen(plan_exempt(), GAS)
    assert found.problems == ()
    assert found.tracks["commitment"] is None
    longer = screen(plan_exempt(), {**GAS, "length_m": "250"})
    assert longer.tracks["commitment"].reason is Reason.NOT_ADMITTED
    assert longer.tracks["ordinary"] is None


def test_what_excludes_is_named():
    found = screen(plan_exempt(), {**GAS, "restricted_place": "true"})
    refused = found.tracks["commitment"]
    assert (refused.reason, refused.about) == (Reason.EXCLUDED, ("restricted_place",))


def test_what_decides_nothing_and_what_does_not_fit_count_for_nothing():
    found = screen(plan_exempt(), {**GAS, "works_name": "x", "length_m": "long", "no_such": "1"})
    assert [problem.field for problem in found.problems] == ["length_m"]
    assert found.tracks == {}


def test_every_shipped_permit_type_comes_to_its_tracks_by_a_few_questions():
    for name in ("completion_inspection", "drawing_review", "staged_construction"):
        edition = compile_edition(definition(name), name)
        assert 0 < len(deciding(edition)) < 5
