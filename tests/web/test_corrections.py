"""Supplying what the one correction notice asks for: files first, then everything at once."""

import re
from typing import Any

import pytest

from permits.services.demonstration.paper import pdf
from permits.services.requests import Reasoned
from permits.settings import Limits
from tests.papers import ANOTHER_PDF
from tests.web.housing import PDF, Browser, Housing, at


@pytest.fixture
def case(housing: Housing) -> str:
    """A case whose notice asks for a material and an answer."""
    return housing.correcting("material.land_title", "field.length_m")


def attach(browser: Browser, case: str, content: bytes = PDF, name: str = "权属证明.pdf") -> Any:
    page = f"/cases/{case}/corrections"
    return browser.attach(page, f"{page}/land_title/files", name, content)


def mend(browser: Browser, case: str, **fields: str) -> Any:
    return browser.fill(f"/cases/{case}/corrections", length_m="120", **fields)


def names(housing: Housing, case: str) -> list[str]:
    return [u.filename for u in housing.record(case).uploads if u.material == "land_title"]


def test_everything_the_notice_asks_for_is_shown(applicant: Browser, case: str) -> None:
    page = applicant.get(f"/cases/{case}/corrections").text
    assert "补交：material.land_title" in page
    assert "补交：field.length_m" in page
    assert page.count('type="file"') == 1
    assert 'name="length_m"' in page
    assert 'value="150"' in page
    assert "尚缺" in page


def test_corrections_are_sent_and_the_office_looks_anew(
    housing: Housing, applicant: Browser, case: str
) -> None:
    assert attach(applicant, case).headers["location"].endswith("/corrections#land_title")
    answer = mend(applicant, case)
    assert answer.headers["location"] == f"/cases/{case}"
    after = housing.record(case).case
    assert after.answers["length_m"] == 120
    assert set(after.materials) >= {"land_title"}
    assert after.clocks["completeness"].running
    assert "待您办理" not in applicant.get(f"/cases/{case}").text


def test_personal_answers_that_are_right_stay_as_they_are(
    housing: Housing, applicant: Browser, case: str
) -> None:
    before = housing.record(case).case.seals
    attach(applicant, case)
    mend(applicant, case)
    assert housing.record(case).case.seals == before


def test_what_is_missing_is_named_and_nothing_is_sent(
    housing: Housing, applicant: Browser, case: str
) -> None:
    with housing.unchanged():
        answer = mend(applicant, case)
    assert answer.status_code == 422
    assert "补正告知还要求提交：土地权属证明" in answer.text
    assert 'value="120"' in answer.text


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("", "请填写：管线长度"),
        ("about 120", "管线长度：请填写整数"),
        ("0", "管线长度：不得小于1米"),
        ("100001", "管线长度：不得大于100000米"),
        ("1\N{REPLACEMENT CHARACTER}", "管线长度：请填写整数"),
    ],
)
def test_an_answer_that_does_not_fit_is_told_beside_it(
    housing: Housing, applicant: Browser, case: str, typed: str, says: str
) -> None:
    attach(applicant, case)
    with housing.unchanged():
        answer = applicant.fill(f"/cases/{case}/corrections", length_m=typed)
    assert answer.status_code == 422
    assert says in answer.text
    assert 'href="#length_m"' in answer.text
    assert "<title>错误：" in answer.text


def test_an_answer_that_brings_up_a_question_is_asked_for_it(
    housing: Housing, applicant: Browser, case: str
) -> None:
    """The row of the list was wrong: another row asks other questions."""
    attach(applicant, case)
    with housing.unchanged():
        answer = mend(applicant, case, listed_as="power_line")
    assert answer.status_code == 422
    assert "请选择：电压等级" in answer.text
    assert mend(applicant, case, listed_as="power_line", voltage="up_to_10kv").status_code == 303
    assert "length_m" not in housing.record(case).case.answers


def test_fields_no_question_has_are_not_taken(
    housing: Housing, applicant: Browser, case: str
) -> None:
    attach(applicant, case)
    assert mend(applicant, case, evil="1", contact_name="另一人").status_code == 303
    record = housing.record(case)
    assert "evil" not in record.case.answers
    assert record.values[record.case.seals["contact_name"]] == "另一人"


