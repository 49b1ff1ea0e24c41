"""What an applicant does about a hearing, and about officers who should not act."""

import pytest

from permits.services import heard as h
from tests.web.housing import Housing
from tests.web.joint import asked, begun, called, do, opened, proposed


@pytest.fixture
def joint(housing: Housing) -> Housing:
    return opened(housing)


def test_the_applicant_is_told_of_the_right_and_asks(joint: Housing) -> None:
    case, applicant = proposed(joint), joint.browser("fire")
    page = f"/cases/{case}"
    assert "申请听证" not in applicant.get(page).text
    joint.people.beside("leader", f"case/{case}", h.OfferHearing())
    told = applicant.get(page).text
    assert "您可以申请听证" in told and "2022年6月16日" in told
    assert do(applicant, page, "ask_for_hearing").headers["location"] == page
    assert joint.record(case).case.hearing.stage == "awaited"
    shut = applicant.get(f"{page}/heard/ask_for_hearing").text
    assert '<form method="post" action="/cases' not in shut


def test_the_applicant_may_do_without(joint: Housing) -> None:
    case, applicant = proposed(joint), joint.browser("fire")
    joint.people.beside("leader", f"case/{case}", h.OfferHearing())
    path = f"/cases/{case}/heard/waive_hearing"
    fields = applicant.hidden(path)
    joint.people.beside("fire", f"case/{case}", h.AskForHearing())
    assert applicant.post(path, data=fields).status_code == 409
    assert do(applicant, f"/cases/{case}", "waive_hearing").status_code == 303
    assert joint.record(case).case.hearing.stage == "waived"


def test_when_and_where_is_told_and_what_departments_said_is_not(joint: Housing) -> None:
    case, applicant = called(joint), joint.browser("fire")
    page = applicant.get(f"/cases/{case}").text
    assert "一楼听证室" in page and "2022年6月20日" in page
    assert "消防审查部门" in page and "消防间距不足" not in page and "不同意" not in page


def test_the_applicant_asks_that_an_officer_not_act(joint: Housing) -> None:
    case, applicant = begun(joint), joint.browser("fire")
    page = f"/cases/{case}"
    assert do(applicant, page, "ask_recusal").status_code == 422
    stranger = {"officer": "somebody", "ground": "有利害关系"}
    assert do(applicant, page, "ask_recusal", **stranger).status_code == 422
    officer = joint.people.actors["examiner"].id
    do(applicant, page, "ask_recusal", officer=officer, ground="有利害关系")
    assert joint.record(case).case.recusals[officer].asked_by == "applicant"
    assert "待决定" in applicant.get(page).text


def test_what_is_for_officers_is_not_found(joint: Housing) -> None:
    case = asked(joint, "fire")
    applicant = joint.browser("fire")
    for what in ("ask_opinions", "give_opinion", "nothing"):
        assert applicant.get(f"/cases/{case}/heard/{what}").status_code == 404
    assert joint.browser("builder").get(f"/cases/{case}/heard/ask_recusal").status_code == 404
    assert joint.browser("examiner").get(f"/cases/{case}/heard/ask_recusal").status_code == 403
