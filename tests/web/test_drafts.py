"""Writing an application: saved as typed, section by section, by anybody of the organisation."""

import re

import pytest

from tests.web.housing import Browser, Housing

WORKS = {
    "works_name": "特勤大队燃气工程",
    "works_place": "特勤大队营区",
    "works_summary": "接入燃气管线。\n  缩进的第二行，<b>与</b> “引号”。",
}


@pytest.fixture
def draft(applicant: Browser) -> str:
    return applicant.fill("/guide/plan_exempt", "/applications").headers["location"]


def saved(housing: Housing, draft: str) -> dict[str, str]:
    return housing.draft(draft).answers


def test_an_application_is_begun_and_listed(applicant: Browser, draft: str) -> None:
    assert "未开始" in applicant.get(draft).text
    assert f'href="{draft}"' in applicant.get("/applications").text


def test_beginning_twice_with_one_form_begins_one(housing: Housing, applicant: Browser) -> None:
    fields = applicant.hidden("/guide/plan_exempt", "/applications")
    first = applicant.post("/applications", data=fields)
    with housing.unchanged():
        second = applicant.post("/applications", data=fields)
    assert second.headers["location"] == first.headers["location"]
    other = applicant.fill("/guide/plan_exempt", "/applications")
    assert other.headers["location"] != first.headers["location"]
    theirs = housing.browser("builder")
    fields["csrf"] = theirs.hidden("/", "/sign-out")["csrf"]
    assert theirs.post("/applications", data=fields).headers["location"] not in (
        first.headers["location"],
        other.headers["location"],
    )


def test_nobody_but_an_applicant_begins(housing: Housing) -> None:
    officer = housing.browser("window")
    fields = officer.hidden("/", "/sign-out") | {"key": "0123456789", "permit": "plan_exempt"}
    with housing.unchanged():
        assert officer.post("/applications", data=fields).status_code == 403


def test_a_permit_type_that_is_not_there_cannot_be_applied_for(applicant: Browser) -> None:
    answer = applicant.fill("/guide/plan_exempt", "/applications", permit="bakery")
    assert answer.status_code == 404
    assert "没有这个事项" in answer.text


def test_a_section_is_saved_and_leads_to_the_next(
    housing: Housing, applicant: Browser, draft: str
) -> None:
    answer = applicant.fill(f"{draft}/sections/works", **WORKS)
    assert answer.status_code == 303
    assert answer.headers["location"] == f"{draft}/sections/list_row"
    assert saved(housing, draft)["works_name"] == WORKS["works_name"]
    assert "已完成" in applicant.get(draft).text


def test_what_was_typed_comes_back_as_it_was(applicant: Browser, draft: str) -> None:
    applicant.fill(f"{draft}/sections/works", **WORKS)
    page = applicant.get(f"{draft}/sections/works").text
    assert "接入燃气管线。\n  缩进的第二行，&lt;b&gt;与&lt;/b&gt; “引号”。</textarea>" in page


def test_what_does_not_fit_is_kept_and_said(
    housing: Housing, applicant: Browser, draft: str
) -> None:
    typed = {**WORKS, "works_name": "", "contractor_code": "91350100M000100Y44"}
    answer = applicant.fill(f"{draft}/sections/works", **typed)
    assert answer.status_code == 422
    assert "<title>错误：工程概况" in answer.text
    assert '<a href="#works_name">请填写：工程名称</a>' in answer.text
    assert 'aria-describedby="contractor_code-hint contractor_code-error"' in answer.text
    assert 'value="91350100M000100Y44"' in answer.text
    assert saved(housing, draft)["contractor_code"] == "91350100M000100Y44"
    again = applicant.get(f"{draft}/sections/works").text
    assert "不是有效的统一社会信用代码" in again
    assert "请填写：工程名称" not in again
    assert "未完成" in applicant.get(draft).text
    assert housing.events() == 0


def test_it_can_be_put_aside_unfinished(housing: Housing, applicant: Browser, draft: str) -> None:
    answer = applicant.fill(f"{draft}/sections/works", works_name="暂定名称", later="1")
    assert answer.headers["location"] == f"{draft}?kept=1"
    assert "已保存" in applicant.get(answer.headers["location"]).text
    assert saved(housing, draft)["works_name"] == "暂定名称"


def test_a_colleague_goes_on_with_it_on_another_device(housing: Housing, draft: str) -> None:
    colleague = housing.browser("fire2")
    assert draft in colleague.get("/applications").text
    assert colleague.fill(f"{draft}/sections/works", **WORKS).status_code == 303


def test_questions_come_up_as_answers_ask_for_them(applicant: Browser, draft: str) -> None:
    assert 'name="length_m"' not in applicant.get(f"{draft}/sections/facts").text
    applicant.fill(f"{draft}/sections/list_row", listed_as="short_line")
    page = applicant.get(f"{draft}/sections/facts").text
    assert 'name="length_m"' in page
    assert 'name="area_m2"' not in page


