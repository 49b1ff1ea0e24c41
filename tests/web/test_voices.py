"""Notices, objections and ratings, as the public, the office and the applicant see them."""

import re

import pytest

from permits.services.rebuild import check
from permits.services.requests import OpinionIn
from tests.web.housing import Browser, Housing, at

OBJECTION = {
    "objector": "王小明",
    "contact": "wang@example.org",
    "interest": "相邻地块权利人",
    "text": "施工将阻断通道。",
}


@pytest.fixture
def noticed(housing: Housing) -> str:
    """A case under notice since 9 June 2022."""
    case = housing.filed("ordinary")
    housing.act("window", case, "accept")
    page = f"/review/cases/{case}/voices"
    assert housing.browser("examiner").fill(page, f"{page}/notice").status_code == 303
    return case


def number_of(housing: Housing, case: str) -> str:
    return housing.record(case).case.number


def object_to(housing: Housing, anyone: Browser, case: str, **changed: str):
    page = f"/notices/{number_of(housing, case)}/objection"
    return anyone.fill(page, **{**OBJECTION, **changed})


def code_of(page: str) -> str:
    found = re.search(r'<dd class="mono"><strong>([A-Z0-9]{12})</strong>', page)
    assert found is not None, page
    return found[1]


def test_the_public_is_told_of_a_case_and_until_when_it_may_object(
    housing: Housing, anyone: Browser, noticed: str
) -> None:
    number = number_of(housing, noticed)
    assert f"/notices/{number}" in anyone.get("/notices").text
    page = anyone.get(f"/notices/{number}").text
    assert "2022年6月20日" in page
    assert "0371-00000000" not in page
    housing.clock.now = at(2022, 6, 21)
    assert "目前没有正在进行的公示" in anyone.get("/notices").text
    assert "提出异议的期限已过" in anyone.get(f"/notices/{number}").text
    hidden = number_of(housing, housing.filed())
    assert anyone.get(f"/notices/{hidden}").status_code == 404


def test_an_objection_goes_its_way_from_the_public_and_back(
    housing: Housing, anyone: Browser, noticed: str
) -> None:
    sent = object_to(housing, anyone, noticed)
    assert sent.status_code == 200, sent.text
    code, number = code_of(sent.text), number_of(housing, noticed)
    waiting = anyone.fill("/objections", number=number, code=code)
    assert "2022年6月30日" in waiting.text

    examiner, page = housing.browser("examiner"), f"/review/cases/{noticed}/voices"
    assert f"{noticed}/voices" in examiner.get("/review/voices").text
    shown = examiner.get(page).text
    assert "施工将阻断通道。" in shown
    assert "王小明" not in shown
    assert "wang@example.org" not in shown
    asked = {"reason": "reach_the_person", "words": "核对利害关系"}
    whole = examiner.fill(page, f"{page}/objections/1/personal", **asked).text
    assert "王小明" in whole
    assert "wang@example.org" in whole
    unasked = examiner.fill(page, f"{page}/objections/1/personal", reason="", words="")
    assert unasked.status_code == 422
    assert "王小明" not in unasked.text

    bare = examiner.fill(page, f"{page}/objections/1", outcome="partly", reason="")
    assert bare.status_code == 422
    done = examiner.fill(page, f"{page}/objections/1", outcome="partly", reason="已要求保留通道。")
    assert done.status_code == 303
    answered = anyone.fill("/objections", number=number, code=code.lower()).text
    assert "已要求保留通道。" in answered
    public = anyone.get(f"/notices/{number}").text
    assert "已要求保留通道。" in public
    assert "施工将阻断通道。" not in public
    assert "没有待办事项" in examiner.get("/review/voices").text
    assert check(housing.office.database) == ()


def test_sent_twice_an_objection_is_one(housing: Housing, anyone: Browser, noticed: str) -> None:
    page = f"/notices/{number_of(housing, noticed)}/objection"
    fields = {**anyone.hidden(page), **OBJECTION}
    codes = {code_of(anyone.submit(page, page, fields).text) for _ in range(2)}
    assert len(codes) == 1
    assert len(housing.office.voices.of(f"case/{noticed}").voices.objections) == 1


