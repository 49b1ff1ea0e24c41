"""A case as its applicant sees it, and what of it others see."""

import re

import pytest

from permits.definitions.procedure import RevocationGround
from permits.services.demonstration.works import POLES
from permits.services.requests import Explain, OpinionIn, Reasoned, Revocation, SpecialProcedure
from permits.store import people
from tests.web.housing import Browser, Housing, at


def cells(html: str, heading: str) -> str:
    """The sheet under a heading, without marks, its blanks made one."""
    found = re.search(rf"<h2[^>]*>{heading}</h2>(.*?)(</section>|<h2)", html, re.DOTALL)
    assert found, heading
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", found[1]))


def ordinary_decided(housing: Housing, recommends: str) -> str:
    case = housing.filed("ordinary")
    housing.act("window", case, "accept")
    opinion = OpinionIn(recommends=recommends, opinion="经审查。")
    housing.act("examiner", case, "examine", opinion)
    return case


def test_a_case_that_was_filed_shows_where_it_stands(housing: Housing, applicant: Browser) -> None:
    case = housing.filed()
    page = applicant.get(f"/cases/{case}").text
    assert "GXGH-20220609-0001" in page
    assert "已收件" in page
    assert "机关办理中" in page
    assert "2022年6月16日" in cells(page, "办理期限")
    assert "0371-00000000" in page
    assert f'href="/cases/{case}/actions/withdraw"' in page
    assert f'href="/cases/{case}/clocks/completeness"' in page


def test_what_was_saved_is_five_materials_and_two_working_days(
    housing: Housing, applicant: Browser
) -> None:
    page = applicant.get(f"/cases/{housing.granted()}").text
    decision = cells(page, "决定")
    assert "免于许可（备案）" in decision
    assert "5份材料、2个工作日" in decision
    assert "不在主干道上、长度小于200米的市政管线" in decision
    assert "挖掘城市道路审批" in decision
    assert "覆土前验线" in decision


def test_works_that_need_no_permit_say_so(housing: Housing, applicant: Browser) -> None:
    case = housing.filed(works=POLES)
    housing.act("window", case, "accept")
    housing.act("window", case, "grant_on_the_spot")
    decision = cells(applicant.get(f"/cases/{case}").text, "决定")
    assert "无需许可" in decision
    assert "5份材料、2个工作日" in decision


def test_a_grant_of_the_ordinary_track_saves_nothing_and_shows_the_days(housing: Housing) -> None:
    case = ordinary_decided(housing, "grant")
    housing.clock.now = at(2022, 6, 14)
    housing.act("leader", case, "grant")
    decision = cells(housing.browser("fire").get(f"/cases/{case}").text, "决定")
    assert "准予" in decision
    assert "节约 无" in decision
    assert "本案实际用时3个工作日" in decision


def test_a_refusal_shows_its_reason_and_no_saving(housing: Housing, applicant: Browser) -> None:
    case = ordinary_decided(housing, "refuse")
    housing.act("leader", case, "refuse", Reasoned(reason="与<b>规划</b>不符。"))
    page = applicant.get(f"/cases/{case}").text
    assert "不予许可" in cells(page, "决定")
    assert "与&lt;b&gt;规划&lt;/b&gt;不符。" in page
    assert "节约" not in page


def test_a_revocation_shows_and_the_duty_is_gone(housing: Housing, applicant: Browser) -> None:
    case = housing.published()
    ground = RevocationGround.NOT_QUALIFIED
    housing.revoke(case, Revocation(ground=ground, reason="与承诺不符。"))
    page = applicant.get(f"/cases/{case}").text
    assert "已撤销" in cells(page, "决定")
    assert "不再需要履行" in cells(page, "义务")
    assert f'href="/cases/{case}/obligations/report_completion"' not in page
    assert "节约" not in page


