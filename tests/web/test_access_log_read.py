"""The access log is read in one way, on its page and at the command line."""

import csv
import io
import re
from datetime import date

import pytest

from permits.casework.standings import Naming
from permits.definitions.procedure import Role
from permits.services import rebuild
from permits.services.records import Records
from permits.store.access_log import Wanted
from tests.web.housing import Housing, at


def lines(housing: Housing, **asked: str) -> list[dict[str, str]]:
    browser = housing.browser("logadmin")
    browser.get("/language/en")
    assert browser.get("/access-log", params=asked).status_code == 200
    text = browser.get("/access-log.csv", params=asked).text.removeprefix("\ufeff")
    return [*csv.DictReader(io.StringIO(text))]


def test_the_page_says_what_was_taken_along_and_what_was_refused(housing: Housing) -> None:
    case = housing.filed()
    assert housing.browser("auditor").get("/audit/cases.csv").status_code == 200
    assert housing.browser("builder").get(f"/cases/{case}").status_code == 404
    (taken,) = lines(housing, account="auditor", kind="FileTaken")
    assert taken["About"] == "/audit/cases.csv"
    (refused,) = lines(housing, account="builder", kind="AccessRefused")
    assert refused["About"] == f"/cases/{{case}} {case} 404 ×1"


def test_the_page_lists_what_was_done_at_the_command_line(anywhere: Housing) -> None:
    anywhere.office.watching.command("retention run", "--days 3", "root", actor="setup")
    (run,) = lines(anywhere, kind="CommandRun")
    assert (run["Account"], run["By"]) == ("command line", "command line")
    assert run["About"] == "retention run --days 3 (root)"
    assert not tuple(rebuild.check(anywhere.office.database))


def test_who_signed_in_yesterday_is_one_click(housing: Housing) -> None:
    for who, now in (("window", at(2022, 6, 8)), ("examiner", at(2022, 6, 9))):
        housing.clock.now = now
        housing.browser(who)
    browser = housing.browser("logadmin")
    page = browser.get("/access-log").text
    assert "日志不记录网络地址" in page
    (asked,) = re.findall(r'href="(/access-log\?kind=SignedIn&amp;[^"]+)"', page)
    assert asked.endswith("first=2022-06-08&amp;last=2022-06-08")
    listed = browser.get(asked.replace("&amp;", "&")).text
    table = listed.partition("<table")[2].partition("</table>")[0]
    assert "window" in table
    assert "examiner" not in table


def test_days_of_the_log_are_those_of_the_office_wherever_it_is_read(housing: Housing) -> None:
    housing.clock.now = at(2022, 6, 13, 1)  # the evening of the 12th in UTC
    housing.office.watching.command("undelivered --again", "", "root", actor="setup")
    noted = housing.office.watching.noted
    on_day, before = (
        [one.kind for one in noted(Wanted(kinds=("CommandRun",), first=day, last=day))]
        for day in (date(2022, 6, 13), date(2022, 6, 12))
    )
    assert (on_day, before) == (["CommandRun"], [])
    assert len(lines(housing, kind="CommandRun", first="2022-06-13", last="2022-06-13")) == 1


def test_every_kind_of_entry_is_told_with_all_that_was_noted(anywhere: Housing) -> None:
    anywhere.office.watching.command("undelivered --again", "", "root", actor="setup")
    told = list(anywhere.office.watching.noted(Wanted()))
    assert [one.at for one in told] == sorted((one.at for one in told), reverse=True)
    assert told[0].what == {"command": "undelivered --again", "about": "", "operator": "root"}
    assert (told[0].account, told[0].by) == ("setup", "setup")
    assert {one.account for one in told} >= {"setup", "builder", "window"}


def test_what_an_account_may_do_is_asked_without_reading_all_that_was_noted_of_it(
    housing: Housing, monkeypatch: pytest.MonkeyPatch
) -> None:
    head, deputy = housing.people.actors["leader"], housing.people.actors["examiner"]
    day = housing.clock.now.date()

    def reads(*_given: object) -> None:
        raise AssertionError("the stream of an account was read")

    monkeypatch.setattr(Records, "events", reads)
    naming = Naming(head.id, deputy.id, Role.LEADER, day, day)
    assert housing.office.standings.name(naming, "出差", head) is None
    with housing.office.database.read() as connection:
        standing = housing.office.accounts.streams.standing(connection, head.id)
    (one,) = standing.substitutes
    assert housing.office.standings.recall(head.id, one.id, head) is None
    monkeypatch.undo()
    assert not tuple(rebuild.check(housing.office.database))
