"""Taking an application back, or only the commitment."""

import pytest

from tests.web.housing import Browser, Housing


@pytest.fixture
def case(housing: Housing) -> str:
    return housing.filed()


def path(case: str, action: str = "withdraw") -> str:
    return f"/cases/{case}/actions/{action}"


def test_what_follows_is_said_before_it_is_done(applicant: Browser, case: str) -> None:
    assert "撤回后本案终止" in applicant.get(path(case)).text
    assert "本案转为一般程序办理" in applicant.get(path(case, "withdraw_commitment")).text


def test_an_application_is_taken_back(housing: Housing, applicant: Browser, case: str) -> None:
    answer = applicant.fill(path(case), reason="  工程取消。\r\n不再实施。 ")
    assert answer.headers["location"] == f"/cases/{case}"
    record = housing.record(case)
    assert record.case.leaves == ("withdrawn_early",)
    assert "工程取消。\n不再实施。" in record.values.values()
    assert "工程取消。" in applicant.get(f"/cases/{case}").text
    assert applicant.get(path(case)).headers["location"] == f"/cases/{case}"


def test_no_reason_is_needed(housing: Housing, applicant: Browser, case: str) -> None:
    assert applicant.fill(path(case)).status_code == 303
    assert housing.record(case).case.leaves == ("withdrawn_early",)


def test_the_commitment_is_taken_back_and_the_materials_are_asked_for(
    housing: Housing, applicant: Browser, case: str
) -> None:
    housing.act("window", case, "accept")
    answer = applicant.fill(path(case, "withdraw_commitment"))
    assert answer.headers["location"] == f"/cases/{case}"
    after = housing.record(case).case
    assert after.track == "ordinary"
    assert "accepted" not in after.milestones
    assert after.clocks["completeness"].running


@pytest.mark.parametrize(
    ("reason", "says"),
    [
        ("字" * 4001, "理由（可不填）：不得超过4000个字符"),
        ("管线\u202e2202", "无法显示的字符"),
        ("管线\0", "无法显示的字符"),
    ],
)
def test_a_reason_that_does_not_fit_is_told_and_stays(
    housing: Housing, applicant: Browser, case: str, reason: str, says: str
) -> None:
    with housing.unchanged():
        answer = applicant.fill(path(case), reason=reason)
    assert answer.status_code == 422
    assert says in answer.text
    assert 'href="#reason"' in answer.text
    assert reason[:2] in answer.text


def test_a_reason_of_exactly_so_many_characters_fits(
    housing: Housing, applicant: Browser, case: str
) -> None:
    assert applicant.fill(path(case), reason="𬭎" * 4000).status_code == 303
    assert "𬭎" * 4000 in housing.record(case).values.values()


@pytest.mark.parametrize("action", ["withdraw", "withdraw_commitment"])
def test_sending_twice_is_as_sending_once(
    housing: Housing, applicant: Browser, case: str, action: str
) -> None:
    fields = applicant.hidden(path(case, action))
    first = applicant.post(path(case, action), data=fields)
    with housing.unchanged():
        second = applicant.post(path(case, action), data=fields)
    assert (first.status_code, second.status_code) == (303, 303)
    assert first.headers["location"] == second.headers["location"]


def test_the_same_form_with_another_reason_is_refused(
    housing: Housing, applicant: Browser, case: str
) -> None:
    fields = applicant.hidden(path(case))
    applicant.post(path(case), data=fields)
    with housing.unchanged():
        answer = applicant.post(path(case), data=fields | {"reason": "另一个理由"})
        unfit = applicant.post(path(case), data=fields | {"reason": "字" * 4001})
    assert answer.status_code == unfit.status_code == 409
    assert "此表单曾以不同内容提交过" in answer.text
    assert f'href="/cases/{case}"' in answer.text


def test_what_moved_on_meanwhile_is_told(housing: Housing, applicant: Browser, case: str) -> None:
    fields = applicant.hidden(path(case)) | {"reason": "不办了"}
    housing.act("window", case, "accept")
    with housing.unchanged():
        answer = applicant.post(path(case), data=fields)
    assert answer.status_code == 409
    assert "已有他人作了改动" in answer.text
    assert "不办了" in answer.text
    assert applicant.fill(path(case)).status_code == 303


@pytest.mark.parametrize("action", ["withdraw", "withdraw_commitment"])
def test_after_the_decision_it_is_too_late(
    housing: Housing, applicant: Browser, case: str, action: str
) -> None:
    fields = applicant.hidden(path(case, action))
    housing.act("window", case, "accept")
    housing.act("window", case, "grant_on_the_spot")
    fields["seen"] = str(housing.record(case).case.version)
    with housing.unchanged():
        answer = applicant.post(path(case, action), data=fields)
    assert answer.status_code == 409
    assert "办件当前所处环节不能进行" in answer.text
    assert applicant.get(path(case, action)).headers["location"] == f"/cases/{case}"


def test_without_a_commitment_there_is_none_to_take_back(
    housing: Housing, applicant: Browser
) -> None:
    case = housing.filed("ordinary")
    page = applicant.get(path(case, "withdraw_commitment"))
    assert "本案未按一般程序办理" in page.text
    assert "<form method" not in page.text.partition("<main")[2]
    token = applicant.hidden("/", "/sign-out")["csrf"]
    seen = str(housing.record(case).case.version)
    fields = {"csrf": token, "key": "0123456789abcdef", "seen": seen}
    with housing.unchanged():
        assert applicant.post(path(case, "withdraw_commitment"), data=fields).status_code == 409


@pytest.mark.parametrize("action", ["grant", "accept", "supply_corrections", "fly"])
def test_only_what_takes_something_back_is_here(
    housing: Housing, applicant: Browser, case: str, action: str
) -> None:
    token = applicant.hidden("/", "/sign-out")["csrf"]
    fields = {"csrf": token, "key": "0123456789abcdef", "seen": "3"}
    with housing.unchanged():
        assert applicant.get(path(case, action)).status_code == 404
        assert applicant.post(path(case, action), data=fields).status_code == 404


@pytest.mark.parametrize(("who", "status"), [("builder", 404), ("window", 403), ("", 303)])
@pytest.mark.parametrize("action", ["withdraw", "withdraw_commitment"])
def test_it_is_for_the_applicant_alone(
    housing: Housing, case: str, who: str, status: int, action: str
) -> None:
    browser = housing.browser(who)
    token = browser.hidden("/", "/sign-out")["csrf"] if who else browser.hidden("/sign-in")["csrf"]
    fields = {"csrf": token, "key": "0123456789abcdef", "seen": "3"}
    with housing.unchanged():
        assert browser.get(path(case, action)).status_code == status
        assert browser.post(path(case, action), data=fields).status_code == status


@pytest.mark.parametrize("missing", ["key", "seen"])
def test_a_form_without_its_hidden_fields_is_no_form(
    housing: Housing, applicant: Browser, case: str, missing: str
) -> None:
    with housing.unchanged():
        assert applicant.fill(path(case), **{missing: ""}).status_code == 400