def test_a_suspended_limit_shows_its_cause(housing: Housing, applicant: Browser) -> None:
    case = housing.filed("ordinary")
    housing.act("window", case, "accept")
    special = SpecialProcedure(cause="expert_review", stated="10wd", notified=True, reason="评审")
    housing.act("examiner", case, "suspend", special)
    limits = cells(applicant.get(f"/cases/{case}").text, "办理期限")
    assert "中止：专家评审" in limits


def test_why_it_was_late_is_told(housing: Housing) -> None:
    case = ordinary_decided(housing, "grant")
    housing.clock.now = at(2022, 6, 20)
    housing.act("leader", case, "grant")
    explain = Explain(clock="promise", reason="需要协调相关管线单位。")
    housing.people.beside("leader", f"case/{case}", explain)
    page = housing.browser("fire").get(f"/cases/{case}").text
    assert "“承诺办结时限”超期理由" in page
    assert "需要协调相关管线单位。" in page


def test_a_correction_notice_comes_first(housing: Housing, applicant: Browser) -> None:
    case = housing.correcting()
    page = applicant.get(f"/cases/{case}").text
    assert "机关要求补正申请材料" in page
    assert page.index(f'href="/cases/{case}/corrections"') < page.index("办理期限")


def test_what_cannot_be_done_is_not_offered(housing: Housing, applicant: Browser) -> None:
    """On the ordinary track there is no commitment to withdraw, after the decision nothing."""
    page = applicant.get(f"/cases/{housing.correcting()}").text
    assert "actions/withdraw_commitment" not in page
    assert "actions/withdraw" in page
    assert "actions/" not in applicant.get(f"/cases/{housing.granted()}").text


@pytest.mark.parametrize(
    ("who", "page"), [("window", "/review"), ("leader", "/review"), ("auditor", "/audit")]
)
def test_others_who_may_see_it_have_a_page_of_their_own(
    housing: Housing, who: str, page: str
) -> None:
    case = housing.correcting()
    browser = housing.browser(who)
    led = browser.get(f"/cases/{case}").headers["location"]
    assert led == f"{page}/cases/{case}"
    assert browser.get(led).status_code == 200


def test_nobody_else_is_told_that_it_is_there(housing: Housing) -> None:
    case = housing.filed()
    assert housing.browser("builder").get(f"/cases/{case}").status_code == 404
    anyone = housing.browser().get(f"/cases/{case}")
    assert anyone.headers["location"] == f"/sign-in?next=%2Fcases%2F{case}"


def test_whoever_lost_the_account_sees_nothing_any_more(
    housing: Housing, applicant: Browser
) -> None:
    case = housing.filed()
    assert applicant.get(f"/cases/{case}").status_code == 200
    with housing.office.database.read() as connection:
        found = people.by_username(connection, "fire")
    assert found
    housing.office.accounts.close(found[0].id, actor="setup")
    answer = applicant.get(f"/cases/{case}")
    assert answer.headers["location"] == f"/sign-in?next=%2Fcases%2F{case}"


@pytest.mark.parametrize("page", ["", "/receipt"])
def test_the_page_is_whole_in_english(housing: Housing, applicant: Browser, page: str) -> None:
    case = housing.granted()
    applicant.get("/language/en")
    html = applicant.get(f"/cases/{case}{page}").text
    assert '<html lang="en">' in html
    assert re.findall(r"(Exempt, with filing|Counts as received on)", html)


def test_the_receipt_says_from_when_it_counts(housing: Housing) -> None:
    """What is filed at night counts from the next working day."""
    housing.clock.now = at(2022, 6, 10, 22)
    applicant = housing.browser("fire")
    page = applicant.get(f"/cases/{housing.filed()}/receipt").text
    assert "2022年6月13日" in page
    assert "2022年6月20日" in page
    assert "收件凭证" in page


def test_the_receipt_of_a_filed_case_stays(housing: Housing, applicant: Browser) -> None:
    case = housing.published()
    record = housing.record(case)
    assert record.values[record.case.lookup] in applicant.get(f"/cases/{case}/receipt").text
