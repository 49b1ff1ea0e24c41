"""Fees on pages: the ledger and its receipts, what the window and the supervisor enter, what is
shut until it is paid, and the treasury's page for auditors."""

import csv
import io
import re
from datetime import date

import pytest

from permits.services import requests as r
from permits.services.demonstration.deferrals import CHARGE, Project
from permits.services.rebuild import check
from permits.services.timers import lapse_due
from tests.definitions import shipped
from tests.web.housing import Browser, Housing, at
from tests.web.reviewer.test_inbox import counts, listed

FEE = "infrastructure_charge"
HOMES = Project(
    "fire",
    CHARGE,
    "示例住宅",
    "科学大道",
    {
        "planning_permit": "示例第1号",
        "housing_m2": "12000",
        "other_m2": "3000",
        "relief_ground": "none",
    },
)
"""2,595,000 yuan at the rates of June 2022."""

FIELDS = {"on": "2022-06-09", "amount": "95,000.50", "receipt": "国库1号"}


@pytest.fixture
def office(housing: Housing) -> Housing:
    resolved = shipped.resolved("infrastructure_charge")
    housing.office.shelf.publish(resolved, actor="setup", now=housing.clock())
    return housing


def accepted(office: Housing, track: str = "ordinary") -> str:
    case = HOMES.file(office.people, track)
    office.people.act("window", case, "accept")
    return case.removeprefix("case/")


def put_off(office: Housing) -> str:
    """Granted and put off, the construction permit and the end of the works reported."""
    case = accepted(office, "commitment")
    people, whole = office.people, f"case/{case}"
    people.act("window", whole, "grant_on_the_spot")
    for duty in ("report_construction_permit", "apply_for_joint_acceptance"):
        people.beside("fire", whole, r.Report(obligation=duty, on=date(2022, 6, 9)))
    return case


def enter(browser: Browser, case: str, what: str, **fields: str):
    return browser.fill(f"/review/cases/{case}/beside/{what}/{FEE}", **fields)


def errors(html: str) -> dict[str, str]:
    return dict(re.findall(r'<a href="#([^"]+)">([^<]+)</a>', html))


