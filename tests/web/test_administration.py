"""Three administrators: of the accounts, of what they may do, of what they did."""

import csv
import io
import re
from datetime import date

import pytest

from permits.casework.refusals import Reason, Refused
from permits.services.rebuild import check
from permits.store import checks, people
from permits.text.reasons import says
from tests.definitions.test_holiday_notice import NOTICES
from tests.web.housing import PASSWORD, Housing, at
from tests.web.reviewer.test_lots import CHECK, drawn, granted
from tests.web.reviewer.test_lots import office as _office

office = _office


SAME_PERSON = says(Refused(Reason.SAME_PERSON), "zh")


def account(housing: Housing, username: str) -> people.Account:
    with housing.office.database.read() as connection:
        found = people.by_username(connection, username)
    assert found is not None
    return found.account


def page_of(housing: Housing, username: str) -> str:
    return f"/accounts/{account(housing, username).id}"


def roles(housing: Housing, username: str, *wanted: str, **more: str):
    """Send the form of roles as the security administrator."""
    browser, page = housing.browser("secadmin"), f"{page_of(housing, username)}/roles"
    fields = {"office": "", "department": "", "party": "", "reason": "岗位调整", **more}
    return browser.fill(page, roles=[*wanted], **fields)


def test_one_opens_an_account_and_another_says_what_it_may_do(housing: Housing) -> None:
    system = housing.browser("sysadmin")
    opened = system.fill(
        "/accounts/open", username="neu", name="新来的", email="", password=PASSWORD
    )
    assert opened.status_code == 303
    page = opened.headers["location"]
    assert "账户已开立，角色由安全管理员赋予" in system.get(page).text
    new = housing.browser("neu")
    own = "a password of my own"
    new.fill("/sign-in/password", new=own, again=own)
    assert new.get("/review").status_code == 403
    assert new.get("/applications").status_code == 403
    where = {"office": "planning_bureau", "department": "planning"}
    assert roles(housing, "neu", "examiner", **where).status_code == 303
    assert new.get("/review").status_code == 200, "from the next request of the same session on"
    assert "审查" in housing.browser("secadmin").get(page.partition("?")[0]).text


def test_a_department_is_chosen_by_what_it_is_called(housing: Housing) -> None:
    page = f"{page_of(housing, 'window')}/roles"
    shown = housing.browser("secadmin").get(page).text
    assert re.search(r'value="planning_bureau/planning"\s+selected>\s*[^<]*规划', shown)
    assert not re.search(r'name="department"[^>]*value="planning"', shown), "not written too"
    assert roles(housing, "window", "window", room="planning_bureau/planning").status_code == 303
    assert account(housing, "window").actor.department == "planning"


def test_proposals_of_others_are_told_where_an_administrator_begins(housing: Housing) -> None:
    system, security = housing.browser("sysadmin"), housing.browser("secadmin")
    pasted = {"notice": NOTICES[2026], "reason": "国务院已公布", "what": "propose"}
    assert system.fill("/publishing/calendar", **pasted).status_code == 303
    assert "等待您处理" not in system.get("/accounts").text
    assert "他人提出、等待您处理的提案：1" in security.get("/accounts").text


def test_whoever_runs_the_office_reads_what_the_foot_of_every_page_says(housing: Housing) -> None:
    browser = housing.browser("sysadmin")
    page = browser.get("/running").text
    assert "各页页脚的内容" in page
    assert "PERMITS_PUBLIC_RULES" in page
    assert 'href="/publishing/site"' in page
    assert "未填写，不显示" in browser.get("/publishing/site").text


def test_rights_taken_between_two_requests_are_gone_at_the_second(housing: Housing) -> None:
    case, browser = housing.filed(), housing.browser("window")
    page = f"/review/cases/{case}/actions/accept"
    fields = browser.hidden(page)
    where = {"office": "planning_bureau", "department": "works"}
    assert roles(housing, "window", "window", **where).status_code == 303
    events = housing.events()
    assert browser.submit(page, page, fields).status_code == 404
    assert browser.get(f"/review/cases/{case}").status_code == 404
    assert housing.events() == events


