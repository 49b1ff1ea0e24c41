"""Documents as they were drawn up, for everybody who sees the case and nobody else."""

import pytest

from permits.definitions.procedure import DeregistrationGround, RevocationGround
from permits.services.demonstration.works import POLES
from permits.services.requests import (
    Deregistration,
    OpinionIn,
    Reasoned,
    Reverse,
    Revocation,
)
from tests.web.housing import Browser, Housing


def place(housing: Housing, case: str, document: str) -> int:
    drawn = [one.document for one in housing.record(case).case.documents]
    return drawn.index(document) + 1


def shown(browser: Browser, housing: Housing, case: str, document: str) -> str:
    answer = browser.get(f"/cases/{case}/documents/{place(housing, case, document)}")
    assert answer.status_code == 200
    return answer.text


def test_a_receipt_says_what_came_in_and_when(housing: Housing, applicant: Browser) -> None:
    page = shown(applicant, housing, housing.filed(), "receipt")
    for says in ("收件凭证", "演示规收字〔2022〕1号", "消防救援支队特勤大队：", "2022年6月9日"):
        assert says in page
    assert "不含印章图像" in page


def test_a_correction_notice_lists_everything_with_what_is_wanted(
    housing: Housing, applicant: Browser
) -> None:
    case = housing.correcting("material.land_title", "field.length_m")
    page = shown(applicant, housing, case, "correction_notice")
    for says in ("土地权属证明", "管线长度", "补交：material.land_title", "2022年6月30日"):
        assert says in page


def test_a_receipt_of_filing_and_a_notice_are_two_documents(
    housing: Housing, applicant: Browser
) -> None:
    assert "准予备案" in shown(applicant, housing, housing.granted(), "filing_receipt")
    case = housing.filed(works=POLES)
    housing.act("window", case, "accept")
    housing.act("window", case, "grant_on_the_spot")
    assert "无需办理规划许可的类别" in shown(applicant, housing, case, "outright_notice")


def test_a_refusal_states_its_reasons_and_the_remedies(
    housing: Housing, applicant: Browser
) -> None:
    case = housing.filed("ordinary")
    housing.act("window", case, "accept")
    housing.act("examiner", case, "examine", OpinionIn(recommends="refuse", opinion="不符。"))
    housing.act("leader", case, "refuse", Reasoned(reason="与<b>规划</b>不符。"))
    page = shown(applicant, housing, case, "refusal")
    assert "与&lt;b&gt;规划&lt;/b&gt;不符。" in page
    assert "行政复议" in page
    assert "六个月" in page


def test_what_was_revoked_no_longer_holds(housing: Housing, applicant: Browser) -> None:
    case = housing.published()
    assert "document--void" not in shown(applicant, housing, case, "filing_receipt")
    ground = RevocationGround.NOT_QUALIFIED
    housing.revoke(case, Revocation(ground=ground, reason="与承诺不符。"))
    page = shown(applicant, housing, case, "filing_receipt")
    assert "document--void" in page
    assert "已撤销" in page
    assert "已撤销" in applicant.get(f"/cases/{case}").text.partition(">文书<")[2]
    assert "与承诺不符。" in shown(applicant, housing, case, "revocation")


@pytest.mark.parametrize("number", ["0", "-1", "4", "99999999999999999999", "x"])
def test_there_is_no_document_in_another_place(
    housing: Housing, applicant: Browser, number: str
) -> None:
    answer = applicant.get(f"/cases/{housing.granted()}/documents/{number}")
    assert answer.status_code == 404
    assert "没有找到页面" in answer.text


@pytest.mark.parametrize(
    ("who", "status"), [("window", 200), ("auditor", 200), ("builder", 404), ("", 303)]
)
def test_whoever_sees_the_case_sees_its_documents(housing: Housing, who: str, status: int) -> None:
    case = housing.filed()
    assert housing.browser(who).get(f"/cases/{case}/documents/1").status_code == status


def test_a_mistake_that_was_undone_leaves_its_document_void(
    housing: Housing, applicant: Browser
) -> None:
    case = housing.filed()
    housing.act("window", case, "accept")
    housing.people.beside("supervisor", f"case/{case}", Reverse(reason="误操作。"))
    assert "已作废" in shown(applicant, housing, case, "acceptance_notice")


def test_what_was_deregistered_no_longer_holds(housing: Housing, applicant: Browser) -> None:
    case = housing.published()
    ground = DeregistrationGround.REVOKED
    revoked = Revocation(ground=RevocationGround.NOT_QUALIFIED, reason="与承诺不符。")
    housing.revoke(case, revoked)
    housing.act("leader", case, "deregister", Deregistration(ground=ground))
    assert "document--void" in shown(applicant, housing, case, "filing_receipt")
    assert "document--void" not in shown(applicant, housing, case, "deregistration")


@pytest.mark.parametrize(
    ("who", "times"), [("fire", 1), ("window", 1), ("leader", 0), ("auditor", 0)]
)
def test_the_code_stands_on_the_receipt_for_whoever_hands_it_over(
    housing: Housing, who: str, times: int
) -> None:
    case = housing.filed()
    record = housing.record(case)
    page = shown(housing.browser(who), housing, case, "receipt")
    assert page.count(record.values[record.case.lookup]) == times


def test_in_english_too(housing: Housing, applicant: Browser) -> None:
    case = housing.granted()
    applicant.get("/language/en")
    page = shown(applicant, housing, case, "filing_receipt")
    assert "Receipt of filing for an exemption" in page
    assert "The filing is accepted." in page
