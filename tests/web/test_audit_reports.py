"""The page of reports: figures an auditor lets be sent again and again."""

import re
from html import escape

import pytest
from sqlalchemy import update

from permits.exchange.report_post import deliver_reports
from permits.store import people_tables
from tests.services.test_post import Pigeonholes
from tests.web.audit import auditor
from tests.web.browsing import Browser
from tests.web.housing import Housing, at

ASKED = "/audit/measures/days_used?by=track"
PATH = "/audit/reports"


@pytest.fixture
def browser(housing: Housing) -> Browser:
    """An auditor who has an address."""
    me = housing.people.actors["auditor"].id
    with housing.office.database.write() as connection:
        named = update(people_tables.account).where(people_tables.account.c.id == me)
        connection.execute(named.values(email="auditor@office.invalid"))
    return auditor(housing)


TYPED = {
    "name": "Days by track", "every": "month", "weekday": "1", "day": "1", "language": "en",
    "form": "csv",
}  # fmt: skip


def filled(housing: Housing, **typed: str) -> dict[str, str]:
    """What somebody types who wants it monthly, to themselves."""
    return {**TYPED, "to": housing.people.actors["auditor"].id, **typed}


def made(housing: Housing, browser: Browser, page: str, **typed: str) -> str:
    """Begin a report from the page that offers it; its id."""
    (link,) = re.findall(rf'href="({PATH}\?ask=[^"]+)"', browser.get(page).text)
    answer = browser.fill(link.replace("&amp;", "&"), PATH, **filled(housing, **typed))
    assert (answer.status_code, answer.headers["location"]) == (303, PATH)
    return housing.office.reports.kept().reports[-1].id


def test_a_report_is_begun_on_a_page_of_figures_changed_and_stopped(
    housing: Housing, browser: Browser
) -> None:
    report = made(housing, browser, ASKED)
    listed = browser.get(PATH).text
    assert "on day 1 of every month" in listed
    assert "1 July 2022" in listed
    assert escape("/audit/measures/days_used?by=track&from=2022-06-01&to=2022-06-30") in listed
    page = f"{PATH}/{report}"
    mondays = filled(housing, name="Mondays", every="week", form="xlsx")
    changed = browser.fill(page, page, **mondays)
    assert changed.status_code == 303
    listed = browser.get(PATH).text
    assert "every Monday" in listed
    assert "13 June 2022" in listed
    assert "Days by track" not in listed
    assert 'value="week" checked' in browser.get(page).text
    assert browser.fill(PATH, f"{page}/stop").status_code == 303
    assert "No figures are sent yet." in browser.get(PATH).text
    assert browser.get(page).status_code == 404


@pytest.mark.parametrize("page", ["/audit", "/audit/measures", "/audit/measures/fees_owed"])
def test_the_overview_and_figures_offer_it(housing: Housing, browser: Browser, page: str) -> None:
    housing.granted()
    assert made(housing, browser, page)


@pytest.mark.parametrize(
    "address",
    [
        "", "/audit/cases", "/audit/history", "/audit/measures/none", "/review", "//x/audit",
        "/audit/measures/days_used?by=fee", "/audit?track=none", "/audit?x=" + "y" * 700,
    ],
)  # fmt: skip
def test_pages_that_name_cases_and_pages_that_are_none_are_not_sent(
    housing: Housing, browser: Browser, address: str
) -> None:
    assert f'action="{PATH}"' not in browser.get(PATH, params={"ask": address}).text
    link = f"{PATH}?ask=/audit"
    refused = browser.fill(link, PATH, **filled(housing, address=address))
    assert refused.status_code == 422
    assert "Only the overview and pages of figures can be sent." in refused.text
    assert address == "" or f'href="{escape(address)}"' not in refused.text.partition("<h1")[2]


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"name": " "}, "Write something here"),
        ({"every": "month", "day": "29"}, "Write a day from 1 to 28"),
        ({"every": "year", "day": "x"}, "Write a day from 1 to 28"),
        ({"every": "week", "weekday": "8"}, "Write a day from 1 to 28"),
        ({"every": "century"}, "Choose one of these"),
        ({"form": "pdf"}, "Choose one of these"),
        ({"language": "fr"}, "Choose one of these"),
        ({"to": "nobody"}, "Choose people who may see figures"),
        ({"to": ""}, "Choose people who may see figures"),
    ],
)
def test_what_does_not_fit_is_said(
    housing: Housing, browser: Browser, typed: dict[str, str], says: str
) -> None:
    answer = browser.fill(f"{PATH}?ask=/audit", PATH, **filled(housing, **typed))
    assert answer.status_code == 422
    assert says in answer.text
    assert housing.office.reports.kept().reports == []


def test_the_page_says_what_became_of_the_last_report(housing: Housing, browser: Browser) -> None:
    made(housing, browser, ASKED)
    housing.clock.now = at(2022, 8, 2)
    housing.office.reports.hand_over()
    assert "waits to be sent" in auditor(housing).get(PATH).text
    deliver_reports(housing.office, Pigeonholes())
    page = auditor(housing).get(PATH).text
    assert "sent 2 August 2022, 10:00" in page
    assert "days before it that passed without a report: 1" in page
    with housing.office.database.write() as connection:
        connection.execute(update(people_tables.account).values(email=""))
    housing.clock.now = at(2022, 9, 2)
    housing.office.reports.hand_over()
    deliver_reports(housing.office, Pigeonholes())
    assert "not sent: has no e-mail address" in auditor(housing).get(PATH).text


def test_a_saved_question_can_be_sent_if_it_names_no_cases(
    housing: Housing, browser: Browser
) -> None:
    for name, address in (("days", ASKED), ("list", "/audit/cases")):
        page = f"/audit/questions?ask={address.partition('?')[0]}"
        browser.fill(page, "/audit/questions", name=name, address=address)
    questions = browser.get("/audit/questions").text
    assert re.findall(r'href="/audit/reports\?ask=([^"]+)"', questions) == [
        "/audit/measures/days_used%3Fby%3Dtrack"
    ]
