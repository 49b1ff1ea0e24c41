"""Reporting on an obligation: when it was done, and what shows it."""

import re
from typing import Any

import pytest

from tests.papers import ANOTHER_PDF
from tests.web.housing import PDF, Browser, Housing, at


@pytest.fixture
def case(housing: Housing) -> str:
    """A case that was granted on 9 June 2022; it is now a fortnight later."""
    case = housing.published()
    housing.clock.now = at(2022, 6, 23)
    return case


@pytest.fixture
def applicant(housing: Housing, case: str) -> Browser:
    return housing.browser("fire")


def path(case: str, name: str = "report_completion") -> str:
    return f"/cases/{case}/obligations/{name}"


def attach(browser: Browser, case: str, content: bytes = PDF, name: str = "现场.pdf") -> Any:
    return browser.attach(path(case), f"{path(case)}/files", name, content)


def removals(browser: Browser, case: str) -> list[str]:
    return re.findall(r'action="([^"]+/remove)"', browser.get(path(case)).text)


def test_what_is_owed_stands_on_the_page(applicant: Browser, case: str) -> None:
    page = applicant.get(path(case)).text
    assert "报告完工" in page
    assert "2023年6月9日" in page
    assert f'href="{path(case)}/date"' in page
    assert "未见公布的期限，此为示例值" in page


def test_a_report_settles_it_and_opens_the_check(
    housing: Housing, applicant: Browser, case: str
) -> None:
    answer = applicant.fill(path(case), on="2022-06-22")
    assert answer.headers["location"] == f"/cases/{case}"
    held = housing.record(case).case.obligations
    assert held["report_completion"].status == "settled"
    assert str(held["check_after_completion"].due) == "2022-07-20"
    page = applicant.get(f"/cases/{case}").text
    assert "实际日期2022年6月22日" in page
    assert "完工后核查" in page
    assert applicant.get(path(case)).headers["location"] == f"/cases/{case}"


def test_files_show_it_and_belong_to_the_case_then(
    housing: Housing, applicant: Browser, case: str
) -> None:
    attach(applicant, case, PDF, "甲.pdf")
    attach(applicant, case, ANOTHER_PDF, "乙.pdf")
    page = applicant.get(path(case)).text
    assert "甲.pdf" in page
    assert "乙.pdf" in page
    applicant.fill(path(case), on="2022-06-22", upload=uploads(page))
    evidence = housing.record(case).case.obligations["report_completion"].evidence
    assert len(evidence) == 2
    held = {upload.sha256 for upload in evidence}
    files = [u.id for u in housing.record(case).uploads if u.sha256 in held]
    window = housing.browser("window")
    assert [window.get(f"/cases/{case}/files/{one}").status_code for one in files] == [200, 200]


def uploads(page: str) -> list[str]:
    return re.findall(r'name="upload" value="([^"]+)"', page)


def test_only_files_that_stood_on_the_page_are_handed_in(
    housing: Housing, applicant: Browser, case: str
) -> None:
    """A colleague's upload meanwhile is not sent unseen."""
    attach(applicant, case, PDF, "甲.pdf")
    fields = applicant.hidden(path(case))
    attach(housing.browser("fire2"), case, ANOTHER_PDF, "乙.pdf")
    applicant.post(path(case), data=fields | {"on": "2022-06-22"})
    [shown] = housing.record(case).case.obligations["report_completion"].evidence
    assert shown.size == len(PDF)


def test_a_file_that_was_taken_back_is_not_handed_in(
    housing: Housing, applicant: Browser, case: str
) -> None:
    attach(applicant, case)
    fields = applicant.hidden(path(case)) | {"on": "2022-06-22"}
    [removing] = removals(applicant, case)
    assert applicant.fill(path(case), removing).headers["location"] == path(case)
    assert applicant.post(path(case), data=fields).status_code == 303
    assert housing.record(case).case.obligations["report_completion"].evidence == ()


def test_files_of_something_else_are_not_handed_in(
    housing: Housing, applicant: Browser, case: str
) -> None:
    ordinary = housing.filed("ordinary")
    [other, *_] = housing.record(ordinary).uploads
    applicant.fill(path(case), on="2022-06-22", upload=other.id)
    assert housing.record(case).case.obligations["report_completion"].evidence == ()


@pytest.mark.parametrize(
    ("on", "says"),
    [
        ("", "请按“年-月-日”填写日期"),
        ("yesterday", "请按“年-月-日”填写日期"),
        ("20220622", "请按“年-月-日”填写日期"),
        ("2022-02-30", "请按“年-月-日”填写日期"),
        ("２０２２-06-22", "请按“年-月-日”填写日期"),
        ("2022-06-24", "日期2022年6月24日不正确"),
        ("2022-06-08", "日期2022年6月8日不正确"),
        ("9999-12-31", "日期9999年12月31日不正确"),
        ("0001-01-01", "请按“年-月-日”填写日期"),
    ],
)
def test_a_day_that_cannot_be_is_told(
    housing: Housing, applicant: Browser, case: str, on: str, says: str
) -> None:
    with housing.unchanged():
        answer = applicant.fill(path(case), on=on)
    assert answer.status_code == 422
    assert says in answer.text
    assert 'href="#on"' in answer.text
    assert f'value="{on}"' in answer.text or not on


