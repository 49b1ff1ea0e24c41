"""Figures that are sent to auditors again and again: on their day, once, to those who may."""

import csv
import io
from datetime import UTC, datetime
from email import message_from_bytes
from email.policy import default

import pytest
from msgspec.structs import replace

from permits.casework.families.watching import FileTaken, OfficeAdministered
from permits.casework.report_days import Every, Rhythm
from permits.definitions.procedure import Role
from permits.exchange.report_post import deliver_reports
from permits.outside.mail import Letter, composed
from permits.services.accounts import NewAccount
from permits.services.reports import MOST, Fault, Reports
from permits.store import people, people_tables, report_tables, reports
from permits.store.access_log import Wanted
from permits.store.reports import Outcome, Plan
from permits.worker import look
from tests.services.conftest import GAS, PASSWORD, Bureau, at_once
from tests.services.test_post import Pigeonholes

MONDAYS, FIRSTS = Rhythm(Every.WEEK, 1), Rhythm(Every.MONTH, 1)


class Watchers:
    """Two auditors with addresses, and what is sent to them."""

    def __init__(self, bureau: Bureau) -> None:
        self.bureau = bureau
        for name in ("wang", "li"):
            roles = frozenset({Role.AUDITOR})
            new = NewAccount(name, name, PASSWORD, roles, email=f"{name}@office.invalid")
            bureau.office.accounts.open(new, actor="setup")
        with bureau.office.database.read() as connection:
            bureau.actors.update({p.username: p.actor for p in people.everybody(connection)})
        self.wang, self.li = bureau.actors["wang"], bureau.actors["li"]
        self.reports = bureau.office.reports

    def plan(self, question: str = "/audit", **differs) -> Plan:
        both = (self.wang.id, self.li.id)
        return replace(Plan("Weekly", question, MONDAYS, "en", "csv", both), **differs)

    def made(self, **differs) -> str:
        assert self.reports.make(self.plan(**differs), self.wang) is None
        return self.reports.kept().reports[0].id

    def sent(self) -> list[Letter]:
        post = Pigeonholes()
        self.reports.hand_over()
        deliver_reports(self.bureau.office, post)
        return post.letters

    def outcomes(self) -> dict[str, Outcome]:
        return {account: one.outcome for (_r, account), one in self.reports.kept().sent.items()}

    def stand(self, username: str, **standing) -> None:
        """Give an account another standing, as an administrator would."""
        account = self.bureau.actors[username].id
        with self.bureau.office.database.write() as connection:
            before = people.standing_of(connection, account)
            people.put_standing(connection, account, replace(before, **standing))


@pytest.fixture
def watchers(bureau: Bureau) -> Watchers:
    case = bureau.people.file(GAS, "commitment")
    bureau.people.act("window", case, "accept")
    bureau.people.act("window", case, "grant_on_the_spot")
    return Watchers(bureau)


def test_it_goes_out_on_its_day_and_tells_of_the_week_before(watchers: Watchers) -> None:
    report = watchers.made()  # Thursday 9 June 2022
    assert str(watchers.reports.find(report).next_on) == "2022-06-13"
    watchers.bureau.at("2022-06-12", 23)
    assert watchers.sent() == []
    watchers.bureau.at("2022-06-13", 0)
    letters = watchers.sent()
    assert sorted(one.to for one in letters) == ["li@office.invalid", "wang@office.invalid"]
    assert letters[0].subject == "Weekly: 6 June 2022 – 12 June 2022"
    assert "Materials saved: 5" in letters[0].text
    assert "/audit?from=2022-06-06&to=2022-06-12" in letters[0].text
    assert "counted on" not in letters[0].text
    assert letters[0].written_at.isoformat() == "2022-06-13T00:00:00+08:00"
    assert watchers.sent() == []
    assert watchers.outcomes() == dict.fromkeys((watchers.wang.id, watchers.li.id), Outcome.SENT)
    found = watchers.reports.find(report)
    assert (str(found.last_on), str(found.next_on)) == ("2022-06-13", "2022-06-20")


def test_the_worker_sends_it_beside_what_cases_have_to_tell(watchers: Watchers) -> None:
    watchers.made()
    watchers.bureau.at("2022-06-13")
    post = Pigeonholes()
    look(watchers.bureau.office, post)
    assert sum("@office.invalid" in one.to for one in post.letters) == 2
    assert any("@x.invalid" in one.to for one in post.letters)


