"""What officers do about those who are heard: opinions, hearings, third parties, recusals."""

import re

import pytest

from permits.services import heard as h
from permits.services.rebuild import check
from permits.services.timers import lapse_due
from tests.web.browsing import look
from tests.web.housing import Housing, at
from tests.web.joint import asked, begun, called, do, opened, proposed


@pytest.fixture
def joint(housing: Housing) -> Housing:
    return opened(housing)


def home(case: str) -> str:
    return f"/review/cases/{case}"


def errors(html: str) -> set[str]:
    return set(re.findall(r'<a href="#([^"]+)">[^<]+</a>', html))


def alert(html: str) -> str:
    return html.partition('role="alert"')[2][:300]


def pile(joint: Housing, who: str) -> str:
    return joint.browser(who).get("/review?pile=opinions").text


def test_departments_are_asked_in_one_form_and_find_the_case_in_a_pile_of_their_own(
    joint: Housing,
) -> None:
    case, examiner = begun(joint), joint.browser("examiner")
    page = examiner.get(f"{home(case)}/heard/ask_opinions").text
    offered = set(re.findall(r'name="asked" type="checkbox" value="([^"]+)"', page))
    assert offered == {"fire", "civil_defence", "utilities"}
    assert errors(do(examiner, home(case), "ask_opinions").text) == {"asked"}
    assert "示例办公楼" not in pile(joint, "of_fire")
    sent = do(examiner, home(case), "ask_opinions", asked=["fire"], what="重点看消防车道")
    assert sent.headers["location"] == f"{home(case)}?done=ask_opinions"
    found = pile(joint, "of_fire")
    assert "示例办公楼" in found and "消防审查部门" in found and "2022年6月16日" in found
    assert "示例办公楼" not in pile(joint, "of_defence")
    assert "示例办公楼" not in joint.browser("of_fire").get("/review").text.partition("<table")[2]


def test_a_department_that_was_asked_sees_the_case_and_can_only_give_its_opinion(
    joint: Housing,
) -> None:
    case = asked(joint, "fire")
    fire = joint.browser("of_fire")
    page = fire.get(home(case)).text
    assert f"{home(case)}/heard/give_opinion/fire" in page
    assert "/actions/" not in page and "/personal" not in page
    assert "0371-00000000" not in page
    token = fire.hidden("/", "/sign-out")["csrf"]
    assert fire.post(f"{home(case)}/personal", data={"csrf": token}).status_code == 403
    for what in ("actions/examine", "heard/join_opinions", "heard/give_opinion/civil_defence"):
        assert fire.get(f"{home(case)}/{what}").status_code == 404
    assert joint.browser("of_defence").get(home(case)).status_code == 404


def test_an_opinion_is_given_and_taken_back_with_reasons(joint: Housing) -> None:
    case = asked(joint, "fire")
    fire = joint.browser("of_fire")
    assert errors(do(fire, home(case), "give_opinion/fire").text) == {"view", "opinion"}
    given = {"view": "conditions", "opinion": "须增设登高场地"}
    assert do(fire, home(case), "give_opinion/fire", **given).status_code == 303
    page = joint.browser("examiner").get(home(case)).text
    assert "有条件同意" in page and "须增设登高场地" in page
    again = fire.get(f"{home(case)}/heard/give_opinion/fire").text
    assert "已经发表过意见" in alert(again)
    assert errors(do(fire, home(case), "revoke_opinion/fire").text) == {"reason"}
    do(fire, home(case), "revoke_opinion/fire", reason="图纸有更新")
    assert joint.record(case).case.latest_requests["fire"].given is None


def test_the_lead_sees_who_is_late_and_cannot_go_on_alone(joint: Housing) -> None:
    case = asked(joint, "fire", "utilities")
    for day in (17, 20):
        joint.clock.now = at(2022, 6, day, 0)
        lapse_due(joint.office.database, joint.office.queue.submit, joint.clock.now)
    examiner = joint.browser("examiner")
    page = examiner.get(home(case)).text
    assert "逾期未反馈意见：消防审查部门" in page and "待意见" in page
    reminder = page.partition("提醒：消防审查部门")[2].partition("</li>")[0]
    assert "依法发生" not in reminder and "系统" in reminder
    assert "尚缺下列部门的意见" in page
    assert "已超期" in pile(joint, "of_fire").partition("<tbody>")[2]
    do(joint.browser("of_fire"), home(case), "give_opinion/fire", view="agree", opinion="同意")
    assert joint.record(case).case.latest_requests["fire"].given.late


