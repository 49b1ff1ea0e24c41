"""A session ends while a form is open: after signing in again what was typed stands in it."""

from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import httpx2
import pytest

from permits.services.tidying import COMES_BACK, tidy
from permits.store import people_tables
from tests.web.housing import IDLE, LONGEST, PASSWORD, PDF, Browser, Housing

LENGTH = "1234"

SAID = {
    "zh": ("您填写的内容将保留一天", "您填写的内容已恢复到本页，尚未提交"),
    "en": ("What you typed is kept for a day", "stands here again and has not been sent yet"),
}


@pytest.fixture
def section(housing: Housing) -> str:
    return f"{housing.written()}/sections/facts"


def kept(housing: Housing) -> list[tuple[object, ...]]:
    return housing.everything()[people_tables.unsent.name]


def too_late(housing: Housing, browser: Browser, page: str, **typed: str) -> httpx2.Response:
    """Open a page, type, and send it when the session has ended."""
    fields = {**browser.hidden(page), **typed}
    housing.clock.now += IDLE + timedelta(seconds=1)
    answer = browser.submit(page, page, fields)
    assert answer.status_code == 303
    return answer


def back(browser: Browser, answer: httpx2.Response, username: str) -> str:
    """Sign in where one was sent to; the address one comes back to."""
    assert urlsplit(answer.headers["location"]).path == "/sign-in"
    asked = answer.headers["location"]
    fields = {**browser.hidden(asked), "username": username, "password": PASSWORD}
    return browser.post("/sign-in", data=fields).headers["location"]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_what_was_typed_in_an_application_stands_in_the_form_again(
    housing: Housing, applicant: Browser, section: str, language: str
) -> None:
    applicant.get(f"/language/{language}")
    with_answers = housing.draft(section).answers
    answer = too_late(housing, applicant, section, length_m=LENGTH)
    signing_in, come_back = SAID[language]
    assert signing_in in applicant.get(answer.headers["location"]).text
    page = back(applicant, answer, "fire")
    assert urlsplit(page).path == section
    shown = applicant.get(page)
    assert shown.status_code == 200
    assert come_back in shown.text
    assert f'value="{LENGTH}"' in shown.text
    assert housing.draft(section).answers == with_answers, "nothing is saved before it is sent"
    applicant.fill(page, section, length_m=LENGTH)
    assert housing.draft(section).answers["length_m"] == LENGTH
    assert kept(housing) == [], "what was sent needs not be kept"


def test_it_is_never_shown_to_another_account(
    housing: Housing, applicant: Browser, section: str
) -> None:
    answer = too_late(housing, applicant, section, length_m=LENGTH)
    page = back(applicant, answer, "fire2")
    shown = applicant.get(page).text
    assert LENGTH not in shown
    assert "刚才提交的内容未被接收" in shown
    assert housing.browser("builder").get(page).status_code == 404


def test_without_asking_for_it_the_page_is_as_it_was_saved(
    housing: Housing, applicant: Browser, section: str
) -> None:
    back(applicant, too_late(housing, applicant, section, length_m=LENGTH), "fire")
    assert LENGTH not in applicant.get(section).text


def test_what_a_colleague_saved_meanwhile_is_not_overwritten_unseen(
    housing: Housing, applicant: Browser, section: str
) -> None:
    answer = too_late(housing, applicant, section, length_m=LENGTH)
    housing.browser("fire2").fill(section, length_m="77")
    page = back(applicant, answer, "fire")
    sent = applicant.fill(page, section, length_m=LENGTH)
    assert sent.status_code == 409
    assert 'role="alert"' in sent.text
    assert housing.draft(section).answers["length_m"] == "77"


@pytest.mark.parametrize("pause", [IDLE, LONGEST, LONGEST + COMES_BACK - timedelta(minutes=5)])
def test_it_is_known_for_a_day_whose_session_ended(
    housing: Housing, applicant: Browser, section: str, pause: timedelta
) -> None:
    fields = {**applicant.hidden(section), "length_m": LENGTH}
    housing.clock.now += pause + timedelta(seconds=1)
    tidy(housing.office)
    page = back(applicant, applicant.submit(section, section, fields), "fire")
    assert f'value="{LENGTH}"' in applicant.get(page).text
    housing.clock.now += COMES_BACK
    tidy(housing.office)
    assert len(kept(housing)) == 1
    housing.clock.now += timedelta(seconds=1)
    assert tidy(housing.office).forms == 1
    assert kept(housing) == []


