"""What was committed to speaks of the facts that were declared: other facts are signed anew."""

from permits.casework.tracks import declared_digest
from permits.services.requests import Corrections, DefectIn
from tests.web.housing import Housing


def unclear(housing: Housing) -> str:
    """A case on commitment whose length is to be corrected."""
    case = housing.filed()
    defect = DefectIn(about="field.length_m", kind="unclear", fix="写明实际长度")
    housing.act("window", case, "issue_correction", Corrections(defects=(defect,)))
    return case


def test_other_facts_are_sent_with_the_commitment_signed_anew(housing: Housing) -> None:
    case, browser = unclear(housing), housing.browser("fire")
    page = f"/cases/{case}/corrections"
    assert "愿意承担不实承诺的法律责任" in browser.get(page).text
    events = housing.events()
    unsigned = browser.fill(page, length_m="120")
    assert unsigned.status_code == 422
    assert 'href="#agreed:true_declaration"' in unsigned.text
    assert 'value="120"' in unsigned.text, "what was typed is not lost"
    assert housing.events() == events

    browser.get("/language/en")
    signed = browser.fill(page, length_m="120", **{"agreed:true_declaration": "yes"})
    assert signed.status_code == 303
    after = housing.record(case).case
    assert after.answers["length_m"] == 120
    assert [s.commitment for s in after.commitments] == ["true_declaration"] * 2
    assert after.commitments[-1].declared == declared_digest(after.answers)
    assert [s.shown_in for s in after.commitments] == ["zh", "en"]


def test_facts_that_were_right_need_no_new_signature(housing: Housing) -> None:
    case, browser = unclear(housing), housing.browser("fire")
    assert browser.fill(f"/cases/{case}/corrections", length_m="150").status_code == 303
    assert len(housing.record(case).case.commitments) == 1


def test_a_text_that_changed_meanwhile_is_not_signed(housing: Housing) -> None:
    case, browser = unclear(housing), housing.browser("fire")
    other = {"agreed:true_declaration": "yes", "digest:true_declaration": "0" * 64}
    answer = browser.fill(f"/cases/{case}/corrections", length_m="120", **other)
    assert answer.status_code == 409
    assert len(housing.record(case).case.commitments) == 1