def test_nobody_joins_or_decides_while_an_opinion_is_missing(joint: Housing) -> None:
    case, examiner = asked(joint, "fire"), joint.browser("examiner")
    page = examiner.get(f"{home(case)}/heard/join_opinions").text
    assert "消防审查部门、人民防空主管部门" in alert(page) and "<textarea" not in page


def test_what_is_sent_twice_is_done_once_and_what_was_overtaken_is_not(joint: Housing) -> None:
    case, fire = asked(joint, "fire"), joint.browser("of_fire")
    path = f"{home(case)}/heard/give_opinion/fire"
    fields = {**fire.hidden(path), "view": "agree", "opinion": "同意"}
    late = {**fire.hidden(path), "view": "object", "opinion": "不同意"}
    first, again = fire.post(path, data=fields), fire.post(path, data=fields)
    assert (first.status_code, again.status_code) == (303, 303)
    overtaken = fire.post(path, data=late)
    assert overtaken.status_code == 409
    assert joint.record(case).case.latest_requests["fire"].given.view == "agree"


def test_a_second_round_shows_the_first(joint: Housing) -> None:
    case = proposed(joint)
    do(joint.browser("examiner"), home(case), "ask_opinions", asked=["fire"])
    page = joint.browser("leader").get(home(case)).text
    review = page.partition('id="joint"')[2].partition("</section>")[0]
    assert "第2轮" in review and "第1轮" in review and review.count("消防间距不足") == 2


def test_a_hearing_is_offered_called_by_others_than_examiners_and_recorded(
    joint: Housing,
) -> None:
    case, leader = proposed(joint), joint.browser("leader")
    assert do(leader, home(case), "offer_hearing").status_code == 303
    joint.people.beside("fire", f"case/{case}", h.AskForHearing())
    page = leader.get(f"{home(case)}/heard/call_hearing").text
    assert 'value="2022-06-20"' in page
    chairs = set(re.findall(r'name="chair" type="radio" value="([^"]+)"', page))
    ids = {who: joint.people.actors[who].id for who in ("examiner", "inspector")}
    assert ids["inspector"] in chairs and ids["examiner"] not in chairs
    empty = do(leader, home(case), "call_hearing")
    assert errors(empty.text) >= {"place", "chair"}
    soon = {"place": "听证室", "chair": ids["inspector"], "excepted": "", "day": "2022-06-13"}
    refused = do(leader, home(case), "call_hearing", **soon)
    assert refused.status_code == 422 and "2022年6月20日" in alert(refused.text)
    made_up = {**soon, "day": "2022-06-20", "chair": "somebody"}
    assert do(leader, home(case), "call_hearing", **made_up).status_code == 422
    do(leader, home(case), "call_hearing", **{**soon, "day": "2022-06-20"})
    assert "2022年6月20日" in leader.get(home(case)).text


def test_the_chair_keeps_the_record_and_the_decision_follows(joint: Housing) -> None:
    case, chair = called(joint), joint.browser("inspector")
    early = chair.get(f"{home(case)}/heard/record_hearing").text
    assert alert(early)
    joint.clock.now = at(2022, 6, 20)
    chair = joint.browser("inspector")
    assert errors(do(chair, home(case), "record_hearing").text) >= {
        "record",
        "recorder",
        "sign_office",
        "sign_applicant",
    }
    recorder = joint.people.actors["window"].id
    unnamed = {
        "on": "2022-06-20",
        "recorder": recorder,
        "record": "双方陈述意见",
        "sign_office": "absent",
        "sign_applicant": "signed",
        "name_applicant": "赵某某",
    }
    refused = do(chair, home(case), "record_hearing", **unnamed)
    assert refused.status_code == 422 and "笔录缺少：审查人员" in alert(refused.text)
    assert 'value="赵某某"' in refused.text
    signed = {**unnamed, "sign_office": "signed", "name_office": "钱某某"}
    do(chair, home(case), "record_hearing", **signed)
    page = joint.browser("leader").get(home(case)).text
    assert "双方陈述意见" in page and "赵某某" not in page
    place = re.search(rf'/cases/{case}/documents/(\d+)">听证笔录</a>', page)
    assert place
    masked = held_record(joint, case, place[1], "leader")
    assert "赵*" in masked and "钱*" in masked
    assert "赵某某" not in masked and "钱某某" not in masked
    for who in ("inspector", "fire"):
        told = held_record(joint, case, place[1], who)
        assert "赵某某" in told and "钱某某" in told and "双方陈述意见" in told
    applicant = joint.browser("fire").get(f"/cases/{case}").text
    assert f"/cases/{case}/documents/{place[1]}" in applicant and "赵某某" in applicant


