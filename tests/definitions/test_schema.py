import datetime

import pytest

from permits.definitions.findings import spell_value
from permits.definitions.schema import Definition, Text
from tests.definitions.shipped import GONE, changed, definition, resolved

BOTH = {"zh": "示例", "en": "An example"}


def only(change):
    (finding,) = changed(change)
    return finding


A_NAME = "a word in lower case, parts joined by underscores"
A_TERM = "a length of time: `7wd` working days, `60d` days, `2m` months"
A_DAY = "a day is written as 2022-06-01"


@pytest.mark.parametrize(
    ("path", "value", "rule", "says"),
    [
        ("permit", [], "schema.type", "a mapping is wanted"),
        ("permit.title", "x", "schema.type", "a mapping is wanted"),
        ("laws", [], "schema.type", "a mapping of entries by name is wanted"),
        ("permit.guide", {}, "schema.type", "a list is wanted"),
        ("permit.title.en", 7, "schema.type", "a text is wanted"),
        ("permit.visits", "1", "schema.type", "a whole number is wanted"),
        ("permit.visits", True, "schema.type", "a whole number is wanted"),
        ("tracks.ordinary.on_the_spot", 0, "schema.type", "true or false is wanted"),
        ("permit.effective_from", 2022, "schema.type", "a day such as 2022-06-01 is wanted"),
        ("permit.effective_from", "2022", "schema.value", A_DAY),
        ("permit.effective_from", "1654041600", "schema.value", A_DAY),
        ("permit.effective_from", "2022-13-01", "schema.value", "month must be in 1..12"),
        ("permit.effective_from", "2022-02-30", "schema.value", "day is out of range for month"),
        ("permit.visits", 10, "schema.limit", "at most 9 is wanted"),
        ("permit.visits", -1, "schema.limit", "at least 0 is wanted"),
        ("vocabulary", 2, "schema.choice", "1 is wanted"),
        ("clocks.delivery.length.stated", False, "schema.choice", "`true` is wanted"),
        ("permit.id", "Plan-Exempt", "schema.pattern", f"{A_NAME} is wanted"),
        ("permit.id", "a" * 41, "schema.too_long", "at most 40 characters are wanted"),
        ("permit.title.zh", "字" * 8001, "schema.too_long", "at most 8000 characters are wanted"),
        ("tracks.ordinary.promised", "2y", "schema.pattern", f"{A_TERM} is wanted"),
        ("authority.opens", "24:00", "schema.pattern", 'a time of day, quoted, as in `"09:00"`'),
        ("authority.number_prefix", "gx", "schema.pattern", "a word of two to eight"),
        ("chart.actions.grant.moves.0.to", "a.b", "schema.pattern", "a state, or `state."),
    ],
)  # fmt: skip
def test_a_value_of_the_wrong_kind_is_told_with_what_is_wanted(path, value, rule, says):
    finding = only({path: value})
    assert finding.rule == rule
    assert finding.says.startswith(says)
    assert finding.says.endswith(f"; found {spell_value(value)}")
    assert finding.where == path.replace(".0", "[0]")


def test_what_is_empty_is_told():
    assert only({"permit.guide": []}).says == "at least 1 wanted; there are 0"
    assert only({"permit.title.zh": "  "}).says == "a text is wanted; it is blank"


def test_a_choice_names_what_may_be_chosen():
    says = only({"permit.measure": "waived"}).says
    assert says.startswith("one of 'deferred', 'committed', 'exempted'")
    assert says.endswith("is wanted; found the text `waived`")


def test_a_missing_key_is_told_where_it_is_missing():
    finding = only({"permit.summary": GONE})
    assert (finding.rule, finding.where) == ("schema.missing", "permit.summary")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_text_in_one_language_only_is_no_text(language):
    finding = only({f"permit.title.{language}": GONE})
    assert finding.rule == "text.language_missing"
    assert f"no `{language}`" in finding.says


def test_an_unknown_key_is_told_with_the_keys_there_are():
    finding = only({"permit.sumary": BOTH})
    assert finding.rule == "schema.unknown_key"
    assert "did you mean `summary`? the keys are id, title, summary" in finding.says


def test_a_key_like_no_other_gets_no_guess():
    assert "did you mean" not in only({"permit.zzz": 1}).says


@pytest.mark.parametrize(
    ("path", "key"),
    [
        ("tracks.ordinary.zzz", "promised"),
        ("chart.actions.grant.moves.0.zzz", "from"),
        ("chart.states.granted.regions.delivery.to_deliver.zzz", "final"),
        ("form.sections.0.fields.0.zzz", "personal"),
        ("clocks.promise.extension.zzz", "approver"),
        ("zzz", "vocabulary"),
    ],
)
def test_keys_are_known_at_every_depth(path, key):
    assert key in only({path: 1}).says.split("the keys are ")[1].split(", ")


def test_the_least_of_lengths_knows_its_keys_too():
    least = {"least": [{"track": "promised", "zzz": 1}, {"fixed": "20wd"}]}
    assert "less" in only({"clocks.delivery.length": least}).says


def test_an_entry_with_a_bad_name_is_told_by_that_name():
    finding = only({"laws.Act": {"title": BOTH, "cited": "2019"}})
    assert (finding.rule, finding.where) == ("schema.pattern", "laws.Act")
    assert finding.says.endswith("found the text `Act`")


def test_a_track_with_an_unknown_name_is_told_by_that_name():
    finding = only(lambda data: data["tracks"].update(fast=data["tracks"]["ordinary"]))
    assert (finding.rule, finding.where) == ("schema.choice", "tracks.fast")


def test_a_broken_entry_does_not_also_count_as_missing_from_its_list():
    finding = only({"chart.actions.accept.moves": [{"from": "received", "to": "examining"}]})
    assert finding.where == "chart.actions.accept.moves[0].from"


@pytest.mark.parametrize(
    ("basis", "says"),
    [
        ({}, "exactly one of `law`, `practice`, `example`"),
        ({"practice": BOTH, "example": BOTH}, "exactly one of"),
        ({"law": "licensing_act"}, "`law` and `article` go together"),
        ({"practice": BOTH, "article": "1"}, "`law` and `article` go together"),
    ],
)
def test_a_basis_is_a_law_with_its_article_or_a_practice_or_an_example(basis, says):
    finding = only({"clocks.delivery.basis": basis})
    assert finding.rule == "schema.value"
    assert says in finding.says


def test_every_fault_of_the_schema_is_told_at_once():
    found = changed({"permit.title.en": GONE, "permit.visits": 10, "laws": [], "zzz": 1})
    assert [f.where for f in found] == ["permit.title.en", "permit.visits", "laws", "zzz"]


def test_a_published_definition_reads_back_as_it_was():
    assert Definition.model_validate_json(resolved().content) == definition()
    assert definition().permit.effective_from == datetime.date(2022, 6, 1)


@pytest.mark.parametrize(
    ("language", "wording"),
    [("zh", "示例"), ("zh_Hans_CN", "示例"), ("en", "An example"), ("en_GB", "An example")],
)
def test_a_text_is_read_in_the_language_of_the_reader(language, wording):
    assert Text(**BOTH).in_(language) == wording


def test_the_questions_of_a_form_stand_in_their_order_across_sections():
    names = [q.id for q in definition().form.questions]
    assert names[:2] == ["works_name", "works_place"]
    assert names[-1] == "contact_phone"