def test_the_table_goes_along_with_the_numbers_of_the_page(watchers: Watchers) -> None:
    watchers.made(name="=1+1")
    watchers.bureau.at("2022-06-13")
    message = message_from_bytes(
        bytes(composed(watchers.sent()[0], "a@b.invalid")), policy=default
    )
    (table,) = message.iter_attachments()
    assert table.get_content_type() == "text/csv"
    assert table.get_filename() == "figures_2022-06-06_2022-06-12.csv"
    raw = table.get_payload(decode=True)
    rows = list(csv.DictReader(io.StringIO(raw.decode("utf-8-sig"))))
    assert [(row["Grouped by"], row["Granted"]) for row in rows] == [
        ("All", "1"), ("Track", "1"), ("Permit type", "1"), ("Month", "1"),
    ]  # fmt: skip
    assert {row["Materials saved – sum"] for row in rows} == {"5"}


def test_a_workbook_in_chinese_of_one_figure_by_track(watchers: Watchers) -> None:
    question = (
        "/audit/measures/days_saved?by=track&permit=plan_exempt&from=2020-01-01&known=2020-02-02"
    )
    watchers.made(question=question, language="zh", form="xlsx", rhythm=FIRSTS)
    watchers.bureau.at("2022-07-01")
    letter = watchers.sent()[0]
    assert letter.subject == "Weekly：2022年6月1日 – 2022年6月30日"
    assert "告知承诺" in letter.text
    assert "by=track&from=2022-06-01&to=2022-06-30" in letter.text
    assert "known=" not in letter.text
    (file,) = letter.attached
    assert file.filename.endswith("_2022-06-01_2022-06-30.xlsx")
    assert file.content.startswith(b"PK")


def test_every_figure_can_be_sent_and_a_period_without_cases_says_so(watchers: Watchers) -> None:
    watchers.made(question="/audit/measures?track=commitment")
    watchers.made(question="/audit/measures/stays?by=state")
    watchers.bureau.at("2022-06-06")  # cases are of the 9th; the clock was put back
    watchers.bureau.at("2022-06-20")
    texts = {one.text for one in watchers.sent()}
    assert any("Materials saved: –" in text for text in texts)
    assert any("No case had its result in this period." in text for text in texts)


def test_of_several_weeks_that_passed_only_the_last_is_sent(watchers: Watchers) -> None:
    report = watchers.made()
    watchers.bureau.at("2022-06-29")
    letters = watchers.sent()
    assert len(letters) == 2
    assert letters[0].subject == "Weekly: 20 June 2022 – 26 June 2022"
    assert "was due on 27 June 2022; its figures were counted on 29 June 2022" in letters[0].text
    assert letters[0].written_at.astimezone(UTC) == datetime(2022, 6, 26, 16, tzinfo=UTC)
    for missed in ("6 June 2022 – 12 June 2022", "13 June 2022 – 19 June 2022"):
        assert missed in letters[0].text
    found = watchers.reports.find(report)
    assert (str(found.last_on), found.left_out, str(found.next_on)) == (
        "2022-06-27", 2, "2022-07-04",
    )  # fmt: skip


def test_who_left_or_lost_the_right_gets_nothing_and_it_is_said(watchers: Watchers) -> None:
    watchers.made()
    watchers.stand("wang", open=False)
    watchers.stand("li", roles=("window",), office="o", department="d")
    watchers.bureau.at("2022-06-13")
    assert watchers.sent() == []
    assert set(watchers.outcomes().values()) == {Outcome.NO_RIGHT}
    watchers.stand("li", roles=("auditor",), office="", department="")
    with watchers.bureau.office.database.write() as connection:
        connection.execute(people_tables.account.update().values(email=""))
    watchers.bureau.at("2022-06-20")
    assert watchers.sent() == []
    assert watchers.outcomes()[watchers.li.id] is Outcome.NO_ADDRESS


