"""Entitlements through pages: from the match to the payment, by browsers without scripts."""

import csv
import io
import re

import pytest

from permits.services.entitlement_requests import PublishList, SettleList
from tests.casework.entitled import FIRM, OTHER, THIRD
from tests.definitions.policies import AWARD, GRADED, POINTS
from tests.services.entitled import NUMBER, Payer
from tests.web.housing import Browser, Housing
from tests.web.paying import LIST, MINE, OFFICE, ROUND, SIGNED, said, sent, submitted


def test_from_the_match_to_the_payment(house: Housing, payer: Payer) -> None:
    payer.at("2022-06-09")
    examiner = house.browser("pay_examiner")
    field = f'name="policy" value="{AWARD}"'
    assert submitted(examiner, OFFICE, field, period="2022") == LIST
    assert "示例企业1号" in said(examiner, LIST)
    payer.at("2022-06-10")
    assert sent(house.browser("pay_leader"), f"{LIST}/publish") == LIST
    assert "示例企业1号" in said(house.browser(), f"/entitlements/lists/{ROUND}")
    payer.at("2022-06-20")
    leader, window = house.browser("pay_leader"), house.browser("pay_window")
    firm = house.browser("firm")
    sent(leader, f"{LIST}/settle")
    assert "待确认" in said(firm, "/entitled")
    assert sent(firm, MINE, f"{MINE}/confirm", **SIGNED) == MINE
    assert f"****{NUMBER[-4:]}" in said(firm, MINE)
    batch = submitted(leader, OFFICE, "安排拨付")
    assert batch == f"{OFFICE}/batches/2022-001"
    answer = window.fill(batch, f"{batch}/file")
    rows = list(csv.reader(io.StringIO(answer.text.removeprefix("\ufeff"))))
    assert rows[1][:6] == ["2022-001", "1", FIRM, "示例企业1号", "示例银行", f"'{NUMBER}"]
    assert rows[1][6] == "100000.00"
    key = f"{FIRM}/2022"
    fields = {f"line:{key}": "yes", f"was:{key}": "", "on": "2022-06-20"}
    assert sent(window, batch, f"{batch}/record", **fields) == batch
    assert "已拨付" in said(firm, MINE)
    assert "已拨付" in said(house.browser(), f"/entitlements/lists/{ROUND}")


def test_a_return_is_put_right_by_the_enterprise(house: Housing, payer: Payer) -> None:
    number = payer.ordered()
    window, firm = house.browser("pay_window"), house.browser("firm")
    batch, key = f"{OFFICE}/batches/{number}", f"{FIRM}/2022"
    fields = {f"line:{key}": "yes", f"was:{key}": "account", "on": "2022-06-22"}
    sent(window, batch, f"{batch}/record", **fields)
    assert "银行退回" in said(firm, MINE)
    wrong = firm.fill(MINE, f"{MINE}/account", bank="示例银行", number="12")
    assert (wrong.status_code, "8至30位" in wrong.text) == (422, True)
    sent(firm, MINE, f"{MINE}/account", bank="示例银行", number="6222-0000 11113333")
    assert "****3333" in said(firm, MINE)


def test_what_is_wrong_in_recording_is_told(house: Housing, payer: Payer) -> None:
    batch = f"{OFFICE}/batches/{payer.ordered()}"
    window = house.browser("pay_window")
    none = window.fill(batch, f"{batch}/record", on="2022-06-22")
    assert (none.status_code, "至少" in none.text) == (422, True)
    early = {f"line:{FIRM}/2022": "yes", "on": "2022-06-01"}
    assert window.fill(batch, f"{batch}/record", **early).status_code == 422
    examiner = house.browser("pay_examiner")
    said(examiner, batch)
    token = examiner.hidden("/", "/sign-out")
    assert examiner.post(f"{batch}/file", data=token).status_code == 404


