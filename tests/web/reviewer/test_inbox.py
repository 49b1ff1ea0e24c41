"""The cases of a department: in piles, found by number or credit code, page by page."""

import re
from datetime import date

import pytest
from msgspec.structs import replace
from sqlalchemy import insert

from permits.casework.parts import room_of
from permits.casework.waiting_rows import WaitingRow
from permits.services.demonstration.works import GAS
from permits.services.requests import Reasoned, SpecialProcedure
from permits.store.caseload import plain
from permits.store.pile_tables import waiting_row
from tests.web.housing import FIRE_BRIGADE, Housing, at

CASE = re.compile(r'href="/review/cases/([0-9a-f-]+)"')
COUNT = re.compile(r'pile=(\w+)"[^>]*>[^<]*<span class="tabs__count[^"]*">([0-9+]+)</span>')


def listed(html: str) -> list[str]:
    return CASE.findall(html)


def counts(html: str) -> dict[str, str]:
    return dict(COUNT.findall(html))


def test_each_case_is_in_the_pile_of_whoever_has_to_act(housing: Housing) -> None:
    received = housing.filed()
    correcting = housing.correcting()
    suspended = housing.filed("ordinary")
    housing.act("window", suspended, "accept")
    told = SpecialProcedure(cause="expert_review", stated="5wd", notified=True)
    housing.act("examiner", suspended, "suspend", told)
    withdrawn = housing.filed()
    housing.act("fire", withdrawn, "withdraw", Reasoned())

    window = housing.browser("window")
    page = window.get("/review").text
    assert listed(page) == [received]
    assert counts(page) == {
        "office": "1", "overdue": "0", "soon": "0", "applicant": "1", "outside": "1",
        "opinions": "0", "refunds": "0",
    }  # fmt: skip
    assert listed(window.get("/review?pile=applicant").text) == [correcting]
    assert listed(window.get("/review?pile=outside").text) == [suspended]
    assert listed(window.get("/review?pile=closed").text) == [withdrawn]


def test_the_most_urgent_come_first_and_late_ones_have_a_pile(housing: Housing) -> None:
    housing.clock.now = at(2022, 6, 6)
    first = housing.filed("ordinary")
    housing.clock.now = at(2022, 6, 8)
    second = housing.filed("ordinary")
    window = housing.browser("window")
    assert listed(window.get("/review").text) == [first, second]

    # Five working days after Monday 6 June is the 13th, after Wednesday the 8th the 15th. One
    # working day before it ends a completeness check is due soon.
    housing.clock.now = at(2022, 6, 10)
    window = housing.browser("window")
    assert counts(window.get("/review").text)["soon"] == "1"
    assert listed(window.get("/review?pile=soon").text) == [first]
    housing.clock.now = at(2022, 6, 14)
    window = housing.browser("window")
    page = window.get("/review?pile=overdue").text
    assert listed(page) == [first]
    assert "已超期" in page


def test_a_case_is_found_by_its_number_and_by_the_credit_code_of_its_party(
    housing: Housing,
) -> None:
    case, window = housing.filed(), housing.browser("window")
    number = housing.record(case).case.number
    for wanted in (number, number[:13], number.lower(), f" {number} ", FIRE_BRIGADE):
        assert listed(window.get("/review", params={"q": wanted}).text) == [case], wanted
    page = window.get("/review", params={"q": "GXGH-1999"}).text
    assert listed(page) == []
    assert "本机关没有符合的办件" in page


def test_pages_follow_one_another_without_loss_or_doubles(housing: Housing) -> None:
    filed = [housing.filed() for _ in range(30)]
    window = housing.browser("window")
    for query in ("pile=office", f"q={FIRE_BRIGADE}", "q=GXGH"):
        first = window.get(f"/review?{query}").text
        onwards = re.findall(r'href="([^"]+)" rel="next"', first)[0].replace("&amp;", "&")
        second = window.get(onwards).text
        assert len(listed(first)) == 25
        assert sorted(listed(first) + listed(second)) == sorted(filed), query
        assert 'rel="next"' not in second


def test_refunds_are_leafed_through_though_they_have_no_date(housing: Housing) -> None:
    """Thirty fees of one case and two of another: twenty-five stand on a page."""
    cases, owed = sorted((housing.filed(), housing.filed())), []
    room = room_of("planning_bureau", "planning")
    for case, fees in zip(cases, (30, 2), strict=True):
        owed += [
            WaitingRow(f"case/{case}", "refund", f"fee_{n:02d}", room, None, date.max, None,
                       provisional=False)
            for n in range(fees)
        ]  # fmt: skip
    with housing.office.database.write() as connection:
        connection.execute(insert(waiting_row), [plain(one) for one in owed])
    window, address = housing.browser("window"), "/review?pile=refunds"
    pages = []
    while address:
        html = window.get(address).text
        pages.append(listed(html))
        onwards = re.findall(r'href="([^"]+)" rel="next"', html)
        address = onwards[0].replace("&amp;", "&") if onwards else ""
    assert pages == [[cases[0]] * 25, [cases[0]] * 5 + [cases[1]] * 2]
    assert counts(window.get("/review").text)["refunds"] == "32"


def test_a_pile_that_is_large_is_not_counted_to_the_end(housing: Housing, monkeypatch) -> None:
    monkeypatch.setattr("permits.web.reviewer.inbox.COUNTED", 3)
    for _ in range(4):
        housing.filed()
    assert counts(housing.browser("window").get("/review").text)["office"] == "2+"


def test_another_department_sees_nothing_of_it(housing: Housing) -> None:
    case = housing.filed()
    number = housing.record(case).case.number
    stranger = housing.stranger()
    assert listed(stranger.get("/review").text) == []
    assert listed(stranger.get("/review", params={"q": number}).text) == []
    assert listed(stranger.get("/review", params={"q": FIRE_BRIGADE}).text) == []
    assert stranger.get(f"/review/cases/{case}").status_code == 404


@pytest.mark.parametrize("query", ["pile=nonsense", "at=x&after=y", "pile=office&at=&after=1"])
def test_an_address_with_nonsense_shows_the_first_pile_or_an_empty_page(
    housing: Housing, query: str
) -> None:
    assert housing.browser("window").get(f"/review?{query}").status_code == 200


def test_a_title_is_shown_as_it_was_written(housing: Housing) -> None:
    housing.filed(works=replace(GAS, name="<b>粗体</b>&工程"))
    page = housing.browser("window").get("/review").text
    assert "&lt;b&gt;粗体&lt;/b&gt;&amp;工程" in page
    assert "<b>粗体" not in page


def test_it_is_for_officers(housing: Housing) -> None:
    assert housing.browser().get("/review").headers["location"] == "/sign-in?next=%2Freview"
    for who in ("fire", "auditor"):
        assert housing.browser(who).get("/review").status_code == 403