def test_two_instances_send_it_once(watchers: Watchers) -> None:
    watchers.made()
    watchers.bureau.at("2022-06-13")
    office = watchers.bureau.office
    handed: list[int] = []
    others = [Reports(office.database, office.now) for _ in range(4)]
    assert at_once(*(lambda one=one: handed.append(one.hand_over()) for one in others)) == []
    assert sum(handed) == 1
    post = Pigeonholes()
    deliver_reports(office, post)
    assert len(post.letters) == 2


def test_a_letter_that_did_not_go_is_sent_later_and_only_that(watchers: Watchers) -> None:
    watchers.made()
    watchers.bureau.at("2022-06-13")
    office, post = watchers.bureau.office, Pigeonholes(failing=1)
    office.reports.hand_over()
    assert deliver_reports(office, post) == 0
    assert post.letters == []
    watchers.bureau.at("2022-06-13", 12)
    assert deliver_reports(office, post) == 1
    assert len(post.letters) == 2
    assert len({one.id for one in post.letters}) == 2


def test_what_was_stopped_or_dropped_meanwhile_is_not_sent(watchers: Watchers) -> None:
    report = watchers.made()
    watchers.bureau.at("2022-06-13")
    watchers.reports.hand_over()
    watchers.reports.stop(report, watchers.li)
    watchers.reports.stop(report, watchers.li)
    assert watchers.sent() == []
    assert watchers.bureau.rows(report_tables.figure_report) == []


def test_the_access_log_says_who_sent_what_to_whom(watchers: Watchers) -> None:
    report = watchers.made()
    watchers.reports.change(report, watchers.plan(name="Mondays"), watchers.li)
    watchers.bureau.at("2022-06-13")
    watchers.sent()
    watchers.reports.stop(report, watchers.wang)
    noted = list(watchers.bureau.office.watching.noted(Wanted()))
    done = [(n.account, n.what["act"]) for n in noted if n.kind == OfficeAdministered.__name__]
    assert done == [
        ("wang", "report_stopped"), ("li", "report_changed"), ("wang", "report_made"),
    ]  # fmt: skip
    taken = {n.account: n.what["of"] for n in noted if n.kind == FileTaken.__name__}
    told = ("/audit", "2022-06-06", "2022-06-12")
    assert taken == {"wang": told, "li": told}


def test_it_goes_to_auditors_only_and_not_to_nobody(watchers: Watchers) -> None:
    window = watchers.bureau.actors["window"].id
    for recipients in ((), (window,), (watchers.wang.id, "nobody")):
        plan = watchers.plan(recipients=recipients)
        assert watchers.reports.make(plan, watchers.wang) is Fault.NO_READER
    report = watchers.made()
    assert watchers.reports.change(report, plan, watchers.wang) is Fault.NO_READER
    assert watchers.reports.change("none", watchers.plan(), watchers.wang) is Fault.GONE
    assert [one.username for one in watchers.reports.readers()] == ["li", "wang"]


def test_other_days_hold_from_now_on_and_the_same_ones_keep_the_next(watchers: Watchers) -> None:
    report = watchers.made()
    watchers.bureau.at("2022-06-13", 1)
    same = watchers.plan(name="Another name")
    assert watchers.reports.change(report, same, watchers.wang) is None
    assert str(watchers.reports.find(report).next_on) == "2022-06-13"
    monthly = watchers.plan(rhythm=FIRSTS)
    assert watchers.reports.change(report, monthly, watchers.wang) is None
    assert str(watchers.reports.find(report).next_on) == "2022-07-01"


def test_an_office_has_so_many_reports(watchers: Watchers) -> None:
    first = watchers.made()
    with watchers.bureau.office.database.write() as connection:
        made = reports.find(connection, first)
        for number in range(MOST - 1):
            reports.put(connection, replace(made, id=f"{first[:-3]}{number:03}"))
    assert watchers.reports.make(watchers.plan(), watchers.wang) is Fault.TOO_MANY


def test_of_an_erased_account_nothing_is_left(watchers: Watchers) -> None:
    report = watchers.made()
    watchers.bureau.at("2022-06-13")
    watchers.sent()
    with watchers.bureau.office.database.write() as connection:
        reports.forget_of(connection, watchers.li.id)
    assert watchers.reports.find(report).plan.recipients == (watchers.wang.id,)
    assert set(watchers.outcomes()) == {watchers.wang.id}
