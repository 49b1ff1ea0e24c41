"""Credit standing on the pages: from a breach to its entry, objection, publication and repair."""

from permits.definitions.procedure import Role
from permits.services.accounts import NewAccount
from tests.kit import PARTY
from tests.web.housing import BUILDER, FIRE_BRIGADE, PASSWORD, Housing, at
from tests.web.standings import PAGE, E, entered, look, notice

# Officers.


def test_a_breach_waits_in_the_piles_of_the_department(housing: Housing, breached: str) -> None:
    assert breached
    for who in ("supervisor", "leader", "window"):
        browser = housing.browser(who)
        assert 'href="/office/parties"' in browser.get("/review").text
        page = browser.get("/office/parties").text
        assert f'href="{PAGE}#{E}"' in page
        assert "核实失信行为" in page
    assert "没有待办事项" in housing.stranger().get("/office/parties").text


def test_a_party_is_found_by_its_code(housing: Housing, breached: str) -> None:
    browser = housing.browser("leader")
    assert browser.get(f"/office/parties?q={FIRE_BRIGADE}").headers["location"] == PAGE
    assert "本部门没有该代码单位的办件" in browser.get(f"/office/parties?q={BUILDER}").text
    assert breached


def test_a_case_leads_to_the_record_of_its_party(housing: Housing, breached: str) -> None:
    assert f'href="{PAGE}"' in housing.browser("leader").get(f"/review/cases/{breached}").text
    page = housing.browser("leader").get(PAGE).text
    assert f'href="/review/cases/{breached}"' in page
    assert "责令限期整改，逾期未改正" in page
    assert "示例值" not in page.partition("失信记录")[0]


def test_notice_is_given_with_grounds_and_the_date_it_leads_to(
    housing: Housing, breached: str
) -> None:
    browser = housing.browser("supervisor")
    asked = browser.get(f"{PAGE}/notice_entry/{E}").text
    assert "5个工作日" in asked
    assert "示例值" in asked
    wrong = notice(browser, degree="", grounds="")
    assert wrong.status_code == 422
    done = notice(browser)
    assert done.headers["location"] == f"{PAGE}?done=notice_entry"
    page = browser.get(done.headers["location"]).text
    assert "已办理：告知拟记入失信信息" in page or "告知拟记入失信信息" in page
    assert "2022年7月15日" in page
    assert breached


def test_nothing_is_entered_before_the_time_to_object_has_passed(
    housing: Housing, breached: str
) -> None:
    notice(housing.browser("supervisor"))
    page = housing.browser("leader").get(f"{PAGE}/make_entry/{E}").text
    assert "可以在2022年7月15日前提出异议" in page
    assert "<form" not in page.partition("<main")[2].partition("</main>")[0]
    assert breached


def test_what_will_follow_is_told_before_an_entry_is_made(housing: Housing, breached: str) -> None:
    notice(housing.browser("supervisor"))
    housing.clock.now = at(2022, 7, 18)
    page = housing.browser("leader").get(f"{PAGE}/make_entry/{E}").text
    assert "披露至2023年7月18日" in page
    assert "将于2022年7月27日公布" in page, "the seventh working day after 18 July"
    assert breached


def test_an_objection_is_decided_by_another_officer(housing: Housing, breached: str) -> None:
    notice(housing.browser("supervisor"))
    housing.browser("fire").fill(f"/standing/object_to_entry/{E}", statement="整改已按期完成。")
    path = f"{PAGE}/decide_objection/{E}"
    same = housing.browser("supervisor").get(path).text
    assert "提出拟记入意见的人员不得处理该异议" in same
    leader = housing.browser("leader")
    assert "整改已按期完成。" in leader.get(path).text
    assert leader.fill(path, upheld="", reason="属实。").status_code == 422
    leader.fill(path, upheld="true", reason="属实。")
    page = housing.browser("fire").get("/standing").text
    assert "异议成立，不予记入" in page
    assert "属实。" in page
    assert breached


def test_steps_that_are_not_for_somebody_are_not_there(housing: Housing, breached: str) -> None:
    assert breached
    for who, step in (
        ("window", "notice_entry"),
        ("supervisor", "object_to_entry"),
        ("leader", "publish_entry"),
        ("leader", "nothing"),
    ):
        assert housing.browser(who).get(f"{PAGE}/{step}/{E}").status_code == 404, step
    for path in (f"{PAGE}/notice_entry", f"{PAGE}/rename_party/x", f"{PAGE}/notice_entry/entry_9"):
        assert housing.browser("supervisor").get(path).status_code == 404, path


def test_the_same_form_sent_twice_gives_notice_once(housing: Housing, breached: str) -> None:
    browser, path = housing.browser("supervisor"), f"{PAGE}/notice_entry/{E}"
    fields = {**browser.hidden(path), "degree": "breach", "grounds": "逾期未整改。"}
    first = browser.post(path, data=fields)
    again = browser.post(path, data=fields)
    assert (first.status_code, again.status_code) == (303, 303)
    late = browser.post(path, data={**fields, "key": "another-key"})
    assert late.status_code == 409
    assert breached


