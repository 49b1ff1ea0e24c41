"""What does not fit the schema hides nothing that can honestly be told of the rest."""

import pytest

from permits.definitions.schema import Definition
from tests.definitions.broken_rules import CHECKER
from tests.definitions.changes import BOTH, A, S, both, condition, field, used, without_samples
from tests.definitions.shipped import GONE, changed, rules


def told(*changes):
    """The findings of several changes at once, as rules and places."""
    return {(f.rule, f.where) for f in changed(both(*changes))}


def test_names_conditions_and_the_chart_are_looked_at_though_something_does_not_fit():
    assert told(
        {"permit.visits": "nine", "permit.title.en": GONE},
        {"tracks.commitment.admits": "on_the_lst"},
        {"exclusions.neighbours.basis.example.en": ""},
        used("odd", "contact_name == 'x'"),
        {"clocks.delivery.length.fixed": "11wd"},
        {f"{S}.attic": {"title": BOTH, "phase": "ended", "code": 11, "final": False}},
    ) == {
        ("schema.type", "permit.visits"),
        ("text.language_missing", "permit.title.en"),
        ("schema.empty", "exclusions.neighbours.basis.example.en"),
        ("ref.condition", "tracks.commitment.admits"),
        ("ref.unused", "conditions.on_the_list"),
        ("cel.personal", "conditions.odd.when"),
        ("clock.too_long", "clocks.delivery.length.fixed"),
        ("chart.final", "chart.states.attic.final"),
    }


def test_the_proof_is_given_where_only_a_text_or_a_basis_does_not_fit():
    assert told(
        {"clocks.delivery.title.en": GONE, "clocks.delivery.basis": GONE},
        {"permit.summary": "Exemption", "permit.colour": "red"},
        {f"{A}.withdraw.needs": ["will_break_road"]},
    ) >= {
        ("text.language_missing", "clocks.delivery.title.en"),
        ("schema.missing", "clocks.delivery.basis"),
        ("schema.type", "permit.summary"),
        ("schema.unknown_key", "permit.colour"),
        ("procedure.demanded", "chart.states.received"),
    }


def test_the_names_in_an_entry_that_does_not_fit_are_followed():
    assert told({f"{A}.grant.act": "bless", f"{A}.grant.needs": ["nowhere"]}) == {
        ("schema.choice", "chart.actions.grant.act"),
        ("ref.condition", "chart.actions.grant.needs[0]"),
    }


def test_an_entry_that_does_not_fit_is_there_and_what_it_uses_is_used():
    assert told({"conditions.on_the_list.when": 5, "tracks.commitment.promised": "soon"}) == {
        ("schema.type", "conditions.on_the_list.when"),
        ("schema.pattern", "tracks.commitment.promised"),
    }


def test_what_a_condition_makes_of_a_question_that_does_not_fit_is_not_judged():
    broken = field("area_m2", type="acreage")
    sized, worse = used("odd", "area_m2 > 5 && new_land"), used("bad", "area_m2 + 1 > 5")
    assert told(broken, sized, worse) == {
        ("schema.choice", "form.sections[2].fields[7].type"),
        ("cel.shape", "conditions.bad.when"),
    }


def test_a_field_without_a_name_may_be_the_one_that_is_looked_for():
    unnamed = field("new_land", id=5)
    assert told(unnamed) == {("schema.type", "form.sections[2].fields[8].id")}


@pytest.mark.parametrize(
    ("wrong", "right"),
    [("exclusion", "exclusions"), ("condition", "conditions"), ("lists", "list")],
)
def test_a_part_that_is_misspelt_is_told_and_nothing_that_follows_from_it(wrong, right):
    def misspelt(changed):
        changed[wrong] = changed.pop(right)

    assert told(misspelt) == {("schema.unknown_key", wrong)}


@pytest.mark.parametrize("part", sorted(Definition.model_fields))
def test_a_part_of_the_wrong_kind_is_told_alone(part):
    assert told({part: []}) == {("schema.choice" if part == "vocabulary" else "schema.type", part)}


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("documents.filing_receipt.when", 5),
        (f"{A}.grant_on_the_spot.needs", "decided_on_the_spot"),
    ],
)
def test_a_use_that_does_not_fit_may_be_one(path, value):
    assert {rule for rule, _ in told({path: value})} == {"schema.type"}


def test_a_key_that_is_misspelt_may_be_a_use():
    def misspelt(changed):
        receipt = changed["documents"]["filing_receipt"]
        receipt["whem"] = receipt.pop("when")

    assert told(misspelt) == {("schema.unknown_key", "documents.filing_receipt.whem")}


@pytest.mark.parametrize("path", ["form.sections", "chart.states", "chart.actions"])
def test_names_that_could_not_be_told_are_not_missed(path):
    assert told({path: 5}) == {("schema.type", path)}


@pytest.mark.parametrize(("rule", "change"), CHECKER[::4])
def test_a_text_that_is_missing_hides_no_rule(rule, change):
    def silent(changed):
        del changed["permit"]["summary"]["en"]

    told = rules(both(without_samples, change, silent))
    assert told == sorted([rule, "text.language_missing"])


def test_a_condition_nobody_can_read_does_not_hide_the_others():
    broken = {"conditions.is_green.when": 5}
    assert told(broken, lambda d: condition(d, "idle", "no_land")) == {
        ("schema.type", "conditions.is_green.when"),
        ("ref.unused", "conditions.idle"),
        ("cel.unknown", "conditions.idle.when"),
    }
