"""Public figures: enough to judge the office by, and nothing about anybody."""

from permits.definitions.public_rules import read_public_rules
from permits.services.public_rules import public_rules_of
from permits.settings import shipped
from tests.web.housing import Browser, Housing


def test_of_few_cases_nothing_is_told(housing: Housing, anyone: Browser) -> None:
    housing.granted()
    page = anyone.get("/statistics").text
    assert "办结案件过少" in page
    assert "数量过少，不公布" in page
    sheet = anyone.get("/statistics.csv").text.lstrip("\ufeff").splitlines()
    assert all(line.endswith(",,,,,,,") for line in sheet[1:])


def test_of_enough_cases_time_stands_beside_the_promise_and_rules_apart_from_cases(
    housing: Housing, anyone: Browser
) -> None:
    for _ in range(5):
        housing.granted()
    page = anyone.get("/statistics").text
    assert "办结案件过少" not in page
    assert "<svg" in page
    assert "5 → 0" in page  # by the rule-book
    assert "25（一般程序对这些案件要求共25）" in page  # in real cases
    sheet = anyone.get("/statistics.csv").text.lstrip("\ufeff").splitlines()
    assert sheet[1].split(",")[2:6] == ["5", "5", "5", "5"]
    narrowed = anyone.get("/statistics", params={"permit": "plan_exempt", "from": "2022-06-10"})
    assert "办结案件过少" in narrowed.text
    wrong = anyone.get("/statistics", params={"permit": "x", "to": "now"})
    assert wrong.status_code == 422
    assert "“now”" in wrong.text


def test_ratings_are_told_of_once_there_are_enough(housing: Housing, anyone: Browser) -> None:
    applicant = housing.browser("fire")
    for level in ("5", "5", "4", "3", "1"):
        case = housing.granted()
        page = f"/cases/{case}/rating/result"
        assert applicant.fill(page, level=level, efficiency="4").status_code == 303
    page = anyone.get("/ratings").text
    assert "评价总数：5" in page
    assert "80%" in page
    assert "少于5条" in anyone.get("/ratings", params={"to": "2022-06-08"}).text


def test_what_is_filled_in_of_the_site_stands_below_every_page(
    housing: Housing, anyone: Browser
) -> None:
    assert "主办单位" not in anyone.get("/").text
    text = (shipped("workflows") / "shared" / "public.yaml").read_text(encoding="utf-8")
    site = """
site:
  organiser: {zh: 示例机关, en: Example office}
  site_code: "4101000000"
  icp: 豫ICP备00000000号
  contact: {phone: 0371-12345678}
"""
    housing.office.public_rules = read_public_rules(text + site)
    page = anyone.get("/").text
    assert "主办单位：示例机关" in page
    assert "豫ICP备00000000号" in page
    assert "0371-12345678" in anyone.get("/accessibility").text
    assert public_rules_of().site.organiser is None


def test_what_is_asked_about_people_is_told_to_everybody(anyone: Browser) -> None:
    page = anyone.get("/privacy").text
    assert "联系人姓名" in page
    assert "异议人联系方式" in page
    assert "示例值" in page
