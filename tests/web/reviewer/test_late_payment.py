"""A payment that did not come in time: the head of the office orders it, the holder reads why."""

from datetime import date

import pytest

from permits.services import requests as r
from permits.services.timers import lapse_due
from tests.web.housing import Browser, Housing, at
from tests.web.sites import publish
from tests.web.test_ledgers import HOMES

DUTY = "pay_infrastructure_charge"


@pytest.fixture
def late(housing: Housing) -> str:
    """Put off; permitted to be built on 9 June 2022, so to be paid by 9 December; nobody did."""
    publish(housing, HOMES.permit)
    case, people = HOMES.file(housing.people, "commitment"), housing.people
    for action in ("accept", "grant_on_the_spot"):
        people.act("window", case, action)
    reported = r.Report(obligation="report_construction_permit", on=date(2022, 6, 9))
    people.beside("fire", case, reported)
    housing.clock.now = at(2022, 12, 12)
    lapse_due(housing.office.database, housing.office.queue.submit, housing.clock())
    return case.removeprefix("case/")


def order(leader: Browser, case: str, **typed: str):
    return leader.fill(f"/review/cases/{case}/beside/order_payment/{DUTY}", **typed)


def test_it_is_ordered_and_the_holder_is_told_why_and_until_when(
    housing: Housing, late: str
) -> None:
    """Ten working days from Monday 12 December end on Monday 26 December 2022."""
    leader, page = housing.browser("leader"), f"/review/cases/{late}"
    assert "责令限期缴纳：缴清城市基础设施配套费" in leader.get(page).text
    assert "2022年12月26日" in leader.get(f"{page}/beside/order_payment/{DUTY}").text
    assert order(leader, late, reason="").status_code == 422
    sent = order(leader, late, reason="缓缴期限届满，仍未缴清。")
    assert sent.headers["location"].endswith("?done=order_payment")
    holder = housing.browser("fire").get(f"/cases/{late}").text
    for says in ("责令限期缴纳：", "缓缴期限届满，仍未缴清。", "2022年12月26日", "请在该日前缴清"):
        assert says in holder
    assert "责令限期缴纳：缴清城市基础设施配套费" not in leader.get(page).text
    why = leader.get(f"/cases/{late}/obligations/{DUTY}/date").text
    assert "2022年12月26日" in why


def test_to_pay_is_not_to_put_right(housing: Housing, late: str) -> None:
    """Nothing on pages of either side speaks of a breach (整改), in time or after it."""
    leader, holder = housing.browser("leader"), housing.browser("fire")
    served = r.Service(on=date(2022, 12, 12), means="online")
    for action, given in (("deliver", served), ("publish", None)):
        housing.people.act("window", f"case/{late}", action, given)
    order(leader, late, reason="缓缴期限届满，仍未缴清。")
    assert "责令于2022年12月26日前缴纳" in leader.get(f"/review/cases/{late}").text
    assert "责令限期缴纳：缴清城市基础设施配套费" in holder.get("/applications").text
    pages = {
        "leader": (f"/review/cases/{late}", "/review?pile=applicant", "/review"),
        "fire": (f"/cases/{late}", "/applications", f"/cases/{late}/obligations/{DUTY}/date"),
    }
    for day in (at(2022, 12, 20), at(2022, 12, 27)):
        housing.clock.now = day
        lapse_due(housing.office.database, housing.office.queue.submit, housing.clock())
        told = {
            address: housing.browser(who).get(address).text
            for who, addresses in pages.items()
            for address in addresses
        }
        assert [address for address, page in told.items() if "整改" in page] == []
    assert "责令后逾期未缴：缴清城市基础设施配套费" in told[f"/review/cases/{late}"]
    assert "限期缴纳期限已过" in told[f"/cases/{late}"]


def test_nobody_else_orders_it(housing: Housing, late: str) -> None:
    for who in ("window", "inspector"):
        address = f"/review/cases/{late}/beside/order_payment/{DUTY}"
        assert housing.browser(who).get(address).status_code == 404
