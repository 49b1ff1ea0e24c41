"""Documents as files: to whoever may read all that stands in them, and verified by whoever holds
one."""

from collections.abc import Callable
from urllib.parse import quote

import pytest

from permits.casework.published import check_code, in_groups
from permits.services import rebuild
from permits.services.requests import Extend
from permits.text.instruments import instruments
from tests.outside.sheets import attached_to, code_in, plain, text_of
from tests.web.housing import PDF, Browser, Housing


@pytest.fixture
def granted(housing: Housing) -> str:
    """A case granted on commitment, its documents made."""
    case = housing.granted()
    housing.office.documents.draw()
    return case


def decision(housing: Housing, case: str) -> tuple[int, str]:
    """The place of the decision among the documents, and its number."""
    documents = housing.record(case).case.documents
    return len(documents), documents[-1].number


def kept(housing: Housing, case: str, number: str) -> bytes:
    """The file of a document in Chinese."""
    office, record = housing.office, housing.record(case)
    with office.documents.open(
        office.documents.of(record.case.id, number)["zh"], record
    ) as source:
        return source.read()


def papers(housing: Housing, case: str) -> dict[str, str]:
    """What stands in each paper beside the documents, by what called for it."""
    office, record = housing.office, housing.record(case)
    definition = office.cases.edition(record.case).definition
    found = {}
    for one in instruments(record.case, record.entries, definition):
        found[one.name] = text_of(kept(housing, case, one.number))
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


def test_the_square_on_a_document_leads_to_whether_it_is_genuine(
    make_housing: Callable[..., Housing],
) -> None:
    housing = make_housing(address="https://permits.example")
    case = housing.granted()
    housing.office.documents.draw()
    _place, number = decision(housing, case)
    file = kept(housing, case, number)
    square = code_in(file)
    assert square.startswith(f"https://permits.example/verify/{quote(number, safe='')}?code=")
    anyone = housing.browser()
    page = anyone.get(square.removeprefix("https://permits.example"))
    assert page.status_code == 200
    assert number in page.text
    assert "消防救援支队特勤大队" not in page.text, "the holder is masked"
    code = in_groups(square.rpartition("=")[2])
    assert code in text_of(file)
    typed = anyone.fill("/verify", number=number, code=code.replace("-", " ").lower())
    assert number in typed.text


def test_a_file_is_compared_byte_by_byte(housing: Housing, anyone: Browser, granted: str) -> None:
    _place, number = decision(housing, granted)
    file = kept(housing, granted, number)
    same = anyone.attach("/verify", "/verify/file", "decision.pdf", file)
    assert same.status_code == 200
    assert "完全一致" in same.text
    assert number in same.text
    for other in (file + b" ", PDF):
        answer = anyone.attach("/verify", "/verify/file", "decision.pdf", other)
        assert (answer.status_code, "不是本机关出具的" in answer.text) == (422, True)


def test_a_paper_beside_the_documents_is_verified_like_one(housing: Housing) -> None:
    case = housing.found_breached()
    housing.office.documents.draw()
    record = housing.record(case)
    definition = housing.office.cases.edition(record.case).definition
    for one in instruments(record.case, record.entries, definition):
        code = check_code(record.case, one.number)
        page = housing.browser().get(f"/verify/{quote(one.number, safe='')}?code={code}")
        assert (page.status_code, one.number in page.text) == (200, True), one.name


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
