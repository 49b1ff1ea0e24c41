"""Entitlements to programs: the same commands, the same evidence, and not there for others."""

import uuid
from pathlib import Path

import pytest

from tests.casework.entitled import FIRM, THIRD
from tests.definitions.policies import AWARD
from tests.services.entitled import NUMBER, settle
from tests.web.api.program import V1, Contract, Programs, refused
from tests.web.housing import PDF, Housing, at

HOME = f"{V1}/entitlements"
ROUND = f"{AWARD}-2022-1"
POLICY = {"policy": AWARD, "period": "2022"}
MINE = f"{HOME}/mine/{AWARD}/2022"


@pytest.fixture
def house(founded: Path, tmp_path: Path):
    made = Housing(founded, tmp_path / "house")
    settle(made.office)
    yield made
    made.close()


@pytest.fixture
def paying(house: Housing, contract: Contract):
    made = Programs(house, contract)
    yield made
    made.close()


def test_from_the_match_to_the_payment(house: Housing, paying: Programs) -> None:
    anyone = paying.anyone
    assert [one["id"] for one in anyone.read(HOME)["policies"]] == [
        "above_scale", AWARD, "innovation_points",
    ]  # fmt: skip
    examiner = paying["pay_examiner"]
    assert examiner.must(f"{HOME}/run_match", POLICY)["about"] == ROUND
    (one,) = examiner.read(f"{HOME}/rounds/{ROUND}")["listed"]
    assert (one["code"], one["amount_fen"]) == (FIRM, 10_000_000)
    again = examiner.order(f"{HOME}/run_match", POLICY)
    refused(again, 409, "round_open")
    house.clock.now = at(2022, 6, 10)
    paying["pay_leader"].must(f"{HOME}/publish_list", {"round": ROUND})
    assert anyone.read(f"{HOME}/lists/{ROUND}")["ends_on"] == "2022-06-17"
    (listed,) = anyone.read(HOME)["lists"]
    assert listed["enterprises"] == 1


def test_an_enterprise_sees_why_and_confirms(house: Housing, paying: Programs) -> None:
    paying["pay_examiner"].must(f"{HOME}/run_match", POLICY)
    house.clock.now = at(2022, 6, 10)
    elsewhere = paying["window"]
    refused(elsewhere.order(f"{HOME}/publish_list", {"round": ROUND}), 404, "no_such_round")
    paying["pay_leader"].must(f"{HOME}/publish_list", {"round": ROUND})
    house.clock.now = at(2022, 6, 20)
    programs = Programs(house, paying.anyone.contract)
    programs["pay_leader"].must(f"{HOME}/settle_list", {"round": ROUND})
    firm = programs["firm"]
    found = firm.read(f"{HOME}/mine/{AWARD}/2022")
    assert found["verdict"]["outcome"]["name"] == "settled"
    assert found["claim"]["standing"]["name"] == "offered"
    account = {"bank": "示例银行", "number": NUMBER}
    wrong = {**POLICY, "account": {"bank": "x", "number": "12"}, "statement": found["digest"]}
    assert firm.order(f"{HOME}/confirm_offer", wrong).status_code == 422
    given = {**POLICY, "account": account, "statement": found["digest"]}
    assert firm.must(f"{HOME}/confirm_offer", given)["events"] == ["EntitlementConfirmed"]
    (mine,) = firm.read(f"{HOME}/mine")["items"]
    assert (mine["standing"]["name"], mine["due"]) == ("confirmed", None)
    programs.close()