@pytest.mark.parametrize(
    ("wanted", "more", "field"),
    [
        (["examiner", "auditor"], {"office": "a", "department": "b"}, "roles"),
        (["system_admin", "security_admin"], {}, "roles"),
        (["audit_admin", "applicant"], {"party": "924101720000000011"}, "roles"),
        (["examiner"], {"office": "a"}, "department"),
        (["examiner"], {"room": "nowhere/at_all"}, "room"),
        (
            ["examiner"],
            {"room": "planning_bureau/planning", "office": "planning_bureau", "department": "b"},
            "room",
        ),
        (["applicant"], {}, "party"),
        (["applicant"], {"party": "91350100M000100Y43"}, "party"),
        (["examiner"], {"office": "a", "department": "b", "reason": ""}, "reason"),
        ([], {}, "roles"),
    ],
)
def test_roles_that_cannot_be_are_told_and_nothing_changes(
    housing: Housing, wanted: list[str], more: dict[str, str], field: str
) -> None:
    housing.browser("secadmin")
    before = account(housing, "window").actor
    answer = roles(housing, "window", *wanted, **more)
    assert answer.status_code == 422
    assert f'href="#{field}"' in answer.text
    assert account(housing, "window").actor == before


def test_nobody_changes_or_closes_their_own_account(housing: Housing) -> None:
    for who, what in (("secadmin", "roles"), ("sysadmin", "close")):
        browser, page = housing.browser(who), f"{page_of(housing, who)}/{what}"
        assert "这是您本人的账户" in browser.get(page).text
        token = browser.hidden("/", "/sign-out")["csrf"]
        fields = {"csrf": token, "roles": "auditor", "reason": "自己来", "hand_to": ""}
        answer = browser.post(page, data=fields)
        assert answer.status_code == 422
        assert "不得对本人账户进行此操作" in answer.text
        assert account(housing, who).open
    assert account(housing, "secadmin").actor.roles == {"security_admin"}


def test_a_closed_account_is_closed_for_everybody_who_comes_later(housing: Housing) -> None:
    system, page = housing.browser("sysadmin"), f"{page_of(housing, 'supervisor')}/close"
    gone = housing.browser("supervisor")
    assert system.fill(page, reason="", hand_to="").status_code == 422
    assert system.fill(page, reason="离职", hand_to="").status_code == 303
    assert gone.get("/review").status_code == 303, "its session has ended"
    assert "账户已经关闭" in system.get(page).text
    assert roles(housing, "window", "window", office="a", department="b").status_code == 303
    assert check(housing.office.database) == ()


def test_accounts_are_found_by_name_kind_and_state(housing: Housing) -> None:
    browser = housing.browser("sysadmin")

    def found(query: str) -> set[str]:
        html = browser.get(f"/accounts?{query}").text
        return set(re.findall(r'class="basis mono">(\w+)<', html))

    assert found("q=inspector") == {"inspector", "inspector2"}
    assert found("kind=auditor") == {"auditor"}
    assert found("kind=window&q=w") == {"window"}
    assert found("kind=audit_admin") == {"logadmin"}
    assert found("kind=none") == set()
    assert found("state=closed") == set()
    assert len(found("")) == 13


def test_with_many_accounts_the_list_goes_on(housing: Housing, monkeypatch) -> None:
    from permits.web.administration import accounts

    monkeypatch.setattr(accounts, "AT_ONCE", 5)
    browser, page, seen = housing.browser("sysadmin"), "/accounts", []
    while page:
        html = browser.get(page).text
        seen += re.findall(r'class="basis mono">(\w+)<', html)
        onwards = re.search(r'href="(/accounts\?[^"]*after=[^"]+)"', html)
        page = onwards[1].replace("&amp;", "&") if onwards else ""
    assert seen == sorted(seen)
    assert len(seen) == 13


def test_whoever_leaves_hands_over_what_was_theirs_alone_in_one_step(office: Housing) -> None:
    """What they write at the counter goes to a colleague; a check is drawn anew, by lot."""
    case = granted(office)
    name, leaver = next(iter(drawn(office, case).items()))
    left = next(
        n for n in ("inspector", "inspector2", "inspector3") if n not in drawn(office, case)
    )
    where = {"office": "planning_bureau", "department": "planning"}
    office.browser("secadmin")
    assert roles(office, name, "inspector", "window", **where).status_code == 303
    del office.__dict__["people"]
    begun = office.office.counter.begin(
        "plan_exempt", "924101720000000011", office.people.actors[name], "a draft"
    )
    system, page = office.browser("sysadmin"), f"/accounts/{leaver}/close"
    colleague, shown = account(office, "window"), system.get(page).text
    assert "窗口正在录入的申请：1" in shown
    assert office.record(case).case.number in shown
    nobody = system.fill(page, reason="调离", hand_to="")
    assert (nobody.status_code, 'href="#hand_to"' in nobody.text) == (422, True)
    stranger = system.fill(page, reason="调离", hand_to=account(office, "auditor").id)
    assert stranger.status_code == 422
    assert account(office, name).open
    assert system.fill(page, reason="调离", hand_to=colleague.id).status_code == 303
    assert not account(office, name).open
    assert office.browser("window").get(f"/review/counter/{begun.id}").status_code == 200
    inspectors = office.record(case).case.obligations[CHECK].inspectors
    assert leaver not in inspectors
    assert office.people.actors[left].id in inspectors
    told = office.browser("leader").get(f"/review/cases/{case}").text
    assert re.search("另行抽取核查人员.*调离", told, re.DOTALL)
    with office.office.database.read() as connection:
        assert not checks.pile(connection, office.people.actors[name], None, 9)
    assert check(office.office.database) == ()


