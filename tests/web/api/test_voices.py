"""Notices, objections, ratings and documents as programs of anybody, applicants and officers see
them."""

import json

import pytest

from permits.casework.published import check_code
from permits.services.rebuild import check
from permits.services.requests import OpinionIn
from permits.services.verifying import PACE
from tests.web.api.program import V1, Program, Programs, refused
from tests.web.housing import Housing, at

OBJECTION = {
    "objector": "王小明",
    "contact": "wang@example.org",
    "interest": "相邻地块权利人",
    "text": "施工将阻断通道。",
}


@pytest.fixture
def home(housing: Housing, programs: Programs) -> str:
    """A case under notice since 9 June 2022."""
    case = housing.filed("ordinary")
    housing.act("window", case, "accept")
    home = f"{V1}/cases/{case}"
    shown = programs["examiner"].must(f"{home}/voices/notice")
    assert shown["notice"] == {"first": "2022-06-09", "until": "2022-06-20", "provisional": False}
    return home


def number_of(housing: Housing, home: str) -> str:
    return housing.record(home.rsplit("/", 1)[-1]).case.number


def test_notices_are_read_a_page_at_a_time(
    housing: Housing, anyone: Program, home: str, programs: Programs
) -> None:
    second = housing.filed("ordinary")
    housing.act("window", second, "accept")
    programs["examiner"].must(f"{V1}/cases/{second}/voices/notice")
    address, found = f"{V1}/notices?limit=1", []
    while address:
        page = anyone.read(address)
        found += [one["number"] for one in page["items"]]
        address = page["next"]
    assert found == [number_of(housing, home), housing.record(second).case.number]
    assert page["length"] == "10d"
    refused(anyone.get(f"{V1}/notices?after=x"), 422, "unfit")


def test_an_objection_goes_its_way_and_only_its_answer_is_public(
    housing: Housing, programs: Programs, home: str
) -> None:
    anyone, number = programs.anyone, number_of(housing, home)
    notice = anyone.read(f"{V1}/notices/{number}")
    assert (notice["open_to"], notice["open_until"]) == ("notice", "2022-06-20")
    receipt = anyone.must(f"{V1}/notices/{number}/objections", OBJECTION)
    asked = {"number": number.lower(), "code": receipt["code"].lower()}
    waiting = anyone.post(f"{V1}/objection-answers", json=asked).json()
    assert (waiting["outcome"], waiting["due"]) == (None, "2022-06-30")

    shown = programs["examiner"].read(f"{home}/voices")
    assert shown["objections"][0]["text"] == "施工将阻断通道。"
    assert "王小明" not in json.dumps(shown, ensure_ascii=False)
    given = {"outcome": "partly", "reason": "已要求保留通道。"}
    programs["examiner"].must(f"{home}/voices/objections/1", given)
    answered = anyone.post(f"{V1}/objection-answers", json=asked).json()
    assert (answered["outcome"]["name"], answered["reason"]) == ("partly", "已要求保留通道。")
    public = anyone.read(f"{V1}/notices/{number}")
    assert public["objections"][0]["reason"] == "已要求保留通道。"
    assert "施工将阻断通道。" not in json.dumps(public, ensure_ascii=False)
    refused(programs["examiner"].order(f"{home}/voices/objections/1", given), 409, "not_now")
    missing = programs["examiner"].order(f"{home}/voices/objections/2", given)
    assert missing.status_code == 404
    assert check(housing.office.database) == ()


def test_a_repeat_under_the_same_key_is_one_objection(
    housing: Housing, anyone: Program, home: str
) -> None:
    page = f"{V1}/notices/{number_of(housing, home)}/objections"
    codes = {anyone.order(page, OBJECTION, key="the-same-key").json()["code"] for _ in range(2)}
    assert len(codes) == 1
    other = anyone.order(page, {**OBJECTION, "text": "另一理由"}, key="the-same-key")
    refused(other, 409, "key_reused")


def test_objecting_is_slowed_down_and_ends(housing: Housing, anyone: Program, home: str) -> None:
    page = f"{V1}/notices/{number_of(housing, home)}/objections"
    wanting = anyone.order(page, {**OBJECTION, "text": " "})
    refused(wanting, 422, "unfit")
    codes = [anyone.order(page, OBJECTION).status_code for _ in range(8)]
    assert codes[0] == 201
    assert codes[-1] == 429
    housing.clock.now = at(2022, 6, 21)
    refused(anyone.order(page, OBJECTION), 409, "not_now")
    hidden = housing.record(housing.filed()).case.number
    refused(anyone.get(f"{V1}/notices/{hidden}"), 404, "no_such_case")
    refused(anyone.order(f"{V1}/notices/{hidden}/objections", OBJECTION), 404, "no_such_case")


