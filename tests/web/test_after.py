"""What comes after a decision, by its pages: more time, voidness, terms, changes, annulments."""

import pytest

from permits.services import after as a
from permits.services.demonstration.paper import pdf
from permits.services.demonstration.sites import early_works
from permits.services.rebuild import check
from tests.web import building as b
from tests.web import sites
from tests.web.api.program import V1, Program, contract_of
from tests.web.housing import BUILDER, PDF, Browser, Housing
from tests.web.sites import Desk

START = "report_start"
OTHER = BUILDER
"""Another contractor than the works have."""

WORKS = {"works_name": "示例大厦一号楼", "works_place": "示例路"}


@pytest.fixture
def desk(housing: Housing) -> Desk:
    """A construction permit of 9 June 2022: works are to start by 9 September."""
    b.publish(housing, "staged_construction")
    return Desk(housing, b.permitted(housing, "whole"))


@pytest.fixture
def filing(housing: Housing) -> Desk:
    """An early start that was filed on 9 June 2022 and holds until 9 December."""
    sites.publish(housing, "early_start")
    applicant = housing.browser("fire")
    draft = sites.write(applicant, housing, early_works(0, "2022-06-20"))
    sites.choose(applicant, draft, "commitment")
    sites.hand_in(applicant, draft, "safety_plan", "dust_plan")
    applicant.fill(f"{draft}/commitments/temporary_works_only", agreed="yes")
    desk = Desk(housing, sites.file(applicant, draft))
    desk.granted()
    return desk


def holder(desk: Desk) -> Browser:
    return desk.housing.browser("fire")


def asked_for(desk: Desk, what: str) -> str:
    """The page on which the holder asks for something."""
    return f"/cases/{desk.case}/after/{what}"


def office(desk: Desk, who: str, what: str, **typed: str):
    """What comes of an officer's form."""
    return desk.housing.browser(who).fill(f"/review/cases/{desk.case}/after/{what}", **typed)


def due(desk: Desk) -> str:
    return str(desk.record.case.obligations[START].due)


# More time.


def test_the_holder_asks_for_more_time_and_the_leader_decides(desk: Desk) -> None:
    page, decide = asked_for(desk, f"ask_extension/{START}"), f"decide_extension/{START}"
    assert page in desk.page
    assert holder(desk).fill(page, reason="").status_code == 422
    sent = holder(desk).fill(page, reason="管线迁改未完成")
    assert sent.headers["location"] == f"/cases/{desk.case}"
    assert "管线迁改未完成" in desk.page and "待决定" in desk.page
    again = holder(desk).get(page).text
    assert '<form method="post" action="/cases' not in again
    inside = desk.housing.browser("leader").get(f"/review/cases/{desk.case}").text
    assert f"/review/cases/{desk.case}/after/{decide}" in inside
    assert office(desk, "leader", decide).status_code == 422
    assert office(desk, "leader", decide, granted="false", reason="").status_code == 422
    too_long = office(desk, "leader", decide, granted="true", by="9m")
    assert too_long.status_code == 422
    answer = office(desk, "leader", decide, granted="true", by="3m", reason="情况属实")
    assert answer.headers["location"].endswith("?done=decide_extension")
    assert due(desk) == "2022-12-09"
    assert "情况属实" in desk.page
    why = holder(desk).get(f"/cases/{desk.case}/obligations/{START}/date").text
    assert "延长3个月" in why and "2022年12月9日" in why


def test_what_shows_why_is_handed_in_with_the_request_and_read_by_who_decides(desk: Desk) -> None:
    page, fire = asked_for(desk, f"ask_extension/{START}"), holder(desk)
    to = f"/cases/{desk.case}/evidence/ask_extension/{START}"
    assert fire.attach(page, to, "空.pdf", b"").status_code == 422
    for name, content in (("迁改通知.pdf", PDF), ("误传.pdf", pdf("误传"))):
        assert fire.attach(page, to, name, content).headers["location"] == page
    told = fire.get(page).text
    assert "迁改通知.pdf" in told and f"/cases/{desk.case}/uploads/" in told
    assert "迁改通知.pdf" not in desk.housing.browser("leader").get(review(desk)).text
    [upload] = [one for one in desk.record.uploads if one.filename == "迁改通知.pdf"]
    fire.fill(page, reason="管线迁改未完成", upload=upload.id)
    leader = desk.housing.browser("leader")
    for at in (review(desk), f"{review(desk)}/after/decide_extension/{START}"):
        inside = leader.get(at).text
        assert "迁改通知.pdf" in inside and "误传.pdf" not in inside
    assert leader.get(f"/cases/{desk.case}/files/{upload.id}").content == PDF