def test_the_auditor_reads_it_and_can_do_nothing(housing: Housing, breached: str) -> None:
    browser = housing.browser("auditor")
    page = browser.get(PAGE).text
    assert "责令限期整改，逾期未改正" in page
    assert f"{PAGE}/" not in page
    assert browser.get(f"{PAGE}/notice_entry/{E}").status_code == 403
    assert breached


def test_officers_of_other_departments_do_not_see_it(housing: Housing, breached: str) -> None:
    assert housing.stranger().get(PAGE).status_code == 404
    assert housing.browser("fire").get(PAGE).status_code == 403
    assert breached


# The applicant.


def test_what_was_never_told_is_not_shown_to_the_party(housing: Housing, breached: str) -> None:
    page = housing.browser("fire").get("/standing").text
    assert "没有失信记录" in page
    assert "失信行为：" not in page
    assert housing.browser("fire").get(f"/standing/object_to_entry/{E}").status_code == 404
    assert breached


def test_a_party_of_which_nothing_is_recorded_has_an_empty_record(housing: Housing) -> None:
    new = NewAccount("new", "new", PASSWORD, frozenset({Role.APPLICANT}), party=PARTY)
    housing.office.accounts.open(new, actor="setup")
    browser = housing.browser("new")
    page = browser.get("/standing").text
    assert PARTY in page
    assert "各办理方式均可选择" in page
    assert browser.get(f"/standing/object_to_entry/{E}").status_code == 404


def test_the_party_reads_the_notice_and_objects(housing: Housing, breached: str) -> None:
    notice(housing.browser("supervisor"))
    browser = housing.browser("fire")
    page = browser.get("/standing").text
    assert "逾期未整改。" in page
    assert f'href="/standing/object_to_entry/{E}"' in page
    assert browser.fill(f"/standing/object_to_entry/{E}", statement=" ").status_code == 422
    done = browser.fill(f"/standing/object_to_entry/{E}", statement="整改已按期完成。")
    assert done.headers["location"] == "/standing?done=object_to_entry"
    assert "2022年7月13日" in browser.get("/standing").text, "three working days after 8 July"
    assert breached


def test_tracks_of_trust_are_shut_with_the_reason_and_the_day(
    housing: Housing, breached: str
) -> None:
    draft = housing.written()
    entered(housing)
    browser = housing.browser("fire")
    page = browser.get(f"{draft}/track").text
    assert "2023年7月18日届满前不可选择" in page
    assert 'href="/standing"' in page.partition("<main")[2]
    ordinary = page.partition('value="ordinary"')[2].partition("</dl>")[0]
    assert "可以选择" in ordinary or "disabled" not in ordinary.partition(">")[0]
    refused = browser.fill(f"{draft}/track", track="commitment")
    assert refused.status_code == 409
    assert browser.fill(f"{draft}/track", track="ordinary").status_code == 303
    assert "不适用告知承诺和容缺受理" in browser.get("/standing").text
    assert breached


def test_repair_opens_them_again(housing: Housing, breached: str) -> None:
    entered(housing)
    browser, draft = housing.browser("fire"), housing.written()
    browser.fill(f"/standing/ask_for_repair/{E}", statement="已拆除并通过复查。")
    leader = housing.browser("leader")
    assert "处理信用修复申请" in leader.get("/office/parties").text
    leader.fill(f"{PAGE}/decide_repair/{E}", granted="true", reason="属实。")
    assert browser.fill(f"{draft}/track", track="commitment").status_code == 303
    assert "各办理方式均可选择" in browser.get("/standing").text
    assert breached


# The public.


def test_the_public_list_shows_what_was_published_and_stands(
    housing: Housing, breached: str
) -> None:
    anyone = housing.browser()
    entered(housing)
    assert "没有公布的失信信息" in anyone.get("/credit").text
    housing.clock.now = at(2022, 7, 27)
    look(housing)
    page = anyone.get("/credit").text
    for says in ("消防救援支队特勤大队", FIRE_BRIGADE, "2022年7月27日至2023年7月18日", "失信"):
        assert says in page, says
    assert "逾期未整改。" not in page, "grounds are the party's"
    assert 'href="/credit"' in anyone.get("/register").text
    housing.clock.now = at(2023, 7, 19)
    assert "没有公布的失信信息" in anyone.get("/credit").text
    assert breached


def test_the_list_goes_on_where_a_page_ends(housing: Housing, breached: str) -> None:
    entered(housing)
    housing.clock.now = at(2022, 7, 27)
    look(housing)
    assert housing.browser().get("/credit").text.count('rel="next"') == 0
    after = f"/credit?at=2022-07-27&code={FIRE_BRIGADE}&entry={E}"
    assert "没有公布的失信信息" in housing.browser().get(after).text
    assert breached