def test_with_too_few_to_draw_from_it_is_said_which_checks_are_left(office: Housing) -> None:
    case = granted(office)
    third = next(
        n for n in ("inspector", "inspector2", "inspector3") if n not in drawn(office, case)
    )
    office.office.accounts.close(account(office, third).id, actor="setup")
    leaver = next(iter(drawn(office, case).values()))
    system = office.browser("sysadmin")
    done = system.fill(f"/accounts/{leaver}/close", reason="调离", hand_to="")
    assert done.status_code == 200
    assert office.record(case).case.number in done.text


def test_the_log_says_who_did_what_to_whom_and_can_be_taken_along(housing: Housing) -> None:
    housing.browser("window").post(
        f"/review/cases/{housing.filed()}/personal",
        data={"csrf": "x"},
    )
    case = housing.filed()
    window = housing.browser("window")
    token = window.hidden("/", "/sign-out")["csrf"]
    asked = {"csrf": token, "reason": "reach_the_person", "words": "核对联系方式"}
    assert window.post(f"/review/cases/{case}/personal", data=asked).status_code == 200
    housing.clock.now = at(2022, 6, 13)
    where = {"office": "planning_bureau", "department": "planning"}
    assert roles(housing, "window", "examiner", **where).status_code == 303
    browser = housing.browser("logadmin")

    def lines(**asked: str) -> list[dict[str, str]]:
        answer = browser.get("/access-log.csv", params=asked)
        assert answer.status_code == 200
        assert browser.get("/access-log", params=asked).status_code == 200
        return [*csv.DictReader(io.StringIO(answer.text.removeprefix("\ufeff")))]

    (changed,) = lines(account="window", kind="RolesChanged")
    assert changed["操作人"] == "secadmin"
    assert changed["角色"] == "安全管理员"
    assert changed["涉及"] == "审查人员"
    (shown,) = lines(kind="CaseShown")
    assert (shown["账户"], shown["涉及"]) == ("window", case)
    assert {one["账户"] for one in lines(first="2022-06-13")} == {"window", "secadmin", "logadmin"}
    assert len(lines(account="window", last="2022-06-01")) == 1
    assert lines(account="nobody at all") == []
    wrong = browser.get("/access-log?first=yesterday")
    assert (wrong.status_code, 'href="#first"' in wrong.text) == (422, True)
    assert browser.get("/access-log.csv?first=yesterday").status_code == 422


def test_a_long_log_goes_on_where_the_page_ended(housing: Housing, monkeypatch) -> None:
    from permits.web.administration import access_log

    monkeypatch.setattr(access_log, "AT_ONCE", 4)
    browser, page, seen = housing.browser("logadmin"), "/access-log", 0
    while page:
        html = browser.get(page).text
        seen += html.count("<tr>") - 1
        onwards = re.search(r'href="(/access-log\?[^"]*after=[^"]+)"', html)
        page = onwards[1].replace("&amp;", "&") if onwards else ""
    assert seen == 14, "13 accounts were opened, and one signed in"


def test_no_administrator_is_told_of_a_case_anywhere(housing: Housing) -> None:
    case = housing.filed()
    for who in ("sysadmin", "secadmin", "logadmin"):
        browser = housing.browser(who)
        for page in (f"/cases/{case}", f"/review/cases/{case}", f"/audit/cases/{case}"):
            assert browser.get(page).status_code in (403, 404), (who, page)


def name(housing: Housing, who: str, **changed: str):
    """Name a substitute for the head, as somebody of the department."""
    fields = {
        "holder": account(housing, "leader").id,
        "role": "leader",
        "substitute": account(housing, "examiner").id,
        "first": "2022-06-09",
        "last": "2022-06-10",
        "reason": "出差",
        **changed,
    }
    return housing.browser(who).fill("/office/substitutes", **fields)


