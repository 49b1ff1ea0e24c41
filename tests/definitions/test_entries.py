"""Questions that take several entries: what is taken of them, and what their totals may be."""

import msgspec
import pytest

from permits.definitions import loader
from permits.definitions.checker import afterwards, fees
from tests.definitions.broken_entries import houses
from tests.definitions.changes import both, condition, used, without_samples
from tests.definitions.shipped import data, rules


def asked_about_houses():
    written = data()
    houses()(written)
    return loader.from_content(msgspec.json.encode(written)).form


def test_several_houses_break_no_rule():
    assert rules(both(without_samples, houses())) == []


@pytest.mark.parametrize(
    "when", ["houses_m2 >= 5000", "house_count == 3", "smallest_m2 < largest_m2"]
)
def test_a_condition_may_read_what_is_made_of_them(when):
    assert rules(both(without_samples, houses(), used("is_large", when))) == []


def test_totals_have_the_limits_that_follow_from_those_of_the_entries():
    """Two to ten houses of 1 to 1,000 square metres."""
    limits = {q.id: (q.least, q.most) for q in asked_about_houses().answerable}
    assert limits["house_count"] == (2, 10)
    assert limits["houses_m2"] == (2, 10_000)
    assert limits["largest_m2"] == limits["smallest_m2"] == (1, 1_000)


def amended(*fields, when="house_count > 3"):
    """What is found of a construction permit for houses, of which these may be changed after the
    grant, and of which a condition reads a total."""
    written = data("staged_construction")
    houses()(written)
    written["amendment"]["fields"] = [*written["amendment"]["fields"], *fields]
    condition(written, "is_estate", when)
    definition = loader.from_content(msgspec.json.encode(written))
    return [f"{one.rule}: {one.says}" for rule in afterwards.RULES for one in rule(definition)]


def test_entries_may_be_changed_after_the_grant_if_nothing_they_make_decided_it():
    assert amended() == []
    assert amended("houses", when="restricted_place") == []
    (decided,) = amended("houses")
    assert decided.startswith("amendment.field: `houses` decided the case")
    (total,) = amended("largest_m2")
    assert (
        total == "amendment.field: `largest_m2` is made of entries; name the field that has them"
    )


def test_a_fee_that_follows_a_change_may_be_reckoned_from_a_total():
    written = data("infrastructure_charge")
    houses()(written)
    fee = written["fees"]["infrastructure_charge"]
    for line in fee["lines"].values():
        line["fields"] = ["houses_m2"]
    written["amendment"] = data("staged_construction")["amendment"]
    written["amendment"] |= {"fields": ["houses"], "corrects": ["infrastructure_charge"]}
    definition = loader.from_content(msgspec.json.encode(written))
    assert [one for rule in (*afterwards.RULES, *fees.RULES) for one in rule(definition)] == []
    written["amendment"]["fields"] = ["works_name"]
    definition = loader.from_content(msgspec.json.encode(written))
    found = [one.rule for rule in afterwards.RULES for one in rule(definition)]
    assert found == ["amendment.corrects"]


def test_a_sample_answers_totals_and_no_entries():
    """Emergency works of two houses; where a total decides nothing it may be left out."""
    sample = "samples.emergency.answers"
    assert rules(both(houses(), {f"{sample}.houses_m2": 900})) == []
    assert rules(both(houses(), {f"{sample}.houses_m2": 10_001})) == ["sample.answers"]
    assert rules(both(houses(), {f"{sample}.houses": 2})) == ["sample.answers"]


def test_totals_stand_after_their_question():
    names = [q.id for q in asked_about_houses().answerable]
    at = names.index("houses")
    assert names[at + 1 : at + 5] == ["house_count", "houses_m2", "largest_m2", "smallest_m2"]
