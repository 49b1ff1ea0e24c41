"""Matching: who is a candidate for how much, and why the others are not."""

from hypothesis import given
from hypothesis import strategies as st

from permits.casework.entitlement.matching import (
    Candidate,
    Inputs,
    Received,
    match,
    match_all,
)
from permits.casework.entitlement.register import digest_of, read_register
from permits.definitions.policies.periods import Period
from permits.settings import shipped
from tests.casework.entitled import FIRM, OTHER, THIRD, code, entry
from tests.definitions.policies import AWARD, GRADED, POINTS, edition, variant

YEAR, QUARTER = Period(2022), Period(2022, 2)


def inputs(name=AWARD, **more):
    period = QUARTER if name == POINTS else YEAR
    return Inputs(edition(name), period, **more)


def test_a_candidate_has_the_amount_of_its_grade():
    found = match(entry(1), inputs())
    assert (found.outcome, found.full_fen, found.deducted_fen, found.amount_fen) == (
        "candidate", 10_000_000, 0, 10_000_000,
    )  # fmt: skip


def test_the_office_own_record_bars():
    assert match(entry(1), inputs(barred=frozenset({FIRM}))).outcome == "excluded"
    assert match(entry(1), inputs(barred=frozenset({OTHER}))).outcome == "candidate"


def test_whoever_has_something_of_the_period_is_no_candidate_again():
    found = match(entry(1), inputs(settled=frozenset({FIRM})))
    assert (found.outcome, found.amount_fen, found.beside) == ("settled", 0, (AWARD,))


def test_of_a_group_only_the_highest_is_offered():
    """First recognised and first above scale in one year: 100,000 or 150,000, never both."""
    one = entry(1, above_scale_year=2022, output_wan=5_000)
    award, graded = edition(AWARD), edition(GRADED)
    lower = match(one, inputs(AWARD, siblings=(graded,)))
    assert (lower.outcome, lower.beside) == ("covered", (GRADED,))
    higher = match(one, inputs(GRADED, siblings=(award,)))
    assert (higher.outcome, higher.amount_fen) == ("candidate", 15_000_000)


def test_of_two_that_pay_alike_the_first_by_name_is_offered():
    alike = variant(
        lambda d: (
            d["grades"]["award"].update(yuan=150_000)
            or [
                s.update(yuan=150_000)
                for s in d["samples"].values()
                if s["outcome"] == "candidate"
            ]
        )
    )
    one = entry(1, above_scale_year=2022, output_wan=5_000)
    graded = edition(GRADED)
    assert match(one, Inputs(alike, YEAR, siblings=(graded,))).beside == (GRADED,)
    assert match(one, Inputs(graded, YEAR, siblings=(alike,))).outcome == "candidate"


def test_a_sibling_that_does_not_fit_stands_in_nobody_s_way():
    assert match(entry(1), inputs(siblings=(edition(GRADED),))).outcome == "candidate"


def test_what_was_paid_for_the_same_period_is_deducted_from_the_highest():
    paid = {FIRM: (Received("yearly_award", AWARD, "2022", 10_000_000),)}
    one = entry(1, above_scale_year=2022, output_wan=5_000)
    found = match(one, inputs(GRADED, received=paid))
    assert (found.full_fen, found.deducted_fen, found.amount_fen) == (
        15_000_000, 10_000_000, 5_000_000,
    )  # fmt: skip
    assert found.beside == (AWARD,)


def test_what_was_paid_for_another_period_does_not_count_where_only_the_highest_is_paid():
    paid = {FIRM: (Received("yearly_award", GRADED, "2021", 20_000_000),)}
    assert match(entry(1), inputs(received=paid)).amount_fen == 10_000_000


def test_whoever_rises_is_paid_the_difference():
    """Grade B (20,000) in the first quarter, grade A (50,000) in the second: 30,000 more."""
    paid = {FIRM: (Received("innovation_grade", POINTS, "2022Q1", 2_000_000),)}
    risen = match(entry(1, points=90), inputs(POINTS, received=paid))
    assert (risen.deducted_fen, risen.amount_fen) == (2_000_000, 3_000_000)
    same = match(entry(1, points=85), inputs(POINTS, received=paid))
    assert (same.outcome, same.amount_fen) == ("covered", 0)


def test_a_policy_of_no_group_counts_nothing_else():
    alone = variant(lambda d: d.pop("group"))
    paid = {FIRM: (Received("yearly_award", GRADED, "2022", 20_000_000),)}
    found = match(entry(1), Inputs(alone, YEAR, siblings=(edition(GRADED),), received=paid))
    assert found.amount_fen == 10_000_000


def test_a_run_counts_everybody_and_lists_the_candidates():
    entries = [entry(1), entry(2, in_zone=False), entry(3, credit="serious")]
    found = match_all(entries, inputs(), digest_of(entries))
    assert found.candidates == (
        Candidate(FIRM, "示例企业1号", "award", 10_000_000, 0, 10_000_000),
    )
    assert found.examined == 3
    assert found.outcomes == {
        "candidate": 1, "unmet": 1, "excluded": 1, "covered": 0, "settled": 0,
    }  # fmt: skip


@given(st.permutations([1, 2, 3, 4]), st.integers(0, 100))
def test_the_same_inputs_give_the_same_digest_whatever_their_order(order, points):
    entries = [entry(n, points=points if n == 1 else 70) for n in order]
    whole = sorted(entries, key=lambda one: one.code)
    first = match_all(entries, inputs(POINTS), digest_of(entries))
    assert first == match_all(whole, inputs(POINTS), digest_of(whole))


def test_any_other_input_gives_another_digest():
    entries = [entry(1), entry(2)]
    held = digest_of(entries)
    digests = {
        match_all(entries, inputs(), held).digest,
        match_all(entries, inputs(barred=frozenset({OTHER})), held).digest,
        match_all(entries, Inputs(edition(), Period(2021)), held).digest,
        match_all(entries, inputs(GRADED), held).digest,
        match_all(entries[:1], inputs(), digest_of(entries[:1])).digest,
    }
    assert len(digests) == 5


@given(
    st.integers(0, 100), st.booleans(), st.sampled_from(["good", "repaired", "serious"]),
    st.integers(0, 6_000_000),
)  # fmt: skip
def test_no_more_is_left_than_the_grade_and_nothing_is_left_without_one(points, here, credit, fen):
    paid = {code(1): (Received("innovation_grade", POINTS, "2021Q4", fen),)}
    one = entry(1, points=points, in_zone=here, credit=credit)
    found = match(one, inputs(POINTS, received=paid))
    assert found.full_fen == found.deducted_fen + found.amount_fen or not found.amount_fen
    assert 0 <= found.amount_fen <= found.full_fen
    assert (found.outcome == "candidate") == (found.amount_fen > 0)


def test_the_shipped_register_is_matched_whole():
    file = shipped("workflows") / "registers" / "enterprises-2022-05-31.csv"
    entries = read_register(file.read_bytes(), edition().policy.register_of).entries
    found = match_all(entries, inputs(), digest_of(entries))
    assert found.examined == len(entries)
    assert sum(found.outcomes.values()) == len(entries)
    assert 20 <= len(found.candidates) <= 200
    assert THIRD not in {one.code for one in found.candidates}