def test_a_substitute_acts_on_the_days_named_and_the_history_says_so(housing: Housing) -> None:
    case = housing.filed("ordinary")
    housing.act("window", case, "accept")
    window = account(housing, "window").id
    examiner = housing.browser("examiner")
    page = f"/review/cases/{case}/actions/examine"
    done = examiner.fill(page, recommends="grant", opinion="符合要求。")
    assert done.status_code == 303
    assert name(housing, "leader").status_code == 303
    grant = f"/review/cases/{case}/actions/grant"
    shut = housing.browser("examiner").get(grant)
    assert SAME_PERSON in shut.text
    assert name(housing, "leader", substitute=window, first="2022-06-13", last="2022-06-13"
                ).status_code == 303  # fmt: skip
    assert housing.browser("window").get(grant).status_code == 404, "not yet"
    housing.clock.now = at(2022, 6, 13)
    deputy = housing.browser("window")
    assert deputy.fill(grant).status_code == 303
    told = housing.browser("fire").get(f"/cases/{case}").text
    assert "（由代行人办理）" in told
    assert "leader" not in told, "persons are not named to applicants"
    assert "负责人（代leader）" in deputy.get(f"/review/cases/{case}").text
    assert "您今天代同事行使：负责人" in deputy.get("/review").text.replace(" ", "")
    last = next(
        at for at, event in housing.record(case).entries if type(event).__name__ == "Decided"
    )
    assert last.in_place_of == account(housing, "leader").id
    housing.clock.now = at(2022, 6, 14)
    assert housing.browser("window").get(grant).status_code == 404, "it has ended by itself"
    assert check(housing.office.database) == ()


def test_both_persons_pages_show_it_until_it_is_recalled(housing: Housing) -> None:
    assert name(housing, "leader").status_code == 303
    page = housing.browser("examiner").get("/office/substitutes").text
    assert "代leader行使" in page
    assert "由examiner代行" in page
    assert "立即终止" not in page, "the examiner has nothing to say about it"
    leader = housing.browser("leader")
    (one,) = re.findall(
        r'name="substitution" value="([^"]+)"', leader.get("/office/substitutes").text
    )
    for who, status in (("examiner", 422), ("leader", 303), ("leader", 422)):
        browser = housing.browser(who)
        token = browser.hidden("/", "/sign-out")["csrf"]
        sent = {"csrf": token, "holder": account(housing, "leader").id, "substitution": one}
        assert browser.post("/office/substitutes/recall", data=sent).status_code == status, who
    assert account(housing, "examiner").on(date(2022, 6, 9)).actor.roles == {"examiner"}
    assert check(housing.office.database) == ()


@pytest.mark.parametrize(
    ("who", "changed", "field"),
    [
        ("window", {}, "holder"),
        ("leader", {"role": "window"}, "role"),
        ("leader", {"first": "2022-06-08"}, "first"),
        ("leader", {"last": "2023-06-10"}, "first"),
        ("leader", {"last": "someday"}, "last"),
        ("leader", {"reason": ""}, "reason"),
        ("leader", {"substitute": "nobody"}, "substitute"),
    ],
)
def test_what_is_wrong_with_a_substitution_stands_beside_its_field(
    housing: Housing, who: str, changed: dict[str, str], field: str
) -> None:
    answer = name(housing, who, **changed)
    assert answer.status_code == 422
    assert f'href="#{field}"' in answer.text
    assert "代leader行使" not in housing.browser("leader").get("/office/substitutes").text


def test_other_roles_or_a_closed_account_end_what_hangs_on_it(housing: Housing) -> None:
    assert name(housing, "leader").status_code == 303
    where = {"office": "planning_bureau", "department": "planning"}
    assert roles(housing, "leader", "supervisor", **where).status_code == 303
    assert account(housing, "examiner").places == ()
    assert check(housing.office.database) == ()


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_pages_stand_in_both_languages(housing: Housing, language: str) -> None:
    for who, pages in {
        "sysadmin": ["/accounts", "/accounts/open", page_of(housing, "window") + "/close"],
        "secadmin": [page_of(housing, "window") + "/roles"],
        "logadmin": ["/access-log"],
        "leader": ["/office/substitutes"],
    }.items():
        browser = housing.browser(who)
        browser.get(f"/language/{language}")
        for page in pages:
            html = browser.get(page).text
            assert f'lang="{"zh-CN" if language == "zh" else "en"}"' in html
            title = re.findall(r"<h1>(.*?)</h1>", html)[0]
            assert bool(re.search(r"[一-鿿]", title)) == (language == "zh"), (page, title)
