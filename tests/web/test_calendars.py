"""Dates to take along, and how long such cases took: never mistaken for the promise."""

from datetime import date

import icalendar
import pytest
from sqlalchemy import event

from permits.analytics.estimates import LEAST, estimate
from tests.web.audit import GRANT
from tests.web.housing import Browser, Housing, at


def events(browser: Browser, address: str):
    answer = browser.get(address)
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/calendar")
    assert "attachment" in answer.headers["content-disposition"]
    found = icalendar.Calendar.from_ical(answer.content).walk("VEVENT")
    return {str(one["uid"]): one for one in found}


def test_a_case_under_examination_has_the_day_the_office_promised(
    housing: Housing, applicant: Browser
) -> None:
    case = housing.filed("ordinary")
    assert f'href="/cases/{case}/calendar.ics"' in applicant.get(f"/cases/{case}").text
    before = events(applicant, f"/cases/{case}/calendar.ics")
    housing.act("window", case, "accept")
    after = events(applicant, f"/cases/{case}/calendar.ics")
    (uid,) = after
    assert uid == f"case-{case}.office.promise@permits"
    assert uid not in before
    assert after[uid]["dtstart"].dt == date(2022, 6, 13)
    assert f"/cases/{case}" in str(after[uid]["url"])


def test_an_obligation_keeps_its_name_in_both_files_and_over_time(
    housing: Housing, applicant: Browser
) -> None:
    case = housing.published()
    one, every = (
        events(applicant, address)
        for address in (f"/cases/{case}/calendar.ics", "/applications/calendar.ics")
    )
    uid = f"case-{case}.duty.report_completion@permits"
    assert uid in one
    assert one.keys() <= every.keys()
    housing.clock.now = at(2022, 6, 20)
    later = housing.browser("fire")
    assert events(later, "/applications/calendar.ics")[uid]["dtstart"] == one[uid]["dtstart"]
    assert one[uid]["dtend"].dt > one[uid]["dtstart"].dt


def test_nobody_else_takes_the_dates_of_a_case(housing: Housing) -> None:
    case = housing.filed("ordinary")
    assert housing.browser("builder").get(f"/cases/{case}/calendar.ics").status_code == 404
    assert housing.browser("window").get(f"/cases/{case}/calendar.ics").status_code == 403
    assert events(housing.browser("builder"), "/applications/calendar.ics") == {}


def decided(housing: Housing, days: int) -> None:
    case = housing.filed("ordinary")
    housing.act("window", case, "accept")
    housing.clock.now = at(2022, 6, 9 + days)
    housing.act("examiner", case, "examine", GRANT)
    housing.act("leader", case, "grant")
    housing.clock.now = at(2022, 6, 9)


def estimated(housing: Housing):
    with housing.office.database.read() as connection:
        return estimate(connection, "plan_exempt", "ordinary", date(2022, 6, 30))


def test_how_long_such_cases_took_is_an_estimate_beside_the_promise(housing: Housing) -> None:
    for days in (1, 1, 1, 4):
        decided(housing, days)
    assert estimated(housing) is None
    decided(housing, 5)
    found = estimated(housing)
    assert (found.count, found.median, found.p90) == (LEAST, 1, 3)
    housing.clock.now = at(2022, 6, 30)
    case, applicant = housing.filed("ordinary"), housing.browser("fire")
    page = applicant.get(f"/cases/{case}").text
    assert "这是估计，不是承诺" in page
    assert "一半在1个工作日内办结，90%在3个工作日内办结" in page
    assert "这是估计，不是承诺" not in applicant.get(f"/cases/{housing.filed('commitment')}").text


def test_it_looks_at_totals_of_whole_months_and_never_at_each_case(housing: Housing) -> None:
    for days in (1, 1, 2, 2, 3):
        decided(housing, days)
    asked: list[str] = []
    with housing.office.database.read() as connection:
        event.listen(
            connection, "before_cursor_execute", lambda _c, _u, sql, *_more: asked.append(sql)
        )
        counted = {
            day: estimate(connection, "plan_exempt", "ordinary", day)
            for day in (date(2023, 5, 31), date(2023, 6, 1))
        }
    found = counted[date(2023, 5, 31)]
    assert found is not None
    assert found.count == LEAST
    assert counted[date(2023, 6, 1)] is None, "no month is begun that is not wholly in the year"
    assert len(asked) == 2
    assert not any("case_facts" in sql for sql in asked)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_file_speaks_the_language_of_its_reader(
    housing: Housing, applicant: Browser, language: str
) -> None:
    applicant.get(f"/language/{language}")
    case = housing.published()
    (one,) = (
        e for uid, e in events(applicant, f"/cases/{case}/calendar.ics").items() if "duty" in uid
    )
    edition = housing.office.shelf.current("plan_exempt")
    assert edition
    title = edition.definition.obligations["report_completion"].title
    assert str(one["summary"]) == title.in_(language)
