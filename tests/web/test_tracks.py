"""Choosing a track and signing what belongs to it."""

import re

import pytest

from tests.web.browsing import fingerprint
from tests.web.housing import Browser, Housing


@pytest.fixture
def draft(housing: Housing) -> str:
    return housing.written()


def chosen(housing: Housing, draft: str) -> tuple[str, tuple[str, ...]]:
    found = housing.draft(draft)
    return found.track, tuple(found.signed)


def test_tracks_stand_side_by_side_with_what_they_save(applicant: Browser, draft: str) -> None:
    page = applicant.get(f"{draft}/track").text
    assert "一般程序" in page
    assert "5份材料、2个工作日" in page
    assert page.count("可以选择") == 3


def test_a_track_is_chosen(housing: Housing, applicant: Browser, draft: str) -> None:
    answer = applicant.fill(f"{draft}/track", track="commitment")
    assert answer.headers["location"] == draft
    assert chosen(housing, draft) == ("commitment", ())
    assert "免办（告知承诺）" in applicant.get(draft).text


@pytest.mark.parametrize(
    ("facts", "why"),
    [
        ({"length_m": "250"}, "要求长度小于200米、不在主干道上且不新增用地"),
        ({"listed_as": "not_listed"}, "须满足“工程在清单内”"),
        ({"restricted_place": "true"}, "直接涉及国家安全"),
    ],
)
def test_a_track_that_is_shut_says_why_and_cannot_be_chosen(
    housing: Housing, applicant: Browser, facts: dict[str, str], why: str
) -> None:
    draft = housing.written(**facts)
    assert why in applicant.get(f"{draft}/track").text
    answer = applicant.fill(f"{draft}/track", track="commitment")
    assert answer.status_code == 409
    assert why in answer.text
    assert chosen(housing, draft) == ("", ())


def test_a_track_must_be_named(housing: Housing, applicant: Browser, draft: str) -> None:
    assert applicant.fill(f"{draft}/track").status_code == 422
    assert applicant.fill(f"{draft}/track", track="sideways").status_code == 404
    assert chosen(housing, draft) == ("", ())


def test_the_questions_come_first(housing: Housing, applicant: Browser) -> None:
    draft = housing.written(contact_phone="")
    page = applicant.get(f"{draft}/track").text
    assert "请先完成全部填写" in page
    token = applicant.hidden("/", "/sign-out")["csrf"]
    fields = {"csrf": token, "track": "ordinary", "seen": "2"}
    assert applicant.post(f"{draft}/track", data=fields).status_code == 422
    assert chosen(housing, draft) == ("", ())


def test_choosing_over_a_newer_version_is_told(
    housing: Housing, applicant: Browser, draft: str
) -> None:
    old = applicant.hidden(f"{draft}/track")
    housing.browser("fire2").fill(f"{draft}/sections/works", works_name="改名")
    answer = applicant.post(f"{draft}/track", data={**old, "track": "commitment"})
    assert answer.status_code == 409
    assert "已有他人作了改动" in answer.text


@pytest.fixture
def to_sign(applicant: Browser, draft: str) -> str:
    applicant.fill(f"{draft}/track", track="commitment")
    return f"{draft}/commitments/true_declaration"


def test_the_commitment_is_shown_whole_and_signed(
    housing: Housing, applicant: Browser, draft: str, to_sign: str
) -> None:
    page = applicant.get(to_sign).text
    edition = housing.office.shelf.current("plan_exempt")
    assert edition
    commitment = edition.definition.commitments["true_declaration"]
    for text in (*commitment.notice, *commitment.statement):
        assert text.zh in page
    answer = applicant.fill(to_sign, agreed="yes")
    assert answer.headers["location"] == draft
    assert chosen(housing, draft) == ("commitment", ("true_declaration",))
    assert "已签署" in applicant.get(to_sign).text


def test_nothing_is_signed_without_the_tick(
    housing: Housing, applicant: Browser, draft: str, to_sign: str
) -> None:
    answer = applicant.fill(to_sign)
    assert answer.status_code == 422
    assert 'href="#agreed"' in answer.text
    assert chosen(housing, draft)[1] == ()


def test_another_text_than_the_one_shown_is_not_signed(
    housing: Housing, applicant: Browser, draft: str, to_sign: str
) -> None:
    answer = applicant.fill(to_sign, agreed="yes", digest="0" * 64)
    assert answer.status_code == 409
    assert "文本已有更新" in answer.text
    assert chosen(housing, draft)[1] == ()


