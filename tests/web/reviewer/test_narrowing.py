"""Lists as one likes: narrowed, sorted, found by words and by project, saved, with columns."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from msgspec.structs import replace
from sqlalchemy import event

from permits.services.demonstration.works import GAS
from permits.services.list_choices import MOST_SAVED
from permits.store.list_choices import Saved
from tests.web.housing import Browser, Housing, at
from tests.web.reviewer.test_inbox import listed

PROJECT = "2201-410172-89-01-544060"


@pytest.fixture
def window(housing: Housing) -> Browser:
    return housing.browser("window")


def found(browser: Browser, **query: str) -> list[str]:
    return listed(browser.get("/review", params=query).text)


@contextmanager
def counted(housing: Housing) -> Iterator[list[str]]:
    """The statements that are read with meanwhile."""
    said: list[str] = []

    def note(_connection, _cursor, statement, *_more) -> None:
        said.append(statement)

    engine = housing.office.database.reading
    event.listen(engine, "before_cursor_execute", note)
    yield said
    event.remove(engine, "before_cursor_execute", note)


def test_a_pile_is_narrowed_to_a_track_a_permit_type_a_state_and_a_handler(
    housing: Housing, window: Browser
) -> None:
    ordinary, promised = housing.filed("ordinary"), housing.filed()
    account = housing.people.actors["window"].id
    window.fill(f"/review/cases/{promised}/handler", to=account)
    assert found(window, track="ordinary") == [ordinary]
    assert found(window, track="commitment") == [promised]
    assert found(window, who="me") == [promised]
    assert found(window, who="nobody") == [ordinary]
    assert found(window, permit="plan_exempt", order="number") == [ordinary, promised]
    housing.act("window", promised, "accept")
    assert found(window, state="received") == [ordinary]
    assert found(window, state="examining", track="commitment") == [promised]
    assert 'value="examining" selected>审查中' in window.get("/review?state=examining").text
    assert found(window, permit="nothing_of_ours") == []
    assert "本类没有符合条件的办件" in window.get("/review?permit=nothing_of_ours").text


@pytest.mark.parametrize("order", ["received", "changed", "number"])
def test_a_pile_is_sorted_otherwise_page_by_page(
    housing: Housing, window: Browser, order: str, monkeypatch
) -> None:
    monkeypatch.setattr("permits.web.reviewer.inbox.AT_ONCE", 2)
    cases = []
    for day in (6, 7, 8):
        housing.clock.now = at(2022, 6, day)
        cases.append(housing.filed())
    wanted = cases[::-1] if order == "changed" else cases
    window = housing.browser("window")
    page = window.get(f"/review?pile=office&order={order}").text
    assert listed(page) == wanted[:2]
    (onwards,) = re.findall(r'href="([^"]+)" rel="next"', page)
    assert listed(window.get(onwards.replace("&amp;", "&")).text) == wanted[2:]


def test_what_is_open_is_found_by_words_in_its_name_or_that_of_the_applicant(
    housing: Housing, window: Browser
) -> None:
    case = housing.filed(works=replace(GAS, name="雪松路100%电杆迁改"))
    other = housing.filed()
    assert found(window, q="雪松路") == [case]
    assert found(window, q="100%") == [case], "a sign of the search itself is looked for as such"
    assert set(found(window, q="特勤大队")) == {case, other}
    assert found(window, q="没有这个") == []
    assert found(housing.stranger(), q="雪松路") == []


def test_a_search_by_the_code_of_a_project_finds_its_cases(
    housing: Housing, window: Browser
) -> None:
    page = window.get("/review", params={"q": PROJECT})
    assert page.status_code == 200
    assert listed(page.text) == []


def test_a_list_is_saved_under_a_name_and_dropped(housing: Housing, window: Browser) -> None:
    case = housing.filed("ordinary")
    housing.filed()
    kept = window.fill("/review?track=ordinary", "/review/lists", name="  一般  程序 ")
    assert kept.status_code == 303
    page = window.get("/review").text
    (address,) = re.findall(r'<a href="([^"]+)">一般 程序</a>', page)
    assert listed(window.get(address.replace("&amp;", "&")).text) == [case]
    assert "一般 程序" not in housing.browser("examiner").get("/review").text
    window.fill("/review", "/review/lists/drop", drop="一般 程序")
    assert "一般 程序" not in window.get("/review").text


def test_a_list_has_a_name_and_there_are_not_too_many(housing: Housing, window: Browser) -> None:
    nameless = window.fill("/review?track=ordinary", "/review/lists", name=" ")
    assert nameless.status_code == 422
    assert 'name="track" value="ordinary"' in nameless.text
    account = housing.people.actors["window"].id
    for number in range(MOST_SAVED):
        housing.office.lists.save(account, Saved(f"清单{number}", "pile=office"))
    full = window.fill("/review", "/review/lists", name="又一个")
    assert full.status_code == 422
    assert "最多保存20个清单" in full.text
    assert window.fill("/review", "/review/lists", name="清单3").status_code == 303


def test_columns_and_keys_are_as_one_chose(housing: Housing, window: Browser) -> None:
    housing.filed()
    page = window.get("/review").text
    assert "/static/lists" in page
    chosen = window.fill("/review", "/review/columns", columns=["received", "handler"])
    assert chosen.status_code == 303
    table = window.get("/review").text.partition("<table")[2]
    assert re.findall(r'<th scope="col">([^<]+)<', table)[1:] == ["收件日期", "承办人"]
    assert "/static/lists" in housing.browser("examiner").get("/review").text


def test_single_keys_can_be_switched_off(window: Browser) -> None:
    window.fill("/review", "/review/columns", columns=["state"], shortcuts="")
    assert "/static/lists" not in window.get("/review").text


def test_however_long_a_list_is_it_is_read_with_as_many_queries(
    housing: Housing, window: Browser
) -> None:
    def asked(address: str) -> int:
        with counted(housing) as said:
            assert window.get(address).status_code == 200
        return len(said)

    housing.filed()
    addresses = (
        "/review", "/review?order=received&who=me", "/review?q=特勤", "/review/week",
        "/review/board", "/review/board/open",
    )  # fmt: skip
    before = [asked(address) for address in addresses]
    for _ in range(4):
        housing.filed()
    assert [asked(address) for address in addresses] == before
    assert max(before) <= 14