class TestThePagesOfACase:
    def test_a_payment_in_part_is_entered_and_takes_a_receipt(self, office: Housing) -> None:
        case, window = accepted(office), office.browser("window")
        assert 'value="2595000.00"' in window.get(f"/review/cases/{case}/beside/pay/{FEE}").text
        assert enter(window, case, "pay", **FIELDS, payer="张三").status_code == 303
        ledger = window.get(f"/cases/{case}/fees/{FEE}").text
        assert "2,499,999.50元" in ledger
        assert "国库1号" in ledger
        assert "张三" not in ledger
        receipt = window.get(f"/cases/{case}/fees/{FEE}/receipts/2").text
        assert "演示规配缴字〔2022〕1号" in receipt
        assert "95,000.50元" in receipt
        assert "张三" not in receipt and "张*" in receipt
        page = f"/cases/{case}/fees/{FEE}/receipts/2"
        whole = f"/review{page}/personal"
        nothing = window.fill(page, whole, reason="reach_the_person", words="")
        assert nothing.status_code == 422 and "张三" not in nothing.text
        assert "张三" in window.fill(page, whole, reason="reach_the_person", words="交付票据").text
        token = office.browser("leader").hidden("/", "/sign-out")
        assert office.browser("leader").post(whole, data=token).status_code == 403

    def test_who_paid_is_told_to_the_applicant_and_to_nobody_who_need_not_know(
        self, office: Housing
    ) -> None:
        case, window = accepted(office), office.browser("window")
        enter(window, case, "pay", **FIELDS, payer="张三")
        address = f"/cases/{case}/fees/{FEE}/receipts/2"
        assert "张三" in office.browser("fire").get(address).text
        for who in ("examiner", "auditor"):
            assert "张三" not in office.browser(who).get(address).text

    @pytest.mark.parametrize(
        ("field", "typed"),
        [
            ("amount", ""),
            ("amount", "-1"),
            ("amount", "1.234"),
            ("amount", "一百"),
            ("amount", "1,5"),
            ("amount", "1,0,0"),
            ("amount", "95,000,50"),
            ("amount", ",500"),
            ("on", "yesterday"),
            ("receipt", ""),
        ],
    )
    def test_what_does_not_fit_is_told_at_its_field(
        self, office: Housing, field: str, typed: str
    ) -> None:
        case, window = accepted(office), office.browser("window")
        answer = enter(window, case, "pay", **{**FIELDS, field: typed})
        assert errors(answer.text).keys() == {field}

    def test_more_than_is_open_is_refused_with_what_is_open(self, office: Housing) -> None:
        case, window = accepted(office), office.browser("window")
        answer = enter(window, case, "pay", **{**FIELDS, "amount": "2595000.01"})
        assert answer.status_code == 422
        assert "不超过未结金额2,595,000.00元" in answer.text

    def test_a_number_of_the_treasury_pays_once(self, office: Housing) -> None:
        case, window = accepted(office), office.browser("window")
        assert enter(window, case, "pay", **FIELDS).status_code == 303
        again = enter(window, case, "pay", **FIELDS)
        number = office.record(case).case.number
        assert again.status_code == 409
        assert f"该国库凭证号已登记在{number}的账目中" in again.text
        assert "95,000.50" in again.text, "what was typed is still there"

    def test_a_payment_is_the_windows_to_enter_and_no_others(self, office: Housing) -> None:
        case = accepted(office)
        for who in ("examiner", "leader", "supervisor"):
            address = f"/review/cases/{case}/beside/pay/{FEE}"
            assert office.browser(who).get(address).status_code == 404

    def test_a_wrong_entry_is_taken_back_by_the_supervisor(self, office: Housing) -> None:
        case, supervisor = accepted(office), office.browser("supervisor")
        enter(office.browser("window"), case, "pay", **FIELDS)
        page = supervisor.get(f"/review/cases/{case}/beside/undo/{FEE}").text
        assert re.findall(r'name="entry" type="radio" value="(\d+)"', page) == ["2"]
        assert errors(enter(supervisor, case, "undo", reason="误记").text).keys() == {"entry"}
        assert enter(supervisor, case, "undo", entry="2", reason="误记").status_code == 303
        receipt = supervisor.get(f"/cases/{case}/fees/{FEE}/receipts/2").text
        assert "误记，已冲销" in receipt
        assert "尚应缴" in supervisor.get(f"/cases/{case}/fees/{FEE}").text
        page = supervisor.get(f"/review/cases/{case}/beside/undo/{FEE}").text
        assert "有效缴款或者退款" in page
        assert 'name="entry"' not in page

    def test_what_was_paid_too_much_is_given_back(self, office: Housing) -> None:
        case, window = accepted(office), office.browser("window")
        enter(window, case, "pay", **FIELDS)
        office.people.act("fire", f"case/{case}", "withdraw", r.Reasoned(reason="调整"))
        assert "待退款" in window.get(f"/cases/{case}/fees/{FEE}").text
        pile = window.get("/review?pile=refunds").text
        assert counts(pile)["refunds"] == "1" and listed(pile) == [case]
        assert listed(office.browser("leader").get("/review").text) == [case]
        assert "pile=refunds" not in office.browser("leader").get("/review").text
        page = window.get(f"/review/cases/{case}/beside/refund/{FEE}").text
        assert 'value="95000.50"' in page
        back = {"on": "2022-06-09", "amount": "95000.50", "receipt": "退1号"}
        assert errors(enter(window, case, "refund", **back, reason="").text).keys() == {"reason"}
        assert enter(window, case, "refund", **back, reason="已撤回").status_code == 303
        assert "待退款" not in window.get(f"/cases/{case}/fees/{FEE}").text
        assert listed(window.get("/review?pile=refunds").text) == []
        assert listed(window.get("/review?pile=closed").text) == [case]

    def test_the_decision_waits_for_payment_and_says_so(self, office: Housing) -> None:
        case, people = accepted(office), office.people
        opinion = r.OpinionIn(recommends="grant", opinion="同意")
        people.act("examiner", f"case/{case}", "examine", opinion)
        page = office.browser("leader").get(f"/review/cases/{case}").text
        assert "须先缴清“城市基础设施配套费”，尚有2,595,000.00元未缴" in page

    def test_what_is_put_off_says_so_and_shuts_joint_acceptance(self, office: Housing) -> None:
        case, fire = put_off(office), office.browser("fire")
        page = fire.get(f"/cases/{case}").text
        assert "须先缴清“城市基础设施配套费”" in page
        assert f'href="/cases/{case}/obligations/pass_joint_acceptance"' not in page
        assert "缓缴：期限见本案的义务" in fire.get(f"/cases/{case}/fees/{FEE}").text
        enter(office.browser("window"), case, "pay", **{**FIELDS, "amount": "2595000"})
        page = fire.get(f"/cases/{case}").text
        assert f'href="/cases/{case}/obligations/pass_joint_acceptance"' in page

    def test_there_is_no_ledger_and_no_receipt_of_what_there_is_not(self, office: Housing) -> None:
        case, window = accepted(office), office.browser("window")
        for path in ("fees/lunch", f"fees/{FEE}/receipts/1", f"fees/{FEE}/receipts/9"):
            assert window.get(f"/cases/{case}/{path}").status_code == 404
        assert office.browser("builder").get(f"/cases/{case}/fees/{FEE}").status_code == 404

    def test_the_notice_of_the_amount_says_it(self, office: Housing) -> None:
        case = accepted(office)
        papers = [
            office.browser("fire").get(f"/cases/{case}/documents/{n}").text for n in (1, 2, 3)
        ]
        assert sum("2,595,000.00元" in paper for paper in papers) == 2

    def test_pages_speak_english_too(self, office: Housing) -> None:
        case, window = accepted(office), office.browser("window")
        enter(window, case, "pay", **FIELDS)
        window.cookies.set("language", "en")
        window.headers["accept-language"] = "en"
        for path in (f"fees/{FEE}", f"fees/{FEE}/receipts/2"):
            page = window.get(f"/cases/{case}/{path}").text
            assert re.search(r"Ledger: |Receipt: ", page)