def test_questions_that_come_up_in_the_same_section_are_no_mistakes(
    housing: Housing, make_housing, monkeypatch
) -> None:
    """As if the row of the list were asked for beside the facts."""
    draft = begun_with_one_section(housing)
    browser = housing.browser("fire")
    answer = browser.fill(f"{draft}/sections/works", listed_as="short_line", **WORKS)
    assert answer.headers["location"] == f"{draft}/sections/works?more=1"
    page = browser.get(answer.headers["location"]).text
    assert "还有以下补充问题" in page
    assert "错误：" not in page
    assert browser.fill(f"{draft}/sections/works").status_code == 422


def begun_with_one_section(housing: Housing) -> str:
    """A draft of a permit type that puts the works and the list into one section."""
    from permits.definitions import loader
    from permits.definitions.findings import Marks
    from tests.kit import content

    data = content()
    works, row, facts, *rest = data["form"]["sections"]
    length = [f for f in facts["fields"] if f["id"] == "length_m"]
    facts["fields"] = [f for f in facts["fields"] if f["id"] != "length_m"]
    works["fields"] += [*row["fields"], *length]
    data["form"]["sections"] = [works, facts, *rest]
    resolved, findings = loader.build(data, Marks())
    assert resolved, findings
    office = housing.office
    office.shelf.publish(resolved, actor="setup", now=housing.clock())
    return f"/drafts/{office.filing.begin('plan_exempt', housing.people.actors['fire']).id}"


def test_who_saves_over_a_newer_version_is_told_and_loses_nothing(
    housing: Housing, applicant: Browser, draft: str
) -> None:
    old = applicant.hidden(f"{draft}/sections/works")
    housing.browser("fire2").fill(f"{draft}/sections/works", works_name="同事填写的名称")
    answer = applicant.post(f"{draft}/sections/works", data={**old, **WORKS})
    assert answer.status_code == 409
    assert "在此期间已有他人保存了这份申请" in answer.text
    assert f'value="{WORKS["works_name"]}"' in answer.text
    assert saved(housing, draft)["works_name"] == "同事填写的名称"
    form = re.search(r'name="seen" value="(\d+)"', answer.text)
    assert form
    again = applicant.post(f"{draft}/sections/works", data={**old, "seen": form[1], **WORKS})
    assert again.status_code == 303
    assert saved(housing, draft)["works_name"] == WORKS["works_name"]


def test_fields_of_other_sections_are_not_taken(
    housing: Housing, applicant: Browser, draft: str
) -> None:
    applicant.fill(f"{draft}/sections/list_row", listed_as="short_line", works_name="x", evil="y")
    assert saved(housing, draft) == {"listed_as": "short_line"}


@pytest.mark.parametrize("seen", ["", "x", "-1", "1" * 20])
def test_a_form_without_a_version_is_no_form(applicant: Browser, draft: str, seen: str) -> None:
    assert applicant.fill(f"{draft}/sections/works", seen=seen).status_code == 400


def test_there_is_no_such_section(applicant: Browser, draft: str) -> None:
    assert applicant.get(f"{draft}/sections/nothing").status_code == 404


def test_a_draft_is_discarded_after_a_question(
    housing: Housing, applicant: Browser, draft: str
) -> None:
    assert "确定放弃这份申请" in applicant.get(f"{draft}/discard").text
    assert applicant.fill(f"{draft}/discard").headers["location"] == "/applications"
    assert applicant.get(draft).status_code == 404
    assert draft not in applicant.get("/applications").text


def test_discarding_twice_is_as_discarding_once(
    housing: Housing, applicant: Browser, draft: str
) -> None:
    fields = applicant.hidden(f"{draft}/discard")
    applicant.post(f"{draft}/discard", data=fields)
    with housing.unchanged():
        again = applicant.post(f"{draft}/discard", data=fields)
    assert again.headers["location"] == "/applications"


def test_what_a_colleague_filed_meanwhile_is_not_discarded(
    housing: Housing, applicant: Browser
) -> None:
    draft = housing.written("commitment")
    fields = applicant.hidden(f"{draft}/discard")
    filed = housing.browser("fire2").fill(f"{draft}/check").headers["location"]
    with housing.unchanged():
        answer = applicant.post(f"{draft}/discard", data=fields)
    assert answer.headers["location"] == f"{filed}?before=1"
    assert applicant.get(filed).status_code == 200


@pytest.mark.parametrize(
    ("who", "page", "status"),
    [
        ("builder", "sections/works", 404),
        ("window", "sections/works", 403),
        ("builder", "discard", 303),
        ("window", "discard", 403),
    ],
)
def test_nobody_else_writes_in_a_draft_or_discards_it(
    housing: Housing, draft: str, who: str, page: str, status: int
) -> None:
    browser = housing.browser(who)
    fields = browser.hidden("/", "/sign-out") | {"seen": "1", "works_name": "别人的"}
    with housing.unchanged():
        assert browser.post(f"{draft}/{page}", data=fields).status_code == status