def review(desk: Desk) -> str:
    return f"/review/cases/{desk.case}"


def test_files_are_kept_only_for_what_the_holder_may_ask(desk: Desk) -> None:
    page, fire = asked_for(desk, f"ask_extension/{START}"), holder(desk)
    open_form = fire.hidden(page, f"/cases/{desk.case}/evidence/ask_extension/{START}")
    for what, status in (
        (f"decide_extension/{START}", 404),
        ("ask_extension", 404),
        ("ask_renewal", 200),
        ("ask_renewal/tea", 404),
        ("ask_amendment/tea", 404),
        (f"ask_amendment/{START}", 404),
        ("tea", 404),
    ):
        to, files = f"/cases/{desk.case}/evidence/{what}", {"file": ("a.pdf", PDF)}
        sent = fire.submit(page, to, open_form, files=files)
        assert sent.status_code == status, (what, sent.status_code)
    assert "a.pdf" not in {one.filename for one in desk.record.uploads}


def test_what_is_void_stands_again_if_the_works_had_begun_in_time(desk: Desk) -> None:
    """Nobody reported a start by 9 September; a log found later shows one on the 1st."""
    desk.on(2022, 9, 12)
    assert desk.record.case.leaves == ("void",)
    assert str(desk.record.case.milestones["voided"]) == "2022-09-09"
    assert "自行废止" in desk.page
    late = office(desk, "leader", "restore_grant", on="2022-09-10", reason="监理日志")
    assert late.status_code == 422
    office(desk, "leader", "restore_grant", on="2022-09-01", reason="监理日志")
    assert desk.record.case.leaves == ("in_force",)
    assert "监理日志" in desk.page


def test_a_void_permit_is_deregistered_by_a_person(desk: Desk) -> None:
    desk.on(2022, 9, 12)
    desk.take("window", "deregister", ground="70-6")
    assert desk.record.case.leaves == ("deregistered_unrevoked",)
    assert check(desk.housing.office.database) == ()


# Terms.


def test_a_term_is_shown_explained_and_renewed(filing: Desk) -> None:
    assert "有效期" in filing.page and "2022年12月9日" in filing.page
    why = holder(filing).get(f"/cases/{filing.case}/term").text
    assert "2022年12月9日" in why
    filing.on(2022, 11, 1)
    holder(filing).fill(asked_for(filing, "ask_renewal"), reason="仍需使用，条件未变")
    assert office(filing, "leader", "decide_renewal", granted="true").status_code == 303
    assert str(filing.record.case.term.due) == "2023-06-09"
    assert "2023年6月9日" in filing.page


def test_what_is_not_renewed_expires(filing: Desk) -> None:
    filing.on(2022, 12, 12)
    assert filing.record.case.leaves == ("expired",)
    assert "有效期届满" in filing.page


def test_a_case_without_a_term_has_no_date_of_one(desk: Desk) -> None:
    assert holder(desk).get(f"/cases/{desk.case}/term").status_code == 404


# Changes of facts.


def test_a_change_is_asked_for_examined_and_decided_on(desk: Desk) -> None:
    page = asked_for(desk, "ask_amendment")
    typed = {**WORKS, "contractor_code": OTHER}
    assert holder(desk).fill(page, **typed, why="").status_code == 422
    unnamed = holder(desk).fill(page, **{**typed, "works_name": ""}, why="更换施工单位")
    assert unnamed.status_code == 422
    unchanged = holder(desk).fill(page, **WORKS, contractor_code=b.CONTRACTOR, why="更换施工单位")
    assert unchanged.status_code in {409, 422}
    sent = holder(desk).fill(page, **typed, why="更换施工单位")
    assert sent.status_code == 303, sent.text
    (held,) = desk.record.case.amendments
    assert held.answers == {"contractor_code": OTHER}
    assert office(desk, "examiner", "examine_amendment").status_code == 422
    office(desk, "examiner", "examine_amendment", recommends="grant", opinion="资质符合要求")
    assert "资质符合要求" not in desk.page
    shown = desk.housing.browser("leader").get(f"/review/cases/{desk.case}/after/decide_amendment")
    assert OTHER in shown.text and b.CONTRACTOR in shown.text and "资质符合要求" in shown.text
    office(desk, "leader", "decide_amendment", granted="true")
    assert desk.record.case.answers["contractor_code"] == OTHER
    assert desk.record.case.documents[-1].document == "amendment"