def test_sending_twice_is_as_sending_once(housing: Housing, applicant: Browser, case: str) -> None:
    attach(applicant, case)
    page = f"/cases/{case}/corrections"
    fields = applicant.hidden(page) | {"length_m": "120"}
    first = applicant.post(page, data=fields)
    with housing.unchanged():
        second = applicant.post(page, data=fields)
    assert (first.status_code, second.status_code) == (303, 303)
    assert second.headers["location"] == first.headers["location"]


def test_the_same_form_with_other_contents_is_refused(
    housing: Housing, applicant: Browser, case: str
) -> None:
    attach(applicant, case)
    page = f"/cases/{case}/corrections"
    fields = applicant.hidden(page) | {"length_m": "120"}
    applicant.post(page, data=fields)
    with housing.unchanged():
        answer = applicant.post(page, data=fields | {"length_m": "130"})
    assert answer.status_code == 409
    assert "此表单曾以不同内容提交过" in answer.text
    assert f'href="/cases/{case}"' in answer.text


def test_when_a_colleague_was_faster_it_is_told(
    housing: Housing, applicant: Browser, case: str
) -> None:
    attach(applicant, case)
    page = f"/cases/{case}/corrections"
    fields = applicant.hidden(page) | {"length_m": "120"}
    mend(housing.browser("fire2"), case)
    with housing.unchanged():
        answer = applicant.post(page, data=fields)
    assert answer.status_code == 409
    assert "已有他人作了改动，本次操作未执行" in answer.text


def test_where_nothing_is_to_be_corrected_one_is_led_to_the_case(
    housing: Housing, applicant: Browser
) -> None:
    case = housing.filed("ordinary")
    page = f"/cases/{case}/corrections"
    assert applicant.get(page).headers["location"] == f"/cases/{case}"
    token = applicant.hidden("/", "/sign-out")["csrf"]
    seen = str(housing.record(case).case.version)
    fields = {"csrf": token, "key": "0123456789abcdef", "seen": seen}
    with housing.unchanged():
        answer = applicant.post(page, data=fields)
        assert applicant.post(f"{page}/land_title/files", data=fields).status_code == 404
    assert answer.status_code == 409
    assert "办件当前所处环节不能进行“提交补正”" in answer.text


@pytest.mark.parametrize(("who", "status"), [("builder", 404), ("window", 403), ("", 303)])
def test_it_is_for_the_applicant_alone(housing: Housing, case: str, who: str, status: int) -> None:
    browser = housing.browser(who)
    page = f"/cases/{case}/corrections"
    token = browser.hidden("/", "/sign-out")["csrf"] if who else browser.hidden("/sign-in")["csrf"]
    fields = {"csrf": token, "key": "0123456789abcdef", "seen": "3", "length_m": "120"}
    files = {"file": ("x.pdf", PDF, "application/pdf")}
    with housing.unchanged():
        assert browser.get(page).status_code == status
        assert browser.post(page, data=fields).status_code == status
        answer = browser.post(f"{page}/land_title/files", data=fields, files=files)
        assert answer.status_code == status


@pytest.mark.parametrize("seen", ["", "x", "-1", "1" * 20])
def test_a_form_without_a_version_is_no_form(
    housing: Housing, applicant: Browser, case: str, seen: str
) -> None:
    with housing.unchanged():
        assert applicant.fill(f"/cases/{case}/corrections", seen=seen).status_code == 400


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
    assert 'href="#land_title"' in answer.text


def test_only_what_the_notice_names_is_taken(
    housing: Housing, applicant: Browser, case: str
) -> None:
    page = f"/cases/{case}/corrections"
    fields = applicant.hidden(page, f"{page}/land_title/files")
    files = {"file": ("x.pdf", PDF, "application/pdf")}
    with housing.unchanged():
        for material in ("design_scheme", "passport", "length_m"):
            answer = applicant.post(f"{page}/{material}/files", data=fields, files=files)
            assert answer.status_code == 404