def held_record(joint: Housing, case: str, place: str, who: str) -> str:
    """The record of the hearing as somebody reads it."""
    page = joint.browser(who).get(f"/cases/{case}/documents/{place}").text
    assert "听证笔录" in page and 'class="document__to"' not in page
    return page


def test_others_at_a_hearing_are_those_whose_names_were_written(joint: Housing) -> None:
    case = called(joint)
    joint.clock.now = at(2022, 6, 20)
    recorder = joint.people.actors["window"].id
    given = {
        "on": "2022-06-20",
        "recorder": recorder,
        "record": "双方陈述意见",
        "sign_office": "signed",
        "name_office": "钱某某",
        "sign_applicant": "absent",
        "reason_applicant": "无正当理由未到场",
        "name_other-2": "孙某某",
        "sign_other-2": "signed",
    }
    do(joint.browser("inspector"), home(case), "record_hearing", **given)
    held = joint.record(case).case.hearing
    assert [(one.who, one.sign) for one in held.attendance] == [
        ("office", "signed"),
        ("applicant", "absent"),
        ("other", "signed"),
    ]


def test_interested_parties_are_named_only_to_those_who_need_it(joint: Housing) -> None:
    case, examiner = begun(joint), joint.browser("examiner")
    assert errors(do(examiner, home(case), "tell_third_party").text) == {
        "name",
        "contact",
        "interest",
    }
    told = {"name": "王某某", "contact": "0371-11111111", "interest": "采光受影响"}
    do(examiner, home(case), "tell_third_party", **told)
    page = examiner.get(home(case)).text
    assert "王某某" not in page and "采光受影响" not in page
    shown = look(examiner, case).text
    assert "王某某" in shown and "采光受影响" in shown
    applicant = joint.browser("fire").get(f"/cases/{case}").text
    assert "利害关系人" in applicant and "王某某" not in applicant
    do(joint.browser("window"), home(case), "hear_third_party/party_1", statement="要求退让")
    assert joint.record(case).case.third_parties["party_1"].heard_on is not None


def test_an_officer_declares_a_leader_decides_and_nothing_more_is_open(joint: Housing) -> None:
    case, examiner = begun(joint), joint.browser("examiner")
    do(examiner, home(case), "declare_recusal", ground="与申请人有亲属关系")
    officer = joint.people.actors["examiner"].id
    leader = joint.browser("leader")
    page = leader.get(f"{home(case)}/heard/decide_recusal/{officer}").text
    assert "与申请人有亲属关系" in page
    assert errors(do(leader, home(case), f"decide_recusal/{officer}").text) == {
        "recused",
        "reason",
    }
    decided = {"recused": "true", "reason": "情况属实"}
    do(leader, home(case), f"decide_recusal/{officer}", **decided)
    assert "您已回避本案" in examiner.get(home(case)).text
    assert examiner.get(f"{home(case)}/actions/examine").status_code == 404


@pytest.mark.parametrize("what", ["nothing", "decide_recusal/nobody", "ask_for_hearing"])
def test_what_is_not_there_or_somebody_elses_is_not_found(joint: Housing, what: str) -> None:
    case = begun(joint)
    answer = joint.browser("examiner").get(f"{home(case)}/heard/{what}")
    assert answer.status_code == 404


def test_the_tables_are_what_the_log_says(joint: Housing) -> None:
    case = called(joint)
    assert check(joint.office.database) == ()
    page = joint.browser("leader").get(f"{home(case)}").text
    assert "一楼听证室" in page
