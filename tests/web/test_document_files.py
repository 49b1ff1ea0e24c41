"""Documents as files: to whoever may read all that stands in them, and verified by whoever holds
one."""

import pytest

from permits.services import rebuild
from permits.services.requests import Extend
from permits.text.instruments import instruments
from tests.outside.sheets import attached_to, plain, text_of
from tests.web.housing import PDF, Browser, Housing


@pytest.fixture
def granted(housing: Housing) -> str:
    """A case granted on commitment, its documents made."""
    case = housing.granted()
    housing.office.documents.draw()
    return case


def decision(housing: Housing, case: str) -> tuple[int, str]:
    """The place of the decision among the documents, and its code."""
    documents = housing.record(case).case.documents
    files = housing.office.documents.of(f"case/{case}", documents[-1].number)
    return len(documents), files["zh"].code


def papers(housing: Housing, case: str) -> dict[str, str]:
    """What stands in each paper beside the documents, by what called for it."""
    office, record = housing.office, housing.record(case)
    definition = office.cases.edition(record.case).definition
    found = {}
    for one in instruments(record.case, record.entries, definition):
        kept = office.documents.of(record.case.id, one.number)["zh"]
        with office.documents.open(kept, record) as source:
            found[one.name] = text_of(source.read())
    return found


def test_whoever_applied_takes_the_file_in_either_language(
    housing: Housing, applicant: Browser, granted: str
) -> None:
    page = f"/cases/{granted}/documents/1"
    assert "PDF 正在生成" not in applicant.get(page).text
    for language, says in (("zh", "收件凭证"), ("en", "Receipt")):
        answer = applicant.get(f"{page}/pdf?language={language}")
        assert answer.status_code == 200
        assert answer.headers["content-type"] == "application/pdf"
        assert answer.headers["content-disposition"].startswith("attachment; filename*=UTF-8''")
        assert says in text_of(answer.content)
        assert attached_to(answer.content)["document"]["language"] == language
    assert applicant.get(f"{page}/pdf?language=fr").status_code == 404


def test_a_file_that_says_what_is_kept_from_an_officer_is_not_for_them(
    housing: Housing, granted: str
) -> None:
    place, _code = decision(housing, granted)
    officer = housing.browser("examiner")
    receipt = officer.get(f"/cases/{granted}/documents/1")
    assert "只提供给受送达人" in receipt.text, "it says the code to look the case up"
    assert officer.get(f"/cases/{granted}/documents/1/pdf").status_code == 404
    assert officer.get(f"/cases/{granted}/documents/{place}/pdf").status_code == 200
    assert housing.browser("window").get(f"/cases/{granted}/documents/1/pdf").status_code == 200
    assert housing.browser("builder").get(f"/cases/{granted}/documents/1/pdf").status_code == 404


def test_until_it_is_made_the_page_says_so(housing: Housing, applicant: Browser) -> None:
    case = housing.filed()
    assert "PDF 正在生成" in applicant.get(f"/cases/{case}/documents/1").text
    assert applicant.get(f"/cases/{case}/documents/1/pdf").status_code == 404
    housing.office.documents.draw()
    assert "PDF 正在生成" not in applicant.get(f"/cases/{case}/documents/1").text


def test_whoever_holds_a_document_finds_out_that_it_is_genuine(
    housing: Housing, anyone: Browser, granted: str
) -> None:
    _place, code = decision(housing, granted)
    number = housing.record(granted).case.documents[-1].number
    typed = code.replace("-", " ").lower()
    sent_on = anyone.get("/issued", params={"code": typed})
    assert (sent_on.status_code, sent_on.headers["location"]) == (303, f"/issued/{code}")
    page = anyone.get(f"/issued/{code}").text
    assert number in page
    assert "消防救援支队特勤大队" in page
    assert "有效" in page
    file = anyone.get(f"/issued/{code}/pdf?language=zh")
    assert number.replace("〔", "").split("字")[0] in text_of(file.content)
    same = anyone.attach("/issued", "/issued/files", "decision.pdf", file.content)
    assert same.status_code == 200
    assert "完全一致" in same.text


def test_what_was_changed_or_never_issued_is_told_apart(
    housing: Housing, anyone: Browser, granted: str
) -> None:
    _place, code = decision(housing, granted)
    file = anyone.get(f"/issued/{code}/pdf").content
    for other in (file + b" ", PDF):
        answer = anyone.attach("/issued", "/issued/files", "decision.pdf", other)
        assert (answer.status_code, "不是本机关出具的" in answer.text) == (422, True)
    assert anyone.get("/issued/AAAA-AAAA-AAAA-AAAA").status_code == 404


def test_nobody_is_given_a_receipt_with_its_code_by_the_code_alone(
    housing: Housing, anyone: Browser, granted: str
) -> None:
    record = housing.record(granted)
    (receipt, *_rest) = record.case.documents
    code = housing.office.documents.of(record.case.id, receipt.number)["zh"].code
    page = anyone.get(f"/issued/{code}")
    assert page.status_code == 200
    assert record.values[record.case.lookup] not in page.text
    assert anyone.get(f"/issued/{code}/pdf").status_code == 404


def test_a_check_and_an_order_have_papers_of_their_own(housing: Housing) -> None:
    case = housing.found_breached()
    applicant = housing.browser("fire")
    housing.office.documents.draw()
    found = papers(housing, case)
    assert list(found) == [
        "CommitmentSigned",
        "Published",
        "ObligationVerified",
        "RectificationOrdered",
    ]
    record = housing.record(case)
    definition = housing.office.cases.edition(record.case).definition
    commitment = definition.commitments["true_declaration"]
    for said in (*commitment.notice, *commitment.statement):
        assert plain(said.zh) in found["CommitmentSigned"]
    for wanted in ("核查记录", "长度与承诺不符。", "inspector：", "inspector2："):
        assert wanted in found["ObligationVerified"]
    for wanted in ("限期整改通知书", "整改截止日", "行政复议", "消防救援支队特勤大队："):
        assert wanted in found["RectificationOrdered"]
    granted = [d.number for d in record.case.documents if d.milestone == "granted"]
    assert plain(granted[0]) in found["Published"]
    page = applicant.get(f"/cases/{case}").text
    assert f"/cases/{case}/records/4" in page
    assert "限期整改通知书" in applicant.get(f"/cases/{case}/records/4").text
    assert applicant.get(f"/cases/{case}/records/4/pdf").status_code == 200
    assert applicant.get(f"/cases/{case}/records/5").status_code == 404
    assert rebuild.check(housing.office.database) == ()


def test_an_extension_has_a_form_that_its_approver_signs(housing: Housing) -> None:
    case = housing.filed("ordinary")
    housing.act("window", case, "accept")
    extended = Extend(clock="statutory", reason="管线交叉方案复杂。")
    housing.people.beside("leader", f"case/{case}", extended)
    housing.office.documents.draw()
    says = papers(housing, case)["ClockExtended"]
    for wanted in ("延期审批表", "管线交叉方案复杂。", "经办人：", "负责人：", "原到期日"):
        assert wanted in says
