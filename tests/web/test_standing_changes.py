"""Pages of the record of a party: bars, names, people, mergers."""

from datetime import timedelta

from permits.services.requests import Revocation
from tests.web.housing import BUILDER, Housing, at
from tests.web.standings import PAGE, E, entered, look

# Bars, names, people, mergers.


def test_the_head_bars_after_a_revocation_for_deceit(housing: Housing) -> None:
    case = housing.published()
    housing.revoke(case, Revocation(ground="69-2", reason="虚假材料。"))
    leader, path = housing.browser("leader"), f"{PAGE}/impose_bar/{case}"
    assert f'href="{path}"' in leader.get(PAGE).text
    typed = {"ground": "deceit", "concerns": "public_safety", "reason": "涉及燃气安全。"}
    assert leader.fill(path, **{**typed, "concerns": ""}).status_code == 422
    assert leader.fill(path, **typed).status_code == 303
    page = leader.get(PAGE).text
    assert "2025年6月9日" in page
    draft = housing.written()
    browser = housing.browser("fire")
    assert "2025年6月9日届满前不得申请本事项" in browser.get(f"{draft}/track").text
    assert "2025年6月9日" in browser.get("/standing").text
    leader.fill(f"{PAGE}/lift_bar/bar_1", reason="复议撤销。")
    assert "解除日期" in leader.get(PAGE).text
    assert leader.get(f"{PAGE}/impose_bar/{'0' * 8}").status_code == 404


def test_a_legal_review_is_concluded_and_never_shown_to_the_party(housing: Housing) -> None:
    case = housing.published()
    housing.revoke(case, Revocation(ground="69-1-4", reason="与承诺不符。"))
    supervisor = housing.browser("supervisor")
    assert "处罚法制审核" in supervisor.get("/office/parties").text
    path = f"{PAGE}/conclude_review/review_1"
    supervisor.fill(path, outcome="referred", reason="移送综合执法部门。")
    page = supervisor.get(PAGE).text
    assert "移送处罚机关" in page
    assert "法制审核" not in housing.browser("fire").get("/standing").text


def test_a_rename_keeps_the_old_name_with_the_case(housing: Housing) -> None:
    case = housing.filed()
    housing.clock.now = at(2022, 7, 1)
    window = housing.browser("window")
    same = window.fill(f"{PAGE}/rename_party", name="消防救援支队特勤大队", reason="通知书")
    assert same.status_code == 422
    window.fill(f"{PAGE}/rename_party", name="特勤大队（新名）", reason="变更核准通知书")
    page = window.get(f"/review/cases/{case}").text
    assert "特勤大队（新名）" in page
    assert "申请时名称：消防救援支队特勤大队" in page
    assert "申请时名称" in housing.browser("fire").get(f"/cases/{case}").text
    assert "2022年7月1日起" in window.get(PAGE).text
    receipt = window.get(f"/cases/{case}/documents/1").text
    assert '<p class="document__to">消防救援支队特勤大队' in receipt, "as it was issued"


def test_who_may_sign_is_recorded_at_the_window(housing: Housing) -> None:
    housing.filed()
    window, draft = housing.browser("window"), housing.written("commitment")
    account = housing.people.actors["fire2"].id
    typed = {"account": account, "power": "sign", "since": "2022-06-09", "letter": "委托书"}
    assert window.fill(f"{PAGE}/authorise_person", **typed, until="2022").status_code == 422
    assert window.fill(f"{PAGE}/authorise_person", **typed, until="").status_code == 303
    assert "不得签署" in window.get(PAGE).text
    refused = housing.browser("fire").fill(f"{draft}/check")
    assert refused.status_code == 403
    assert "您不能代表本单位办理此事。未登记授权。" in refused.text
    end = window.fill(f"{PAGE}/end_authorisation/{account}", reason="撤回")
    assert end.status_code == 303
    assert "今日无效" in window.get(PAGE).text


def test_a_merger_closes_the_record(housing: Housing) -> None:
    housing.filed()
    leader = housing.browser("leader")
    nowhere = leader.fill(f"{PAGE}/merge_party", into="123", reason="合并协议")
    assert nowhere.status_code == 404
    done = leader.fill(f"{PAGE}/merge_party", into=BUILDER.lower(), reason="合并协议")
    assert done.status_code == 303
    look(housing)
    page = housing.browser("auditor").get(PAGE).text
    assert f"已由{BUILDER}承继" in page
    assert "承继" in housing.browser("leader").get(f"/office/parties/{BUILDER}").text


def test_what_was_typed_survives_a_session_that_ended(housing: Housing, breached: str) -> None:
    browser, path = housing.browser("supervisor"), f"{PAGE}/notice_entry/{E}"
    hidden = browser.hidden(path)
    housing.clock.now += timedelta(hours=13)
    sent = browser.post(
        path, data={**hidden, "degree": "serious", "grounds": "写了很久的告知内容"}
    )
    assert sent.status_code == 303
    browser.sign_in("supervisor")
    assert "写了很久的告知内容" in browser.get(f"{path}?unsent=kept").text
    assert breached


def test_the_pages_are_in_english_too(housing: Housing, breached: str) -> None:
    entered(housing)
    for who, path in (("leader", PAGE), ("fire", "/standing"), ("leader", "/office/parties")):
        browser = housing.browser(who)
        browser.cookies.set("language", "en")
        page = browser.get(path).text
        assert "Credit" in page
        assert "失信" not in page.replace("失信信息公布", "")
    assert breached
