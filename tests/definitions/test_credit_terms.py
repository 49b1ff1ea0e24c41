"""The terms of the credit record: what is shipped is sound, what is not says why."""

from datetime import date

import pytest

from permits.definitions.credit_terms import BrokenTerms, read_terms
from permits.settings import shipped

TEXT = (shipped("workflows") / "shared" / "credit.yaml").read_text(encoding="utf-8")
EXAMPLE = "        basis:\n          example"


def broken(text):
    with pytest.raises(BrokenTerms) as raised:
        read_terms(text)
    assert raised.value.findings
    return str(raised.value)


def test_what_the_law_sets_rests_on_the_law_and_the_rest_is_marked_as_an_example():
    terms = read_terms(TEXT).on(date(2022, 6, 9))
    of_law = {
        "answer": ("3wd", "41"),
        "answer_with_checks": ("7wd", "41"),
        "repair": ("1wd", "43"),
    }
    for name, expected in of_law.items():
        rule = getattr(terms, name)
        assert (rule.term, rule.basis.article) == expected
    assert (terms.disclosure.most.term, terms.disclosure.most.basis.article) == ("60m", "19")
    assert (terms.bars.false_materials.term, terms.bars.false_materials.basis.article) == (
        "12m",
        "78",
    )
    assert (terms.bars.deceit.term, terms.bars.deceit.basis.article) == ("36m", "79")
    for rule in (terms.objection, terms.publication, terms.disclosure.breach):
        assert rule.basis.example is not None


def test_the_last_terms_that_have_begun_hold():
    later = TEXT[TEXT.index('  - effective_from: "2020-05-01"') :]
    both = read_terms(TEXT + later.replace("2020-05-01", "2023-01-01").replace("5wd", "10wd"))
    assert both.on(date(2019, 1, 1)).objection.term == "5wd", "the first, before any has begun"
    assert both.on(date(2022, 12, 31)).objection.term == "5wd"
    assert both.on(date(2023, 1, 1)).objection.term == "10wd"


@pytest.mark.parametrize(
    ("was", "now", "says"),
    [
        (f"term: 36m\n{EXAMPLE}", f"term: 61m\n{EXAMPLE}", "longer than the law"),
        (f"term: 12m\n{EXAMPLE}", f"term: 300d\n{EXAMPLE}", "in months"),
        ("law: credit_henan", "law: unheard_of", "not among the laws: unheard_of"),
        ("credit: terms", "credit: [\n", "credit.yaml"),
        ("credit: terms", "credit: other", "credit"),
        ("terms:\n", "terms: none\nothers:\n", "terms"),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_used_says_why(was, now, says):
    assert was in TEXT
    assert says in broken(TEXT.replace(was, now))


def test_terms_stand_in_the_order_of_their_days():
    again = TEXT[TEXT.index('  - effective_from: "2020-05-01"') :]
    assert "in the order of their days" in broken(TEXT + again)