def test_nothing_is_confirmed_without_a_signature(house: Housing, payer: Payer) -> None:
    payer.settled()
    firm = house.browser("firm")
    answer = firm.fill(MINE, f"{MINE}/confirm", bank="", number="")
    assert answer.status_code == 422
    for says in ("请填写", "8至30位", "请阅读声明并签署"):
        assert says in answer.text
    changed = firm.hidden(MINE, f"{MINE}/confirm") | SIGNED | {"statement": "0" * 64}
    assert firm.submit(MINE, f"{MINE}/confirm", changed).status_code == 409


def test_an_enterprise_declines(house: Housing, payer: Payer) -> None:
    payer.settled()
    firm = house.browser("firm")
    sent(firm, MINE, f"{MINE}/decline", reason="不需要。")
    assert "企业放弃" in said(firm, MINE)


def test_objections_are_entered_and_decided(house: Housing, payer: Payer) -> None:
    payer.published()
    window, leader = house.browser("pay_window"), house.browser("pay_leader")
    wrong = window.fill(f"{LIST}/object", kind="remove", code="x", text="", objector="")
    assert wrong.status_code == 422
    assert "18位" in wrong.text
    fields = {"kind": "remove", "code": FIRM, "text": "数据不实。", "objector": "示例群众"}
    sent(window, f"{LIST}/object", **fields)
    other = {**fields, "code": THIRD}
    assert window.fill(f"{LIST}/object", **other).status_code == 409
    one = f"{LIST}/objections/1"
    page = said(leader, one)
    assert "示*" in page and "示例群众" not in page
    unsaid = leader.fill(one, f"{one}/personal", reason="", words="")
    assert (unsaid.status_code, "示例群众" in unsaid.text) == (422, False)
    whole = leader.fill(one, f"{one}/personal", reason="reach_the_person", words="答复")
    assert "示例群众" in whole.text
    assert leader.fill(one, upheld="", grounds="").status_code == 422
    sent(leader, one, upheld="true", grounds="属实。")
    assert "属实。" in said(window, one)
    assert leader.get(f"{LIST}/objections/2").status_code == 404
    token = leader.hidden("/", "/sign-out")["csrf"]
    again = {"csrf": token, "key": "another key", "seen": "4", "upheld": "true", "grounds": "x"}
    assert leader.post(one, data=again).status_code == 409
    assert leader.post(f"{LIST}/objections/2", data=again).status_code == 404
    assert "示例企业1号" not in said(house.browser(), f"/entitlements/lists/{ROUND}")


def test_an_enterprise_asks_to_be_added(house: Housing, payer: Payer) -> None:
    payer.published()
    firm, leader = house.browser("firm3"), house.browser("pay_leader")
    page = f"/entitled-objections/{ROUND}"
    assert firm.fill(page, kind="", text="", code="").status_code == 422
    answer = sent(firm, page, kind="add", text="已经认定。")
    assert answer == f"/entitlements/lists/{ROUND}"
    taken = firm.fill(page, kind="remove", text="数据不实。", code=THIRD)
    assert taken.status_code == 409
    sent(leader, f"{LIST}/objections/1", upheld="true", grounds="属实。", grade="award")
    assert "示例企业3号" in said(leader, LIST)
    assert firm.get("/entitled-objections/none-2022-1").status_code == 404
    token = firm.hidden("/", "/sign-out")["csrf"]
    given = {"csrf": token, "key": "a new key", "seen": "1"}
    assert firm.post("/entitled-objections/none-2022-1", data=given).status_code == 404


