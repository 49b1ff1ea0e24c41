"""Checking once more and filing: once, whatever the browser does."""

import re

import pytest

from permits.services.queue import TooBusy
from tests.web.housing import Browser, Housing, at


@pytest.fixture
def draft(housing: Housing) -> str:
    return housing.written("commitment")


def test_everything_is_shown_before_it_is_filed(applicant: Browser, draft: str) -> None:
    page = applicant.get(f"{draft}/check").text
    for says in ("150米", "支路", "0371-00000000", "免办（告知承诺）", "无需提交", "已签署"):
        assert says in page
    assert f'href="{draft}/sections/facts#length_m"' in page
    assert "提交申请" in page


def test_filing_leads_to_the_receipt(housing: Housing, applicant: Browser, draft: str) -> None:
    answer = applicant.fill(f"{draft}/check")
    assert answer.status_code == 303
    receipt = answer.headers["location"]
    page = applicant.get(receipt).text
    record = housing.record(receipt.split("/")[2])
    assert record.case.number in page
    assert record.values[record.case.lookup] in page
    assert "2022年6月9日" in page
    assert "2022年6月16日" in page


def test_filing_twice_makes_one_case(housing: Housing, applicant: Browser, draft: str) -> None:
    fields = applicant.hidden(f"{draft}/check")
    first = applicant.post(f"{draft}/check", data=fields)
    events = housing.events()
    second = applicant.post(f"{draft}/check", data=fields)
    assert second.status_code == 303
    assert second.headers["location"] == f"{first.headers['location']}?before=1"
    assert housing.events() == events
    case = first.headers["location"].removesuffix("/receipt")
    assert applicant.get(draft).headers["location"] == case
    assert draft not in applicant.get("/applications").text


def test_two_who_file_at_the_same_moment_are_both_shown_the_one_case(
    housing: Housing, applicant: Browser, draft: str, monkeypatch
) -> None:
    """Both had the draft before it was filed."""
    file = housing.office.filing.file

    def after_another(draft, actor, key):
        file(draft, actor, f"another {key}").result()
        return file(draft, actor, key)

    monkeypatch.setattr(housing.office.filing, "file", after_another)
    answer = applicant.fill(f"{draft}/check")
    case = applicant.get(draft).headers["location"]
    assert answer.headers["location"] == f"{case}/receipt?before=1"
    assert applicant.get(answer.headers["location"]).status_code == 200


@pytest.mark.parametrize(
    ("language", "says"),
    [
        ("zh", "该申请此前已经提交，办件编号为GXGH-20220609-0001。您刚才的操作没有产生任何变更。"),
        (
            "en",
            "This application had been filed already, under the number GXGH-20220609-0001. What"
            " you have just sent changed nothing.",
        ),
    ],
)
def test_whoever_files_twice_is_told_so_and_under_which_number(
    applicant: Browser, draft: str, language: str, says: str
) -> None:
    """A browser without scripts that is pressed twice shows the answer to the second time."""
    applicant.get(f"/language/{language}")
    fields = applicant.hidden(f"{draft}/check")
    first = applicant.post(f"{draft}/check", data=fields)
    assert says not in applicant.get(first.headers["location"]).text
    second = applicant.post(f"{draft}/check", data=fields)
    page = applicant.get(second.headers["location"])
    assert page.status_code == 200
    assert says in page.text


def test_an_answer_sent_after_the_filing_says_that_it_came_too_late(
    housing: Housing, applicant: Browser, draft: str
) -> None:
    fields = applicant.hidden(f"{draft}/sections/facts")
    housing.browser("fire2").fill(f"{draft}/check")
    events = housing.events()
    answer = applicant.post(f"{draft}/sections/facts", data={**fields, "length_m": "250"})
    assert "该申请此前已经提交" in applicant.get(answer.headers["location"]).text
    assert housing.events() == events


def test_a_draft_that_changed_meanwhile_is_not_filed(
    housing: Housing, applicant: Browser, draft: str
) -> None:
    fields = applicant.hidden(f"{draft}/check")
    housing.browser("fire2").fill(f"{draft}/sections/facts", length_m="250")
    answer = applicant.post(f"{draft}/check", data=fields)
    assert answer.status_code == 409
    assert "已有他人作了改动" in answer.text
    assert "250米" in answer.text
    assert housing.events() == 0


