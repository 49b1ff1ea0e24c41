"""From a case to the next one of the list, and back to where one was in it."""

import re

import pytest

from permits.web.worklist import Worklist, worklist_of
from tests.web.housing import Browser, Housing
from tests.web.reviewer.test_inbox import listed

CASES = tuple(f"{number:08}-0000-7000-8000-000000000000" for number in range(4))
PAGE = Worklist("/review?pile=office&order=number", CASES, keys=True)

WAYS = re.compile(r'rel="(prev|next)" href="/review/cases/([0-9a-f-]+)"')
FOCUS = re.compile(r'href="/review/cases/([0-9a-f-]+)" autofocus')
CRUMB = re.compile(r'class="crumbs frame".*?<a href="([^"]+)"', re.DOTALL)


def ways(html: str) -> dict[str, str]:
    """The cases that a case leads to, above it and below."""
    return dict(WAYS.findall(html))


def above(html: str) -> str:
    """The list that a page of a case leads back to."""
    [found] = CRUMB.findall(html)
    return found.replace("&amp;", "&")


def test_a_case_stands_between_two_others() -> None:
    first, second, third, last = CASES
    assert (PAGE.number(first), PAGE.number(last), PAGE.number("elsewhere")) == (1, 4, 0)
    assert (PAGE.before(second), PAGE.after(second)) == (first, third)
    assert (PAGE.before(first), PAGE.after(last)) == ("", "")
    assert (PAGE.before("elsewhere"), PAGE.after("elsewhere")) == ("", "")


def test_somebody_goes_on_where_they_were_or_just_below() -> None:
    first, second, third, last = CASES
    assert PAGE.goes_on(second, CASES) == second
    assert PAGE.goes_on(second, (first, last)) == last
    assert PAGE.goes_on(last, (first, second)) == first, "nothing is left below it"
    assert PAGE.goes_on("elsewhere", (third,)) == third
    assert PAGE.goes_on(second, ()) == ""


def test_a_browser_keeps_the_list_in_mind_for_one_account() -> None:
    assert worklist_of(PAGE.kept("officer/1"), "officer/1") == PAGE
    assert worklist_of(PAGE.kept("officer/1"), "officer/2") == Worklist()
    empty = Worklist("/review?q=%E7%89%B9%E5%8B%A4")
    assert worklist_of(empty.kept("officer/1"), "officer/1") == empty


@pytest.mark.parametrize(
    "path",
    ["//elsewhere.invalid/review?", "/review", "/review?a=<b>", "/review?a\n", "/audit?a=1"],
)
def test_it_leads_to_no_other_page(path: str) -> None:
    kept = Worklist(path, CASES).kept("officer/1")
    assert worklist_of(kept, "officer/1") == Worklist()


@pytest.mark.parametrize("cookie", ["", "officer/1", ":::", "officer/1:keys:x", "a:b:c:d:e"])
def test_nonsense_is_no_list(cookie: str) -> None:
    assert worklist_of(cookie, "officer/1") == Worklist()


def test_what_is_no_case_is_left_out() -> None:
    kept = Worklist(PAGE.path, (CASES[0], "../audit", CASES[1][:-1])).kept("officer/1")
    assert worklist_of(kept, "officer/1").cases == CASES[:1]


@pytest.fixture
def cases(housing: Housing) -> list[str]:
    """Three applications, the first of them the most urgent."""
    return [housing.filed("ordinary") for _number in range(3)]


@pytest.fixture
def window(housing: Housing) -> Browser:
    return housing.browser("window")


def test_each_case_leads_to_those_beside_it(cases: list[str], window: Browser) -> None:
    first, second, third = cases
    assert listed(window.get("/review?order=number").text) == cases
    pages = [window.get(f"/review/cases/{case}").text for case in cases]
    assert [ways(page) for page in pages] == [
        {"next": second}, {"prev": first, "next": third}, {"prev": second},
    ]  # fmt: skip
    assert "本页清单第2件，共3件" in pages[1]
    assert above(pages[1]) == f"/review?pile=office&order=number&here={second}"


def test_whoever_comes_back_is_where_they_were(cases: list[str], window: Browser) -> None:
    window.get("/review?order=number")
    back = above(window.get(f"/review/cases/{cases[1]}").text)
    page = window.get(back).text
    assert (listed(page), FOCUS.findall(page)) == (cases, [cases[1]])
    assert not FOCUS.findall(window.get("/review?order=number").text)


def test_after_an_act_the_next_one_is_at_hand(
    housing: Housing, cases: list[str], window: Browser
) -> None:
    first, second, third = cases
    window.get("/review?order=number&track=ordinary")
    path = f"/review/cases/{second}/actions/issue_correction"
    about = {"kind:material.land_title": "missing", "fix:material.land_title": "请补交。"}
    sent = window.fill(path, **about)
    told = window.get(sent.headers["location"]).text.partition('role="status"')[2]
    told = told.partition("</div>")[0]
    assert f'href="/review/cases/{third}"' in told
    back = f"/review?pile=office&track=ordinary&order=number&here={third}"
    assert back.replace("&", "&amp;") in told
    # It waits for the applicant now.
    page = window.get(f"/review?pile=office&order=number&here={second}").text
    assert (listed(page), FOCUS.findall(page)) == ([first, third], [third])


def test_back_from_a_later_page_it_is_that_page(cases: list[str], window: Browser) -> None:
    page = window.get("/review?order=number")
    number = re.findall(r'<span class="mono soft">([^<]+)</span>', page.text)[0]
    window.get(f"/review?pile=office&order=number&at={number}&after={cases[0]}")
    page = window.get(f"/review/cases/{cases[1]}").text
    assert ways(page) == {"next": cases[2]}
    again = window.get(above(page)).text
    assert (listed(again), FOCUS.findall(again)) == (cases[1:], [cases[1]])


def test_several_at_once_lead_back_too(cases: list[str], window: Browser) -> None:
    window.get("/review?order=number")
    page = window.get(f"/review/together?do=accept&case={cases[1]}&case={cases[2]}").text
    assert above(page) == f"/review?pile=office&order=number&here={cases[1]}"
    window.get("/review?order=number")
    assert (
        above(window.get("/review/together?do=accept").text) == "/review?pile=office&order=number"
    )


def test_who_came_from_no_list_has_no_next_one(cases: list[str], window: Browser) -> None:
    page = window.get(f"/review/cases/{cases[0]}").text
    assert (ways(page), above(page)) == ({}, "/review")
    window.get("/review?pile=closed")
    page = window.get(f"/review/cases/{cases[0]}").text
    assert (ways(page), above(page)) == ({}, "/review?pile=closed")


def test_the_list_is_forgotten_with_the_session(cases: list[str], window: Browser) -> None:
    window.get("/review")
    assert cases[0] in window.cookies["worklist"]
    window.fill("/review", "/sign-out")
    assert "worklist" not in window.cookies


def test_keys_are_there_for_whoever_keeps_them(
    housing: Housing, cases: list[str], window: Browser
) -> None:
    pages = (f"/review/cases/{cases[0]}", f"/review/cases/{cases[0]}/actions/accept")
    window.get("/review")
    assert all("/static/lists" in window.get(page).text for page in pages)
    window.fill("/review", "/review/columns", columns=["state"], shortcuts="")
    window.get("/review")
    assert not any("/static/lists" in window.get(page).text for page in pages)