def test_the_evidence_of_an_enterprise(house: Housing, payer: Payer) -> None:
    payer.run()
    examiner = house.browser("pay_examiner")
    assert examiner.get(f"{LIST}?code={FIRM}").headers["location"].endswith(FIRM)
    page = said(examiner, f"{LIST}/enterprises/{FIRM}")
    for says in ("登记地在本区", "市场监督管理部门", "2022年5月31日", "在名单上"):
        assert says in page
    assert "没有此代码" in said(examiner, f"{LIST}/enterprises/{FIRM[::-1]}", 404)
    assert "不符合条件" in said(examiner, f"{LIST}/enterprises/{THIRD}")
    payer.at("2022-06-10")
    payer.must("pay_leader", PublishList(round=ROUND))
    payer.at("2022-06-20")
    payer.must("pay_leader", SettleList(round=ROUND))
    examiner = house.browser("pay_examiner")
    assert "待确认" in said(examiner, f"{LIST}/enterprises/{FIRM}")


def test_a_payment_is_demanded_back(house: Housing, payer: Payer) -> None:
    payer.paid()
    leader, window = house.browser("pay_leader"), house.browser("pay_window")
    claim = f"{OFFICE}/claims/{AWARD}/2022/{FIRM}"
    wrong = leader.fill(f"{claim}/recover", ground="", amount="x", reason="")
    assert wrong.status_code == 422
    more = {"ground": "false_data", "amount": "100000.01", "reason": "数据不实。"}
    assert leader.fill(f"{claim}/recover", **more).status_code == 422
    sent(leader, f"{claim}/recover", **{**more, "amount": "100000.00"})
    assert "数据不实。" in said(house.browser("firm"), MINE)
    assert "示例企业1号" in said(leader, OFFICE)
    sent(window, f"{claim}/repaid", on="2022-06-24", amount="100000")
    assert "已退回" in said(window, claim)


def test_steps_that_are_not_there_or_not_for_somebody(house: Housing, payer: Payer) -> None:
    payer.paid()
    window = house.browser("pay_window")
    claim = f"{OFFICE}/claims/{AWARD}/2022/{FIRM}"
    token = window.hidden("/", "/sign-out")["csrf"]
    given = {"csrf": token, "key": "a new key", "seen": "1"}
    for path in (f"{LIST}/dance", f"{LIST}/publish", f"{claim}/dance", f"{claim}/recover"):
        assert window.get(path).status_code == 404, path
        assert window.post(path, data=given).status_code in (404, 403), path
    assert window.get(f"{OFFICE}/claims/{AWARD}/2022/{OTHER}").status_code == 404
    elsewhere = house.browser("window")
    for path in (LIST, claim, f"{OFFICE}/batches/2022-001"):
        assert elsewhere.get(path).status_code == 404, path
    assert "没有兑现政策" in said(elsewhere, OFFICE)
    firm = house.browser("firm")
    token = firm.hidden("/", "/sign-out")["csrf"]
    assert firm.post(f"{MINE}/dance", data={**given, "csrf": token}).status_code == 404


def test_a_run_is_dropped_with_a_reason_and_another_is_refused_meanwhile(
    house: Housing, payer: Payer
) -> None:
    payer.run()
    examiner = house.browser("pay_examiner")
    html = examiner.get(OFFICE).text
    key = re.findall(r'name="key" value="([^"]+)"', html)[0]
    token = examiner.hidden("/", "/sign-out")["csrf"]
    again = {"csrf": token, "key": key, "policy": AWARD, "period": "2022"}
    assert examiner.post(f"{OFFICE}/runs", data=again).status_code == 409
    never = {**again, "period": "soon"}
    assert examiner.post(f"{OFFICE}/runs", data=never).status_code == 422
    assert examiner.fill(f"{LIST}/drop", reason="").status_code == 422
    sent(examiner, f"{LIST}/drop", reason="数据有误。")
    assert "已放弃" in said(examiner, LIST) and "数据有误。" in said(examiner, LIST)


