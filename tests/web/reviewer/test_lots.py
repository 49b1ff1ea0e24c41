"""Who makes a check is drawn by lot: shown on the case, in a pile of their own, theirs alone."""

import re

import pytest

from permits.services.demonstration.desk import Written
from permits.services.demonstration.sites import drawings
from permits.services.rebuild import check
from tests.casework import lots
from tests.casework.lots import CHECK
from tests.web.housing import Browser, Housing

NAMES = ("inspector", "inspector2", "inspector3")
DRAW, VERIFY = f"draw/{CHECK}", f"verify/{CHECK}"


@pytest.fixture
def office(housing: Housing) -> Housing:
    """An office with three inspectors, in which drawings are reviewed."""
    housing.office.shelf.publish(lots.resolved(), actor="setup", now=housing.office.now())
    housing.open_officer("inspector3", "inspector")
    return housing


def granted(office: Housing) -> str:
    written = Written("drawing_review", "fire", dict(drawings(0, "2022-08-01").answers))
    case = office.people.apply(written, "commitment")
    office.people.act("window", case, "accept")
    office.people.act("window", case, "grant_on_the_spot")
    return case[5:]


def drawn(office: Housing, case: str) -> dict[str, str]:
    """Those who were drawn, by user name, with their accounts."""
    inspectors = office.record(case).case.obligations[CHECK].inspectors
    return {
        n: office.people.actors[n].id for n in NAMES if office.people.actors[n].id in inspectors
    }


def do(browser: Browser, case: str, what: str, **fields: object):
    return browser.fill(f"/review/cases/{case}/beside/{what}", **fields)


def errors(html: str) -> set[str]:
    return set(re.findall(r'<a href="#([^"]+)">[^<]+</a>', html))


def pile(office: Housing, who: str) -> str:
    return office.browser(who).get("/review?pile=checks").text.partition("<table")[2]


def test_those_who_were_drawn_find_the_case_in_a_pile_of_their_own(office: Housing) -> None:
    case = granted(office)
    found = {who for who in NAMES if case in pile(office, who)}
    assert found == {*drawn(office, case)}
    page = pile(office, min(found))
    assert "抽查图纸" in page
    assert "pile=checks" not in office.browser("window").get("/review").text
    assert check(office.office.database) == ()


def test_the_case_says_who_was_drawn_to_officers_and_to_nobody_else(office: Housing) -> None:
    case = granted(office)
    page = office.browser("leader").get(f"/review/cases/{case}").text
    (told,) = re.findall("“抽查图纸”抽中的核查人员：([^<]+)<", page)
    assert {*told.split("、")} == {*drawn(office, case)}
    assert "随机抽取核查人员：抽查图纸，从3人中抽取2人" in page
    theirs = office.browser("fire").get(f"/cases/{case}").text
    assert "核查人员" not in theirs


def test_only_they_are_asked_to_record_the_check_and_all_of_them_are_ticked(
    office: Housing,
) -> None:
    case = granted(office)
    there = drawn(office, case)
    (other,) = {*NAMES} - {*there}
    assert f"beside/{VERIFY}" not in office.browser(other).get(f"/review/cases/{case}").text
    first = office.browser(next(iter(there)))
    page = first.get(f"/review/cases/{case}/beside/{VERIFY}").text
    offered = re.findall(r'name="inspectors" type="checkbox" value="([^"]+)"( checked)?', page)
    assert {*offered} == {(account, " checked") for account in there.values()}
    ids = [office.people.actors[name].id for name in NAMES]
    fields = {"on": "2022-06-09", "passed": "true", "finding": "核查记录"}
    refused = do(first, case, VERIFY, inspectors=ids, **fields)
    assert refused.status_code == 422
    assert "只能由抽中的人员核查" in refused.text
    done = do(first, case, VERIFY, inspectors=[*there.values()], **fields)
    assert done.status_code == 303
    writer, *others = there
    assert case not in pile(office, writer)
    for who in others:
        assert case in pile(office, who), "it waits for the signature"
        assert do(office.browser(who), case, f"sign_check/{CHECK}", agrees="true").is_redirect
        assert case not in pile(office, who)


def test_a_head_of_the_office_draws_another_with_the_ground_and_the_reason(
    office: Housing,
) -> None:
    case = granted(office)
    before, leader = drawn(office, case), office.browser("leader")
    gone = next(iter(before.values()))
    page = leader.get(f"/review/cases/{case}/beside/{DRAW}").text
    assert "只有抽中的人员不能参加时才另行抽取" in page
    assert errors(do(leader, case, DRAW).text) == {"instead_of", "ground", "reason"}
    untrue = do(leader, case, DRAW, instead_of=gone, ground="recused", reason="因故")
    assert untrue.status_code == 422
    assert "已经决定回避的" in untrue.text
    done = do(leader, case, DRAW, instead_of=gone, ground="on_leave", reason="七月休年假")
    assert done.status_code == 303
    assert gone not in drawn(office, case).values()
    shown = leader.get(f"/review/cases/{case}").text
    assert "另行抽取核查人员" in shown and "七月休年假" in shown and "休假" in shown
    again = do(leader, case, DRAW, instead_of=next(iter(drawn(office, case).values())),
               ground="left", reason="调离")  # fmt: skip
    assert again.status_code == 409
    assert check(office.office.database) == ()


def test_with_too_few_nobody_is_drawn_until_there_are_enough(housing: Housing) -> None:
    housing.office.shelf.publish(lots.resolved(), actor="setup", now=housing.office.now())
    housing.office.accounts.close(housing.people.actors["inspector2"].id, actor="setup")
    case, leader = granted(housing), housing.browser("leader")
    assert "的核查人员尚待随机抽取" in leader.get(f"/review/cases/{case}").text
    few = do(leader, case, DRAW)
    assert few.status_code == 409
    assert "可供抽取的核查人员不足2名" in few.text
    housing.open_officer("inspector3", "inspector")
    assert do(leader, case, DRAW).status_code == 303
    assert len(housing.record(case).case.obligations[CHECK].inspectors) == 2


@pytest.mark.parametrize(
    ("who", "what"),
    [("window", DRAW), ("inspector", DRAW), ("leader", "draw/tea"), ("leader", "draw")],
)
def test_it_is_for_nobody_else_and_for_nothing_else(office: Housing, who: str, what: str) -> None:
    case = granted(office)
    assert office.browser(who).get(f"/review/cases/{case}/beside/{what}").status_code == 404


def test_what_is_not_drawn_cannot_be(office: Housing) -> None:
    case = granted(office)
    page = office.browser("leader").get(f"/review/cases/{case}/beside/draw/supply_certificate")
    assert page.status_code == 200
    assert "novalidate" not in page.text