def test_an_unpaid_fee_is_told_by_the_timer_and_mailed(office: Housing) -> None:
    case = accepted(office)
    office.clock.now = at(2022, 7, 8)
    lapse_due(office.office.database, office.office.queue.submit, office.clock())
    record = office.record(case)
    assert record.case.fees[FEE].overdue
    assert "到期未缴" in office.browser("fire").get(f"/cases/{case}").text


def test_what_tables_hold_of_ledgers_is_what_the_log_says(office: Housing) -> None:
    case = accepted(office)
    enter(office.browser("window"), case, "pay", **FIELDS)
    enter(office.browser("supervisor"), case, "undo", entry="2", reason="误记")
    assert check(office.office.database) == ()


class TestTheTreasurysPage:
    @pytest.fixture
    def paid(self, office: Housing) -> Housing:
        """95,000.50 yuan paid of 2,595,000, and a payment taken back."""
        case, window = accepted(office), office.browser("window")
        enter(window, case, "pay", **FIELDS)
        enter(window, case, "pay", **{**FIELDS, "receipt": "国库2号"})
        enter(office.browser("supervisor"), case, "undo", entry="3", reason="误记")
        return office

    def test_is_for_auditors(self, paid: Housing) -> None:
        for who in ("window", "fire"):
            assert paid.browser(who).get("/treasury").status_code == 403
        assert paid.browser("auditor").get("/treasury").status_code == 200

    def test_shows_totals_that_add_up_and_what_is_open(self, paid: Housing) -> None:
        page = paid.browser("auditor").get("/treasury?from=2022-06-01&to=2022-06-30").text
        figures = re.findall(r'<td class="number">(?:<strong>)?(-?[\d,.]+)元', page)
        assert figures == [
            "0.00", "2,595,000.00", "0.00", "0.00", "-190,001.00", "0.00", "95,000.50",
            "2,499,999.50",
        ]  # fmt: skip
        assert "示例" in page or "特勤大队" in page

    def test_of_an_earlier_time_knows_nothing_of_later(self, paid: Housing) -> None:
        page = paid.browser("auditor").get("/treasury?from=2022-05-01&to=2022-05-31").text
        assert "全部账目均已结清" in page

    @pytest.mark.parametrize("query", ["from=x", "to=2022-13-01", "from=2022-06-02&to=2022-06-01"])
    def test_days_that_cannot_be_are_told(self, paid: Housing, query: str) -> None:
        auditor = paid.browser("auditor")
        for path in ("/treasury", "/treasury.csv"):
            answer = auditor.get(f"{path}?{query}")
            assert answer.status_code == 422
            assert errors(answer.text)

    def test_gives_every_entry_with_totals_as_a_file(self, paid: Housing) -> None:
        answer = paid.browser("auditor").get("/treasury.csv?from=2022-06-01&to=2022-06-30")
        rows = list(csv.reader(io.StringIO(answer.text.removeprefix("\ufeff"))))
        entries = [row for row in rows[1:] if row[0].startswith("GXGH")]
        assert [row[5] for row in entries] == ["核定金额", "缴款", "缴款", "误记冲销"]
        assert [row[9] for row in entries] == ["0.00", "95000.50", "95000.50", "0.00"]
        assert [row[12] for row in entries] == ["1", "1", "0", "1"]
        adds = sum(round(float(row[8]) * 100) for row in entries)
        takes = sum(round(float(row[9]) * 100) for row in entries)
        after = rows[-1]
        assert (after[0], adds - takes) == ("期末应缴", round(float(after[8]) * 100))

    def test_reads_the_treasurys_file_and_tells_every_difference(self, paid: Housing) -> None:
        auditor = paid.browser("auditor")
        period = "/treasury?from=2022-06-01&to=2022-06-30"
        theirs = "凭证号,日期,金额\n国库1号,2022-06-10,95000.50\n国库9号,2022-06-09,1.00\n"
        page = auditor.attach(period, "/treasury/compare", "t.csv", theirs.encode()).text
        assert "2处差异" in page
        assert "国库9号：仅国库有" in page
        assert "国库1号：国库2022年6月10日" in page

    def test_says_when_there_is_no_difference(self, paid: Housing) -> None:
        auditor = paid.browser("auditor")
        theirs = '\ufeffnumber,day,amount\r\n国库1号,2022-06-09,"95,000.50"\r\n'
        period = "/treasury?from=2022-06-01&to=2022-06-30"
        assert (
            "没有差异"
            in auditor.attach(period, "/treasury/compare", "t.csv", theirs.encode()).text
        )

    @pytest.mark.parametrize(
        ("content", "says"),
        [
            (b"", "请选择"),
            (b"\xff\xfe", "不是UTF-8编码"),
            (b"a,b\n", "第一行须写明"),
            (b"number,day,amount\n,2022-06-09,1\n", "第2行没有凭证号"),
            (b"number,day,amount\nx,9 June,1\n", "第2行没有形如"),
            (b"number,day,amount\nx,2022-06-09,one\n", "没有形如55500.00"),
        ],
    )
    def test_a_file_that_cannot_be_read_is_told(
        self, paid: Housing, content: bytes, says: str
    ) -> None:
        answer = paid.browser("auditor").attach("/treasury", "/treasury/compare", "t.csv", content)
        assert (answer.status_code, says in answer.text) == (422, True)