def test_a_wrong_code_and_a_case_there_is_not_look_alike(
    housing: Housing, anyone: Program, home: str
) -> None:
    for number in (number_of(housing, home), "GXGH-19990101-0001"):
        asked = {"number": number, "code": "AAAAAAAAAAAA"}
        refused(anyone.post(f"{V1}/objection-answers", json=asked), 404, "no_such_objection")
    for _ in range(20):
        last = anyone.post(f"{V1}/objection-answers", json=asked)
    refused(last, 429, "too_many_attempts")


@pytest.fixture
def decided(housing: Housing) -> str:
    """A case that the leader decided."""
    case = housing.filed("ordinary")
    housing.act("window", case, "accept")
    housing.act("examiner", case, "examine", OpinionIn(recommends="grant", opinion="符合"))
    housing.act("leader", case, "grant")
    return f"{V1}/cases/{case}"


def test_a_bad_rating_is_followed_up_step_by_step(
    housing: Housing, programs: Programs, decided: str
) -> None:
    fire, supervisor = programs["fire"], programs["supervisor"]
    assert [one["name"] for one in fire.read(f"{decided}/ratings")["ratable"]] == ["result"]
    bad = {"level": 1, "indicators": {"guide": 2}, "words": "指南不一致", "publish": True}
    rated = fire.must(f"{decided}/ratings/result", bad)
    assert (rated["level"]["name"], rated["due"]) == ("1", "2022-06-30")
    refused(fire.order(f"{decided}/ratings/result", bad), 409, "not_now")
    steps = f"{decided}/voices/ratings/result"
    refused(programs["leader"].order(f"{steps}/contact", {"on": "2022-06-09", "words": "x"}),
            403, "same_person")  # fmt: skip
    supervisor.must(f"{steps}/contact", {"on": "2022-06-09", "words": "已联系"})
    refused(supervisor.order(f"{steps}/reply", {"words": "谢谢"}), 409, "not_now")
    supervisor.must(f"{steps}/finding", {"substantiated": True, "words": "属实"})
    supervisor.must(f"{steps}/measures", {"words": "已修改指南"})
    shown = supervisor.must(f"{steps}/reply", {"words": "感谢指出"})
    assert shown["ratings"][0]["reply"] == "感谢指出"
    assert fire.read(f"{decided}/ratings")["items"][0]["reply"] == "感谢指出"
    figures = programs.anyone.read(f"{V1}/ratings?first=2022-06-01&last=2022-06-30")
    assert (figures["count"], figures["bad"]) == (None, None), "one rating is too few to tell of"
    assert figures["told"][0]["words"] == "指南不一致"
    assert check(housing.office.database) == ()


def test_figures_are_told_of_enough_ratings(
    housing: Housing, programs: Programs, anyone: Program
) -> None:
    for level in (5, 5, 4, 3, 2):
        case = housing.granted()
        given = {"level": level, "indicators": {"guide": level}}
        programs["fire"].must(f"{V1}/cases/{case}/ratings/result", given)
    figures = anyone.read(f"{V1}/ratings")
    assert (figures["count"], figures["bad"], figures["replied"]) == (5, 1, 0)
    assert [(one["level"]["name"], one["count"]) for one in figures["levels"]] == [
        ("5", 2), ("4", 1), ("3", 1), ("2", 1), ("1", 0),
    ]  # fmt: skip
    (guide,) = figures["indicators"]
    assert guide["hundredths"] == 380
    refused(anyone.get(f"{V1}/ratings?first=yesterday"), 422, "unfit")


def test_nobody_else_rates_or_reads_what_was_said(
    housing: Housing, programs: Programs, decided: str
) -> None:
    refused(programs["builder"].get(f"{decided}/ratings"), 404, "no_such_case")
    refused(programs["examiner"].get(f"{decided}/ratings"), 403, "not_for_this_account")
    refused(programs["fire"].get(f"{decided}/voices"), 404, "no_such_case")
    refused(programs["auditor"].get(f"{decided}/voices"), 404, "no_such_case")


@pytest.fixture
def paper(housing: Housing) -> dict[str, str]:
    """A document of a published case, with the code that stands on it."""
    case = housing.record(housing.published()).case
    number = next(one.number for one in case.documents if one.milestone == "granted")
    return {"number": number, "code": check_code(case, number)}


def test_a_document_is_verified_by_number_and_code(
    housing: Housing, anyone: Program, paper: dict[str, str]
) -> None:
    spaced = {**paper, "code": f"{paper['code'][:6]}-{paper['code'][6:].lower()}"}
    found = anyone.post(f"{V1}/verifications", json=spaced).json()
    assert (found["holds"], found["holder"], found["number"]) == (True, "消*", paper["number"])
    assert anyone.read(found["entry"])["number"]
    assert "0371" not in json.dumps(found)
    for wrong in ({**paper, "code": "0" * 12}, {**paper, "number": "无此号"}):
        refused(anyone.post(f"{V1}/verifications", json=wrong), 404, "not_found")
    for _ in range(PACE.free):
        last = anyone.post(f"{V1}/verifications", json=wrong)
    refused(last, 429, "too_many_attempts")
