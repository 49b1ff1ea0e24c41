"""Applications for entitlements through pages: why not, evidence, the decision, and the list that
is published before anything is paid."""

import re

from sqlalchemy import event

from permits.services.entitlement_requests import SettleList
from tests.casework.entitled import THIRD
from tests.definitions.policies import AWARD
from tests.services.entitled import Payer
from tests.web.housing import PDF, Housing
from tests.web.paying import MINE, OFFICE, ROUND, SIGNED, said, sent, submitted

CLAIM = f"{OFFICE}/claims/{AWARD}/2022/{THIRD}"
LIST = f"{OFFICE}/rounds/{ROUND}"


def test_why_not_and_an_application(house: Housing, payer: Payer) -> None:
    """Recognised for the second time: no first recognition. It applies with a file, is examined
    and refused by two, and may read why."""
    payer.at("2022-06-09")
    firm, examiner = house.browser("firm3"), house.browser("pay_examiner")
    leader = house.browser("pay_leader")
    page = said(firm, MINE)
    assert "不符合条件" in page and "认定高新技术企业次数" in page and "科技主管部门" in page
    assert firm.attach(MINE, f"{MINE}/files", "proof.pdf", PDF).status_code == 303
    assert firm.attach(MINE, f"{MINE}/files", "proof.txt", b"text").status_code == 422
    (own,) = re.findall(rf'href="({MINE}/files/[^"]+)"', said(firm, MINE))
    assert firm.get(own).content == PDF
    sent(firm, MINE, f"{MINE}/apply", grounds="重新认定。", **SIGNED)
    assert firm.fill(MINE, "/sign-out") is not None
    claim = f"{OFFICE}/claims/{AWARD}/2022/{THIRD}"
    page = said(examiner, claim)
    assert "重新认定。" in page
    (file,) = re.findall(rf'href="({claim}/files/[^"]+)"', page)
    assert examiner.get(file).content == PDF
    assert examiner.get(f"{claim}/files/unknown").status_code == 404
    wrong = examiner.fill(f"{claim}/examine", recommends="grant", opinion="")
    assert wrong.status_code == 422
    sent(examiner, f"{claim}/examine", recommends="refuse", opinion="第二次认定。")
    assert leader.fill(f"{claim}/decide", granted="false").status_code == 422
    sent(leader, f"{claim}/decide", granted="false", reason="不属于首次认定。")
    firm = house.browser("firm3")
    assert "不属于首次认定。" in said(firm, MINE)


def test_files_of_others_and_of_nobody(house: Housing, payer: Payer) -> None:
    payer.at("2022-06-09")
    firm = house.browser("firm3")
    firm.attach(MINE, f"{MINE}/files", "proof.pdf", PDF)
    (own,) = re.findall(rf'href="({MINE}/files/[^"]+)"', said(firm, MINE))
    assert house.browser("firm").get(own).status_code == 404
    payer.must("firm3", payer.apply())
    token = firm.hidden("/", "/sign-out")["csrf"]
    answer = firm.post(f"{MINE}/files", data={"csrf": token})
    assert answer.status_code == 404


def granted(house: Housing, payer: Payer) -> None:
    payer.at("2022-06-09")
    payer.must("firm3", payer.apply())
    opinion = {"recommends": "grant", "grade": "award", "opinion": "证书属实。"}
    sent(house.browser("pay_examiner"), f"{CLAIM}/examine", **opinion)
    sent(house.browser("pay_leader"), f"{CLAIM}/decide", granted="true", reason="")


def test_a_granted_application_is_published_before_it_is_paid(
    house: Housing, payer: Payer
) -> None:
    granted(house, payer)
    leader, firm = house.browser("pay_leader"), house.browser("firm3")
    assert "先公示名单" in said(firm, MINE)
    assert "待公示" in said(leader, CLAIM)
    assert "已确认未拨付" not in said(leader, OFFICE)
    field = f'name="policy" value="{AWARD}"'
    assert "公示此名单" not in said(house.browser("pay_examiner"), OFFICE)
    payer.at("2022-06-10")
    leader = house.browser("pay_leader")
    assert submitted(leader, OFFICE, "公示此名单") == LIST
    page = said(house.browser(), f"/entitlements/lists/{ROUND}")
    for says in ("示例企业3号", "2022年6月17日", "经申报审核通过"):
        assert says in page
    assert "异议" in said(house.browser("firm3"), MINE)
    assert "申报" in said(leader, LIST)
    assert "已确认未拨付" not in said(leader, OFFICE)
    payer.at("2022-06-20")
    leader = house.browser("pay_leader")
    sent(leader, f"{LIST}/settle")
    assert submitted(leader, OFFICE, "安排拨付") == f"{OFFICE}/batches/2022-001"
    assert field in said(house.browser("pay_examiner"), OFFICE)


def test_an_objection_takes_an_application_off_its_list(house: Housing, payer: Payer) -> None:
    granted(house, payer)
    payer.at("2022-06-10")
    leader, window = house.browser("pay_leader"), house.browser("pay_window")
    submitted(leader, OFFICE, "公示此名单")
    objection = {"kind": "remove", "code": THIRD, "text": "证书不实。", "objector": "示例群众"}
    sent(window, f"{LIST}/object", **objection)
    sent(leader, f"{LIST}/objections/1", upheld="true", grounds="属实。", grade="")
    payer.at("2022-06-20")
    payer.must("pay_leader", SettleList(round=ROUND))
    firm = house.browser("firm3")
    assert "已移出名单" in said(firm, MINE)
    assert "示例企业3号" not in said(house.browser(), f"/entitlements/lists/{ROUND}")


def test_only_who_publishes_lists_publishes_and_once(house: Housing, payer: Payer) -> None:
    granted(house, payer)
    payer.at("2022-06-10")
    for who, status in (("pay_examiner", 403), ("pay_leader", 303), ("pay_leader", 409)):
        browser = house.browser(who)
        given = browser.hidden("/", "/sign-out") | {"key": f"{who} {status}", "policy": AWARD}
        answer = browser.post(f"{OFFICE}/lists", data={**given, "period": "2022"})
        assert answer.status_code == status, answer.text


def test_what_waits_is_asked_for_at_once_however_many_policies(
    house: Housing, payer: Payer
) -> None:
    granted(house, payer)
    leader = house.browser("pay_leader")
    asked: list[str] = []
    engine = house.office.database.reading

    @event.listens_for(engine, "before_cursor_execute")
    def note(_connection: object, _cursor: object, statement: str, *_told: object) -> None:
        asked.append(statement)

    page = said(leader, OFFICE)
    event.remove(engine, "before_cursor_execute", note)
    assert page.count("<section") >= 3, "there are several policies"
    assert sum(one.startswith("SELECT entitlement_claim") for one in asked) == 1


def test_the_pages_of_a_list_of_applications_are_there_in_english_too(
    house: Housing, payer: Payer
) -> None:
    granted(house, payer)
    leader, firm = house.browser("pay_leader"), house.browser("firm3")
    for browser in (leader, firm):
        browser.get("/language/en")
    assert "Publish this list" in said(leader, OFFICE)
    assert "is published first" in said(firm, MINE)
    payer.at("2022-06-10")
    leader = house.browser("pay_leader")
    leader.get("/language/en")
    submitted(leader, OFFICE, "Publish this list")
    assert "On application" in said(leader, LIST)
    anyone = house.browser()
    anyone.get("/language/en")
    assert "applied with their own evidence" in said(anyone, f"/entitlements/lists/{ROUND}")