def test_where_confirmation_comes_first(house: Housing, payer: Payer) -> None:
    payer.at("2022-06-09")
    examiner, leader = house.browser("pay_examiner"), house.browser("pay_leader")
    field = f'name="policy" value="{POINTS}"'
    found = submitted(examiner, OFFICE, field, period="2022Q2")
    assert "先确认" in said(house.browser(), f"/entitlements/policies/{POINTS}")
    sent(leader, f"{found}/offer")
    assert "在2022年7月7日（含当日）之前" in said(leader, found)
    early = leader.fill(f"{found}/publish")
    assert early.status_code == 409
    payer.at("2022-07-08")
    leader = house.browser("pay_leader")
    sent(leader, f"{found}/close", reason="逾期未确认。")
    assert "逾期未确认，已关闭" in said(leader, found)


@pytest.mark.parametrize("policy", [AWARD, GRADED, POINTS])
def test_a_policy_says_whom_it_pays_and_marks_example_values(house: Housing, policy: str) -> None:
    page = said(house.browser(), f"/entitlements/policies/{policy}")
    assert "示例值" in page and "数据比对" in page
    assert house.browser().get("/entitlements/policies/bakery").status_code == 404


def test_lists_that_are_not_published_are_nobody_s(house: Housing, payer: Payer) -> None:
    payer.run()
    anyone = house.browser()
    assert anyone.get(f"/entitlements/lists/{ROUND}").status_code == 404
    assert "尚未公示名单" in said(anyone, "/entitlements")


def test_an_auditor_sees_what_was_paid_and_saved(house: Housing, payer: Payer) -> None:
    payer.paid()
    auditor = house.browser("auditor")
    page = said(auditor, "/audit/entitlements")
    assert "100,000.00元" in page
    assert '<data value="3">3</data>' in page and '<data value="5">5</data>' in page
    answer = auditor.get("/audit/entitlements.csv")
    head, *rows = list(csv.reader(io.StringIO(answer.text.removeprefix("\ufeff"))))
    line = dict(zip(head, rows[0], strict=True))
    assert (line["统一社会信用代码"], line["减少环节"]) == (FIRM, "3")


def test_an_office_without_policies_says_so(housing: Housing) -> None:
    assert "尚未发布政策" in said(housing.browser(), "/entitlements")
    assert "没有其他政策" in said(housing.browser("fire"), "/entitled")
    assert "尚未比对" in said(housing.browser("auditor"), "/audit/entitlements")


PAGES: tuple[tuple[str, str], ...] = (
    ("", "/entitlements"),
    ("", f"/entitlements/policies/{AWARD}"),
    ("", f"/entitlements/lists/{ROUND}"),
    ("firm", "/entitled"),
    ("firm", MINE),
    ("firm2", f"/entitled/{GRADED}/2022"),
    ("fire", MINE),
    ("firm", f"/entitled-objections/{ROUND}"),
    ("pay_leader", OFFICE),
    ("pay_leader", LIST),
    ("pay_leader", f"{LIST}/enterprises/{FIRM}"),
    ("pay_leader", f"{OFFICE}/batches/2022-001"),
    ("pay_leader", f"{OFFICE}/claims/{AWARD}/2022/{FIRM}"),
    ("pay_leader", f"{OFFICE}/claims/{AWARD}/2022/{FIRM}/recover"),
    ("auditor", "/audit/entitlements"),
)


def test_every_page_is_there_in_english_too(house: Housing, payer: Payer) -> None:
    payer.paid()
    browsers: dict[str, Browser] = {}
    for who, path in PAGES:
        if who not in browsers:
            browsers[who] = house.browser(who)
            browsers[who].get("/language/en")
        page = said(browsers[who], path)
        inside = re.sub(
            r"示例[^<]*|“[^”]*”", "", page.partition("<main")[2].partition("</main")[0]
        )
        assert not re.findall("[\u4e00-\u9fff]+", inside), (
            path,
            re.findall("[\u4e00-\u9fff]+", inside),
        )


def test_payments_stand_in_the_header_where_there_is_something_to_pay(house: Housing) -> None:
    link = f'href="{OFFICE}"'
    assert link in house.browser("pay_leader").get("/review").text
    assert link not in house.browser("leader").get("/review").text, "another department"