def test_signing_over_a_newer_version_is_told(
    housing: Housing, applicant: Browser, draft: str, to_sign: str
) -> None:
    old, colleague = applicant.hidden(to_sign), housing.browser("fire2")
    colleague.fill(f"{draft}/sections/works", works_name="改名")
    colleague.fill(f"{draft}/track", track="commitment")
    answer = applicant.post(to_sign, data={**old, "agreed": "yes"})
    assert answer.status_code == 409
    assert re.search("已有他人作了改动", answer.text)


def test_what_changes_must_be_signed_anew(
    housing: Housing, applicant: Browser, draft: str, to_sign: str
) -> None:
    applicant.fill(to_sign, agreed="yes")
    applicant.fill(f"{draft}/sections/works", works_name="改名")
    assert chosen(housing, draft) == ("", ())


def test_only_what_belongs_to_the_track_is_signed(
    housing: Housing, applicant: Browser, draft: str
) -> None:
    applicant.fill(f"{draft}/track", track="ordinary")
    assert applicant.get(f"{draft}/commitments/true_declaration").status_code == 404
    token = applicant.hidden("/", "/sign-out")["csrf"]
    fields = {"csrf": token, "agreed": "yes", "seen": "3", "digest": "0"}
    path = f"{draft}/commitments/true_declaration"
    assert applicant.post(path, data=fields).status_code == 404


@pytest.mark.parametrize("page", ["track", "commitments/true_declaration"])
def test_sending_twice_is_as_sending_once(
    housing: Housing, applicant: Browser, draft: str, page: str
) -> None:
    if page != "track":
        applicant.fill(f"{draft}/track", track="commitment")
    fields = applicant.hidden(f"{draft}/{page}") | {"track": "commitment", "agreed": "yes"}
    first = applicant.post(f"{draft}/{page}", data=fields)
    with housing.unchanged():
        second = applicant.post(f"{draft}/{page}", data=fields)
    assert (first.status_code, second.status_code) == (303, 303)
    assert second.headers["location"] == first.headers["location"] == draft


@pytest.mark.parametrize(("who", "status"), [("builder", 404), ("window", 403), ("", 303)])
@pytest.mark.parametrize("page", ["track", "commitments/true_declaration"])
def test_nobody_else_chooses_or_signs(housing: Housing, who: str, status: int, page: str) -> None:
    draft, browser = housing.written("commitment"), housing.browser(who)
    token = browser.hidden("/", "/sign-out")["csrf"] if who else browser.hidden("/sign-in")["csrf"]
    fields = {"csrf": token, "seen": "4", "track": "ordinary", "agreed": "yes"}
    with housing.unchanged():
        assert browser.get(f"{draft}/{page}").status_code == status
        assert browser.post(f"{draft}/{page}", data=fields).status_code == status


@pytest.mark.parametrize("page", ["track", "commitments/true_declaration"])
def test_after_filing_it_is_too_late(housing: Housing, applicant: Browser, page: str) -> None:
    draft = housing.written("commitment")
    token = applicant.hidden("/", "/sign-out")["csrf"]
    fields = {"csrf": token, "seen": "5", "track": "ordinary", "agreed": "yes"}
    receipt = applicant.fill(f"{draft}/check").headers["location"]
    with housing.unchanged():
        answer = applicant.post(f"{draft}/{page}", data=fields)
    assert answer.headers["location"] == f"{receipt}?before=1"


def test_the_track_is_changed_and_what_was_signed_goes(
    housing: Housing, applicant: Browser
) -> None:
    draft = housing.written("commitment")
    applicant.fill(f"{draft}/track", track="ordinary")
    assert chosen(housing, draft) == ("ordinary", ())


def test_whoever_signs_is_named_and_the_text_has_a_fingerprint(
    housing: Housing, applicant: Browser, to_sign: str
) -> None:
    page = applicant.get(to_sign).text
    fields = applicant.hidden(to_sign)
    assert fields["digest"] in page
    assert fingerprint(fields["digest"]) in page
    assert "特勤大队" in page.partition("<main")[2]


def test_in_english_too(applicant: Browser, draft: str, to_sign: str) -> None:
    applicant.get("/language/en")
    assert "Tick the box" in applicant.fill(to_sign).text
    assert "Choose one of the tracks that are open" in applicant.fill(f"{draft}/track").text