@pytest.mark.parametrize("csrf", ["", "wrong", "错"])
def test_a_form_that_did_not_come_from_the_session_is_not_kept(
    housing: Housing, applicant: Browser, section: str, csrf: str
) -> None:
    answer = too_late(housing, applicant, section, length_m=LENGTH, csrf=csrf)
    assert "unsent%3Dlost" in answer.headers["location"]
    assert kept(housing) == []


def test_nothing_is_kept_for_an_account_that_was_closed(
    housing: Housing, applicant: Browser, section: str
) -> None:
    fields = {**applicant.hidden(section), "length_m": LENGTH}
    housing.office.accounts.close(housing.people.actors["fire"].id, actor="setup")
    applicant.submit(section, section, fields)
    assert kept(housing) == []


def test_who_never_signed_in_is_told_of_no_session(anyone: Browser, section: str) -> None:
    answer = anyone.post(section, data={"length_m": LENGTH})
    assert "unsent" not in answer.headers["location"]


def test_a_file_is_not_kept_and_the_page_says_so(housing: Housing, applicant: Browser) -> None:
    page = f"{housing.written('ordinary')}/materials"
    action = f"{page}/land_title/files"
    fields = applicant.hidden(page, action)
    housing.clock.now += IDLE + timedelta(seconds=1)
    files = {"file": ("a.pdf", PDF, "application/pdf")}
    answer = applicant.submit(page, action, fields, files=files)
    assert "刚才提交的内容未被接收" in applicant.get(answer.headers["location"]).text
    come_back = back(applicant, answer, "fire")
    assert urlsplit(come_back).path == page
    shown = applicant.get(come_back).text
    assert "刚才提交的内容未被接收" in shown
    assert "文件需要重新选择" in shown


def test_a_signature_is_not_given_again_by_itself(housing: Housing, applicant: Browser) -> None:
    draft = housing.written()
    housing.office.filing.choose(housing.draft(draft), "commitment")
    page = f"{draft}/commitments/true_declaration"
    answer = too_late(housing, applicant, page, agreed="yes")
    shown = applicant.get(back(applicant, answer, "fire")).text
    assert "刚才提交的内容未被接收" in shown
    assert "checked" not in shown
    assert kept(housing) == []


def office_pages(housing: Housing) -> dict[str, tuple[str, str, dict[str, str], str]]:
    """Of each kind of form: who fills it in, its page, what is typed, and what must come back."""
    filed = housing.filed("ordinary")
    correcting = housing.correcting("material.land_title", "field.length_m")
    granted = housing.published()
    on = "2022-06-08"
    text = "写到一半的意见"
    return {
        "action": (
            "window",
            f"/review/cases/{filed}/actions/declare_not_required",
            {"reason": text},
            text,
        ),
        "beside": (
            "supervisor",
            f"/review/cases/{granted}/beside/rectify",
            {"reason": text},
            text,
        ),
        "corrections": ("fire", f"/cases/{correcting}/corrections", {"length_m": LENGTH}, LENGTH),
        "withdrawing": ("fire", f"/cases/{filed}/actions/withdraw", {"reason": text}, text),
        "duty": ("fire", f"/cases/{granted}/obligations/report_completion", {"on": on}, on),
    }


@pytest.mark.parametrize("kind", ["action", "beside", "corrections", "withdrawing", "duty"])
def test_every_form_in_which_people_write_comes_back(housing: Housing, kind: str) -> None:
    who, page, typed, comes_back = office_pages(housing)[kind]
    browser = housing.browser(who)
    address = back(browser, too_late(housing, browser, page, **typed), who)
    shown = browser.get(address).text
    assert comes_back in shown
    assert SAID["zh"][1] in shown
    assert parse_qs(urlsplit(address).query) == {"unsent": ["kept"]}


def test_what_can_no_longer_be_sent_is_shown_to_be_copied(housing: Housing) -> None:
    """Somebody else acted while one was signing in again."""
    window = housing.browser("window")
    case = housing.filed("ordinary")
    page = f"/review/cases/{case}/actions/declare_not_required"
    answer = too_late(housing, window, page, reason="写到一半的理由")
    housing.act("window", case, "accept")
    shown = window.get(back(window, answer, "window")).text
    assert '<p class="typed">写到一半的理由</p>' in shown
    assert SAID["zh"][1] in shown
