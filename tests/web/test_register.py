"""The public register: what is published, and nothing else."""

import re

from permits.definitions.procedure import RevocationGround
from permits.services.requests import Explain, Reasoned, Revocation
from permits.web import register
from tests.web.housing import Browser, Housing, at


def number_of(housing: Housing, case: str) -> str:
    return housing.record(case).case.number


def test_only_what_is_published_is_listed(housing: Housing, anyone: Browser) -> None:
    assert "尚无公开内容" in anyone.get("/register").text
    hidden, shown = housing.granted(), housing.published()
    page = anyone.get("/register").text
    assert number_of(housing, shown) in page
    assert number_of(housing, hidden) not in page
    assert anyone.get(f"/register/{number_of(housing, shown)}").status_code == 200
    assert anyone.get(f"/register/{number_of(housing, hidden)}").status_code == 404
    assert anyone.get("/register/GXGH-20220609-9999").status_code == 404


def test_an_entry_shows_the_decision_and_nothing_personal(
    housing: Housing, anyone: Browser
) -> None:
    page = anyone.get(f"/register/{number_of(housing, housing.published())}").text
    assert "免于许可（备案）" in page
    assert "消防救援支队特勤大队" in page
    assert "挖掘城市道路审批" in page
    assert "不在主干道上、长度小于200米的市政管线" in page
    assert "0371-00000000" not in page
    assert "查询码" not in page


def test_pages_follow_each_other_without_gaps(
    housing: Housing, anyone: Browser, monkeypatch
) -> None:
    monkeypatch.setattr(register, "AT_ONCE", 2)
    numbers = []
    for day in (9, 10, 10, 13, 14):
        housing.clock.now = at(2022, 6, day)
        numbers.append(number_of(housing, housing.published()))
    page, found = "/register", []
    while page:
        html = anyone.get(page).text
        found += re.findall(r'href="/register/([A-Z0-9-]+)"', html)
        onwards = re.search(r'<a href="([^"]+)" rel="next">', html)
        page = onwards[1].replace("&amp;", "&") if onwards else ""
    assert sorted(found) == sorted(numbers)
    assert len(found) == len(set(found)) == 5


def test_a_number_is_found_by_how_it_begins(housing: Housing, anyone: Browser) -> None:
    number = number_of(housing, housing.published())
    assert number in anyone.get("/register", params={"number": number.lower()}).text
    assert number in anyone.get("/register", params={"number": "GXGH-20220609"}).text
    nothing = anyone.get("/register", params={"number": "GXGH-20230101"}).text
    assert "没有编号以此开头的已公开办件" in nothing
    assert anyone.get("/register", params={"number": "x" * 41}).status_code == 422
    assert "&lt;b&gt;" in anyone.get("/register", params={"number": "<b>"}).text


def test_what_is_found_by_number_is_paged_too(
    housing: Housing, anyone: Browser, monkeypatch
) -> None:
    monkeypatch.setattr(register, "AT_ONCE", 1)
    first, second = (number_of(housing, housing.published()) for _ in range(2))
    page = anyone.get("/register", params={"number": "GXGH-20220609"}).text
    assert f'href="/register/{second}"' in page
    assert f'href="/register/{first}"' not in page
    onwards = re.search(r'<a href="([^"]+)" rel="next">', page)
    assert onwards is not None
    page = anyone.get(onwards[1].replace("&amp;", "&")).text
    assert f'href="/register/{first}"' in page
    assert f'href="/register/{second}"' not in page


def test_why_a_case_was_late_is_public(housing: Housing, anyone: Browser) -> None:
    case = housing.filed("ordinary")
    housing.act("window", case, "accept")
    housing.clock.now = at(2022, 6, 20)
    housing.act("examiner", case, "examine", opinion("grant"))
    housing.act("leader", case, "grant")
    housing.people.beside(
        "leader", f"case/{case}", Explain(clock="promise", reason="需要协调相关管线单位。")
    )
    housing.act("window", case, "publish")
    page = anyone.get(f"/register/{number_of(housing, case)}").text
    assert "“承诺办结时限”超期理由" in page
    assert "需要协调相关管线单位。" in page
    assert "符合要求" not in page


def opinion(recommends):
    from permits.services.requests import OpinionIn

    return OpinionIn(recommends=recommends, opinion="符合要求。")


def test_a_refusal_is_listed_as_one(housing: Housing, anyone: Browser) -> None:
    case = housing.filed("ordinary")
    housing.act("window", case, "accept")
    housing.act("examiner", case, "examine", opinion("refuse"))
    housing.act("leader", case, "refuse", Reasoned(reason="与规划不符。"))
    housing.act("window", case, "publish")
    assert "不予许可" in anyone.get("/register").text
    entry = anyone.get(f"/register/{number_of(housing, case)}").text
    assert "不予许可" in entry
    assert "与规划不符" not in entry


def test_a_revocation_is_told(housing: Housing, anyone: Browser) -> None:
    case = housing.published()
    ground = RevocationGround.NOT_QUALIFIED
    housing.revoke(case, Revocation(ground=ground, reason="与承诺不符。"))
    assert "已撤销" in anyone.get("/register").text
    assert "已于2022年6月9日撤销" in anyone.get(f"/register/{number_of(housing, case)}").text


def test_a_search_narrows_and_says_when_nothing_fits(housing: Housing, anyone: Browser) -> None:
    number = number_of(housing, housing.published())
    for found in (
        {"permit": "plan_exempt"},
        {"office": "planning_bureau"},
        {"state": "in_force"},
        {"from": "2022-06-09", "to": "2022-06-09"},
    ):
        assert f"/register/{number}" in anyone.get("/register", params=found).text, found
    for nothing in ({"state": "revoked"}, {"from": "2022-06-10"}, {"project": "2201-1"}):
        assert "没有符合条件的已公开决定" in anyone.get("/register", params=nothing).text, nothing


def test_what_cannot_be_searched_for_is_said_beside_its_field(anyone: Browser) -> None:
    wrong = {"permit": "x", "state": "x", "from": "yesterday"}
    answer = anyone.get("/register", params=wrong)
    assert answer.status_code == 422
    assert answer.text.count("没有这个选项") == 4  # once in the summary, once at the field
    assert "“yesterday”" in answer.text
    turned = anyone.get("/register", params={"from": "2022-06-09", "to": "2022-06-01"})
    assert "截止日期" in turned.text or "早于" in turned.text
    assert anyone.get("/register.csv", params=wrong).status_code == 422


def test_open_data_has_the_decisions_and_nobody_in_it(housing: Housing, anyone: Browser) -> None:
    numbers = {number_of(housing, housing.published()) for _ in range(3)}
    answer = anyone.get("/register.csv", params={"state": "in_force"})
    assert answer.headers["content-type"].startswith("text/csv")
    lines = answer.text.lstrip("\ufeff").splitlines()
    assert len(lines) == 4
    assert {line.split(",")[0] for line in lines[1:]} == numbers
    assert all("有效" in line for line in lines[1:])
    assert "0371-00000000" not in answer.text
    assert "消防救援支队特勤大队" not in answer.text  # its credit code is a sole trader's
    assert "消*" in answer.text


def test_open_data_is_read_a_batch_at_a_time(
    housing: Housing, anyone: Browser, monkeypatch
) -> None:
    monkeypatch.setattr(register, "BATCH", 2)
    for _ in range(3):
        housing.published()
    assert len(anyone.get("/register.csv").text.splitlines()) == 4
