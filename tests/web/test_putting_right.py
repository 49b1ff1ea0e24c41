"""What pages say of a breach that is to be put right, and of a decision that was revoked."""

from datetime import date

import pytest

from permits.definitions.procedure import Role
from permits.services.requests import Pay, Revocation, Verify
from tests.web.housing import Housing, at
from tests.web.sites import Desk, publish
from tests.web.test_ledgers import FEE, HOMES

DUTY = "check_after_completion"


@pytest.fixture
def desk(housing: Housing) -> Desk:
    """A check of 23 June 2022 found a breach, to be put right by 7 July 2022."""
    return Desk(housing, housing.found_breached())


def check_again(housing: Housing, case: str) -> None:
    actors = housing.people.actors.values()
    inspectors = tuple(actor.id for actor in actors if Role.INSPECTOR in actor.roles)
    today = housing.clock.now.date()
    check = Verify(
        obligation=DUTY, passed=True, on=today, inspectors=inspectors, finding="已整改。"
    )
    housing.people.check(("inspector", "inspector2"), f"case/{case}", check)


def test_the_holder_reads_what_was_found_and_until_when_it_is_put_right(desk: Desk) -> None:
    for says in ("整改：完工后核查", "长度与承诺不符。", "2022年7月7日", "届时将再次核查"):
        assert says in desk.page.partition("<h2 id=")[0], says
    assert "整改期限已过" in desk.on(2022, 7, 8).page


def test_what_was_put_right_is_not_to_be_put_right_any_more(desk: Desk) -> None:
    mark = "限期整改至"
    assert mark in desk.page
    check_again(desk.housing, desk.case)
    assert mark not in desk.page
    assert "整改：完工后核查" not in desk.page


def test_the_head_is_led_to_the_notice_once_the_time_has_ended(
    housing: Housing, desk: Desk
) -> None:
    page, led = f"/review/cases/{desk.case}", "逾期未整改：完工后核查"
    assert led not in housing.browser("leader").get(page).text
    desk.on(2022, 7, 8)
    assert led in housing.browser("leader").get(page).text
    assert led not in housing.browser("window").get(page).text


def test_the_form_of_the_notice_names_no_ground_before_one_is_chosen(
    housing: Housing, desk: Desk
) -> None:
    page = housing.browser("leader").get(f"/review/cases/{desk.case}/beside/notice").text
    follows = page.partition("办理后将产生以下结果")[2]
    assert "陈述申辩期限" in follows
    assert "欺骗" not in follows


def test_a_revoked_decision_shows_the_day_on_which_it_was_revoked(
    housing: Housing, desk: Desk
) -> None:
    desk.on(2022, 7, 8)
    housing.revoke(desk.case, Revocation(ground="69-1-5", reason="逾期未整改。"))
    decision = desk.page.partition('id="decision"')[2].partition("</section>")[0]
    assert "已撤销" in decision and "2022年7月8日" in decision
    assert "2022年6月9日 决定" in decision
    public = housing.browser().get(f"/register/{desk.record.case.number}").text
    result = public.partition("结果")[2].partition("</div>")[0]
    assert "已撤销" in result and "2022年7月8日" in result


def test_who_does_not_use_the_time_to_be_heard_has_not_been_late(
    housing: Housing, desk: Desk
) -> None:
    desk.on(2022, 7, 8)
    home = f"/review/cases/{desk.case}/beside"
    housing.browser("leader").fill(f"{home}/notice", ground="69-1-5", reason="逾期未整改")
    desk.on(2022, 7, 18).take("leader", "revoke", ground="69-1-5", reason="逾期未整改")
    assert "期限已过" in desk.page
    assert "超期完成" not in desk.page


def test_what_followed_is_not_said_to_follow(housing: Housing) -> None:
    publish(housing, HOMES.permit)
    desk = Desk(housing, HOMES.file(housing.people, "commitment").removeprefix("case/"))
    desk.granted()
    followed = "容缺通过（已补齐）"
    assert "容缺通过" in desk.page and followed not in desk.page
    housing.clock.now = at(2022, 6, 20)
    paid = Pay(fee=FEE, on=date(2022, 6, 20), amount_fen=259_500_000, receipt="国库1号")
    housing.people.beside("window", f"case/{desk.case}", paid)
    assert followed in desk.page