@pytest.mark.parametrize(
    ("track", "facts", "status"),
    [("commitment", {"contact_phone": ""}, 422), ("commitment", {"length_m": "x"}, 422)],
)
def test_what_is_unfinished_is_not_filed(
    housing: Housing,
    applicant: Browser,
    draft: str,
    track: str,
    facts: dict[str, str],
    status: int,
) -> None:
    housing.office.filing.save(housing.draft(draft), facts)
    assert "还有未完成的内容" in applicant.get(f"{draft}/check").text
    answer = send(applicant, draft, housing)
    assert answer.status_code == status
    assert housing.events() == 0


def send(browser: Browser, draft: str, housing: Housing):
    """File without being offered to."""
    token = browser.hidden("/", "/sign-out")["csrf"]
    fields = {"csrf": token, "key": "0123456789abcdef", "seen": str(housing.draft(draft).version)}
    return browser.post(f"{draft}/check", data=fields)


def test_without_a_track_nothing_is_filed(housing: Housing, applicant: Browser) -> None:
    answer = send(applicant, housing.written(), housing)
    assert answer.status_code == 404
    assert housing.events() == 0


def test_before_it_is_in_force_nothing_is_filed(
    housing: Housing, applicant: Browser, draft: str
) -> None:
    housing.clock.now = at(2022, 5, 30)
    applicant = housing.browser("fire")
    answer = applicant.fill(f"{draft}/check")
    assert answer.status_code == 409
    assert "自2022年6月1日起受理申请" in answer.text
    assert housing.events() == 0


def test_missing_materials_are_told_and_may_follow(housing: Housing, applicant: Browser) -> None:
    draft = housing.written("ordinary")
    page = applicant.get(f"{draft}/check").text
    assert "材料尚未齐全" in page
    assert applicant.fill(f"{draft}/check").status_code == 303


def test_a_busy_office_says_so(
    housing: Housing, applicant: Browser, draft: str, monkeypatch
) -> None:
    def full(_order: object) -> None:
        raise TooBusy

    fields = applicant.hidden(f"{draft}/check")
    monkeypatch.setattr(housing.office.filing, "submit", full)
    answer = applicant.post(f"{draft}/check", data=fields)
    assert answer.status_code == 503
    assert answer.headers["retry-after"] == "5"
    assert "系统繁忙" in answer.text
    monkeypatch.undo()
    assert applicant.post(f"{draft}/check", data=fields).status_code == 303


def test_the_receipt_shows_its_code_to_the_applicant_alone(
    housing: Housing, applicant: Browser, draft: str
) -> None:
    receipt = applicant.fill(f"{draft}/check").headers["location"]
    record = housing.record(receipt.split("/")[2])
    code = record.values[record.case.lookup]
    assert code in applicant.get(receipt).text
    assert code not in housing.browser("window").get(receipt).text


def test_a_form_without_a_key_is_no_form(applicant: Browser, draft: str) -> None:
    assert applicant.fill(f"{draft}/check", key="").status_code == 400
    assert applicant.fill(f"{draft}/check", key="x" * 200).status_code == 400


def test_forms_never_share_a_key(applicant: Browser, draft: str) -> None:
    keys = {applicant.hidden(f"{draft}/check")["key"] for _ in range(3)}
    assert len(keys) == 3
    assert all(re.fullmatch("[A-Za-z0-9_-]{22}", key) for key in keys)


@pytest.mark.parametrize(("who", "status"), [("builder", 404), ("window", 403), ("", 303)])
def test_nobody_else_files_a_draft(housing: Housing, draft: str, who: str, status: int) -> None:
    browser = housing.browser(who)
    token = browser.hidden("/", "/sign-out")["csrf"] if who else browser.hidden("/sign-in")["csrf"]
    seen = str(housing.draft(draft).version)
    fields = {"csrf": token, "key": "0123456789abcdef", "seen": seen}
    with housing.unchanged():
        assert browser.get(f"{draft}/check").status_code == status
        assert browser.post(f"{draft}/check", data=fields).status_code == status


def test_a_colleague_may_file_what_another_wrote(housing: Housing, draft: str) -> None:
    answer = housing.browser("fire2").fill(f"{draft}/check")
    assert answer.headers["location"].endswith("/receipt")