def test_what_is_missing_is_said_and_nothing_is_kept(
    housing: Housing, anyone: Browser, noticed: str
) -> None:
    answer = object_to(housing, anyone, noticed, text="", objector="")
    assert answer.status_code == 422
    assert "相邻地块权利人" in answer.text
    housing.clock.now = at(2022, 6, 21)
    number = number_of(housing, noticed)
    assert (
        '<form method="post" action="/notices'
        not in anyone.get(f"/notices/{number}/objection").text
    )
    assert not housing.office.voices.of(f"case/{noticed}").voices.objections


def test_objecting_and_asking_for_answers_is_slowed_down(
    housing: Housing, anyone: Browser, noticed: str
) -> None:
    codes = [object_to(housing, anyone, noticed).status_code for _ in range(8)]
    assert codes[:5] == [200] * 5
    assert codes[-1] == 429
    number = number_of(housing, noticed)
    wrong = [anyone.fill("/objections", number=number, code="X" * 12) for _ in range(24)]
    assert wrong[0].status_code == 422
    assert wrong[-1].status_code == 429
    missing = anyone.fill("/objections", number="GXGH-1", code="X")
    assert missing.status_code == 429


def test_a_published_decision_may_be_objected_to(housing: Housing, anyone: Browser) -> None:
    case = housing.published()
    number = number_of(housing, case)
    assert f"/notices/{number}" in anyone.get(f"/register/{number}").text
    assert object_to(housing, anyone, case).status_code == 200
    assert housing.office.voices.of(f"case/{case}").voices.objections[0].about == "decision"


def test_voices_are_for_the_officers_of_the_case_alone(housing: Housing, noticed: str) -> None:
    page = f"/review/cases/{noticed}/voices"
    assert housing.stranger().get(page).status_code == 404
    assert housing.browser("fire").get(page).status_code == 403
    assert housing.browser("inspector").get(page).status_code == 200


def refused_by_leader(housing: Housing) -> str:
    """A case that the leader decided on the ordinary track."""
    case = housing.filed("ordinary")
    housing.act("window", case, "accept")
    housing.act("examiner", case, "examine", OpinionIn(recommends="grant", opinion="符合"))
    housing.act("leader", case, "grant")
    return case


def test_a_bad_rating_is_followed_up_told_back_and_published_if_the_rater_agrees(
    housing: Housing, anyone: Browser, applicant: Browser
) -> None:
    case = refused_by_leader(housing)
    rating = f"/cases/{case}/rating/result"
    assert rating in applicant.get(f"/cases/{case}").text
    assert applicant.fill(rating, level="").status_code == 422
    given = {"level": "1", "guide": "2", "words": "指南与窗口要求不一致", "publish": "yes"}
    assert applicant.fill(rating, **given).status_code == 303
    assert "2022年6月30日" in applicant.get(rating).text
    assert applicant.get(f"/cases/{case}/rating/renewal").status_code == 404

    page = f"/review/cases/{case}/voices"
    leader = housing.browser("leader").get(page).text
    assert "记录</button>" not in leader  # who decided the case does not look into it
    supervisor = housing.browser("supervisor")
    assert f"{case}/voices" in supervisor.get("/review/voices").text
    steps = (
        {"on": "2022-06-09", "words": "已电话联系"},
        {"substantiated": "true", "words": "情况属实"},
        {"words": "已修改办事指南"},
        {"words": "感谢指出，指南已改"},
    )
    for step in steps:
        answer = supervisor.fill(page, f"{page}/ratings/result", **step)
        assert answer.status_code == 303, answer.text
    assert "感谢指出，指南已改" in applicant.get(rating).text
    public = anyone.get("/ratings").text
    assert "指南与窗口要求不一致" in public
    assert "感谢指出，指南已改" in public
    assert "评价总数" not in public  # one rating is too few to tell of
    assert check(housing.office.database) == ()


def test_nobody_else_rates(housing: Housing) -> None:
    case = refused_by_leader(housing)
    assert housing.browser("builder").get(f"/cases/{case}/rating/result").status_code == 404
    assert housing.browser("examiner").get(f"/cases/{case}/rating/result").status_code == 403