def test_whoever_was_not_found_applies(paying: Programs) -> None:
    firm = paying["firm3"]
    found = firm.read(f"{HOME}/mine/{AWARD}/2022")
    assert (found["claim"], found["verdict"]["outcome"]["name"]) == (None, "unmet")
    assert found["evidence"] == []
    account = {"bank": "示例银行", "number": NUMBER}
    given = {**POLICY, "grounds": "已认定。", "account": account, "statement": found["digest"]}
    firm.must(f"{HOME}/apply", given)
    of = {"party": THIRD, **POLICY}
    opinion = {"recommends": "refuse", "opinion": "第二次认定。"}
    paying["pay_examiner"].must(f"{HOME}/examine_application", {**of, **opinion})
    decision = {"granted": False, "reason": "不属于首次认定。"}
    paying["pay_leader"].must(f"{HOME}/decide_application", {**of, **decision})
    (mine,) = firm.read(f"{HOME}/mine")["items"]
    assert mine["standing"]["name"] == "refused"


def applied(firm, **more) -> None:
    found = firm.read(MINE)
    account = {"bank": "示例银行", "number": NUMBER}
    given = {**POLICY, "grounds": "已认定。", "account": account, "statement": found["digest"]}
    firm.must(f"{HOME}/apply", {**given, **more})


def test_evidence_goes_with_the_application(house: Housing, paying: Programs) -> None:
    """As by the page: kept once for a key, and shown to whoever examines."""
    firm = paying["firm3"]
    key = str(uuid.uuid4())
    kept = firm.hand_in(f"{MINE}/files", PDF, key=key)
    assert kept.status_code == 201
    assert (kept.json()["about"]["name"], kept.json()["handed_in"]) == ("evidence", False)
    assert firm.hand_in(f"{MINE}/files", PDF, key=key).json()["id"] == kept.json()["id"]
    assert firm.request("GET", kept.json()["href"]).content == PDF
    applied(firm)
    (one,) = firm.read(MINE)["evidence"]
    assert (one["sha256"], one["handed_in"]) == (kept.json()["sha256"], True)
    claim = house.office.entitlements.holding(THIRD).claim(AWARD, "2022")
    assert [file.sha256 for file in claim.handed_in] == [kept.json()["sha256"]]


def test_what_is_no_evidence_is_told_and_not_kept(paying: Programs) -> None:
    firm = paying["firm3"]
    refused(firm.hand_in(f"{MINE}/files", b"text"), 422, "file_kind")
    refused(firm.hand_in(f"{HOME}/mine/{AWARD}/2022Q2/files", PDF), 404, "not_found")
    refused(firm.hand_in(f"{HOME}/mine/bakery/2022/files", PDF), 404, "not_found")
    assert firm.read(MINE)["evidence"] == []


def test_once_it_is_applied_for_no_evidence_comes_after(house: Housing, paying: Programs) -> None:
    firm = paying["firm3"]
    kept = firm.hand_in(f"{MINE}/files", PDF).json()
    applied(firm)
    refused(firm.hand_in(f"{MINE}/files", PDF), 409, "entitled_already")
    refused(paying["firm"].request("GET", kept["href"]), 404, "not_found")
    refused(paying["pay_examiner"].hand_in(f"{MINE}/files", PDF), 403, "not_for_this_account")


def test_granted_applications_are_published_as_a_list(house: Housing, paying: Programs) -> None:
    applied(paying["firm3"])
    of = {"party": THIRD, **POLICY}
    opinion = {"recommends": "grant", "grade": "award", "opinion": "属实。"}
    paying["pay_examiner"].must(f"{HOME}/examine_application", {**of, **opinion})
    leader = paying["pay_leader"]
    leader.must(f"{HOME}/decide_application", {**of, "granted": True})
    early = leader.order(f"{HOME}/order_payments", {"policy": AWARD})
    refused(early, 409, "nothing_to_pay")
    house.clock.now = at(2022, 6, 10)
    programs = Programs(house, paying.anyone.contract)
    leader = programs["pay_leader"]
    assert leader.must(f"{HOME}/publish_applications", POLICY)["about"] == ROUND
    shown = paying.anyone.read(f"{HOME}/lists/{ROUND}")
    assert (shown["route"]["name"], shown["ends_on"]) == ("applied", "2022-06-17")
    assert [one["code"] for one in shown["listed"]] == [THIRD]
    programs.close()