def test_a_later_file_takes_the_place_of_the_earlier_and_can_be_taken_back(
    housing: Housing, applicant: Browser, case: str
) -> None:
    attach(applicant, case, PDF, "a.pdf")
    attach(applicant, case, ANOTHER_PDF, "b.pdf")
    assert names(housing, case) == ["b.pdf"]
    page = f"/cases/{case}/corrections"
    [removing] = re.findall(r'action="([^"]+/remove)"', applicant.get(page).text)
    fields = applicant.hidden(page, removing)
    answer = applicant.submit(page, removing, fields)
    assert answer.headers["location"] == page
    assert names(housing, case) == []
    with housing.unchanged():
        assert applicant.submit(page, removing, fields).headers["location"] == page


def test_replacing_a_file_never_runs_into_the_limit(
    housing: Housing, applicant: Browser, case: str, monkeypatch
) -> None:
    held = len(housing.record(case).uploads)
    uploading = housing.office.uploading
    monkeypatch.setattr(uploading, "limits", Limits(place_files=held + 2))
    for number in range(4):
        assert attach(applicant, case, pdf(f"document {number}")).status_code == 303


def test_what_was_handed_in_cannot_be_removed(
    housing: Housing, applicant: Browser, case: str
) -> None:
    attach(applicant, case)
    page = f"/cases/{case}/corrections"
    [removing] = re.findall(r'action="([^"]+/remove)"', applicant.get(page).text)
    fields = applicant.hidden(page, removing)
    mend(applicant, case)
    with housing.unchanged():
        answer = applicant.post(removing, data=fields)
    assert answer.status_code == 409
    assert "移除已提交的文件" in answer.text


@pytest.mark.parametrize("who", ["builder", "window"])
def test_nobody_else_removes_a_file(
    housing: Housing, applicant: Browser, case: str, who: str
) -> None:
    attach(applicant, case)
    page = f"/cases/{case}/corrections"
    [removing] = re.findall(r'action="([^"]+/remove)"', applicant.get(page).text)
    browser = housing.browser(who)
    token = browser.hidden("/", "/sign-out")["csrf"]
    with housing.unchanged():
        status = browser.post(removing, data={"csrf": token}).status_code
    assert status == (404 if who == "builder" else 403)


def test_removing_leads_back_to_a_page_of_ours_only(
    housing: Housing, applicant: Browser, case: str
) -> None:
    attach(applicant, case)
    page = f"/cases/{case}/corrections"
    [removing] = re.findall(r'action="([^"]+/remove)"', applicant.get(page).text)
    answer = applicant.fill(page, removing, back="//evil.example")
    assert answer.headers["location"] == f"/cases/{case}"


def test_a_notice_that_asks_for_answers_only_asks_for_no_files(
    housing: Housing, applicant: Browser
) -> None:
    case = housing.correcting("field.works_name")
    page = applicant.get(f"/cases/{case}/corrections").text
    assert 'type="file"' not in page
    assert "请先上传文件" not in page
    assert applicant.fill(f"/cases/{case}/corrections", works_name="改正的名称").status_code == 303
    assert housing.record(case).case.answers["works_name"] == "改正的名称"


def test_after_the_office_refused_it_is_too_late(housing: Housing, case: str) -> None:
    housing.clock.now = at(2022, 7, 1)
    applicant = housing.browser("fire")
    page = f"/cases/{case}/corrections"
    fields = applicant.hidden(page)
    housing.act("window", case, "refuse_acceptance", Reasoned(reason="逾期未补正。"))
    with housing.unchanged():
        answer = applicant.post(page, data=fields)
    assert answer.status_code == 409
    assert applicant.get(page).headers["location"] == f"/cases/{case}"


def test_in_english_too(housing: Housing, applicant: Browser, case: str) -> None:
    applicant.get("/language/en")
    answer = applicant.fill(f"/cases/{case}/corrections", length_m="x")
    assert "write a whole number, such as 150" in answer.text
    assert '<html lang="en">' in answer.text


def test_the_notice_can_be_answered_later(housing: Housing, case: str) -> None:
    housing.clock.now = at(2022, 6, 20)
    applicant = housing.browser("fire")
    attach(applicant, case)
    assert mend(applicant, case).status_code == 303
