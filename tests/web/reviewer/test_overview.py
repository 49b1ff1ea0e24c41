"""The week's list by the unit that has to act, and how the departments get on at a glance."""

import re

import pytest

from tests.web.housing import Housing, at

FIGURE = re.compile(r'href="/review/board/(\w+)"><span[^>]*>[^<]+</span> <strong[^>]*>(\d+)<')


def figures(html: str) -> dict[str, int]:
    return {card: int(count) for card, count in FIGURE.findall(html)}


@pytest.fixture
def late(housing: Housing) -> str:
    """A case whose completeness check is overdue; another one waits for corrections."""
    housing.clock.now = at(2022, 6, 1)
    case = housing.filed("ordinary")
    housing.clock.now = at(2022, 6, 10)
    return case


def test_the_week_lists_what_is_late_and_what_is_due_within_days(
    housing: Housing, late: str
) -> None:
    soon = housing.filed("ordinary")
    page = housing.browser("window").get("/review/week").text
    assert "国土规划住建局" in page and "规划管理科" in page
    for case in (late, soon):
        assert f"/review/cases/{case}" in page
    assert page.index(late) < page.index(soon), "what is overdue comes first"
    assert "已超期" in page


def test_the_week_as_a_sheet_has_the_same_rows(housing: Housing, late: str) -> None:
    answer = housing.browser("window").get("/review/week.csv")
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    head, *rows = answer.content.decode("utf-8-sig").split("\r\n")[:-1]
    assert head.count(",") == 6
    (row,) = rows
    assert housing.record(late).case.number in row and "2022-06-09" in row


def test_nothing_due_is_said_to_be_nothing(housing: Housing) -> None:
    assert "没有超期或临近到期的事项" in housing.browser("window").get("/review/week").text
    assert set(figures(housing.browser("window").get("/review/board").text).values()) == {0}


def test_every_figure_leads_to_the_cases_it_counts(housing: Housing, late: str) -> None:
    housing.correcting()
    housing.filed()
    window = housing.browser("window")
    found = figures(window.get("/review/board").text)
    assert found == {
        "open": 3, "late": 1, "soon": 0, "applicant": 1, "outside": 0, "departments": 0,
        "sent_back": 0, "duties": 0, "nobody": 2,
    }  # fmt: skip
    for card, count in found.items():
        page = window.get(f"/review/board/{card}").text
        assert len(set(re.findall(r"GXGH-\d+-\d+", page))) == count, card
    assert window.get("/review/board/nonsense").status_code == 404


def test_a_figure_says_in_words_whether_it_is_worth_a_look(housing: Housing, late: str) -> None:
    page = housing.browser("window").get("/review/board").text
    cards = re.findall(r'<li><a class="figure figure--(\w+)" href="/review/board/(\w+)">.*', page)
    lights = {card: light for light, card in cards}
    assert (lights["late"], lights["open"]) == ("yellow", "green")
    assert "需关注" in page and "示例值" in page


def test_whoever_oversees_the_office_is_told_of_its_other_departments_but_opens_no_case_there(
    housing: Housing, late: str
) -> None:
    leader = housing.open_officer("leader9", "leader", department="another")
    clerk = housing.open_officer("clerk9", "examiner", department="another")
    number = housing.record(late).case.number
    for path in ("/review/week", "/review/board/late"):
        page = leader.get(path).text
        assert number in page and f"/review/cases/{late}" not in page
        assert number not in clerk.get(path).text
    assert figures(leader.get("/review/board").text)["late"] == 1
    assert leader.get(f"/review/cases/{late}").status_code == 404
    assert number in leader.get("/review/week.csv").text
    assert number not in clerk.get("/review/week.csv").text