def test_who_examined_a_change_does_not_decide_on_it(desk: Desk) -> None:
    typed = {**WORKS, "contractor_code": OTHER}
    holder(desk).fill(asked_for(desk, "ask_amendment"), **typed, why="更换施工单位")
    both = desk.housing.open_officer("both", "examiner", "leader")
    home = f"/review/cases/{desk.case}/after"
    both.fill(f"{home}/examine_amendment", recommends="grant", opinion="符合要求")
    page = both.get(f"{home}/decide_amendment").text
    assert '<form method="post" action="/review' not in page


# Annulled by a court.


def test_a_court_annuls_and_the_office_decides_anew(desk: Desk) -> None:
    typed = {"body": "court", "on": "2022-08-01", "number": "（示例）行初1号"}
    assert office(desk, "leader", "record_annulment").status_code == 422
    desk.on(2022, 8, 2)
    answer = office(desk, "leader", "record_annulment", **typed, anew="true", reason="事实不清")
    assert answer.status_code == 303, answer.text
    assert desk.record.case.leaves == ("examining",)
    assert "事实不清" in desk.page and "（示例）行初1号" in desk.page
    assert desk.record.case.clocks["statutory"].running
    assert check(desk.housing.office.database) == ()


# Whoever it is not for.


@pytest.mark.parametrize(
    ("who", "path"),
    [
        ("fire", "/cases/{case}/after/nothing"),
        ("fire", "/cases/{case}/after/ask_extension"),
        ("fire", f"/cases/{{case}}/after/ask_renewal/{START}"),
        ("fire", "/cases/{case}/after/ask_extension/lunch"),
        ("fire", "/cases/{case}/after/record_annulment"),
        ("fire2", "/review/cases/{case}/after/record_annulment"),
        ("builder", f"/cases/{{case}}/after/ask_extension/{START}"),
        ("window", "/review/cases/{case}/after/record_annulment"),
        ("examiner", "/review/cases/{case}/after/decide_amendment"),
    ],
)
def test_what_is_not_for_somebody_is_not_found(desk: Desk, who: str, path: str) -> None:
    answer = desk.housing.browser(who).get(path.format(case=desk.case))
    assert answer.status_code in {403, 404}


def test_the_forms_speak_english(desk: Desk) -> None:
    reader = holder(desk)
    reader.get("/language/en")
    page = reader.get(asked_for(desk, f"ask_extension/{START}")).text
    assert "Why more time is needed" in page


def test_a_decision_on_what_was_decided_meanwhile_is_refused(desk: Desk) -> None:
    """Two leaders have the same form open; the second hears that it was decided already."""
    request = a.AskExtension(obligation=START, reason="管线迁改未完成")
    desk.housing.people.beside("fire", f"case/{desk.case}", request)
    path = f"/review/cases/{desk.case}/after/decide_extension/{START}"
    first, second = desk.housing.browser("leader"), desk.housing.browser("leader")
    held = second.hidden(path)
    first.fill(path, granted="true", by="3m")
    assert second.post(path, data={**held, "granted": "true", "by": "3m"}).status_code == 409


# The end of a term among what is due.


def test_the_end_of_a_term_is_listed_explained_and_reminded_of(filing: Desk) -> None:
    housing = filing.housing
    fire = housing.browser("fire")
    todo = fire.get("/applications").text
    assert f'href="/cases/{filing.case}/after/ask_renewal"' in todo
    assert "有效期将届满：请及时申请延续" in todo
    program = Program(housing.app, contract_of(housing.app))
    program.sign_in("fire")
    explained = program.read(f"{V1}/cases/{filing.case}/term")
    assert (explained["due"], explained["terms"][0]["milestone"]["name"]) == (
        "2022-12-09",
        "granted",
    )
    filing.on(2022, 10, 27).on(2022, 10, 28).on(2022, 10, 31)
    told = [
        event for _at, event in filing.record.entries if type(event).__name__ == "TermReminded"
    ]
    assert len(told) == 1
    assert "已提醒有效期将于2022年12月9日届满" in filing.page
    later = holder(filing)
    later.fill(asked_for(filing, "ask_renewal"), reason="仍需使用")
    assert "有效期将届满：请及时申请延续" not in later.get("/applications").text
