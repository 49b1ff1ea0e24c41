"""Choosing a track and signing what belongs to it."""

import re

import pytest

from permits.services.demonstration.desk import answers
from permits.services.demonstration.works import GAS
from tests.web.housing import Browser, Housing


def begin(housing: Housing, **facts: str) -> str:
    filing, actor = housing.office.filing, housing.people.actors["fire"]
    draft = filing.begin("plan_exempt", actor)
    filing.save(draft, {**answers(GAS), **facts})
    return f"/drafts/{draft.id}"


@pytest.fixture
def draft(housing: Housing) -> str:
    return begin(housing)


def chosen(housing: Housing, draft: str) -> tuple[str, tuple[str, ...]]:
    found = housing.office.filing.find(draft.rsplit("/", 1)[1], housing.people.actors["fire"])
    assert found
    return found.track, tuple(found.signed)


def test_tracks_stand_side_by_side_with_what_they_save(applicant: Browser, draft: str) -> None:
    page = applicant.get(f"{draft}/track").text
    assert "一般程序" in page
    assert "5份材料、2个工作日" in page
    assert page.count("可以选择") == 2


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
    draft = begin(housing, **facts)
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
    draft = begin(housing, contact_phone="")
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
    old = applicant.hidden(to_sign)
    housing.browser("fire2").fill(to_sign, agreed="yes")
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