def test_the_days_it_opened_and_today_can_be_reported(
    housing: Housing, applicant: Browser, case: str
) -> None:
    for on in ("2022-06-09", "2022-06-23"):
        other = housing.published() if on == "2022-06-23" else case
        assert applicant.fill(path(other), on=on).status_code == 303


def test_reporting_twice_is_as_reporting_once(
    housing: Housing, applicant: Browser, case: str
) -> None:
    attach(applicant, case)
    fields = applicant.hidden(path(case)) | {"on": "2022-06-22"}
    first = applicant.post(path(case), data=fields)
    with housing.unchanged():
        second = applicant.post(path(case), data=fields)
    assert (first.status_code, second.status_code) == (303, 303)
    assert first.headers["location"] == second.headers["location"]


def test_the_same_form_with_another_day_is_refused(
    housing: Housing, applicant: Browser, case: str
) -> None:
    fields = applicant.hidden(path(case)) | {"on": "2022-06-22"}
    applicant.post(path(case), data=fields)
    with housing.unchanged():
        answer = applicant.post(path(case), data=fields | {"on": "2022-06-21"})
    assert answer.status_code == 409
    assert "此表单曾以不同内容提交过" in answer.text


def test_what_a_colleague_reported_meanwhile_is_told(
    housing: Housing, applicant: Browser, case: str
) -> None:
    fields = applicant.hidden(path(case)) | {"on": "2022-06-22"}
    housing.browser("fire2").fill(path(case), on="2022-06-21")
    with housing.unchanged():
        answer = applicant.post(path(case), data=fields)
        again = applicant.post(
            path(case),
            data=fields | {"seen": str(housing.record(case).case.version), "key": "0123456789"},
        )
        unread = applicant.post(path(case), data=fields | {"on": "x"})
        late = applicant.post(f"{path(case)}/files", data=fields, files={"file": ("x.pdf", PDF)})
    assert {one.status_code for one in (answer, again, unread, late)} == {409}
    assert "已有他人作了改动" in answer.text
    for one in (again, unread, late):
        assert "“报告完工”尚未开始，或者已经完成" in one.text


@pytest.mark.parametrize(
    ("content", "status", "why"),
    [
        (b"", 422, "请选择一个非空文件"),
        (b"MZ\x90 program", 422, "不是PDF、PNG或JPEG格式"),
    ],
)
def test_a_file_that_does_not_fit_is_refused_with_the_reason(
    housing: Housing, applicant: Browser, case: str, content: bytes, status: int, why: str
) -> None:
    with housing.unchanged():
        answer = attach(applicant, case, content)
    assert answer.status_code == status
    assert why in answer.text
    assert 'href="#file"' in answer.text


def test_the_same_file_again_stands_once(housing: Housing, applicant: Browser, case: str) -> None:
    attach(applicant, case, PDF, "甲.pdf")
    attach(applicant, case, PDF, "乙.pdf")
    assert [u.filename for u in housing.record(case).uploads] == ["乙.pdf"]


@pytest.mark.parametrize("name", ["check_after_completion", "pay_taxes"])
def test_what_is_not_the_applicants_to_report_is_not_taken(
    housing: Housing, applicant: Browser, case: str, name: str
) -> None:
    applicant.fill(path(case), on="2022-06-22")
    token = applicant.hidden("/", "/sign-out")["csrf"]
    seen = str(housing.record(case).case.version)
    fields = {"csrf": token, "key": "0123456789abcdef", "seen": seen, "on": "2022-06-23"}
    held = name == "check_after_completion"
    with housing.unchanged():
        assert applicant.get(path(case, name)).status_code == (303 if held else 404)
        assert applicant.post(path(case, name), data=fields).status_code == (409 if held else 404)


@pytest.mark.parametrize(("who", "status"), [("builder", 404), ("window", 403), ("", 303)])
def test_it_is_for_the_applicant_alone(housing: Housing, case: str, who: str, status: int) -> None:
    browser = housing.browser(who)
    token = browser.hidden("/", "/sign-out")["csrf"] if who else browser.hidden("/sign-in")["csrf"]
    fields = {"csrf": token, "key": "0123456789abcdef", "seen": "9", "on": "2022-06-22"}
    files = {"file": ("x.pdf", PDF, "application/pdf")}
    with housing.unchanged():
        assert browser.get(path(case)).status_code == status
        assert browser.post(path(case), data=fields).status_code == status
        answer = browser.post(f"{path(case)}/files", data=fields, files=files)
        assert answer.status_code == status


def test_after_a_revocation_nothing_is_owed(housing: Housing, case: str) -> None:
    from permits.definitions.procedure import RevocationGround
    from permits.services.requests import Revocation

    applicant = housing.browser("fire")
    fields = applicant.hidden(path(case)) | {"on": "2022-06-22"}
    ground = RevocationGround.NOT_QUALIFIED
    housing.revoke(case, Revocation(ground=ground, reason="与承诺不符。"))
    with housing.unchanged():
        assert applicant.post(path(case), data=fields).status_code == 409
    assert applicant.get(path(case)).headers["location"] == f"/cases/{case}"


def test_what_is_late_is_red_and_can_still_be_reported(housing: Housing, case: str) -> None:
    housing.clock.now = at(2023, 6, 12)
    applicant = housing.browser("fire")
    assert "已超期" in applicant.get(path(case)).text
    assert applicant.fill(path(case), on="2023-06-10").status_code == 303
